"""Slow units and the documents that urge them: what a signer looks through, what both sides read.

No page of these shows whose dossier it is: a number, a procedure and a date are enough to hurry it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.timezone import localdate

from motcua.agencies.queries import acting_posts, head_posts, unit_names
from motcua.core import clock
from motcua.core.actors import Role
from motcua.core.errors import NotFound
from motcua.dossiers import access
from motcua.dossiers.models import Consultation, UrgedLine, UrgingDocument
from motcua.dossiers.queries import in_list
from motcua.dossiers.rules.urging import IN_UNIT, SIGNERS, signers, why_slow
from motcua.dossiers.workflow import TEXTS, Status

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from motcua.agencies.models import Post
    from motcua.dossiers.models import Dossier

LISTS_SHOWN = 50
MOST = 100  # dossiers of one document
LOOKED_AT = 2000  # slow dossiers of an agency that are counted by unit
NO_OPINION = "Quá hạn cho ý kiến"


@dataclass(frozen=True)
class SlowDossier:
    """A dossier that a unit is to be urged about."""

    id: int
    reference: str
    code: str
    procedure: str
    due_at: datetime | None
    status: str
    why: str


@dataclass(frozen=True)
class SlowUnit:
    """A unit with slow dossiers, and whether it has anybody to read a document."""

    id: int
    name: str
    number: int
    has_head: bool


@dataclass(frozen=True)
class DocumentPage:
    """One urging document as one of its readers sees it."""

    row: UrgingDocument
    lines: list[tuple[UrgedLine, bool]]  # and whether the reader may open the dossier
    recipients: list[str]
    may_answer: bool
    is_late: bool


def may_sign(post: Post) -> bool:
    """Whether this official signs urging documents: the head of the desk, else who leads."""
    if post.role not in SIGNERS:
        return False
    return post.pk in signers(acting_posts([post.agency_id], SIGNERS))[0]


def slow_units(post: Post) -> list[SlowUnit]:
    """The units that have something slow in hand, by name."""
    now = clock.now()
    found: Counter[int] = Counter()
    for unit_id in _slow(post, now).values_list("unit_id", flat=True)[:LOOKED_AT]:
        found[unit_id or 0] += 1
    for unit_id in _late_opinions(post, now).values_list("unit_id", flat=True)[:LOOKED_AT]:
        found[unit_id] += 1
    names, heads = unit_names(found, post.agency_id), head_posts(found)
    rows = [SlowUnit(pk, name, found[pk], pk in heads) for pk, name in names.items()]
    return sorted(rows, key=lambda row: row.name)


def slow_dossiers(post: Post, unit_id: int) -> list[SlowDossier]:
    """What one unit has in hand that is late or soon will be, the latest first; what it is asked too.

    A dossier that a document still waits for an answer about is not urged again.
    """
    now = clock.now()
    waiting = _waiting(unit_id)
    rows = _slow(post, now).filter(unit_id=unit_id).exclude(pk__in=waiting)
    found = {
        each.pk: _row(each, why_slow(Status(each.status), each.due_at, each.clock_at, now))
        for each in rows.order_by("clock_at", "pk")[:MOST]
    }
    asked = _late_opinions(post, now).filter(unit_id=unit_id).exclude(dossier_id__in=waiting)
    for each in asked.select_related("dossier").order_by("due_at", "pk")[:MOST]:
        found.setdefault(each.dossier_id, _row(each.dossier, NO_OPINION))
    return list(found.values())[:MOST]


def _slow(post: Post, now: datetime) -> QuerySet[Dossier]:
    """The dossiers of the agency that lie in a unit and are past a clock, or near it."""
    rows = access.to_urge(post).filter(status__in=IN_UNIT, unit__isnull=False, unit__is_desk=False)
    return in_list(rows, "qua-han", now) | in_list(rows, "sap-den-han", now)


def _late_opinions(post: Post, now: datetime) -> QuerySet[Consultation]:
    """What units were asked about the agency's dossiers and have not answered in time."""
    late = Consultation.objects.filter(closed_at=None, due_at__lt=now)
    return late.filter(dossier__in=access.to_urge(post).filter(status=Status.CONSULTING))


def _waiting(unit_id: int) -> QuerySet[UrgedLine, int]:
    """The dossiers that a document to this unit names whose answer is not due yet."""
    open_lines = UrgedLine.objects.filter(
        document__unit_id=unit_id, document__answered_at=None,
        document__answer_by__gte=localdate(clock.now()),
    )  # fmt: skip
    return open_lines.values_list("dossier_id", flat=True)


def _row(dossier: Dossier, why: str) -> SlowDossier:
    return SlowDossier(
        dossier.pk, dossier.reference, dossier.code or dossier.reference, dossier.procedure_name,
        dossier.due_at, TEXTS[Status(dossier.status)], why,
    )  # fmt: skip


def readable(post: Post) -> QuerySet[UrgingDocument]:
    """The documents of the agency for who signs or leads; those to the unit for its head."""
    mine = Q(pk__in=UrgingDocument.recipients.through.objects.filter(post_id=post.pk).values(
        "urgingdocument_id"
    ))  # fmt: skip
    if post.role == Role.UNIT_HEAD:
        mine |= Q(unit_id=post.unit_id)
    if post.role == Role.APPROVER or may_sign(post):
        mine |= Q(agency_id=post.agency_id)
    return UrgingDocument.objects.filter(mine)


def documents(post: Post) -> list[UrgingDocument]:
    """The latest documents that the post may read."""
    rows = readable(post).select_related("unit").order_by("-id")
    return list(rows[:LISTS_SHOWN])


def document_of(post: Post, number: int) -> UrgingDocument:
    """One document that the post may read."""
    row = readable(post).select_related("unit", "signer").filter(pk=number).first()
    if row is None:
        raise NotFound
    return row


def may_answer(post: Post, row: UrgingDocument) -> bool:
    """The head of the unit answers; where it has none in office, whoever else was written to."""
    heads = head_posts([row.unit_id]).get(row.unit_id)
    if heads:
        return post.pk in heads
    return row.recipients.filter(pk=post.pk).exists()


def document_page(post: Post, number: int) -> DocumentPage:
    """One document, whole."""
    row = document_of(post, number)
    lines = list(row.lines.select_related("dossier"))
    here = access.dossiers_at(post).filter(pk__in=[line.dossier_id for line in lines])
    opens = set(here.values_list("pk", flat=True))
    is_late = row.answered_at is None and row.answer_by < localdate(clock.now())
    return DocumentPage(
        row, [(line, line.dossier_id in opens) for line in lines],
        [str(each) for each in row.recipients.order_by("pk")],
        row.answered_at is None and may_answer(post, row), is_late,
    )  # fmt: skip
