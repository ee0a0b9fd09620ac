"""What stands beside a dossier: opinions asked, visits, urgings; and the hand-over lists of a unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Role
from motcua.core.errors import NotFound
from motcua.dossiers import access
from motcua.dossiers.models import (
    Consultation,
    Dossier,
    TransferLine,
    TransferList,
    Urging,
    Verification,
)
from motcua.dossiers.workflow import TEXTS, Status
from motcua.files.queries import file_facts, open_file

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from motcua.agencies.models import Post

LISTS_SHOWN = 50


@dataclass(frozen=True)
class Asides:
    """All that others said or were asked about a dossier."""

    consultations: list[Consultation]
    verifications: list[Verification]
    urgings: list[Urging]
    mine: set[int]  # the urgings that this post is to answer
    now: datetime


@dataclass(frozen=True)
class ListRow:
    """A hand-over list in the list of lists."""

    id: int
    number: str
    given_at: datetime
    given_by: str
    from_unit: str
    to_unit: str
    lines: int
    open: int


@dataclass(frozen=True)
class LineView:
    """A dossier on a hand-over list."""

    reference: str
    code: str
    procedure: str
    owner: str
    status: str
    revision: int
    must_by: datetime | None
    is_late: bool
    state: str  # open, taken, back
    settled_at: datetime | None
    settled_by: str
    reason: str


@dataclass(frozen=True)
class ListPage:
    """A hand-over list with its dossiers."""

    row: ListRow
    lines: list[LineView]
    may_take: bool
    may_turn_back: bool

    @property
    def has_minutes(self) -> bool:
        """Whether both sides have confirmed every dossier, and some were taken over."""
        states = {line.state for line in self.lines}
        return "taken" in states and "open" not in states


def asides(post: Post, reference: str) -> Asides:
    """What stands beside a dossier that the caller has just been shown through its door."""
    return Asides(
        list(Consultation.objects.filter(dossier__reference=reference).select_related("unit")),
        list(Verification.objects.filter(dossier__reference=reference)),
        list(Urging.objects.filter(dossier__reference=reference).select_related("unit")),
        set(
            Urging.objects.filter(
                dossier__reference=reference, recipients=post.pk, answered_at=None
            ).values_list("pk", flat=True)
        ),
        clock.now(),
    )


def aside_file(post: Post, reference: str, what: str, number: int) -> tuple[str, str, bytes]:
    """Name, kind and content of the file of an opinion or a visit; the reading is journalled."""
    dossier = access.to_see(access.shown_to(post), reference)
    rows: QuerySet[Consultation] | QuerySet[Verification] = (
        dossier.consultations.all() if what == "opinion" else dossier.verifications.all()
    )
    row = rows.filter(pk=number).exclude(digest="").first()
    if row is None:
        raise NotFound
    record(post.actor, "dossier.read", dossier.reference, at=clock.now(), what=f"{what}:{number}")
    with open_file(row.digest) as file:
        return row.file_name, file_facts(row.digest).kind, file.read()


def _lists(post: Post) -> QuerySet[TransferList]:
    """The lists that a post may read: given by its desk, or brought to the unit that it heads."""
    if post.role == Role.DESK_OFFICER:
        return TransferList.objects.filter(from_unit_id=post.unit_id)
    if post.role == Role.UNIT_HEAD:
        return TransferList.objects.filter(to_unit_id=post.unit_id)
    return TransferList.objects.none()


def _counted(rows: QuerySet[TransferList]) -> QuerySet[TransferList]:
    return rows.select_related("from_unit", "to_unit").annotate(
        all_lines=Count("lines"), open_lines=Count("lines", filter=Q(lines__settled_at=None))
    )


def _list_row(row: TransferList) -> ListRow:
    return ListRow(
        row.pk, row.number, row.given_at, row.given_by, row.from_unit.name, row.to_unit.name,
        getattr(row, "all_lines", 0), getattr(row, "open_lines", 0),
    )  # fmt: skip


def transfer_lists(post: Post) -> list[ListRow]:
    """The latest hand-over lists of the post's unit."""
    return [_list_row(row) for row in _counted(_lists(post)).order_by("-id")[:LISTS_SHOWN]]


def list_of(post: Post, number: int) -> TransferList:
    """One hand-over list that the post may read."""
    row = _counted(_lists(post)).filter(pk=number).first()
    if row is None:
        raise NotFound
    return row


def transfer_list(post: Post, number: int) -> ListPage:
    """One hand-over list; whose names were shown is journalled (SEC-06)."""
    row = list_of(post, number)
    lines = [_line(line, post) for line in row.lines.select_related("dossier")]
    shown = [line.reference for line in lines if line.owner]
    if shown:
        record(
            post.actor, "dossier.listed", post.actor.key, at=clock.now(),
            what=f"transfer:{row.pk}", shown=shown,
        )  # fmt: skip
    is_open = any(line.state == "open" for line in lines)
    takes = is_open and post.role == Role.UNIT_HEAD
    return ListPage(_list_row(row), lines, takes, is_open)


def may_name(post: Post, dossier: Dossier) -> bool:
    """Whether a list shows this post whose dossier it is: the desk, and the unit while it has it."""
    return post.role == Role.DESK_OFFICER or dossier.unit_id == post.unit_id


def _line(line: TransferLine, post: Post) -> LineView:
    """A line as this post may read it: what has gone on to others shows its number only."""
    dossier = line.dossier
    state = "open" if line.settled_at is None else "taken" if line.is_taken else "back"
    has = may_name(post, dossier)
    until = line.settled_at or clock.now()
    return LineView(
        dossier.reference, dossier.code or "", dossier.procedure_name,
        dossier.applicant_name if has else "", TEXTS[Status(dossier.status)] if has else "",
        dossier.revision, line.must_by, line.must_by is not None and until > line.must_by,
        state, line.settled_at, line.settled_by, line.reason,
    )  # fmt: skip
