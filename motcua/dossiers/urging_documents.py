"""Slow units and the documents that urge them: what a signer looks through, what both sides read.

No page of these shows whose dossier it is: a number, a procedure and a date are enough to hurry it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.timezone import localdate

from motcua.agencies.queries import acting_posts, head_posts, unit_names, units_of
from motcua.core import clock
from motcua.core.actors import Role
from motcua.core.errors import NotFound
from motcua.dossiers import access
from motcua.dossiers.explanations import unexplained_among
from motcua.dossiers.models import Consultation, Station, UrgedLine, UrgingDocument
from motcua.dossiers.queries import in_list
from motcua.dossiers.rules.urging import IN_UNIT, SIGNERS, signers, why_slow
from motcua.dossiers.workflow import LINKED, TEXTS, Status

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from motcua.agencies.models import Post
    from motcua.dossiers.models import Dossier

LISTS_SHOWN = 50
LATE_FIRST = 20  # of these: the longest without an answer
MOST = 100  # dossiers of one document
LOOKED_AT = 2000  # late opinions of other agencies
NO_OPINION = "Quá hạn cho ý kiến"
NO_PART = "Quá hạn phần việc phối hợp"


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
    is_mute: bool  # late or about to be, and the unit has not said why (WF-09)


@dataclass(frozen=True)
class SlowUnit:
    """A unit with slow dossiers, and whether it has anybody to read a document."""

    id: int
    name: str
    number: int
    has_head: bool

    @property
    def shown(self) -> str:
        """How many: not counted further than one document can name."""
        return f"hơn {MOST}" if self.number > MOST else str(self.number)


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
    own = [unit.id for unit in units_of(post.agency_id)]
    found.update(_by_unit(_slow(post, now), own))
    found.update(_by_unit(_late_opinions(post, now), own))
    found.update(_by_unit(_late_parts(post, now), own))
    names, heads = unit_names(found, post.agency_id), head_posts(found)
    rows = [SlowUnit(pk, name, found[pk], pk in heads) for pk, name in names.items()]
    return sorted(rows, key=lambda row: row.name)


def _by_unit(rows: QuerySet[Any], own: list[int]) -> Counter[int]:
    """How many each unit has, counted for each by itself up to one more than a document names.

    One busy unit so hides no other. The agency's units are asked one by one in one statement; a unit
    of another agency has an opinion to give, of which there are never many.
    """
    elsewhere = rows.exclude(unit_id__in=own).order_by()
    parts = [rows.filter(unit_id=each).order_by().values("unit_id")[: MOST + 1] for each in own]
    every = elsewhere.values("unit_id")[:LOOKED_AT].union(*parts, all=True)
    return Counter(row["unit_id"] for row in every)


def slow_dossiers(
    post: Post, unit_id: int, only: Collection[str] | None = None
) -> list[SlowDossier]:
    """What one unit has in hand that is late or soon will be, the latest first; what it is asked too.

    A dossier that a document still waits for an answer about is not urged again. `only` are those of
    these numbers, wherever in the list they stand now.
    """
    now = clock.now()
    waiting = _waiting(unit_id)
    rows = _slow(post, now).filter(unit_id=unit_id).exclude(pk__in=waiting)
    if only is not None:
        rows = rows.filter(reference__in=only)
    slow = list(rows.order_by("clock_at", "pk")[:MOST])
    mute = unexplained_among([each.pk for each in slow], now)
    found = {
        each.pk: _row(
            each,
            why_slow(Status(each.status), each.due_at, each.clock_at, now),
            is_mute=each.pk in mute,
        )
        for each in slow
    }
    for asked, why in ((_late_opinions(post, now), NO_OPINION), (_late_parts(post, now), NO_PART)):
        owed = asked.filter(unit_id=unit_id).exclude(dossier_id__in=waiting)
        if only is not None:
            owed = owed.filter(dossier__reference__in=only)
        for each in owed.select_related("dossier").order_by("due_at", "pk")[:MOST]:
            found.setdefault(each.dossier_id, _row(each.dossier, why))
    return list(found.values())[:MOST]


def _slow(post: Post, now: datetime) -> QuerySet[Dossier]:
    """The dossiers of the agency that lie in a unit and are past a clock, or near it."""
    rows = access.to_urge(post).filter(status__in=IN_UNIT, unit__isnull=False, unit__is_desk=False)
    return in_list(rows, "qua-han", now) | in_list(rows, "sap-den-han", now)


def _late_opinions(post: Post, now: datetime) -> QuerySet[Consultation]:
    """What units were asked about the agency's dossiers and have not answered in time."""
    late = Consultation.objects.filter(closed_at=None, due_at__lt=now)
    return late.filter(dossier__in=access.to_urge(post).filter(status=Status.CONSULTING))


def _late_parts(post: Post, now: datetime) -> QuerySet[Station]:
    """What units have to do for the agency's dossiers, settled together, and have not done in time."""
    late = Station.objects.filter(closed_at=None, is_lead=False, due_at__lt=now)
    return late.filter(dossier__in=access.to_urge(post).filter(status__in=LINKED))


def _waiting(unit_id: int) -> QuerySet[UrgedLine, int]:
    """The dossiers that a document to this unit names whose answer is not due yet."""
    open_lines = UrgedLine.objects.filter(
        document__unit_id=unit_id, document__answered_at=None,
        document__answer_by__gte=localdate(clock.now()),
    )  # fmt: skip
    return open_lines.values_list("dossier_id", flat=True)


def _row(dossier: Dossier, why: str, *, is_mute: bool = False) -> SlowDossier:
    return SlowDossier(
        dossier.pk, dossier.reference, dossier.code or dossier.reference, dossier.procedure_name,
        dossier.due_at, TEXTS[Status(dossier.status)], why, is_mute,
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


def documents(post: Post) -> list[tuple[UrgingDocument, bool]]:
    """What the post may read, and whether its answer is late: some of these first, then the latest.

    However many are never answered, the latest documents are always on the list.
    """
    today = localdate(clock.now())
    rows = readable(post).select_related("unit")
    late = rows.filter(answered_at=None, answer_by__lt=today)
    first = list(late.order_by("answer_by", "id")[:LATE_FIRST])
    others = rows.exclude(pk__in=[row.pk for row in first]).order_by("-id")
    shown = [*first, *others[: LISTS_SHOWN - len(first)]]
    return [(row, row.answered_at is None and row.answer_by < today) for row in shown]


def documents_naming(post: Post, reference: str) -> list[tuple[UrgingDocument, bool]]:
    """The documents that named a dossier the caller has been shown, and whether it may open each."""
    rows = UrgingDocument.objects.filter(lines__dossier__reference=reference)
    named = list(rows.select_related("unit").order_by("id"))
    opens = (
        set(readable(post).filter(pk__in=[row.pk for row in named]).values_list("pk", flat=True))
        if named
        else set()
    )
    return [(row, row.pk in opens) for row in named]


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
