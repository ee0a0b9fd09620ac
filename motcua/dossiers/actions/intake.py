"""At the counter: submit, supplement, withdraw, accept, ask for a supplement, reject."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from motcua.agencies import queries as places
from motcua.agencies.queries import agency_facts
from motcua.core import clock
from motcua.core.actors import Actor
from motcua.core.errors import Reason, refuse_if
from motcua.core.events import publish
from motcua.dossiers import access, rules
from motcua.dossiers.actions.drafting import (
    account_of,
    attach,
    choose,
    discard_draft,
    open_draft,
    owned_by,
    remove_document,
    save_page,
)
from motcua.dossiers.events import (
    DossierAccepted,
    DossierRejected,
    DossierSubmitted,
    DossierWithdrawn,
    SupplementAsked,
)
from motcua.dossiers.models import Dossier, next_order
from motcua.dossiers.types import Applicant
from motcua.dossiers.workflow import Status, Step, next_status
from motcua.procedures.forms.rules import check_all, owner_of
from motcua.procedures.queries import terms_of
from motcua.workdays.queries import work_calendar
from motcua.workdays.rules import add_working_hours, due_at

if TYPE_CHECKING:
    from motcua.agencies.models import Post
    from motcua.people.models import Person
    from motcua.procedures.forms.types import FormDefinition
    from motcua.procedures.types import Terms

__all__ = [
    "accept_dossier", "ask_supplement", "attach", "choose", "discard_draft", "open_draft",
    "reject_dossier", "remove_document", "save_page", "submit_dossier", "supplement_dossier",
    "technical_faults", "withdraw_dossier",
]  # fmt: skip

ANSWER_HOURS = 8  # NĐ 45/2020: a setting of the legal profile once profiles exist (6.6)


def technical_faults(dossier: Dossier, terms: Terms, today: datetime) -> list[Reason]:
    """Everything that stands between this dossier and its submission, all at once (INT-03)."""
    attached = set(dossier.documents.filter(removed_at=None).values_list("slot", flat=True))
    return [
        *check_all(terms.form, dossier.answers, today=today.date(), places=places),
        *rules.case_unknown(terms.cases, dossier.case),
        *rules.missing_documents(terms.slots, dossier.case, attached),
    ]


def send_in(
    dossier: Dossier, terms: Terms, step: Step, by: Actor, now: datetime, **changes: Any
) -> Dossier:
    """Submit a complete dossier that the caller has locked: check, start the clock, say so."""
    refuse_if(technical_faults(dossier, terms, now))
    answer_by = add_working_hours(now, ANSWER_HOURS, work_calendar())
    move = dossier.take(
        step, by=by, at=now, facts={"answers": dossier.answers, "papers": _papers(dossier)},
        submitted_at=dossier.submitted_at or now, filed_at=now, answer_due_at=answer_by, **changes,
    )  # fmt: skip
    publish(DossierSubmitted(move.pk))
    return dossier


def _papers(dossier: Dossier) -> list[dict[str, str]]:
    """What is handed in, by content: the move keeps it whatever becomes of the rows."""
    return list(dossier.documents.filter(removed_at=None).values("slot", "file_name", "digest"))


@transaction.atomic
def submit_dossier(*, citizen: Person, reference: str) -> Dossier:
    """Nộp hồ sơ: once, however often the button is pressed; the second click gets the same receipt."""
    now = clock.now()
    dossier = access.to_change(access.dossiers_of(citizen), reference)
    if dossier.submitted_at is not None and dossier.status != Status.PRE_SUPPLEMENT:
        return dossier
    step = Step.SUPPLEMENT if dossier.status == Status.PRE_SUPPLEMENT else Step.SUBMIT
    terms = terms_of(dossier.procedure_version_id)
    owner = _owner(citizen, terms.form, dossier.answers)
    return send_in(dossier, terms, step, citizen.actor, now, **owner)


def _owner(citizen: Person, form: FormDefinition, answers: dict[str, Any]) -> dict[str, Any]:
    """Whose dossier it is, where the form lets the filer say that it is someone else's (ACC-10)."""
    if not form.owner:
        return {}
    facts = owner_of(form, answers, places)
    return owned_by(Applicant(**facts) if facts else account_of(citizen))


