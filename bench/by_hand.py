"""A deadline counted as a clerk counts it on a wall calendar: day by day, slot by slot.

The measure for the ledger's rules, in speed (`bench/deadline.py`) and in truth (the tests of
`motcua/workdays`). It shares with them the calendar's two questions: is this day worked, and when.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from motcua.workdays.types import (
    HANOI,
    ONE_DAY,
    Method,
    Pause,
    TimeLimit,
    Unit,
    WorkCalendar,
)

Stretch = tuple[datetime, datetime]


def due_by_hand(
    start: datetime, limit: TimeLimit, calendar: WorkCalendar, pause: Pause | None = None
) -> datetime:
    """The moment a result is owed, with at most one pause."""
    begin = _working_moment(start.astimezone(HANOI), calendar)
    if limit.unit == Unit.WORKING_HOUR or (
        limit.unit == Unit.WORKING_DAY and limit.method in (Method.HOUR, Method.DAY_AS_8H)
    ):
        hours = limit.value * (1 if limit.unit == Unit.WORKING_HOUR else 8)
        return _after_hours(begin, timedelta(hours=hours), calendar, pause)
    last = _last_day(begin, limit, calendar, pause)
    due = _closing(_open_from(last, calendar), calendar)
    if pause and pause.start < due and due.date() <= pause.end.astimezone(HANOI).date():
        full = _working_moment(pause.end.astimezone(HANOI), calendar)
        return max(due, _closing(full.date(), calendar))
    return due


def _last_day(
    begin: datetime, limit: TimeLimit, calendar: WorkCalendar, pause: Pause | None
) -> date:
    if limit.method == Method.IN_DAY:
        day, left = begin.date(), int(begin.time() > time(15))
        any_day = False
    elif limit.unit == Unit.MONTH:
        months = begin.year * 12 + begin.month - 1 + limit.value
        year, month = divmod(months, 12)
        end = date(year, month + 1, min(begin.day, monthrange(year, month + 1)[1]))
        day, left, any_day = begin.date(), (end - begin.date()).days, True
    else:
        day, left, any_day = begin.date(), limit.value, limit.unit == Unit.CALENDAR_DAY
    while left:
        day += ONE_DAY
        if (any_day or calendar.is_open(day)) and not _swallowed(day, pause):
            left -= 1
    return day


def _swallowed(day: date, pause: Pause | None) -> bool:
    if pause is None:
        return False
    return pause.start.astimezone(HANOI).date() < day <= pause.end.astimezone(HANOI).date()


def _after_hours(
    begin: datetime, length: timedelta, calendar: WorkCalendar, pause: Pause | None
) -> datetime:
    if not length:
        return begin
    day = begin.date()
    while True:
        if calendar.is_open(day):
            for start, end in _stretches(day, begin, calendar, pause):
                if length <= end - start:
                    return start + length
                length -= end - start
        day += ONE_DAY


def _stretches(
    day: date, begin: datetime, calendar: WorkCalendar, pause: Pause | None
) -> Iterator[Stretch]:
    for slot in calendar.slots_on(day):
        start = max(begin, datetime.combine(day, slot.start, HANOI))
        end = datetime.combine(day, slot.end, HANOI)
        if pause and pause.start < end and start < pause.end:
            if start < pause.start:
                yield start, pause.start
            start = max(start, pause.end)
        if start < end:
            yield start, end


def _working_moment(here: datetime, calendar: WorkCalendar) -> datetime:
    day = here.date()
    while True:
        if calendar.is_open(day):
            for slot in calendar.slots_on(day):
                if here <= datetime.combine(day, slot.end, HANOI):
                    return max(here, datetime.combine(day, slot.start, HANOI))
        day += ONE_DAY


def _open_from(day: date, calendar: WorkCalendar) -> date:
    while not calendar.is_open(day):
        day += ONE_DAY
    return day


def _closing(day: date, calendar: WorkCalendar) -> datetime:
    return datetime.combine(day, calendar.slots_on(day)[-1].end, HANOI)
