"""The calendar that time limits are counted on: years, days off, swaps, office hours by date."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import cached_property
from itertools import accumulate, compress

from motcua.workdays.types.limits import ONE_DAY, YearNotConfigured

SATURDAY = 5


@dataclass(frozen=True)
class Slot:
    """Part of a working day during which the clock runs."""

    start: time
    end: time

    @property
    def length(self) -> timedelta:
        return timedelta(microseconds=_microseconds(self.end) - _microseconds(self.start))


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
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The slots in microseconds since midnight."""
        return tuple((_microseconds(slot.start), _microseconds(slot.end)) for slot in self.slots)

    @cached_property
    def length(self) -> int:
        """The work of one day, in microseconds."""
        return sum(end - start for start, end in self.spans)


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
        run = self._runs.get(day.year)
        if run is None:
            raise YearNotConfigured(day.year)
        return run

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
    """An unbroken run of configured years, counted through once: any later count is a look-up."""

    first: int  # ordinal of its first day
    last_year: int
    open_days: tuple[date, ...]
    before: tuple[int, ...]  # how many open days lie before each day
    worked_by: tuple[int, ...]  # microseconds worked before each open day, and in all

    @classmethod
    def of(cls, calendar: WorkCalendar, first: int, last: int) -> "Run":
        """Count the years `first` to `last` through."""
        start = date(first, 1, 1)
        span = (date(last, 12, 31) - start).days + 1
        days = [start + ONE_DAY * i for i in range(span)]
        is_open = [calendar.is_open(day) for day in days]
        open_days = tuple(compress(days, is_open))
        worked_by = accumulate((calendar.hours_on(day).length for day in open_days), initial=0)
        before = tuple(accumulate(is_open, initial=0))
        return cls(start.toordinal(), last, open_days, before, tuple(worked_by))

    def place(self, day: date) -> int:
        """How many open days lie before `day`."""
        return self.before[day.toordinal() - self.first]

    def place_after(self, day: date) -> int:
        """How many open days lie before `day`, itself included."""
        return self.before[day.toordinal() - self.first + 1]


def _microseconds(hour: time) -> int:
    return ((hour.hour * 60 + hour.minute) * 60 + hour.second) * 1_000_000 + hour.microsecond
