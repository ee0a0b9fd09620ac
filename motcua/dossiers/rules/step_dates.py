"""By when a case officer is to finish the step they were given: proposed, checked, warned of."""

from datetime import datetime, timedelta

from motcua.core.errors import Reason
from motcua.workdays.rules import add_working_time, counted_from, working_time_left
from motcua.workdays.types import WorkCalendar, local

SIGNING = timedelta(hours=8)  # kept free before the promised date, for whoever signs and issues …
SIGNING_SHARE = 4  # … or this part of the time left, where there is less of it
OFFICER_SHARE = 3, 4  # how much of the time left is proposed for the step
WARNED = 4  # warned when this part of the step's time is left …
WARNED_LEAST = timedelta(hours=2)  # … and never later than so much work before
FIELD = "finish_by"


def proposed(now: datetime, due: datetime, calendar: WorkCalendar) -> datetime | None:
    """A sensible end of the step: three quarters of the working time left, on the half hour.

    Nothing where no time is left.

    Law: ST-07
    """
    left = working_time_left(now, due, calendar)
    if left <= timedelta():
        return None
    part, whole = OFFICER_SHARE
    begin = counted_from(now, calendar)
    end = add_working_time(begin, left * part / whole, calendar).replace(second=0, microsecond=0)
    rounded = end - timedelta(minutes=end.minute % 30)
    if rounded > now and _is_working(rounded, calendar):
        return rounded
    return end if end > now else None


def latest(now: datetime, due: datetime, calendar: WorkCalendar) -> datetime | None:
    """The last moment for the step that leaves time to sign; nothing once the date has gone by.

    Law: ST-07
    """
    left = working_time_left(now, due, calendar)
    if left <= timedelta():
        return None
    kept = min(SIGNING, left / SIGNING_SHARE)
    return add_working_time(counted_from(now, calendar), left - kept, calendar)


def step_date_reasons(
    end: datetime, now: datetime, due: datetime | None, calendar: WorkCalendar
) -> list[Reason]:
    """Why a step cannot end at `end`: no working moment, gone by, no time left to sign.

    Law: ST-07
    """
    if end <= now:
        text = "Hạn hoàn thành bước phải ở sau lúc này. Mời anh/chị chọn ngày, giờ muộn hơn."
        return [Reason("step_gone_by", text, FIELD)]
    if not _is_working(end, calendar):
        text = "Hạn hoàn thành bước phải nằm trong giờ làm việc của một ngày làm việc."
        return [Reason("step_not_working", text, FIELD)]
    last = latest(now, due, calendar) if due else None
    if due is None or last is None or end <= last:
        return []
    promised = f"hồ sơ hẹn trả {local(due):%H:%M ngày %d/%m/%Y}"
    if end > due:
        text = f"Hạn hoàn thành bước muộn hơn ngày hẹn trả: {promised}."
        return [Reason("step_after_promise", text, FIELD)]
    text = (
        f"Hạn hoàn thành bước phải chừa thời gian ký: {promised}, "
        f"nên bước này xong chậm nhất {local(last):%H:%M ngày %d/%m/%Y}."
    )
    return [Reason("step_too_late", text, FIELD)]


def warned_from(begun: datetime, end: datetime, calendar: WorkCalendar) -> datetime:
    """From when on the officer is warned: a quarter of the step's time left, two hours at least.

    A step given less time than that is warned of as it begins.

    Law: DL-14
    """
    whole = working_time_left(begun, end, calendar)
    warned = max(whole / WARNED, WARNED_LEAST)
    if warned >= whole:
        return begun
    return add_working_time(counted_from(begun, calendar), whole - warned, calendar)


def fits(end: datetime, due: datetime, calendar: WorkCalendar) -> bool:
    """Whether a step may still end then, after the calendar or the promised date became another.

    Law: ST-07, DL-15
    """
    return end <= due and _is_working(end, calendar)


def carried_over(
    end: datetime, now: datetime, due: datetime, before: WorkCalendar, after: WorkCalendar
) -> datetime:
    """A moment to come on a calendar that changed: as much work before it as there was, never past `due`.

    Law: ST-07, DL-15
    """
    if end <= now:
        return end
    left = working_time_left(now, end, before)
    return min(add_working_time(counted_from(now, after), left, after), due)


def pulled_in(end: datetime, now: datetime, due: datetime, calendar: WorkCalendar) -> datetime:
    """Where a step ends once its result is due earlier: with time left to sign, if there is any.

    Law: ST-07
    """
    if end <= due:
        return end
    return latest(now, due, calendar) or due


def _is_working(moment: datetime, calendar: WorkCalendar) -> bool:
    return counted_from(moment, calendar) == local(moment)
