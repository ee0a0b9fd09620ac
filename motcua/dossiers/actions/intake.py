"""At the counter: submit, supplement, withdraw, accept, ask for a supplement, reject."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localtime

from motcua.core import clock
from motcua.core.actors import Actor
from motcua.core.errors import NotFound, refuse_if
from motcua.core.events import publish
from motcua.dossiers import access, rules
from motcua.dossiers.actions import corrections, second_asking
from motcua.dossiers.actions.checking import technical_faults
from motcua.dossiers.actions.editing import note_change
from motcua.dossiers.actions.owning import owner_as_declared, owner_of_filing, refuse_unproved
from motcua.dossiers.events import (
    DossierAccepted,
    DossierRejected,
    DossierSubmitted,
    DossierWithdrawn,
)
from motcua.dossiers.late_entries import reception_of, told_of
from motcua.dossiers.ledger import law_on, redate
from motcua.dossiers.models import Dossier
from motcua.dossiers.passing import refuse_without_papers
from motcua.dossiers.taking_in import law_here, taken_in
from motcua.dossiers.transfer_clock import hand_over_by
from motcua.dossiers.types import Channel
from motcua.dossiers.workflow import Status, Step, next_status
from motcua.law.queries import place_under
from motcua.procedures.forms.rules import changed_pages
from motcua.procedures.queries import published_terms, terms_of
from motcua.workdays.queries import work_calendar
from motcua.workdays.rules import add_working_hours

if TYPE_CHECKING:
    from motcua.agencies.models import Post
    from motcua.law.types import Profile
    from motcua.people.models import Person
    from motcua.procedures.types import Slot, Terms

HANDED_IN = (Step.SUPPLEMENT, Step.HAND_IN)


def send_in(
    dossier: Dossier,
    terms: Terms,
    step: Step,
    by: Actor,
    *,
    facts: dict[str, Any] | None = None,
    law: Profile | None = None,
    **changes: Any,
) -> Dossier:
    """Submit a complete dossier that the caller has locked: check, start the clock, say so."""
    now = clock.now()
    refuse_if(technical_faults(dossier, terms, now))
    dossier.at_hand = calendar = work_calendar(dossier.agency_id, dossier.unit_id)
    late = reception_of(dossier, step)
    since = late.received_at if late else now
    law = law or (law_here(dossier, since) if step == Step.SUBMIT else law_on(dossier, now))
    answer_by = add_working_hours(now, law.limits.online_ack_working_hours, calendar)
    filed = {"answers": dossier.answers, "papers": _papers(dossier)} | told_of(late)
    move = dossier.take(
        step, by=by, at=now, facts=filed | (facts or {}),
        submitted_at=dossier.submitted_at or since, filed_at=now, answer_due_at=answer_by,
        profile_id=dossier.profile_id if dossier.accepted_at else law.id, **changes,
    )  # fmt: skip
    publish(DossierSubmitted(move.pk, dossier.pk))
    return dossier


def _papers(dossier: Dossier) -> list[Any]:
    """What is handed in, by content: the move keeps it whatever becomes of the rows."""
    return list(dossier.documents.filter(removed_at=None).values("slot", "file_name", "digest"))


@transaction.atomic
def submit_dossier(*, citizen: Person, reference: str, level: int = 1) -> Dossier:
    """Nộp hồ sơ: once, however often the button is pressed; the second click gets the same receipt.

    Only a draft is sent: an old page cannot send a supplement that its reader has not seen.
    """
    dossier = access.to_change(access.dossiers_of(citizen), reference)
    if dossier.status != Status.DRAFT:
        return dossier
    refuse_if(rules.not_in_force(dossier.procedure_version_id, _in_force(dossier)))
    law = law_here(dossier, clock.now())
    refuse_if(rules.filed_elsewhere(place_under(law, dossier.procedure_code)))
    terms = terms_of(dossier.procedure_version_id)
    refuse_if(rules.identity_too_low(level, terms.min_identity_level))
    owner = owner_of_filing(citizen, dossier, terms.form)
    return send_in(dossier, terms, Step.SUBMIT, citizen.actor, law=law, **owner)


def _in_force(dossier: Dossier) -> int | None:
    """The version of the procedure under which one begins now; none when it was abolished."""
    try:
        return published_terms(dossier.procedure_code).version_id
    except NotFound:
        return None


@transaction.atomic
def supplement_dossier(*, citizen: Person, reference: str, level: int = 1) -> Dossier:
    """Nộp bổ sung: hand in what the desk asked for; the desk's eight hours start anew (ST-04)."""
    dossier = access.to_change(access.dossiers_of(citizen), reference)
    last = dossier.moves.last()
    if last and last.step in HANDED_IN and dossier.status == last.target:
        return dossier  # the button was pressed twice
    next_status(Status(dossier.status), hand_in_step(dossier), citizen.actor.role)
    answers = dossier.answers if dossier.draft_answers is None else dossier.draft_answers
    terms = terms_of(dossier.procedure_version_id)
    refuse_unproved(citizen, dossier, terms, level)
    form = terms.form
    # At the counter and over the wire somebody else wrote down whose dossier it is.
    own = dossier.channel == Channel.ONLINE and not dossier.applicant.get("right")
    owner = owner_as_declared(citizen, form, answers) if own else {}
    if pages := changed_pages(form, dossier.answers, answers):
        note_change(dossier, citizen.actor, "save_page", pages=pages)
    return hand_in_again(dossier, citizen.actor, answers, **owner)


