"""A time limit laid on the calendar: where it ends, and where it ends after a pause."""

from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import NamedTuple

from motcua.core.errors import Refused, refuse_if
from motcua.workdays.rules.checking import LONGEST, limit_reasons, pause_reasons
from motcua.workdays.rules.counting import (
    add_workdays,
    add_working_time,
    closing,
    counted_from,
    in_day,
    open_day_from,
    workdays_between,
    working_time_left,
)
from motcua.workdays.types import (
    CUTOFF,
    ONE_DAY,
    Method,
    Pause,
    TimeLimit,
    Unit,
    WorkCalendar,
    local,
)

HOURS_A_DAY = 8
HOUR = timedelta(hours=1)


class Way(Enum):
    """The ways of counting that are left once unit and method are known."""

    DAYS = "days"
    HOURS = "hours"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"
    IN_DAY = "in_day"


class Term(NamedTuple):
    """A limit on the calendar: the moment it is counted from, its last day, the moment it is due.

    The last day of a limit in calendar days or months may be a rest day; the due moment is not.
    """

    begin: datetime
    last: date
    due: datetime


WAYS: dict[tuple[str, str], Way] = {
    (Unit.WORKING_DAY, Method.DAY): Way.DAYS,
    (Unit.WORKING_DAY, Method.HOUR): Way.HOURS,
    (Unit.WORKING_DAY, Method.DAY_AS_8H): Way.HOURS,
    **{(Unit.WORKING_HOUR, method): Way.HOURS for method in Method},
    **{(Unit.CALENDAR_DAY, method): Way.CALENDAR_DAYS for method in Method},
    **{(Unit.MONTH, method): Way.MONTHS for method in Method},
    **{(unit, Method.IN_DAY): Way.IN_DAY for unit in Unit},
}


def way_of(limit: TimeLimit) -> Way:
    """How this limit is counted; refused if it has no unit, or one beyond reason.

    Law: DL-01, DL-02, DL-03, DL-04, DL-05
    """
    way = WAYS.get((limit.unit, limit.method))
    if way is None or not 0 <= limit.value <= LONGEST:
        raise Refused(limit_reasons(limit))
    return way


def hours_of(limit: TimeLimit) -> int:
    """A limit that is counted in hours, in hours: a day is eight of them.

    Law: DL-02, DL-03
    """
    return limit.value * (1 if limit.unit == Unit.WORKING_HOUR else HOURS_A_DAY)


def due_at(
    start: datetime,
    limit: TimeLimit,
    calendar: WorkCalendar,
    pauses: Iterable[Pause] = (),
    cutoff: time = CUTOFF,
) -> datetime:
    """The moment by which the result is owed, counted from `start`.

    The day of `start` is not counted. Pauses give back what they took; a restart (`DL-07`) is
    this rule again, from the day the papers were full.

    Law: DL-01, DL-02, DL-03, DL-04, DL-05, DL-06, DL-07, DL-08
    """
    found = term(start, limit, calendar, cutoff)
    for pause in merged(pauses):
        found = prolonged(found, pause, limit, calendar)
    return found.due


def term(start: datetime, limit: TimeLimit, calendar: WorkCalendar, cutoff: time = CUTOFF) -> Term:
    """The limit laid on the calendar from `start`.

    Law: DL-01, DL-02, DL-03, DL-04, DL-05, DL-06
    """
    way = way_of(limit)
    begin = counted_from(start, calendar)
    if way is Way.HOURS:
        due = add_working_time(begin, HOUR * hours_of(limit), calendar)
        return Term(begin, due.date(), due)
    last = LAST_DAY[way](begin, limit.value, calendar, cutoff)
    return Term(begin, last, closing(open_day_from(last, calendar), calendar))


def prolonged(before: Term, pause: Pause, limit: TimeLimit | None, calendar: WorkCalendar) -> Term:
    """The term after the clock stood still: what was left at the pause is still left after it.

    A pause once the term is over gives nothing back. Who hands in the last papers leaves the
    office at least the rest of that day, or the next working day.

    Law: DL-07, DL-08
    """
    start = max(pause.start, before.begin)
    if start >= before.due or pause.end <= start:
        return before
    way = way_of(limit) if limit else Way.DAYS
    if way is Way.HOURS:
        length = working_time_left(start, pause.end, calendar)
        due = add_working_time(before.due, length, calendar)
        return Term(before.begin, due.date(), due)
    first, end = local(start).date(), local(pause.end).date()
    if way in (Way.CALENDAR_DAYS, Way.MONTHS):
        last = before.last + (end - first)
    else:
        last = add_workdays(before.last, workdays_between(first, end, calendar), calendar)
    if last == before.last and end < before.due.date():
        return before
    due = before.due
    if last > before.last:
        due = max(due, closing(open_day_from(last, calendar), calendar))
    if due.date() <= end:
        due = max(due, closing(counted_from(pause.end, calendar).date(), calendar))
    return Term(before.begin, last, due)


def merged(pauses: Iterable[Pause]) -> list[Pause]:
    """The pauses in order, those that overlap as one; refused if one ends before it starts.

    Law: DL-07, DL-08
    """
    if not pauses:
        return []
    found = list(pauses)
    refuse_if(pause_reasons(found))
    joined: list[Pause] = []
    for pause in sorted(found, key=lambda one: one.start):
        if joined and pause.start <= joined[-1].end:
            joined[-1] = Pause(joined[-1].start, max(joined[-1].end, pause.end))
        else:
            joined.append(pause)
    return joined


def _after_days(begin: datetime, count: int, calendar: WorkCalendar, cutoff: time) -> date:
    return add_workdays(begin.date(), count, calendar)


def _after_calendar_days(begin: datetime, count: int, calendar: WorkCalendar, cutoff: time) -> date:
    return begin.date() + ONE_DAY * count


def _after_months(begin: datetime, count: int, calendar: WorkCalendar, cutoff: time) -> date:
    months = begin.year * 12 + begin.month - 1 + count
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(begin.day, monthrange(year, month)[1]))


def _in_day(begin: datetime, count: int, calendar: WorkCalendar, cutoff: time) -> date:
    return in_day(begin, calendar, cutoff)


LAST_DAY: dict[Way, Callable[[datetime, int, WorkCalendar, time], date]] = {
    Way.DAYS: _after_days,
    Way.CALENDAR_DAYS: _after_calendar_days,
    Way.MONTHS: _after_months,
    Way.IN_DAY: _in_day,
}
