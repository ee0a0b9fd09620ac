"""Acts that take two persons: one asks with a reason, another looks and grants or refuses (SEC-05)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.errors import NotFound, Reason, Refused, refuse_if
from motcua.core.events import publish
from motcua.core.two_persons import Hand, same_hand
from motcua.dossiers import access, rules
from motcua.dossiers.actions import asking, more_papers
from motcua.dossiers.actions.asking import Facts
from motcua.dossiers.actions.incidents import reopen, reopening_faults
from motcua.dossiers.actions.intake import take_back
from motcua.dossiers.actions.owning import refuse_unproved
from motcua.dossiers.acts import ACTS, ApprovalKind, ApprovalState
from motcua.dossiers.deciders import roles_deciding
from motcua.dossiers.events import ApprovalDecided, CodeCorrected, DateMoved
from motcua.dossiers.ledger import redate
from motcua.dossiers.letters import calendar_of, promise_refused
from motcua.dossiers.models import Approval, Dossier, FormerCode
from motcua.dossiers.recount_ends import ends_of_parts
from motcua.dossiers.rules import apologies as dates
from motcua.dossiers.rules.asking import code_reasons
from motcua.dossiers.rules.stations import parts_after
from motcua.dossiers.step_dates import changes_with
from motcua.dossiers.workflow import Status, Step
from motcua.procedures.queries import terms_of
from motcua.workdays.types import local

if TYPE_CHECKING:
    from motcua.agencies.models import Post
    from motcua.people.models import Person


@transaction.atomic
def ask(
    *, hand: Hand, post: Post, reference: str, kind: ApprovalKind, reason: str, facts: Facts
) -> Approval:
    """Đề nghị: an official asks for an act that another must agree to; checked before it is asked."""
    dossier = access.to_change(access.dossiers_at(post), reference)
    asking.refuse_unless_open(
        dossier, kind, may_ask=ACTS[kind].may_ask(hand.actor.role, _status(dossier))
    )
    missing = "Mời nêu lý do đề nghị để người duyệt xem xét."
    refuse_if([*rules.required_text("reason", reason, missing), *_CHECKS[kind](dossier, facts)])
    return asking.put_before(dossier, hand, kind, reason, {**facts, **_as_it_is(dossier, kind)})


@transaction.atomic
def ask_to_withdraw(
    *, citizen: Person, reference: str, reason: str = "", level: int = 1
) -> Approval:
    """Xin rút hồ sơ sau khi tiếp nhận: asked once, however often the button is pressed (ST-18)."""
    dossier = access.to_change(access.dossiers_of(citizen), reference)
    refuse_unproved(citizen, dossier, terms_of(dossier.procedure_version_id), level)
    hand = Hand(citizen.actor, f"account:{citizen.account_id}")
    return withdrawal_asked(dossier, hand, reason)


def withdrawal_asked(dossier: Dossier, hand: Hand, reason: str) -> Approval:
    """Ask to take back a dossier that the caller has locked; the same asking while one is open."""
    kind = ApprovalKind.WITHDRAW
    if (open_one := asking.open_one(dossier, kind)) is not None:
        return open_one
    asking.refuse_unless_open(dossier, kind, may_ask=_status(dossier) in ACTS[kind].statuses)
    return asking.put_before(dossier, hand, kind, reason, {})


def _as_it_is(dossier: Dossier, kind: ApprovalKind) -> Facts:
    """What the act replaces, kept with the asking: who reads it later finds the dossier changed."""
    if kind is ApprovalKind.MOVE_DATE and dossier.due_at:
        return {"old_due_at": dossier.due_at.isoformat()}
    if kind is ApprovalKind.CORRECT_CODE and dossier.code:
        return {"old_code": dossier.code}
    return {}


def _status(dossier: Dossier) -> Status:
    return Status(dossier.status)


@transaction.atomic
def grant(*, hand: Hand, post: Post, reference: str, approval_id: int, answer: str = "") -> Dossier:
    """Đồng ý: another person looks, agrees, and the act is done in the same breath."""
    dossier, asked = _to_decide(hand, post, reference, approval_id)
    kind = ApprovalKind(asked.kind)
    refuse_if(_CHECKS[kind](dossier, asked.facts))
    now = clock.now()
    asked.facts = {**asked.facts, **_as_it_is(dossier, kind)}
    _decided(asked, ApprovalState.GRANTED, hand, now, answer)
    _DEEDS[kind](dossier, asked, hand, now)
    return dossier


@transaction.atomic
def refuse(*, hand: Hand, post: Post, reference: str, approval_id: int, answer: str) -> Dossier:
    """Không đồng ý: with a reason, which the asker reads."""
    dossier, asked = _to_decide(hand, post, reference, approval_id)
    missing = "Mời nêu lý do không đồng ý; người đề nghị sẽ đọc nguyên văn."
    refuse_if(rules.required_text("answer", answer, missing))
    _decided(asked, ApprovalState.REFUSED, hand, clock.now(), answer)
    return dossier


def _to_decide(
    hand: Hand, post: Post, reference: str, approval_id: int
) -> tuple[Dossier, Approval]:
    """What is asked, with its dossier locked, if this hand may decide it and it still stands."""
    dossier = access.to_change(access.dossiers_at(post), reference)
    asked = Approval.objects.filter(dossier=dossier, pk=approval_id).first()
    if asked is None or hand.actor.role not in roles_deciding(asked):
        raise NotFound
    if asked.state == ApprovalState.LAPSED:
        text = "Hồ sơ đã thay đổi sau khi có đề nghị này nên đề nghị hết hiệu lực."
        raise Refused([Reason("changed_meanwhile", text)])
    if asked.state != ApprovalState.OPEN:
        text = f"Đề nghị này đã được {asked.decided_by} quyết định. Mời xem kết quả."
        raise Refused([Reason("changed_meanwhile", text)])
    refuse_if(same_hand(asked.asked_by_person, hand))
    return dossier, asked


def _decided(asked: Approval, state: ApprovalState, hand: Hand, now: datetime, answer: str) -> None:
    asked.state, asked.decided_at, asked.answer = state, now, answer.strip()
    asked.decided_by, asked.decided_by_key = hand.actor.name, hand.actor.key
    asked.decided_by_person = hand.person
    asked.save()
    record(
        hand.actor, f"dossier.approval_{state}", asked.dossier.reference, at=now,
        kind=asked.kind, approval=asked.pk, asked_by=asked.asked_by_key,
    )  # fmt: skip
    publish(ApprovalDecided(asked.pk, subject=f"dossier:{asked.dossier_id}"))


def _new_date(dossier: Dossier, facts: Facts) -> list[Reason]:
    """Why the date cannot be moved: a later one is a new promise, bound as a letter's; see ST-14."""
    new, due = datetime.fromisoformat(facts["due_at"]), dossier.due_at
    if due is None:
        text = "Hồ sơ này không có ngày hẹn trả nên không có gì để dời."
        return [Reason("no_date", text)]
    if new > due:
        return promise_refused(dossier, new, due, clock.now())
    reasons = dates.date_reasons(new, due, clock.now(), calendar_of(dossier))
    return reasons or parts_after(ends_of_parts(dossier), local(new))


