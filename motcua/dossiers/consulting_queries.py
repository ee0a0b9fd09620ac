"""What stands beside a dossier: opinions asked, visits, urgings; and the hand-over lists of a unit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, Max, OuterRef, Q

from motcua.agencies.queries import desks_beside
from motcua.core import clock
from motcua.core.actors import Role
from motcua.core.errors import NotFound
from motcua.dossiers import access, readings
from motcua.dossiers.models import (
    Consultation,
    Dossier,
    Move,
    Station,
    TransferLine,
    TransferList,
    Urging,
    Verification,
)
from motcua.dossiers.places import sides_of
from motcua.dossiers.station_queries import stations_read
from motcua.dossiers.urging_documents import documents_naming
from motcua.dossiers.workflow import TEXTS, Status, Step
from motcua.files.queries import file_facts, open_file

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from motcua.agencies.models import Post
    from motcua.dossiers.models import UrgingDocument

LISTS_SHOWN = 50
ONE_ACT = timedelta(seconds=5)  # a line and its move are written in one transaction


@dataclass(frozen=True)
class Asides:
    """All that others said or were asked about a dossier."""

    consultations: list[Consultation]
    verifications: list[Verification]
    urgings: Sequence[Urging]
    documents: list[
        tuple[UrgingDocument, bool]
    ]  # that named it, and whether this post may open each
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
    number: str  # its code, before acceptance the temporary number
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
    opens: bool = True  # whether this reader may still open it
    is_recalled: bool = False  # who gave it took it back; nobody turned it back


@dataclass(frozen=True)
class ListPage:
    """A hand-over list with its dossiers."""

    row: ListRow
    lines: list[LineView]
    may_take: bool
    may_turn_back: bool
    gives: bool = False  # the reader gave it: nothing is turned back, it is taken back
    between: bool = False  # from the desk of one agency to that of another (RCV-10)

    @property
    def may_pick(self) -> bool:
        """Whether this reader can do anything with its dossiers."""
        return self.may_take or self.may_turn_back

    @property
    def has_minutes(self) -> bool:
        """Whether both sides have confirmed every dossier, and some were taken over."""
        states = {line.state for line in self.lines}
        return "taken" in states and "open" not in states


def asides(post: Post, reference: str) -> Asides:
    """What stands beside a dossier that the caller has just been shown through its door."""
    told = Urging.recipients.through.objects.filter(urging_id=OuterRef("pk"), post_id=post.pk)
    dossier = Dossier.objects.get(reference=reference)
    opinions, visits, rows = _beside(post, dossier)
    urgings = list(rows.select_related("unit").annotate(for_me=Exists(told)))
    return Asides(
        list(opinions.select_related("unit")),
        list(visits),
        urgings,
        documents_naming(post, reference),
        {each.pk for each in urgings if each.answered_at is None and each.for_me},
        clock.now(),
    )


def _beside(
    post: Post, dossier: Dossier
) -> tuple[QuerySet[Consultation], QuerySet[Verification], QuerySet[Urging]]:
    """Opinions, visits, urgings that this reader reads: of a guest those of its own unit, no visit."""
    opinions, visits, urgings = (
        dossier.consultations.all(), dossier.verifications.all(), dossier.urgings.all(),
    )  # fmt: skip
    if not access.is_guest(post, dossier):
        return opinions, visits, urgings
    mine = {"unit_id": post.unit_id}
    return opinions.filter(**mine), visits.none(), urgings.filter(**mine)


def aside_file(post: Post, reference: str, what: str, number: int) -> tuple[str, str, bytes]:
    """Name, kind and content of the file of an opinion, a visit or a station; it is journalled."""
    dossier = access.to_see(access.shown_to(post), reference)
    rows: QuerySet[Consultation] | QuerySet[Verification] | QuerySet[Station]
    if what == "station":
        rows = stations_read(post, dossier)
    else:
        opinions, visits, _ = _beside(post, dossier)
        rows = opinions if what == "opinion" else visits
    row = rows.filter(pk=number).exclude(digest="").first()
    if row is None:
        raise NotFound
    access.note_read(post, dossier, f"{what}:{number}")
    with open_file(row.digest) as file:
        return row.file_name, file_facts(row.digest).kind, file.read()


def _lists(post: Post) -> QuerySet[TransferList]:
    """The lists that a post may read: given by its desk, or brought to the unit that it heads."""
    if post.role == Role.DESK_OFFICER:
        mine = Q(from_unit_id=post.unit_id) | Q(to_unit_id__in=desks_beside(post.unit_id))
        return TransferList.objects.filter(mine)
    if post.role == Role.UNIT_HEAD:
        return TransferList.objects.filter(to_unit_id=post.unit_id)
    return TransferList.objects.none()


def _counted(rows: QuerySet[TransferList]) -> QuerySet[TransferList]:
    return rows.select_related("from_unit__agency", "to_unit__agency").annotate(
        all_lines=Count("lines"), open_lines=Count("lines", filter=Q(lines__settled_at=None))
    )


def _list_row(row: TransferList) -> ListRow:
    return ListRow(
        row.pk, row.number, row.given_at, row.given_by, *sides_of(row),
        getattr(row, "all_lines", 0), getattr(row, "open_lines", 0),
    )  # fmt: skip


def transfer_lists(post: Post) -> list[ListRow]:
    """The latest hand-over lists of the post's unit."""
    return [_list_row(row) for row in _counted(_lists(post)).order_by("-id")[:LISTS_SHOWN]]


