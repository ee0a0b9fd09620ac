"""Time limits as the law words them, and the calendar they are counted on."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import accumulate
from zoneinfo import ZoneInfo

from motcua.core.errors import Reason, Refused

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
SATURDAY = 5
ONE_DAY = timedelta(days=1)


class Unit(StrEnum):
    """What a time limit is counted in."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    WORKING_HOUR = "working_hour"
    MONTH = "month"


class Method(StrEnum):
    """How it is counted (requirements 6.4)."""

    DAY = "DAY"  # hết giờ làm việc của ngày thứ N
    HOUR = "HOUR"  # giờ làm việc liên tục
    DAY_AS_8H = "DAY_AS_8H"  # N ngày là 8·N giờ làm việc
    IN_DAY = "IN_DAY"  # trong ngày


class Standing(StrEnum):
    """How a result, or a dossier still running, stands against its date."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    IN_TIME = "in_time"
    OVERDUE = "overdue"


STANDING_TEXTS = {
    Standing.EARLY: "Trước hạn",
    Standing.ON_TIME: "Đúng hạn",
    Standing.LATE: "Quá hạn",
    Standing.IN_TIME: "Trong hạn",
    Standing.OVERDUE: "Quá hạn",
}


class YearNotConfigured(Refused):
    """The calendar of `year` has not been entered: no date is promised on a guess."""

    def __init__(self, year: int) -> None:
        self.year = year
        text = (
            f"Chưa có lịch làm việc năm {year} nên chưa tính được ngày hẹn. "
            f"Người quản trị cần nhập lịch năm {year} rồi thao tác lại; dữ liệu vẫn được giữ nguyên."
        )
        super().__init__([Reason("year_not_configured", text)])


@dataclass(frozen=True)
class TimeLimit:
    """So many days, hours or months, and how they are counted."""

    value: int
    unit: str = Unit.WORKING_DAY
    method: str = Method.DAY


@dataclass(frozen=True)
class Slot:
    """Part of a working day during which the clock runs."""

    start: time
    end: time

    @property
    def length(self) -> timedelta:
        return _since_midnight(self.end) - _since_midnight(self.start)


@dataclass(frozen=True)
class Pause:
    """Days on which the clock stood still: after `start`, up to and including `end`."""

    start: date
    end: date


OFFICE_HOURS = (Slot(time(7, 30), time(11, 30)), Slot(time(13, 30), time(17, 30)))


@dataclass(frozen=True)
class WorkCalendar:
    """On which days of which years the offices are open, and at what hours."""

    years: frozenset[int]
    days_off: frozenset[date] = frozenset()
    swapped_in: frozenset[date] = frozenset()  # ngày làm bù
    slots: tuple[Slot, ...] = OFFICE_HOURS

    @property
    def opening(self) -> time:
        return self.slots[0].start

    @property
    def closing(self) -> time:
        return self.slots[-1].end

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
        a_day = sum((slot.length for slot in calendar.slots), timedelta())
        return cls(last, open_days, tuple(accumulate([a_day] * len(open_days))))


def local(at: datetime) -> datetime:
    """`at` on the clock on the office wall."""
    return at.astimezone(HANOI)


def at_time(day: date, hour: time) -> datetime:
    """The moment on `day` when the office clock shows `hour`."""
    return datetime.combine(day, hour, HANOI)


def _since_midnight(hour: time) -> timedelta:
    return timedelta(
        hours=hour.hour, minutes=hour.minute, seconds=hour.second, microseconds=hour.microsecond
    )
