"""Time limits as the law words them, and what stops them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from motcua.core.errors import Reason, Refused

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
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
class Pause:
    """A stretch during which the clock stood still.

    Limits in days lose the days after that of `start`, up to and including that of `end`; limits
    in hours lose the working time between the two moments.
    """

    start: datetime
    end: datetime


def local(at: datetime) -> datetime:
    """`at` on the clock on the office wall."""
    return at if at.tzinfo is HANOI else at.astimezone(HANOI)


def at_time(day: date, hour: time) -> datetime:
    """The moment on `day` when the office clock shows `hour`."""
    return datetime.combine(day, hour, HANOI)
