"""What pages show of incidents: the record of each, what it replaced, whether a result still counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.errors import NotFound
from motcua.core.text import fold
from motcua.dossiers import access
from motcua.dossiers.incident_words import (
    FAULT_NAMES,
    KIND_NAMES,
    SUBJECT_NAMES,
    Fault,
    IncidentKind,
    Subject,
    cost_text,
)
from motcua.dossiers.models import Dossier, EarlierResult, Incident
from motcua.dossiers.rules import is_code
from motcua.dossiers.workflow import Status
from motcua.files.queries import file_facts, open_file
from motcua.people.acting import refuse_ended

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from motcua.agencies.models import Post
    from motcua.people.models import Person


class Standing(StrEnum):
    """What a result is worth now."""

    VALID = "valid"
    CORRECTING = "correcting"
    REPLACED = "replaced"


@dataclass(frozen=True)
class CheckedResult:
    """All that anybody may know of a result by its dossier's code and its own number."""

    code: str
    number: str
    issued_on: date | None
    standing: Standing
    is_refusal: bool = False  # it refuses what was applied for, with reasons
    new_number: str = ""
    new_on: date | None = None
    new_is_correcting: bool = False  # the one that replaced it is being put right in its turn


@dataclass(frozen=True)
class IncidentView:
    """The record of one incident, as people read it."""

    id: int
    title: str
    kind: str
    fault: str
    what: str
    apology: str
    cost: str
    reported_by: str
    reported_at: datetime
    approved_by: str
    must_by: datetime | None
    settled_at: datetime | None
    settled_how: str
    is_about_papers: bool = False
    earlier_id: int | None = None
    earlier_number: str = ""
    earlier_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be put right."""
        return self.settled_at is None


def incidents_of(reference: str) -> list[IncidentView]:
    """Every incident of a dossier that the caller may see, the first one first."""
    rows = Incident.objects.filter(dossier__reference=reference).select_related("earlier")
    return [_view(row) for row in rows]


def _view(row: Incident) -> IncidentView:
    kind, fault = KIND_NAMES[IncidentKind(row.kind)], Fault(row.fault)
    earlier: EarlierResult | None = getattr(row, "earlier", None)
    return IncidentView(
        id=row.pk, title=f"{kind} {SUBJECT_NAMES[Subject(row.subject)]}", kind=kind, fault=FAULT_NAMES[fault],
        what=row.what, apology=row.apology, cost=cost_text(fault, row.is_free),
        reported_by=row.reported_by, reported_at=row.reported_at, approved_by=row.approved_by,
        must_by=row.must_by, settled_at=row.settled_at, settled_how=row.settled_how,
        is_about_papers=row.subject == Subject.PAPERS, earlier_id=earlier.pk if earlier else None, earlier_number=earlier.number if earlier else "",
        earlier_on=earlier.issued_on if earlier else None,
    )  # fmt: skip


def check_result(code: str, number: str) -> CheckedResult:
    """Whether a result with this number still counts, for anybody who holds it: no name, no file.

    `NotFound` when the dossier of this code has no such result.
    """
    code = code.strip().upper()
    if not is_code(code):
        raise NotFound
    dossier = Dossier.objects.filter(code=access.present_code(code)).first()
    if dossier is None or not dossier.result_digest:
        raise NotFound
    wanted, refusal = _plain(number), dossier.outcome == "refuse"
    correcting = dossier.status == Status.CORRECTING
    if wanted == _plain(dossier.result_number):
        standing = Standing.CORRECTING if correcting else Standing.VALID
        return CheckedResult(code, dossier.result_number, dossier.result_on, standing, refusal)
    for earlier in dossier.earlier_results.all():
        if wanted == _plain(earlier.number):
            return CheckedResult(
                code, earlier.number, earlier.issued_on, Standing.REPLACED, refusal,
                dossier.result_number, dossier.result_on, correcting,
            )  # fmt: skip
    raise NotFound


def _plain(number: str) -> str:
    """A number as people type it: marks, capitals and spaces say nothing."""
    return fold(number).replace(" ", "")


def earlier_file(citizen: Person, reference: str, earlier_id: int) -> tuple[str, str, bytes]:
    """Name, kind and content of a result that was replaced, for the owner; journalled."""
    dossier, row = _earlier(access.dossiers_of(citizen), reference, earlier_id)
    refuse_ended(citizen, dossier.applicant, dossier.procedure_code)
    what = f"earlier_result:{row.pk}"
    record(citizen.actor, "dossier.read", dossier.reference, at=clock.now(), what=what)
    return _file_of(dossier, row)


def earlier_file_at(post: Post, reference: str, earlier_id: int) -> tuple[str, str, bytes]:
    """The same for an official."""
    dossier, row = _earlier(access.dossiers_at(post), reference, earlier_id)
    access.note_read(post, dossier, f"earlier_result:{row.pk}")
    return _file_of(dossier, row)


def _earlier(
    visible: QuerySet[Dossier], reference: str, earlier_id: int
) -> tuple[Dossier, EarlierResult]:
    dossier = access.to_see(visible, reference)
    row = EarlierResult.objects.filter(dossier=dossier, pk=earlier_id).first()
    if row is None:
        raise NotFound
    return dossier, row


def _file_of(dossier: Dossier, row: EarlierResult) -> tuple[str, str, bytes]:
    kind = file_facts(row.digest).kind
    with open_file(row.digest) as file:
        return f"ban-da-thay-the-{dossier.code}.{kind.rsplit('/', 1)[-1]}", kind, file.read()
