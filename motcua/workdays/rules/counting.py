"""Counting time as the law counts it: working days and hours, pauses, early, on time, late."""

from bisect import bisect_left
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from motcua.workdays.types import (
    CUTOFF,
    Run,
    Standing,
    WorkCalendar,
    YearNotConfigured,
    at_time,
    local,
)

MICROSECOND = timedelta(microseconds=1)


def add_workdays(start: date, count: int, calendar: WorkCalendar) -> date:
    """The `count`-th open day after `start`, which is never counted; backwards if negative.

    Law: DL-01
    """
    run = calendar.run_of(start)
    if not count:
        return start
    place = run.place_after(start) + count - 1 if count > 0 else run.place(start) + count
    if place >= len(run.open_days):
        raise YearNotConfigured(run.last_year + 1)
    if place < 0:
        raise YearNotConfigured(date.fromordinal(run.first).year - 1)
    return run.open_days[place]


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
    day = here.date()
    run = calendar.run_of(day)
    offset = day.toordinal() - run.first
    if run.before[offset + 1] > run.before[offset]:
        now, hours = _since_midnight(here), calendar.hours_on(day)
        for slot, (start, end) in zip(hours.slots, hours.spans, strict=True):
            if now <= end:
                return here if now >= start else at_time(day, slot.start)
    return opening(add_workdays(day, 1, calendar), calendar)


def add_working_hours(start: datetime, hours: float | Fraction, calendar: WorkCalendar) -> datetime:
    """The moment when `hours` of work have gone by since `start`, lunch and rest days left out.

    Law: DL-02, CAL-07
    """
    length = timedelta(microseconds=round(hours * 3_600_000_000))
    return add_working_time(counted_from(start, calendar), length, calendar)


def add_working_time(begin: datetime, length: timedelta, calendar: WorkCalendar) -> datetime:
    """The moment when `length` of work has gone by since the working moment `begin`.

    Law: DL-02, CAL-07
    """
    if length < timedelta():
        raise ValueError("Working time is added, never taken away.")
    if not length:
        return begin
    run = calendar.run_of(begin.date())
    return _moment(_worked(begin, run, calendar) + length // MICROSECOND, run, calendar)


def working_time_left(now: datetime, due: datetime, calendar: WorkCalendar) -> timedelta:
    """Working time from `now` to `due`; negative once `due` has gone by.

    Law: DL-14
    """
    run = calendar.run_of(local(now).date())
    if local(due).year > run.last_year:
        raise YearNotConfigured(run.last_year + 1)
    if calendar.run_of(local(due).date()) is not run:
        raise YearNotConfigured(local(due).year + 1)
    return MICROSECOND * (_worked(due, run, calendar) - _worked(now, run, calendar))


def working_hours_before(due: datetime, hours: int, calendar: WorkCalendar) -> datetime:
    """The moment from which `hours` working hours are left until `due`.

    Law: INT-09, DL-14
    """
    begin = opening(add_workdays(local(due).date(), -hours, calendar), calendar)
    left = working_time_left(begin, due, calendar)
    before = Fraction(left // MICROSECOND, 3_600_000_000) - hours
    return add_working_hours(begin, before, calendar)


def in_day(received_at: datetime, calendar: WorkCalendar, cutoff: time = CUTOFF) -> date:
    """The day on which an “in the day” procedure is owed: today, or the next workday after 15:00.

    Law: DL-05
    """
    begin = counted_from(received_at, calendar)
    late = begin.time() > cutoff
    return add_workdays(begin.date(), 1, calendar) if late else begin.date()


def workdays_between(start: date, end: date, calendar: WorkCalendar) -> int:
    """How many open days lie after `start`, up to and including `end`.

    Law: DL-07, DL-08
    """
    run = calendar.run_of(start)
    if end.year > run.last_year:
        raise YearNotConfigured(run.last_year + 1)
    return run.place_after(end) - run.place_after(start) if end > start else 0


def transfer_by(received_at: datetime, calendar: WorkCalendar, cutoff: time = CUTOFF) -> datetime:
    """When a dossier received at the desk must be with the unit that settles it.

    The same day; after the cut-off, the start of the next working day.

    Law: DL-05, DL-06
    """
    begin = counted_from(received_at, calendar)
    if begin.time() > cutoff:
        return opening(add_workdays(begin.date(), 1, calendar), calendar)
    return closing(begin.date(), calendar)


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


def opening(day: date, calendar: WorkCalendar) -> datetime:
    """The moment when the offices open on an open day.

    Law: CAL-07
    """
    return at_time(day, calendar.opening_on(day))


def closing(day: date, calendar: WorkCalendar) -> datetime:
    """The moment when the offices close on an open day.

    Law: CAL-07
    """
    return at_time(day, calendar.closing_on(day))


def _worked(at: datetime, run: Run, calendar: WorkCalendar) -> int:
    """Microseconds of work from the start of the run up to `at`."""
    here = local(at)
    day = here.date()
    offset = day.toordinal() - run.first
    place = run.before[offset]
    done = run.worked_by[place]
    if run.before[offset + 1] > place:
        now = _since_midnight(here)
        for start, end in calendar.hours_on(day).spans:
            if now > start:
                done += min(now, end) - start
    return done


def _moment(worked: int, run: Run, calendar: WorkCalendar) -> datetime:
    """The first moment by which so much work has been done since the start of the run."""
    place = bisect_left(run.worked_by, worked) - 1
    if place == len(run.open_days):
        raise YearNotConfigured(run.last_year + 1)
    day, rest = run.open_days[place], worked - run.worked_by[place]
    for start, end in calendar.hours_on(day).spans:
        if rest <= end - start:
            return at_time(day, time.min) + timedelta(microseconds=start + rest)
        rest -= end - start
    raise AssertionError("The working day is shorter than its own slots.")


def _since_midnight(here: datetime) -> int:
    seconds = (here.hour * 60 + here.minute) * 60 + here.second
    return seconds * 1_000_000 + here.microsecond