def _brought(dossier: Dossier, facts: Facts) -> list[Reason]:
    """What came online or by wire, its sender asks for there."""
    return rules.not_for_the_desk(Step.WITHDRAW, dossier.channel)


def _new_code(dossier: Dossier, facts: Facts) -> list[Reason]:
    code = facts["code"]
    taken = (
        Dossier.objects.filter(code=code).exists()
        or FormerCode.objects.filter(code=code).exclude(dossier=dossier).exists()
    )
    codes = (dossier.agency.code, dossier.agency.old_code)
    return code_reasons(
        code, dossier.code or "", codes, today=local(clock.now()).date(), is_taken=taken,
        was_its_own=FormerCode.objects.filter(code=code, dossier=dossier).exists(),
    )  # fmt: skip


def _nothing(dossier: Dossier, facts: Facts) -> list[Reason]:
    return []


def _move_date(dossier: Dossier, asked: Approval, hand: Hand, now: datetime) -> None:
    due = dossier.due_at
    facts = {
        "reason": asked.reason, "due_at": asked.facts["due_at"],
        "old_due_at": due.isoformat() if due else "", "asked_by": asked.asked_by,
        "approved_by": hand.actor.name,
    }  # fmt: skip
    note = f"{asked.reason}\nNgười đề nghị: {asked.asked_by}"
    new = datetime.fromisoformat(asked.facts["due_at"])
    dossier.stations.filter(closed_at=None, is_lead=True, due_at__gt=new).update(due_at=new)
    move = dossier.take(
        Step.MOVE_DATE, by=hand.actor, at=now, note=note, facts=facts,
        **redate(dossier, Step.MOVE_DATE, now, facts), **changes_with(dossier, new, now),
    )  # fmt: skip
    publish(DateMoved(move.pk, dossier.pk))


def _correct_code(dossier: Dossier, asked: Approval, hand: Hand, now: datetime) -> None:
    old = dossier.code or ""
    FormerCode.objects.filter(dossier=dossier, code=asked.facts["code"]).delete()
    FormerCode.objects.create(dossier=dossier, code=old, at=now)
    facts = {"reason": asked.reason, "old_code": old, "asked_by": asked.asked_by}
    note = f"Mã cũ {old}. {asked.reason}\nNgười đề nghị: {asked.asked_by}"
    move = dossier.take(
        Step.CORRECT_CODE, by=hand.actor, at=now, note=note, facts=facts, code=asked.facts["code"]
    )
    publish(CodeCorrected(move.pk, dossier.pk))


def _withdraw(dossier: Dossier, asked: Approval, hand: Hand, now: datetime) -> None:
    why = f"Theo đề nghị của {asked.asked_by}"
    said = "\n".join(text for text in (why, asked.reason, asked.answer) if text)
    # what becomes of the papers is answered to the applicant; a leader answers the desk
    told = {"answer": asked.answer} if asked.kind == ApprovalKind.WITHDRAW else {}
    take_back(dossier, hand.actor, said, **told)


_CHECKS: dict[ApprovalKind, Callable[[Dossier, Facts], list[Reason]]] = {
    ApprovalKind.WITHDRAW: _nothing,
    ApprovalKind.MOVE_DATE: _new_date,
    ApprovalKind.CORRECT_CODE: _new_code,
    ApprovalKind.REOPEN: reopening_faults,
    ApprovalKind.WITHDRAW_AT_COUNTER: _brought,
    ApprovalKind.ASK_AGAIN: more_papers.slip_faults,
}
_DEEDS: dict[ApprovalKind, Callable[[Dossier, Approval, Hand, datetime], Any]] = {
    ApprovalKind.WITHDRAW: _withdraw,
    ApprovalKind.MOVE_DATE: _move_date,
    ApprovalKind.CORRECT_CODE: _correct_code,
    ApprovalKind.REOPEN: reopen,
    ApprovalKind.WITHDRAW_AT_COUNTER: _withdraw,
    ApprovalKind.ASK_AGAIN: more_papers.send_agreed,
}
