"""Reading the recounts: one with its progress, its lines a page at a time, and whether one is owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from motcua.audit.queries import latest_entries
from motcua.core.errors import NotFound
from motcua.dossiers.models import Dossier, Recount, RecountLine
from motcua.dossiers.silence_queries import MOST
from motcua.dossiers.types import LineState, RecountState
from motcua.dossiers.workflow import RUNNING
from motcua.workdays.edition_queries import last_that_moves_dates

LINES = 50
UNDER_WAY = (RecountState.COUNTING, RecountState.READY, RecountState.MOVING)


@dataclass(frozen=True)
class LineView:
    """One dossier of a recount: its number, what is promised and what judges it, what became of it."""

    id: int
    reference: str
    code: str
    agency: str
    old: datetime
    new: datetime
    legal_old: datetime | None
    legal_new: datetime | None
    state: LineState
    note: str

    @property
    def promise_stays(self) -> bool:
        """Only the date by which the result is judged moves: officials had given a later one."""
        return self.old == self.new


@dataclass(frozen=True)
class RecountPage:
    """A recount as it is now, and one page of its lines."""

    number: int
    edition: int
    state: RecountState
    reason: str
    asked_by: str
    asked_by_person: str
    asked_at: datetime
    decided_by: str
    decided_at: datetime | None
    to_look_at: int
    looked_at: int
    found: int
    moved: int
    stayed: int  # agreed to, and left as they were
    skipped: int  # never agreed to: no date could be promised
    finished_at: datetime | None
    lines: list[LineView]
    next_line: int

    @property
    def left(self) -> int:
        """How many of an agreed list were not come to: the calendar became another one meanwhile."""
        is_done = self.state is RecountState.DONE
        return self.found - self.moved - self.stayed if is_done else 0

    @property
    def dealt_with(self) -> int:
        """How many dossiers the job under way has come past."""
        return self.looked_at if self.state is RecountState.COUNTING else self.moved + self.stayed

    @property
    def of(self) -> int:
        """Out of how many."""
        return self.to_look_at if self.state is RecountState.COUNTING else self.found


@dataclass(frozen=True)
class Unsettled:
    """A calendar by which running dossiers were not counted yet, and the recount under way on it."""

    edition: int
    dossiers: int  # at most MOST
    recount: int  # 0: nobody asked for one
    asked_at: datetime | None


def unsettled() -> Unsettled | None:
    """Whether the last calendar that changed days or hours still waits for its recount (F-21).

    Settled by a whole list that was moved, or that somebody saw and dropped; not by one that was
    broken off.
    """
    edition = last_that_moves_dates()
    whole = Q(state=RecountState.DONE, found=F("moved") + F("stayed"))
    whole |= Q(state=RecountState.DROPPED, looked_at__gte=F("to_look_at"))
    if not edition or Recount.objects.filter(whole, edition__gte=edition).exists():
        return None
    older = Q(calendar_edition__lt=edition) | Q(calendar_edition=None)
    running = Dossier.objects.filter(older, status__in=RUNNING, due_at__isnull=False)
    count = running[:MOST].count()
    if not count:
        return None
    open_one = Recount.objects.filter(state__in=UNDER_WAY, edition__gte=edition).first()
    if open_one is None:
        return Unsettled(edition, count, 0, None)
    return Unsettled(edition, count, open_one.pk, open_one.asked_at)


def why_dropped(number: int) -> str:
    """What was said when a whole list was put away; it is kept in the journal."""
    last = latest_entries(f"recount:{number}", 1)
    return str(last[0].facts.get("reason", "")) if last and last[0].deed == "recount.drop" else ""


def recounts_of(edition: int) -> list[int]:
    """The numbers of the recounts on an edition, the latest first."""
    return list(Recount.objects.filter(edition=edition).values_list("pk", flat=True))


def recount(number: int, after: int = 0) -> RecountPage:
    """One recount; `NotFound` when there is none."""
    row = Recount.objects.filter(pk=number).first()
    if row is None:
        raise NotFound
    lines = list(
        RecountLine.objects.filter(recount=row, pk__gt=after)
        .order_by("pk")
        .annotate(
            reference=F("dossier__reference"),
            code=F("dossier__code"),
            agency=F("dossier__agency__name"),
        )[: LINES + 1]
    )
    shown = [
        LineView(
            line.pk, line.reference, line.code or "", line.agency, line.old, line.new,
            line.legal_old, line.legal_new, LineState(line.state), line.note,
        )
        for line in lines[:LINES]
    ]  # fmt: skip
    return RecountPage(
        number=row.pk, edition=row.edition, state=RecountState(row.state), reason=row.reason,
        asked_by=row.asked_by, asked_by_person=row.asked_by_person, asked_at=row.asked_at,
        decided_by=row.decided_by, decided_at=row.decided_at, to_look_at=row.to_look_at,
        looked_at=row.looked_at, found=row.found, moved=row.moved, stayed=row.stayed, skipped=row.skipped,
        finished_at=row.finished_at, lines=shown,
        next_line=shown[-1].id if len(lines) > LINES else 0,
    )  # fmt: skip
