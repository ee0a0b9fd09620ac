"""When people are received, said as on the door of an office."""

from datetime import date, datetime

from motcua.workdays.rules.changes import hours_text
from motcua.workdays.types import SATURDAY, WorkCalendar, YearNotConfigured, local


def reception_text(calendar: WorkCalendar, day: date) -> str:
    """The hours of a usual week as they stand on `day`, with those of Saturday where there are any.

    Law: CAL-07
    """
    hours = calendar.hours_on(day)
    said = f"Thứ Hai đến thứ Sáu: {hours_text(hours.slots)}"
    return f"{said}; thứ Bảy: {hours_text(hours.saturday)}" if hours.saturday else said


def today_text(calendar: WorkCalendar, day: date) -> str:
    """What is otherwise than usual on `day`: closed on a weekday, open on a Saturday or Sunday.

    Nothing on a usual day, and nothing on a guess where the year has no calendar.

    Law: CAL-01, CAL-07
    """
    try:
        is_open = calendar.is_open(day)
    except YearNotConfigured:
        return ""
    is_weekday, name = day.weekday() < SATURDAY, calendar.names.get(day, "")
    if is_open == is_weekday:
        return ""
    why = f": {name}" if name else ""
    if is_open:
        slots = hours_text(calendar.slots_on(day))
        return f"Hôm nay, {day:%d/%m/%Y}, có làm việc ({slots}){why}."
    return f"Hôm nay, {day:%d/%m/%Y}, nghỉ{why}."


def receives_at(at: datetime, calendar: WorkCalendar) -> bool:
    """Whether the desk is open at this moment, on a Saturday by its own hours; until the last minute.

    Law: CAL-07
    """
    day, hour = local(at).date(), local(at).time()
    if calendar.is_open(day):
        slots = calendar.slots_on(day)
    elif day.weekday() == SATURDAY and day not in calendar.days_off:
        slots = calendar.hours_on(day).saturday
    else:
        return False
    return any(slot.start <= hour <= slot.end for slot in slots)
