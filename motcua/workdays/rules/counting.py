"""Counting time as the law counts it: working days and hours, pauses, early, on time, late."""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from motcua.workdays.types import (
    CUTOFF,
    ONE_DAY,
    Method,
    Pause,
    Run,
    Standing,
    TimeLimit,
    Unit,
    WorkCalendar,
    YearNotConfigured,
    at_time,
    local,
)

HOURS_A_DAY = 8


def add_workdays(start: date, count: int, calendar: WorkCalendar) -> date:
    """The `count`-th open day after `start`, which is never counted; backwards if negative.

    Law: DL-01
    """
    run = calendar.run_of(start)
    if count > 0:
        place = bisect_right(run.open_days, start) + count - 1
    else:
        place = bisect_left(run.open_days, start) + count
    if place >= len(run.open_days):
        raise YearNotConfigured(run.last_year + 1)
    if place < 0:
        raise YearNotConfigured(run.open_days[0].year - 1)
    return run.open_days[place] if count else start


def open_day_from(day: date, calendar: WorkCalendar) -> date:
    """`day` itself if the offices work on it, else the next day they do.

    Law: CAL-01, DL-04
    """
    return day if calendar.is_open(day) else add_workdays(day, 1, calendar)


def counted_from(at: datetime, calendar: WorkCalendar) -> datetime:
    """The moment from which the clock runs: `at`, or the next working moment after it.

    Law: DL-06
    """
    here = local(at)
    if calendar.is_open(here.date()):
        for slot in calendar.slots_on(here.date()):
            if here <= at_time(here.date(), slot.end):
                return max(here, at_time(here.date(), slot.start))
    return _opening(add_workdays(here.date(), 1, calendar), calendar)


def add_working_hours(start: datetime, hours: float | Fraction, calendar: WorkCalendar) -> datetime:
    """The moment when `hours` of work have gone by since `start`, lunch and rest days left out.

    Law: DL-02, CAL-07
    """
    if hours < 0:
        raise ValueError("Working hours are added, never taken away.")
    begin = counted_from(start, calendar)
    if not hours:
        return begin
    run = calendar.run_of(begin.date())
    length = timedelta(microseconds=round(hours * 3_600_000_000))
    return _moment(_worked(begin, run, calendar) + length, run, calendar)


def working_time_left(now: datetime, due: datetime, calendar: WorkCalendar) -> timedelta:
    """Working time from `now` to `due`; negative once `due` has gone by.

    Law: DL-14
    """
    run = calendar.run_of(local(now).date())
    if local(due).year > run.last_year:
        raise YearNotConfigured(run.last_year + 1)
    if calendar.run_of(local(due).date()) is not run:
        raise YearNotConfigured(local(due).year + 1)
    return _worked(due, run, calendar) - _worked(now, run, calendar)


