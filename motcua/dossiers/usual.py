"""How long a procedure usually takes at a unit or an agency, from its history, said as a range.

The night counts it (`actions/measuring.py`). Between `low` and `high` lie eight of ten dossiers, so
that most people are not disappointed; whoever is faster or slower than nine of ten moves nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.db.models import F, Q

from motcua.core.actors import Role
from motcua.dossiers.models.rollups import UsualTime
from motcua.dossiers.workflow import CLOSED, NEXT_TASK, Status
from motcua.workdays.rules import fold, steadied, working_time_left
from motcua.workdays.types import ClockDeed, ClockEvent, ClockRule, WorkCalendar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from django.db.models import QuerySet

    from motcua.dossiers.pages import DossierPage

QUANTILES = (0.1, 0.5, 0.9)
SHARE = "8 trên 10"  # how many lie between the first and the last of them
HOUR = timedelta(hours=1)
WORKING_DAY = timedelta(hours=8)
# In these it is the applicant's turn; before acceptance no time runs that counts.
WAITS = frozenset(status for status, (_, role) in NEXT_TASK.items() if role is Role.CITIZEN) - {
    Status.PRE_SUPPLEMENT
}


class Moved(Protocol):
    """What of a move says whether a dossier waited."""

    source: str
    target: str
    at: datetime


@dataclass(frozen=True)
class Usual:
    """What people are told of how long it usually takes."""

    agency_name: str
    unit_name: str  # whose own history it is; empty: that of the whole agency
    case: str
    n: int
    low: timedelta
    mid: timedelta
    high: timedelta
    data_on: date

    @property
    def place(self) -> str:
        """Whose history it is: the unit's own, or that of the whole agency."""
        return f"{self.unit_name}, {self.agency_name}" if self.unit_name else self.agency_name

    @property
    def words(self) -> str:
        """“2–4 ngày làm việc”."""
        return in_words(self.low, self.high)

    @property
    def share(self) -> str:
        """For how many dossiers the range holds."""
        return SHARE


def usual_time(
    agency_id: int, procedure_code: str, case: str = "", unit_id: int | None = None
) -> Usual | None:
    """How long this case of a procedure usually takes at this unit; nothing without enough data.

    Of the whole agency where no unit has it yet, or the unit has too little history of its own.

    Law: moonshot 3
    """
    rows = _enough(procedure_code).filter(agency_id=agency_id, case=case)
    own = rows.filter(Q(unit=None) | Q(unit_id=unit_id))
    row = own.order_by(F("unit").asc(nulls_last=True)).first()
    return _usual(row) if row else None


def usual_time_of(dossier: DossierPage) -> Usual | None:
    """What its owner is told beside the date, until there is a result or it has ended without one.

    Law: moonshot 3
    """
    if dossier.status in CLOSED or dossier.finished_at:
        return None
    return usual_time(dossier.agency.id, dossier.procedure_code, dossier.case, dossier.unit_id)


def usual_times_everywhere(procedure_code: str) -> dict[str, list[Usual]]:
    """By code of the agency, the usual time of each case of a procedure, where there is enough data."""
    found: dict[str, list[Usual]] = {}
    for row in _enough(procedure_code).filter(unit=None).order_by("agency__code", "case"):
        found.setdefault(row.agency.code, []).append(_usual(row))
    return found


def _enough(procedure_code: str) -> QuerySet[UsualTime]:
    least = settings.USUAL_TIME_LEAST
    rows = UsualTime.objects.filter(procedure_code=procedure_code, n__gte=least)
    return rows.select_related("agency", "unit")


def _usual(row: UsualTime) -> Usual:
    unit = row.unit.name if row.unit else ""
    return Usual(row.agency.name, unit, row.case, row.n, row.low, row.mid, row.high, row.data_on)


def in_words(low: timedelta, high: timedelta) -> str:
    """A range of working time as one says it: begun hours and days are whole ones.

    Law: moonshot 3
    """
    unit, name = (HOUR, "giờ làm việc") if high <= WORKING_DAY else (WORKING_DAY, "ngày làm việc")
    first, last = (max(1, -(-length // unit)) for length in (low, high))
    return f"{first} {name}" if first == last else f"{first}–{last} {name}"


def clock_events(
    accepted_at: datetime,
    finished_at: datetime,
    moves: Iterable[Moved],
    waits: Collection[str] = WAITS,
) -> tuple[ClockEvent, ...]:
    """What the moves between acceptance and result did to the clock."""
    events = [ClockEvent(ClockDeed.START, accepted_at)]
    for move in moves:
        if move.at > finished_at or (move.source in waits) == (move.target in waits):
            continue
        deed = ClockDeed.ASK_SUPPLEMENT if move.target in waits else ClockDeed.SUPPLEMENTED
        events.append(ClockEvent(deed, move.at))
    return steadied([*events, ClockEvent(ClockDeed.FINISH, finished_at)])


def worked(events: tuple[ClockEvent, ...], calendar: WorkCalendar) -> timedelta:
    """Working time from the first event to the last, less what the ledger says was waited.

    Law: DL-06, DL-14
    """
    waited = fold(events, ClockRule(limit=None), calendar).waited
    return working_time_left(events[0].at, events[-1].at, calendar) - waited
