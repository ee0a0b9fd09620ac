"""When a part of an interlinked dossier is due and warned of, on the calendar of the unit that has it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from motcua.agencies.queries import whose_unit
from motcua.dossiers.rules.step_dates import warned_from
from motcua.workdays.queries import work_calendar
from motcua.workdays.rules import due_at
from motcua.workdays.types import TimeLimit, WorkCalendar, YearNotConfigured

if TYPE_CHECKING:
    from motcua.dossiers.models import Station


def due_of(unit_id: int, start: datetime, amount: int, per: str) -> datetime:
    """The end of a limit; refused where the calendar does not know the year."""
    return due_at(start, TimeLimit(amount, per), _calendar(unit_id))


def set_limit(station: Station) -> bool:
    """Write when a part that has begun is due and from when it is warned of; False if nobody can say.

    Another unit's calendar that is not configured holds nobody's answer up: the watch counts later.
    """
    assert station.started_at is not None
    try:
        due = due_of(station.unit_id, station.started_at, station.amount, station.per)
        warn = warned_from(station.started_at, due, _calendar(station.unit_id))
    except YearNotConfigured:
        station.due_at = station.warn_at = None
        return False
    station.due_at, station.warn_at = due, warn
    return True


def _calendar(unit_id: int) -> WorkCalendar:
    return work_calendar(whose_unit(unit_id), unit_id)