def papers_coming(post: Post) -> list[ListRow]:
    """The lists with which other agencies sent papers that this desk has not confirmed yet."""
    if post.role != Role.DESK_OFFICER:
        return []
    open_ = TransferLine.objects.filter(list=OuterRef("pk"), settled_at=None)
    to_us = TransferList.objects.filter(Exists(open_), to_unit_id__in=desks_beside(post.unit_id))
    return [_list_row(row) for row in _counted(to_us).order_by("-id")[:LISTS_SHOWN]]


def list_of(post: Post, number: int) -> TransferList:
    """One hand-over list that the post may read."""
    row = _counted(_lists(post)).filter(pk=number).first()
    if row is None:
        raise NotFound
    return row


def transfer_list(post: Post, number: int) -> ListPage:
    """One hand-over list; whose names were shown is journalled (SEC-06)."""
    row = list_of(post, number)
    found = list(row.lines.select_related("dossier"))
    recalled = recalled_of(row, found)
    lines = [_line(line, post, is_recalled=line.pk in recalled) for line in found]
    shown = [line.reference for line in lines if line.owner]
    readings.listed(post, f"transfer:{row.pk}", shown)
    is_open = any(line.state == "open" for line in lines)
    between, at_desk = row.to_unit.is_desk, post.role == Role.DESK_OFFICER
    receives = at_desk and row.from_unit_id != post.unit_id if between else not at_desk
    takes, gives = is_open and receives, at_desk and not receives
    is_late = any(line.state == "open" and line.is_late for line in lines)
    turns = is_open and (takes and is_late if between else True)
    return ListPage(_list_row(row), lines, takes, turns, gives, between)


def answer_by(post: Post, references: Collection[str]) -> datetime | None:
    """By when the desk answers the last of these dossiers."""
    rows = access.dossiers_at(post).filter(reference__in=references)
    found: datetime | None = rows.aggregate(last=Max("answer_due_at"))["last"]
    return found


def recalled_of(row: TransferList, lines: Sequence[TransferLine]) -> set[int]:
    """The lines that the desk took back itself, before the unit had said anything."""
    back = {line.dossier_id: line for line in lines if line.settled_at and not line.is_taken}
    if not back:
        return set()
    moves = Move.objects.filter(dossier_id__in=back, step=Step.TURN_BACK)
    by_desk = moves.exclude(unit_id=row.to_unit_id).values_list("dossier_id", "at")
    return {back[pk].pk for pk, at in by_desk if abs(at - _settled(back[pk])) < ONE_ACT}


def _settled(line: TransferLine) -> datetime:
    assert line.settled_at is not None
    return line.settled_at


def may_name(post: Post, dossier: Dossier) -> bool:
    """Whether a list shows this post whose dossier it is: the desk, and the unit while it has it."""
    return post.role == Role.DESK_OFFICER or dossier.unit_id == post.unit_id


def _line(line: TransferLine, post: Post, *, is_recalled: bool) -> LineView:
    """A line as this post may read it: what has gone on to others shows its number only."""
    dossier = line.dossier
    state = "open" if line.settled_at is None else "taken" if line.is_taken else "back"
    has = may_name(post, dossier)
    until = line.settled_at or clock.now()
    return LineView(
        dossier.reference, dossier.code or dossier.reference, dossier.procedure_name,
        dossier.applicant_name if has else "", TEXTS[Status(dossier.status)] if has else "",
        dossier.revision, line.must_by, line.must_by is not None and until > line.must_by,
        state, line.settled_at, line.settled_by, line.reason,
        dossier.agency_id == post.agency_id, is_recalled,
    )  # fmt: skip


def must_be_present(reference: str) -> bool:
    """Whether the applicant was invited to the visit that is still to come (ST-12)."""
    awaited = Verification.objects.filter(recorded_at=None, called_off_at=None)
    return awaited.filter(dossier__reference=reference, needs_applicant=True).exists()