def supplement_dossier(*, citizen: Person, reference: str) -> Dossier:
    """Nộp bổ sung: hand in what the desk asked for; the desk's eight hours start anew (ST-04)."""
    return submit_dossier(citizen=citizen, reference=reference)


@transaction.atomic
def withdraw_dossier(*, citizen: Person, reference: str, note: str = "") -> Dossier:
    """Rút hồ sơ: before acceptance the applicant may take it back freely (INT-14)."""
    dossier = access.to_change(access.dossiers_of(citizen), reference)
    move = dossier.take(Step.WITHDRAW, by=citizen.actor, at=clock.now(), note=note)
    publish(DossierWithdrawn(move.pk))
    return dossier


def at_the_desk(post: Post, reference: str, revision: int | None, step: Step) -> Dossier:
    """The official's dossier, locked, if the page they acted on still told the truth."""
    dossier = access.to_change(access.dossiers_at(post), reference)
    last = dossier.moves.last()
    if revision is not None and last is not None:
        refuse_if(rules.changed_meanwhile(revision, dossier.revision, last.step, last.by, last.at))
    next_status(Status(dossier.status), step, post.actor.role)
    return dossier


@transaction.atomic
def accept_dossier(*, post: Post, reference: str, revision: int | None = None) -> Dossier:
    """Tiếp nhận: the desk accepts a submitted dossier, gives its code, promises a date."""
    now = clock.now()
    dossier = at_the_desk(post, reference, revision, Step.ACCEPT)
    terms = terms_of(dossier.procedure_version_id)

    due = due_at(now, terms.time_limit, work_calendar()) if terms.time_limit else None
    agency = agency_facts(dossier.agency_id)
    code = rules.dossier_code(agency.code, now, next_order(dossier.agency_id, now))

    move = dossier.take(
        Step.ACCEPT, by=post.actor, at=now,
        code=code, accepted_at=now, due_at=due, original_due_at=due, unit_id=post.unit_id,
    )  # fmt: skip
    publish(DossierAccepted(move.pk))
    return dossier


@transaction.atomic
def ask_supplement(
    *,
    post: Post,
    reference: str,
    revision: int | None = None,
    items: Sequence[tuple[str, str]],
    legal_basis: str = "",
) -> Dossier:
    """Yêu cầu bổ sung: once, with every deficiency listed (Form 02)."""
    dossier = at_the_desk(post, reference, revision, Step.ASK_SUPPLEMENT)
    refuse_if(rules.may_ask_again(dossier.supplements_asked))
    refuse_if(rules.deficiencies(items))

    names = {slot.code: slot.name for slot in terms_of(dossier.procedure_version_id).slots}
    asked = [
        {"slot": slot, "name": names.get(slot, "Tờ khai"), "text": text.strip()}
        for slot, text in items
    ]
    move = dossier.take(
        Step.ASK_SUPPLEMENT, by=post.actor, at=clock.now(), note=legal_basis, facts={"items": asked},
        supplement_items=asked, supplements_asked=dossier.supplements_asked + 1,
    )  # fmt: skip
    publish(SupplementAsked(move.pk))
    return dossier


@transaction.atomic
def reject_dossier(
    *, post: Post, reference: str, revision: int | None = None, reason: str, legal_basis: str
) -> Dossier:
    """Từ chối tiếp nhận: with a reason and its legal basis (Form 03)."""
    dossier = at_the_desk(post, reference, revision, Step.REJECT)
    refuse_if(
        [
            *rules.required_text("reason", reason, "Mời nêu lý do để người nộp hiểu và làm lại."),
            *rules.required_text("legal_basis", legal_basis, "Mời nêu căn cứ pháp lý."),
        ]
    )
    facts = {"reason": reason.strip(), "legal_basis": legal_basis.strip()}
    note = f"{facts['reason']}\nCăn cứ: {facts['legal_basis']}"
    move = dossier.take(Step.REJECT, by=post.actor, at=clock.now(), note=note, facts=facts)
    publish(DossierRejected(move.pk))
    return dossier