def working_hours_before(due: datetime, hours: int, calendar: WorkCalendar) -> datetime:
    """The moment from which `hours` working hours are left until `due`.

    Law: INT-09, DL-14
    """
    begin = _opening(add_workdays(local(due).date(), -hours, calendar), calendar)
    left = working_time_left(begin, due, calendar)
    before = Fraction(left // timedelta(microseconds=1), 3_600_000_000) - hours
    return add_working_hours(begin, before, calendar)


def due_at(
    start: datetime, limit: TimeLimit, calendar: WorkCalendar, pauses: Iterable[Pause] = ()
) -> datetime:
    """The moment by which the result is owed, counted from `start`.

    The day of `start` is not counted. Working days that fell into a pause are added to a limit
    in working days; a restart (`DL-07`) is this rule again, from the day the papers were full.

    Law: DL-01, DL-02, DL-03, DL-04, DL-05, DL-06, DL-07, DL-08
    """
    if limit.value < 0:
        raise ValueError("A time limit is not negative.")
    begin = counted_from(start, calendar)
    waited = sum(workdays_in(pause, calendar) for pause in pauses)
    if limit.method == Method.IN_DAY:
        return _close(add_workdays(in_day(begin, calendar), waited, calendar), calendar)
    return COUNTING[Unit(limit.unit)](begin, limit, waited, calendar)


def in_day(received_at: datetime, calendar: WorkCalendar, cutoff: time = CUTOFF) -> date:
    """The day on which an “in the day” procedure is owed: today, or the next workday after 15:00.

    Law: DL-05
    """
    begin = counted_from(received_at, calendar)
    late = begin.time() > cutoff
    return add_workdays(begin.date(), 1, calendar) if late else begin.date()


def workdays_in(pause: Pause, calendar: WorkCalendar) -> int:
    """How many open days a pause swallowed.

    Law: DL-07, DL-08
    """
    start, end = local(pause.start).date(), local(pause.end).date()
    run = calendar.run_of(start)
    if end.year > run.last_year:
        raise YearNotConfigured(run.last_year + 1)
    return max(0, bisect_right(run.open_days, end) - bisect_right(run.open_days, start))


def transfer_by(received_at: datetime, calendar: WorkCalendar, cutoff: time = CUTOFF) -> datetime:
    """When a dossier received at the desk must be with the unit that settles it.

    The same day; after the cut-off, the start of the next working day.

    Law: DL-05, DL-06
    """
    begin = counted_from(received_at, calendar)
    if begin.time() > cutoff:
        return _opening(add_workdays(begin.date(), 1, calendar), calendar)
    return _close(begin.date(), calendar)


def apology_by(due: datetime, calendar: WorkCalendar) -> datetime:
    """The last moment for the letter that apologises for a late result: a working day before.

    Law: DL-14
    """
    return _close(add_workdays(local(due).date(), -1, calendar), calendar)


def standing(due: datetime, at: datetime) -> Standing:
    """How a result finished at `at` stands against its original `due`.

    Law: DL-11
    """
    if at > due:
        return Standing.LATE
    return Standing.EARLY if local(at).date() < local(due).date() else Standing.ON_TIME


def running(due: datetime, now: datetime) -> Standing:
    """How a dossier that is not finished stands against `due`.

    Law: DL-11
    """
    return Standing.OVERDUE if now > due else Standing.IN_TIME


def _opening(day: date, calendar: WorkCalendar) -> datetime:
    return at_time(day, calendar.opening_on(day))


def _close(day: date, calendar: WorkCalendar) -> datetime:
    return at_time(day, calendar.closing_on(day))


def _in_working_days(
    begin: datetime, limit: TimeLimit, waited: int, calendar: WorkCalendar
) -> datetime:
    if limit.method in (Method.DAY_AS_8H, Method.HOUR):
        return add_working_hours(begin, HOURS_A_DAY * (limit.value + waited), calendar)
    return _close(add_workdays(begin.date(), limit.value + waited, calendar), calendar)


def _in_working_hours(
    begin: datetime, limit: TimeLimit, waited: int, calendar: WorkCalendar
) -> datetime:
    return add_working_hours(begin, limit.value + HOURS_A_DAY * waited, calendar)


def _in_calendar_days(
    begin: datetime, limit: TimeLimit, waited: int, calendar: WorkCalendar
) -> datetime:
    last = open_day_from(begin.date() + ONE_DAY * limit.value, calendar)
    return _close(add_workdays(last, waited, calendar), calendar)


def _in_months(begin: datetime, limit: TimeLimit, waited: int, calendar: WorkCalendar) -> datetime:
    months = begin.year * 12 + begin.month - 1 + limit.value
    year, month = months // 12, months % 12 + 1
    day = date(year, month, min(begin.day, monthrange(year, month)[1]))
    return _close(add_workdays(open_day_from(day, calendar), waited, calendar), calendar)


COUNTING: dict[Unit, Callable[[datetime, TimeLimit, int, WorkCalendar], datetime]] = {
    Unit.WORKING_DAY: _in_working_days,
    Unit.WORKING_HOUR: _in_working_hours,
    Unit.CALENDAR_DAY: _in_calendar_days,
    Unit.MONTH: _in_months,
}


def _worked(at: datetime, run: Run, calendar: WorkCalendar) -> timedelta:
    """Working time from the start of the run up to `at`."""
    here = local(at)
    place = bisect_left(run.open_days, here.date())
    done = run.worked_by[place - 1] if place else timedelta()
    if place == len(run.open_days) or run.open_days[place] != here.date():
        return done
    for slot in calendar.slots_on(here.date()):
        start = at_time(here.date(), slot.start)
        done += min(max(here - start, timedelta()), slot.length)
    return done


def _moment(worked: timedelta, run: Run, calendar: WorkCalendar) -> datetime:
    """The first moment by which so much work has been done since the start of the run."""
    place = bisect_left(run.worked_by, worked)
    if place == len(run.open_days):
        raise YearNotConfigured(run.last_year + 1)
    rest = worked - (run.worked_by[place - 1] if place else timedelta())
    for slot in calendar.slots_on(run.open_days[place]):
        if rest <= slot.length:
            return at_time(run.open_days[place], slot.start) + rest
        rest -= slot.length
    raise AssertionError("The working day is shorter than its own slots.")