def hand_in_again(
    dossier: Dossier,
    by: Actor,
    answers: dict[str, Any],
    *,
    facts: dict[str, Any] | None = None,
    **changes: Any,
) -> Dossier:
    """Give the desk the answers and papers as they are now; the caller has locked the dossier."""
    documents = list(dossier.documents.all())
    before = {(d.slot, d.digest) for d in rules.filed_papers(documents, dossier.filed_at)}
    after = {(d.slot, d.digest) for d in documents if d.removed_at is None}
    refuse_if(rules.nothing_changed(answers == dossier.answers and before == after))
    refuse_if(corrections.outside_slip(dossier, answers, {slot for slot, _ in before ^ after}))
    dossier.answers = answers
    return send_in(
        dossier, terms_of(dossier.procedure_version_id), hand_in_step(dossier), by, facts=facts,
        answers=answers, draft_answers=None, **changes,
    )  # fmt: skip


def hand_in_step(dossier: Dossier) -> Step:
    """How what was asked for comes back: before acceptance, or while it is examined."""
    return Step.HAND_IN if dossier.status == Status.SUPPLEMENT else Step.SUPPLEMENT


@transaction.atomic
def withdraw_dossier(*, citizen: Person, reference: str, note: str = "", level: int = 1) -> Dossier:
    """Rút hồ sơ: before acceptance the applicant may take it back freely (INT-14)."""
    dossier = access.to_change(access.dossiers_of(citizen), reference)
    if dossier.status == Status.WITHDRAWN:
        return dossier  # the button was pressed twice
    refuse_unproved(citizen, dossier, terms_of(dossier.procedure_version_id), level)
    return take_back(dossier, citizen.actor, note)


def take_back(dossier: Dossier, by: Actor, note: str, **told: str) -> Dossier:
    """Withdraw a dossier that the caller has locked; what was not handed in goes with it."""
    now = clock.now()
    forget_changes(dossier, now)
    dates = redate(dossier, Step.WITHDRAW, now) if dossier.accepted_at else {}
    move = dossier.take(
        Step.WITHDRAW, by=by, at=now, note=note, facts=told, draft_answers=None, **dates
    )
    publish(DossierWithdrawn(move.pk, dossier.pk))
    return dossier


def forget_changes(dossier: Dossier, now: datetime) -> None:
    """Leave the papers as the desk was given them: what the applicant was changing is dropped."""
    if dossier.filed_at is None:
        return
    given, since = Q(added_at__lte=dossier.filed_at), Q(added_at__gt=dossier.filed_at)
    dossier.documents.filter(given, removed_at__gt=dossier.filed_at).update(removed_at=None)
    dossier.documents.filter(since, removed_at=None).update(removed_at=now)


