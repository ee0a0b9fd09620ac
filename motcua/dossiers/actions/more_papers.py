"""While a dossier is examined: ask for more, look at what came, go on, or stop.

Every request goes out in the name of the one-stop unit (RCV-21): it is written here by who examines,
sent by the house, and answered at the desk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localtime

from motcua.core import clock
from motcua.core.actors import Actor
from motcua.core.errors import Reason, refuse_if
from motcua.core.events import publish
from motcua.dossiers import rules
from motcua.dossiers.actions import corrections, second_asking
from motcua.dossiers.actions.intake import at_the_desk, forget_changes
from motcua.dossiers.actions.settlement import refuse_own_proposal
from motcua.dossiers.events import DossierMoved, DossierStopped, SupplementAsked
from motcua.dossiers.ledger import law_on, redate
from motcua.dossiers.models import Dossier
from motcua.dossiers.step_dates import changes_anew
from motcua.dossiers.waits import waiting_text
from motcua.dossiers.workflow import Status, Step
from motcua.law.queries import profile
from motcua.law.types import Stage
from motcua.procedures.queries import terms_of
from motcua.workdays.queries import work_calendar
from motcua.workdays.rules import add_workdays, closing

if TYPE_CHECKING:
    from motcua.agencies.models import Post
    from motcua.core.two_persons import Hand
    from motcua.dossiers.models import Approval
    from motcua.law.types import AskingRule, Profile


@transaction.atomic
def ask_more(
    *,
    post: Post,
    reference: str,
    revision: int | None = None,
    items: Sequence[corrections.Asked],
    sector_basis: str = "",
    second_reason: str = "",
) -> Dossier:
    """Yêu cầu bổ sung khi giải quyết: all that is missing on one slip, and the clock stops (ST-08).

    As often as the law allows the slip goes out; once more it waits for an approver, with a reason.
    """
    dossier = at_the_desk(post, reference, revision, Step.ASK_MORE)
    rule, basis = _rule(dossier), sector_basis.strip()
    refuse_if(_too_late(dossier, basis))
    asked = corrections.listed(dossier, terms_of(dossier.procedure_version_id), items)
    if rules.asked_as_often_as_allowed(times_asked(dossier), rule.most):
        refuse_if(rules.nobody_to_agree(rule.more_agreed_by is not None))
        return second_asking.ask_for_consent(dossier, post, rule, asked, basis, second_reason)
    return _send(dossier, post.actor, asked, basis or rule.basis)


def law_of(dossier: Dossier) -> Profile:
    """The law under which the dossier goes since it was accepted."""
    if dossier.profile_id:
        return profile(dossier.profile_id)
    return law_on(dossier, dossier.accepted_at or clock.now())


def times_asked(dossier: Dossier) -> int:
    """How often more was asked for while the dossier was examined."""
    return dossier.moves.filter(step=Step.ASK_MORE).count()


def last_day_to_ask(dossier: Dossier) -> date:
    """Until when the law lets papers be asked for: counted from the acceptance, or from new papers."""
    since = max(each for each in (dossier.accepted_at, dossier.filed_at) if each)
    days = law_of(dossier).limits.supplement_notice_working_days
    calendar = work_calendar(dossier.agency_id, dossier.unit_id)
    return add_workdays(localtime(since).date(), days, calendar)


def _rule(dossier: Dossier) -> AskingRule:
    """How often may be asked. The law of a sector may lift the days; what is sent counts the same."""
    return law_of(dossier).asking_at(Stage.EXAMINATION)


def _too_late(dossier: Dossier, sector_basis: str) -> list[Reason]:
    """Why no more may be asked for today, where no law of the sector is named that allows it."""
    if sector_basis:
        return []
    return rules.too_late_to_ask(localtime(clock.now()).date(), last_day_to_ask(dossier))


def _send(
    dossier: Dossier, by: Actor, asked: list[corrections.Item], basis: str, **told: str
) -> Dossier:
    """The slip goes out; the clock of the result stands still until what it asks for is here."""
    now = clock.now()
    names = "; ".join(item["name"] for item in asked)
    facts: dict[str, Any] = {
        "items": asked, "stage": Stage.EXAMINATION.value, "legal_basis": basis,
        "reason": f"Chờ người nộp bổ sung: {names}", "waiting": waiting_text(dossier),
    } | told  # fmt: skip
    move = dossier.take(
        Step.ASK_MORE, by=by, at=now, note=basis, facts=facts, supplement_items=asked,
        supply_by=_supply_by(dossier, now), **redate(dossier, Step.ASK_MORE, now, facts),
    )  # fmt: skip
    corrections.keep_items(dossier, move, asked)
    publish(SupplementAsked(move.pk, dossier.pk))
    return dossier


def _supply_by(dossier: Dossier, now: datetime) -> datetime | None:
    """Until when the applicant is waited for, where the law says so: the end of that working day."""
    days = law_of(dossier).limits.supplement_wait_days
    if days is None:
        return None
    calendar = work_calendar(dossier.agency_id, dossier.unit_id)
    return closing(add_workdays(localtime(now).date(), days, calendar), calendar)


def slip_faults(dossier: Dossier, facts: Mapping[str, Any]) -> list[Reason]:
    """Why a slip that was agreed to cannot go out now: the dossier is elsewhere, the days are over."""
    at_entry = facts["stage"] == Stage.ENTRY
    if dossier.status != (Status.SUBMITTED if at_entry else Status.EXAMINING):
        text = "Hồ sơ đã đi tiếp nên đề nghị này không còn hiệu lực."
        return [Reason("changed_meanwhile", text)]
    return [] if at_entry else _too_late(dossier, facts["basis"])


def send_agreed(dossier: Dossier, asked: Approval, hand: Hand, now: datetime) -> None:
    """The slip goes out as it was written, by the hand that wrote it."""
    by, items, basis = second_asking.written_by(asked), asked.facts["items"], asked.facts["basis"]
    told = {"second_reason": asked.reason, "approved_by": hand.actor.name}
    if asked.facts["stage"] == Stage.ENTRY:
        second_asking.send_entry_slip(dossier, by, items, basis, **told)
    else:
        _send(dossier, by, items, basis or _rule(dossier).basis, **told)


@transaction.atomic
def resume_dossier(*, post: Post, reference: str, revision: int | None = None) -> Dossier:
    """Tiếp tục giải quyết: the desk finds the supplement full; the clock runs from the handing in."""
    dossier = at_the_desk(post, reference, revision, Step.RESUME)
    now = clock.now()
    handed_in = dossier.filed_at or now
    facts = {
        "handed_in_at": handed_in.isoformat(),
        "reason": f"Đã nộp đủ phần bổ sung lúc {localtime(handed_in):%H:%M ngày %d/%m/%Y}",
    }
    corrections.note_right(dossier, now)
    dates = redate(dossier, Step.RESUME, now, facts)
    step = changes_anew(dossier, dates.get("due_at", dossier.due_at), now)
    if end := step.get("step_due_at"):
        facts["finish_by"] = end.isoformat()
    move = dossier.take(
        Step.RESUME, by=post.actor, at=now, facts=facts, supplement_items=[], supply_by=None,
        **dates, **step,
    )  # fmt: skip
    publish(DossierMoved(move.pk, dossier.pk))
    return dossier


@transaction.atomic
def say_lacking(
    *,
    post: Post,
    reference: str,
    revision: int | None = None,
    lacking: Mapping[str, str],
) -> Dossier:
    """Báo còn thiếu: the same request goes on; it says which of its items are not right yet (ST-09).

    The applicant was waiting for us meanwhile: they have the whole time to hand in again.

    `lacking` is what is said of each, by paper or question. The rest is right and closed again.
    """
    dossier = at_the_desk(post, reference, revision, Step.LACKING)
    items = {item["slot"] or item["field"]: item for item in dossier.supplement_items}
    refuse_if(rules.nothing_lacking(lacking, items))
    still = [
        item | {"text": f"{item['text'].rstrip('.')}. Còn thiếu: {more}" if more else item["text"]}
        for place, item in items.items()
        for more in [lacking.get(place, "").strip()]
        if place in lacking
    ]
    now = clock.now()
    corrections.note_right(dossier, now, but=lacking)
    move = dossier.take(
        Step.LACKING, by=post.actor, at=now, facts={"items": still}, supplement_items=still,
        supply_by=_supply_by(dossier, now), note="; ".join(item["name"] for item in still),
    )  # fmt: skip
    publish(SupplementAsked(move.pk, dossier.pk))
    return dossier


@transaction.atomic
def stop_dossier(
    *, post: Post, reference: str, revision: int | None = None, reason: str, legal_basis: str
) -> Dossier:
    """Dừng giải quyết: the applicant did not answer in time, or the law says so (ST-10, WF-15)."""
    dossier = at_the_desk(post, reference, revision, Step.STOP)
    now = clock.now()
    if dossier.status == Status.SUPPLEMENT:
        refuse_if(rules.still_time_to_supply(now, dossier.supply_by))
    if dossier.status == Status.PROPOSED:
        refuse_own_proposal(dossier, post)
    refuse_if(
        [
            *rules.required_text("reason", reason, "Mời nêu lý do dừng giải quyết."),
            *rules.required_text("legal_basis", legal_basis, "Mời nêu căn cứ pháp lý."),
        ]
    )
    forget_changes(dossier, now)
    facts = {"reason": reason.strip(), "legal_basis": legal_basis.strip()}
    facts["signer_title"] = post.title
    move = dossier.take(
        Step.STOP, by=post.actor, at=now, note=f"{facts['reason']}\nCăn cứ: {facts['legal_basis']}",
        facts=facts, draft_answers=None, **redate(dossier, Step.STOP, now, facts),
    )  # fmt: skip
    publish(DossierStopped(move.pk, dossier.pk))
    return dossier
