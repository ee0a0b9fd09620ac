"""The calendar that time limits are counted on: years, days off, swaps, office hours by date."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import cached_property
from itertools import accumulate

from motcua.workdays.types.limits import ONE_DAY, YearNotConfigured

SATURDAY = 5


@dataclass(frozen=True)
class Slot:
    """Part of a working day during which the clock runs."""

    start: time
    end: time

    @property
    def length(self) -> timedelta:
        return _since_midnight(self.end) - _since_midnight(self.start)


OFFICE_HOURS = (Slot(time(7, 30), time(11, 30)), Slot(time(13, 30), time(17, 30)))


@dataclass(frozen=True)
class Hours:
    """Office hours in force from the day `since`.

    On the Saturday slots people are received, and nothing else: no limit runs in them.
    """

    since: date
    slots: tuple[Slot, ...]
    saturday: tuple[Slot, ...] = ()

    @cached_property
    def length(self) -> timedelta:
        """The work of one day."""
        return sum((slot.length for slot in self.slots), timedelta())


@dataclass(frozen=True)
class WorkCalendar:
    """On which days of which years the offices are open, and at what hours.

    `hours` is in the order of `since`; the first of them also holds for all days before it.
    """

    years: frozenset[int]
    days_off: frozenset[date] = frozenset()
    swapped_in: frozenset[date] = frozenset()  # ngày làm bù
    hours: tuple[Hours, ...] = (Hours(date.min, OFFICE_HOURS),)
    # Why a day is off or worked, for explanations; and the edition of this calendar.
    names: Mapping[date, str] = field(default_factory=dict, compare=False)
    number: int = field(default=0, compare=False)

    def hours_on(self, day: date) -> Hours:
        """The office hours in force on `day`."""
        if len(self.hours) == 1:
            return self.hours[0]
        return self.hours[max(0, bisect_right(self._since, day) - 1)]

    def slots_on(self, day: date) -> tuple[Slot, ...]:
        """When the clock runs on `day`, if the offices work on it."""
        return self.hours_on(day).slots

    def opening_on(self, day: date) -> time:
        """When the offices open on `day`, if they work on it."""
        return self.hours_on(day).slots[0].start

    def closing_on(self, day: date) -> time:
        """When the offices close on `day`, if they work on it."""
        return self.hours_on(day).slots[-1].end

    def is_open(self, day: date) -> bool:
        """True if the offices work on `day`."""
        if day.year not in self.years:
            raise YearNotConfigured(day.year)
        if day in self.swapped_in:
            return True
        return day.weekday() < SATURDAY and day not in self.days_off

    def run_of(self, day: date) -> "Run":
        """The configured years around `day`, counted through."""
        if day.year not in self.years:
            raise YearNotConfigured(day.year)
        return self._runs[day.year]

    @cached_property
    def _since(self) -> tuple[date, ...]:
        return tuple(hours.since for hours in self.hours)

    @cached_property
    def _runs(self) -> dict[int, "Run"]:
        found: dict[int, Run] = {}
        for year in sorted(self.years):
            if year in found:
                continue
            last = year
            while last + 1 in self.years:
                last += 1
            run = Run.of(self, year, last)
            found.update(dict.fromkeys(range(year, last + 1), run))
        return found


@dataclass(frozen=True)
class Run:
    """An unbroken run of configured years: its open days in order, and the work done by each."""

    last_year: int
    open_days: tuple[date, ...]
    worked_by: tuple[timedelta, ...]  # working time from the start up to the end of each open day

    @classmethod
    def of(cls, calendar: WorkCalendar, first: int, last: int) -> "Run":
        """Count the years `first` to `last` through, once."""
        start = date(first, 1, 1)
        span = (date(last, 12, 31) - start).days + 1
        days = [start + ONE_DAY * i for i in range(span)]
        open_days = tuple(day for day in days if calendar.is_open(day))
        worked_by = tuple(accumulate(calendar.hours_on(day).length for day in open_days))
        return cls(last, open_days, worked_by)


def _since_midnight(hour: time) -> timedelta:
    return timedelta(
        hours=hour.hour, minutes=hour.minute, seconds=hour.second, microseconds=hour.microsecond
    )
