"""A year as people look at it: twelve small months, and each change of a draft in words."""

from calendar import Calendar
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from motcua.workdays.rules.changes import calendar_from, hours_text
from motcua.workdays.types import SATURDAY
from motcua.workdays.types.changes import CalendarRows, Change, ChangeKind

WEEKDAYS = ("Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy")
KIND_TEXTS = {
    ChangeKind.DAY_OFF: "Nghỉ",
    ChangeKind.SWAP_DAY: "Làm bù",
    ChangeKind.ORDINARY: "Trở lại ngày thường",
    ChangeKind.ENTER: "Nhập lịch năm",
    ChangeKind.CONFIRM: "Xác nhận lịch năm",
    ChangeKind.HOURS: "Giờ làm việc",
}


@dataclass(frozen=True)
class Day:
    """One square of a month: how it looks, and what is read aloud of it."""

    number: int
    mark: str  # "", rest, off, swap, morning
    told: str
    is_new: bool


@dataclass(frozen=True)
class Month:
    """One small table; None fills the first and the last week."""

    number: int
    weeks: tuple[tuple[Day | None, ...], ...]


def months(rows: CalendarRows, year: int, new: Collection[date] = ()) -> list[Month]:
    """The twelve months of a year; the days in `new` are marked."""
    mornings = _mornings(rows, year)
    found = []
    for number in range(1, 13):
        weeks = tuple(
            tuple(_day(day, rows, day in new, day in mornings) if day.month == number else None
                  for day in week)
            for week in Calendar().monthdatescalendar(year, number)
        )  # fmt: skip
        found.append(Month(number, weeks))
    return found


def special_days(rows: CalendarRows, year: int) -> list[tuple[date, str, str, str]]:
    """The days of a year that are not what their weekday makes them: day, weekday, what, name."""
    found = [(day, weekday(day), "Nghỉ", name) for day, name in rows.days_off.items()]
    found += [(day, weekday(day), "Làm bù", name) for day, name in rows.swapped_in.items()]
    return sorted(row for row in found if row[0].year == year)


def change_text(change: Change, names: Mapping[str, str]) -> str:
    """One line of a draft as people read it."""
    verb = KIND_TEXTS[change.kind]
    if change.kind in (ChangeKind.ENTER, ChangeKind.CONFIRM):
        return f"{verb} {change.day.year}"
    if change.kind is ChangeKind.HOURS:
        return f"{verb} của {owner_name(change.owner, names)} từ {change.day:%d/%m/%Y}: {_hours(change)}"
    when = f"{weekday(change.day)} {change.day:%d/%m/%Y}"
    return f"{when}: {verb[0].lower()}{verb[1:]}{', ' if change.name else ''}{change.name}"


def owner_name(owner: str, names: Mapping[str, str]) -> str:
    """Whose hours these are."""
    return names.get(owner, f"đơn vị không còn ({owner})") if owner else "toàn tỉnh"


def weekday(day: date) -> str:
    """The weekday in Vietnamese."""
    return f"thứ {WEEKDAYS[day.weekday()]}" if day.weekday() < len(WEEKDAYS) else "Chủ nhật"


def _hours(change: Change) -> str:
    told = hours_text(change.slots)
    return f"{told}; tiếp nhận thứ Bảy {hours_text(change.saturday)}" if change.saturday else told


def _mornings(rows: CalendarRows, year: int) -> set[date]:
    """The Saturdays on which people are received, though no limit runs."""
    calendar = calendar_from(rows)
    return {day for day in _saturdays(year) if calendar.hours_on(day).saturday}


def _saturdays(year: int) -> Iterator[date]:
    first = date(year, 1, 1).toordinal()
    last = date(year, 12, 31).toordinal()
    for ordinal in range(first, last + 1):
        day = date.fromordinal(ordinal)
        if day.weekday() == SATURDAY:
            yield day


def _day(day: date, rows: CalendarRows, is_new: bool, is_morning: bool) -> Day:
    told, mark = "", ""
    if day in rows.swapped_in:
        mark, told = "swap", f"làm bù: {rows.swapped_in[day]}"
    elif day in rows.days_off:
        mark, told = "off", f"nghỉ: {rows.days_off[day]}"
    elif day.weekday() >= SATURDAY:
        mark, told = ("morning", "tiếp nhận buổi sáng") if is_morning else ("rest", "")
    if is_new:
        told = f"{told or 'ngày thường'} (thay đổi)"
    return Day(day.day, mark, told, is_new)
