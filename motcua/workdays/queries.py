"""Reading the calendar."""

from datetime import date

from motcua.core.errors import Reason
from motcua.workdays.models import DayOff, Stamp, SwapDay, WorkYear
from motcua.workdays.types import WorkCalendar

FIRST_MONTH_TO_ASK = 10

_known: dict[int, WorkCalendar] = {}  # stamp → calendar; holds one


def work_calendar() -> WorkCalendar:
    """The calendar that is in force, ready for the rules; read again only when it has changed."""
    number = Stamp.objects.values_list("number", flat=True).first() or 0
    if number not in _known:
        found = _read()
        _known.clear()
        _known[number] = found
    return _known[number] if number else _read()


def days_of(year: int) -> tuple[list[DayOff], list[SwapDay]]:
    """The exceptional days of a year: off, and worked in their place."""
    return (
        list(DayOff.objects.filter(day__year=year)),
        list(SwapDay.objects.filter(day__year=year)),
    )


def calendar_alarms(today: date) -> list[Reason]:
    """What the keeper of the calendar must do before deadlines can no longer be counted."""
    years = dict(WorkYear.objects.values_list("year", "confirmed"))
    wanted = [today.year] + ([today.year + 1] if today.month >= FIRST_MONTH_TO_ASK else [])
    alarms = []
    for year in wanted:
        if year not in years:
            text = f"Chưa có lịch làm việc năm {year}: chưa thể hẹn trả kết quả sang năm này."
            alarms.append(Reason("year_not_configured", text))
        elif not years[year]:
            text = f"Lịch làm việc năm {year} mới là lịch dự kiến, cần đối chiếu và xác nhận."
            alarms.append(Reason("year_not_confirmed", text))
    return alarms


def _read() -> WorkCalendar:
    return WorkCalendar(
        years=frozenset(WorkYear.objects.values_list("year", flat=True)),
        days_off=frozenset(DayOff.objects.values_list("day", flat=True)),
        swapped_in=frozenset(SwapDay.objects.values_list("day", flat=True)),
    )