def at_the_desk(post: Post, reference: str, revision: int | None, step: Step) -> Dossier:
    """The official's dossier, locked, if the page they acted on still told the truth."""
    dossier = access.to_change(access.dossiers_at(post), reference)
    last = dossier.moves.last()
    if revision is not None and last is not None:
        refuse_if(
            rules.changed_meanwhile(
                revision, dossier.revision, last.step, last.by, localtime(last.at)
            )
        )
    next_status(Status(dossier.status), step, post.actor.role)
    refuse_without_papers(dossier, step)
    return dossier


def papers_to_check(dossier: Dossier, terms: Terms) -> list[Slot]:
    """What an official must have found right before this dossier is accepted."""
    handed_in = rules.filed_papers(list(dossier.documents.all()), dossier.filed_at)
    return rules.papers_to_check(terms.slots, dossier.case, {paper.slot for paper in handed_in})


def found_right(dossier: Dossier, checked: Collection[str]) -> list[dict[str, str]]:
    """The papers that an official found right, by name; refused while one of them was not."""
    papers = papers_to_check(dossier, terms_of(dossier.procedure_version_id))
    refuse_if(rules.unchecked(papers, checked))
    return [{"slot": slot.code, "name": slot.name} for slot in papers]


@transaction.atomic
def accept_dossier(
    *, post: Post, reference: str, checked: Collection[str], revision: int | None = None
) -> Dossier:
    """Tiếp nhận: the desk accepts a submitted dossier, gives its code, promises a date.

    `checked` are the papers that the official found right (Đạt); the move keeps them by name.
    """
    now = clock.now()
    dossier = at_the_desk(post, reference, revision, Step.ACCEPT)
    facts = {"checked": found_right(dossier, checked)}
    changes = taken_in(dossier, post.unit_id, Step.ACCEPT, now, facts)

    move = dossier.take(
        Step.ACCEPT, by=post.actor, at=now, facts=facts, **changes,
        transfer_due_at=hand_over_by(dossier.agency_id, post.unit_id, now, changes["due_at"]),
    )  # fmt: skip
    corrections.note_right(dossier, now)
    publish(DossierAccepted(move.pk, dossier.pk))
    return dossier


@transaction.atomic
def ask_supplement(
    *,
    post: Post,
    reference: str,
    revision: int | None = None,
    items: Sequence[corrections.Asked],
    legal_basis: str = "",
    second_reason: str = "",
) -> Dossier:
    """Yêu cầu bổ sung: with every deficiency listed, as often as the law allows (Form 02).

    Once more waits for an approver, with a reason, where the law lets one agree to it.
    """
    dossier = at_the_desk(post, reference, revision, Step.ASK_SUPPLEMENT)
    rule, so_far = second_asking.entry_rule(dossier), dossier.supplements_asked
    if rule.more_agreed_by is None:
        refuse_if(rules.may_ask_again(so_far, rule.most))
    asked = corrections.listed(dossier, terms_of(dossier.procedure_version_id), items)
    if rules.asked_as_often_as_allowed(so_far, rule.most):
        return second_asking.ask_for_consent(
            dossier, post, rule, asked, legal_basis.strip(), second_reason
        )
    return second_asking.send_entry_slip(dossier, post.actor, asked, legal_basis)


@transaction.atomic
def reject_dossier(
    *,
    post: Post,
    reference: str,
    revision: int | None = None,
    reason: str,
    legal_basis: str,
    right_place: str = "",
) -> Dossier:
    """Từ chối tiếp nhận: a reason, its legal basis, who is competent instead (Form 03, INT-10)."""
    dossier = at_the_desk(post, reference, revision, Step.REJECT)
    refuse_if(
        [
            *rules.required_text("reason", reason, "Mời nêu lý do để người nộp hiểu và làm lại."),
            *rules.required_text("legal_basis", legal_basis, "Mời nêu căn cứ pháp lý."),
        ]
    )
    facts = {"reason": reason.strip(), "legal_basis": legal_basis.strip()}
    note = f"{facts['reason']}\nCăn cứ: {facts['legal_basis']}"
    if right_place.strip():
        facts["right_place"] = right_place.strip()
        note += f"\nNơi nộp đúng: {facts['right_place']}"
    move = dossier.take(Step.REJECT, by=post.actor, at=clock.now(), note=note, facts=facts)
    publish(DossierRejected(move.pk, dossier.pk))
    return dossier
