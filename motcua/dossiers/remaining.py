"""What is left of a clock, in the time that counts: working time, and how near it is to striking."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.dossiers.workflow import RUNNING, Status
from motcua.workdays.rules import workdays_between, working_hours_before, working_time_left
from motcua.workdays.types import WorkCalendar, YearNotConfigured, local

HOUR = timedelta(hours=1)
WORKING_DAY = timedelta(hours=8)


@dataclass(frozen=True)
class Remaining:
    """Working time until a clock strikes, negative once it has; `tone` is late, soon or ok."""

    working: timedelta | None
    tone: str
    days: int = 0  # whole working days, as the ledger counts them: this day is none of them


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
        working = working_time_left(now, clock_at, calendar)
        return Remaining(working, tone, _whole_days(working, now, clock_at, calendar))
    except YearNotConfigured:
        return Remaining(None, tone)


def _whole_days(
    working: timedelta, now: datetime, clock_at: datetime, calendar: WorkCalendar
) -> int:
    """Whole days of work left or gone by; of what is left, no more than come after today.

    The day on which a count begins is none of it (DL-07), also while its offices are not open yet.
    """
    whole = abs(working) // WORKING_DAY
    if clock_at < now:
        return whole
    return min(whole, workdays_between(local(now).date(), local(clock_at).date(), calendar))


def left_of_part(
    due_at: datetime | None, warn_at: datetime | None, now: datetime, hours: WorkCalendar
) -> Remaining | None:
    """How the limit of what a unit owes stands, by its own hours: near on its last working day.

    Law: INT-09, CAL-07
    """
    if due_at is not None and warn_at is None:
        try:
            warn_at = working_hours_before(due_at, WORKING_DAY // HOUR, hours)
        except YearNotConfigured:
            warn_at = due_at - WORKING_DAY
    return remaining(due_at, warn_at, now, hours)


def past_promise(status: Status, due_at: datetime | None, now: datetime) -> bool:
    """Whether a running dossier is past the date promised to its owner; no step's clock says so.

    Law: DL-14
    """
    return status in RUNNING and due_at is not None and due_at < now


def in_words(left: Remaining) -> str:
    """The time left or gone by, as an official reads it at a glance.

    Law: INT-09
    """
    start = "Quá hạn" if left.tone == "late" else "Còn"
    if left.working is None:
        return "Quá hạn" if left.tone == "late" else "Trong hạn"
    span = abs(left.working)
    if left.days:
        return f"{start} {left.days} ngày làm việc"
    if span < timedelta(minutes=1):
        return "Vừa quá hạn" if left.tone == "late" else "Đến hạn"
    hours = span // timedelta(hours=1)
    return f"{start} {hours} giờ" if hours else f"{start} {span // timedelta(minutes=1)} phút"
