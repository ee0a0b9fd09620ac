"""What is left of a clock, in the time that counts: working time, and how near it is to striking."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.workdays.rules import working_time_left
from motcua.workdays.types import WorkCalendar, YearNotConfigured

WORKING_DAY = timedelta(hours=8)


@dataclass(frozen=True)
class Remaining:
    """Working time until a clock strikes, negative once it has; `tone` is late, soon or ok."""

    working: timedelta | None
    tone: str


def remaining(
    clock_at: datetime | None, warn_at: datetime | None, now: datetime, calendar: WorkCalendar
) -> Remaining | None:
    """How a running clock stands; nothing when none runs.

    In a year whose calendar is not configured the tone is still told, the time is not.

    Law: INT-09, DL-14
    """
    if clock_at is None:
        return None
    tone = "late" if clock_at < now else "soon" if warn_at is None or warn_at <= now else "ok"
    try:
        return Remaining(working_time_left(now, clock_at, calendar), tone)
    except YearNotConfigured:
        return Remaining(None, tone)


def in_words(left: Remaining) -> str:
    """The time left or gone by, as an official reads it at a glance.

    Law: INT-09
    """
    start = "Quá hạn" if left.tone == "late" else "Còn"
    if left.working is None:
        return "Quá hạn" if left.tone == "late" else "Trong hạn"
    span = abs(left.working)
    if span >= WORKING_DAY:
        return f"{start} {span // WORKING_DAY} ngày làm việc"
    if span < timedelta(minutes=1):
        return "Vừa quá hạn" if left.tone == "late" else "Đến hạn"
    hours = span // timedelta(hours=1)
    return f"{start} {hours} giờ" if hours else f"{start} {span // timedelta(minutes=1)} phút"
