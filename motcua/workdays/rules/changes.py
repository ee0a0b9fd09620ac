"""Changing the calendar: what a draft may ask for, what becomes of it, and whose hours hold. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from motcua.core.errors import Reason
from motcua.workdays.rules.checking import hours_reasons, slot_reasons
from motcua.workdays.types.calendar import OFFICE_HOURS, SATURDAY, Hours, Slot, WorkCalendar
from motcua.workdays.types.changes import (
    DAY_KINDS,
    CalendarRows,
    Change,
    ChangeKind,
    OwnHours,
)

LONGEST_NAME = 150
MOST_LINES = 200
Found = Iterator[tuple[str, str]]  # (code, sentence)


def applied(rows: CalendarRows, changes: Iterable[Change]) -> CalendarRows:
    """The rows as they are once every change is made, in order.

    Law: CAL-01, CAL-07
    """
    years, off, swapped = dict(rows.years), dict(rows.days_off), dict(rows.swapped_in)
    hours = {(row.owner, row.since): row for row in rows.hours}
    for each in changes:
        if each.kind in DAY_KINDS:
            off.pop(each.day, None)
            swapped.pop(each.day, None)
        match each.kind:
            case ChangeKind.DAY_OFF:
                off[each.day] = each.name
            case ChangeKind.SWAP_DAY:
                swapped[each.day] = each.name
            case ChangeKind.ENTER:
                years.setdefault(each.day.year, False)
            case ChangeKind.CONFIRM:
                years[each.day.year] = True
            case ChangeKind.HOURS:
                own = OwnHours(each.owner, each.day, each.slots, each.saturday)
                hours[each.owner, each.day] = own
    ordered = sorted(hours.values(), key=lambda row: (row.owner, row.since))
    return CalendarRows(years, off, swapped, tuple(ordered))


def calendar_from(rows: CalendarRows, owners: Sequence[str] = ("",), number: int = 0) -> WorkCalendar:  # fmt: skip
    """The calendar of an owner; `owners` begins with the authority and ends with the owner itself.

    Law: CAL-01, CAL-07
    """
    return WorkCalendar(
        years=frozenset(rows.years),
        days_off=frozenset(rows.days_off),
        swapped_in=frozenset(rows.swapped_in),
        hours=hours_of(rows.hours, owners),
        names={**rows.days_off, **rows.swapped_in},
        number=number,
    )


def hours_of(rows: Iterable[OwnHours], owners: Sequence[str]) -> tuple[Hours, ...]:
    """The hours of the last of `owners` through time: its own, else those of the one before it.

    Law: CAL-07
    """
    theirs = {
        owner: sorted((row for row in rows if row.owner == owner), key=lambda row: row.since)
        for owner in owners
    }
    found = [Hours(date.min, OFFICE_HOURS)]
    for since in sorted({row.since for own in theirs.values() for row in own}):
        now = Hours(since, OFFICE_HOURS)
        for owner in owners:
            latest = [row for row in theirs[owner] if row.since <= since][-1:]
            if latest and latest[0].slots:
                now = Hours(since, latest[0].slots, latest[0].saturday)
        if (now.slots, now.saturday) != (found[-1].slots, found[-1].saturday):
            found.append(now)
    return tuple(found)


def objections(
    changes: Sequence[Change], rows: CalendarRows, year: int, today: date
) -> list[Reason]:
    """What stands against a draft for `year`, each with the number of its line.

    Law: CAL-01, CAL-07
    """
    reasons = []
    if len(changes) > MOST_LINES:
        reasons.append(Reason("too_many", f"Một đề nghị có tối đa {MOST_LINES} dòng."))
    seen: dict[tuple[str, date, bool], int] = {}
    so_far = rows
    entering = False
    for line, each in enumerate(changes, 1):
        entering = entering or (each.kind is ChangeKind.ENTER and year not in rows.years)
        first = seen.setdefault(_place(each), line)
        told = [*_about(each, so_far, year, today, entering)]
        if first != line:
            told = [("same_twice", f"{_what(each)} đã có ở dòng {first}")]
        reasons += [Reason(code, f"Dòng {line}: {text}.", f"line-{line}") for code, text in told]
        so_far = so_far if told else applied(so_far, [each])
    return reasons


def remarks(changes: Iterable[Change], rows: CalendarRows) -> list[str]:
    """What is worth a second look in lines that are allowed: days off that were no working days.

    Law: CAL-01
    """
    found = []
    for each in changes:
        if each.kind is not ChangeKind.DAY_OFF:
            continue
        day = f"{each.day:%d/%m/%Y}"
        if each.day in rows.days_off:
            found.append(f"Ngày {day} đang là ngày nghỉ “{rows.days_off[each.day]}”: chỉ đổi tên.")
        elif each.day.weekday() >= SATURDAY and each.day not in rows.swapped_in:
            told = "thứ Bảy" if each.day.weekday() == SATURDAY else "Chủ nhật"
            found.append(f"Ngày {day} là {told}, vốn không làm việc: không hạn nào đổi.")
    return found


def changed(before: CalendarRows, after: CalendarRows) -> list[str]:
    """What differs between two calendars, one sentence for each day, year and owner of hours.

    Law: CAL-01
    """
    told = []
    for year in sorted({*before.years, *after.years}):
        old, new = before.years.get(year), after.years.get(year)
        if old != new:
            words = {None: "không còn lịch", False: "có lịch dự kiến", True: "đã xác nhận"}
            told.append(f"Năm {year} {words[new]}")
    for day in sorted({*_special(before), *_special(after)}):
        old_text, new_text = _day_is(before, day), _day_is(after, day)
        if old_text != new_text:
            told.append(f"{day:%d/%m/%Y}: {old_text} → {new_text}")
    gone, come = {*before.hours} - {*after.hours}, {*after.hours} - {*before.hours}
    for row in sorted({*gone, *come}, key=lambda row: (row.owner, row.since)):
        verb = "thêm" if row in come else "bỏ"
        told.append(f"{verb} giờ làm việc từ {row.since:%d/%m/%Y}: {hours_text(row.slots)}")
    return told


def hours_text(slots: Sequence[Slot]) -> str:
    """Slots as people write them; none: those of the owner above.

    Law: CAL-07
    """
    return ", ".join(_slot(slot) for slot in slots) or "theo giờ chung"


def _about(each: Change, rows: CalendarRows, year: int, today: date, entering: bool) -> Found:
    if each.day.year != year:
        yield "other_year", f"ngày {each.day:%d/%m/%Y} không thuộc năm {year}"
    elif each.kind in (ChangeKind.ENTER, ChangeKind.CONFIRM):
        yield from _about_year(each.kind, rows, year, today)
    elif year not in rows.years:
        yield "year_not_configured", f"năm {year} chưa có lịch; mời nhập lịch năm ấy trước"
    elif each.kind is ChangeKind.HOURS:
        yield from _about_hours(each, today)
    else:
        yield from _about_day(each, rows, today, entering)


def _about_year(kind: ChangeKind, rows: CalendarRows, year: int, today: date) -> Found:
    if kind is ChangeKind.ENTER and year in rows.years:
        yield "year_known", f"năm {year} đã có lịch"
    if kind is ChangeKind.ENTER and year < today.year:
        yield "year_past", f"năm {year} đã qua"
    if kind is ChangeKind.CONFIRM and year not in rows.years:
        yield "year_not_configured", f"năm {year} chưa có lịch; mời nhập lịch năm ấy trước"
    if kind is ChangeKind.CONFIRM and rows.years.get(year):
        yield "year_confirmed", f"lịch năm {year} đã được xác nhận"


def _about_day(each: Change, rows: CalendarRows, today: date, entering: bool) -> Found:
    day = f"{each.day:%d/%m/%Y}"
    if each.day < today and not entering:
        yield "day_past", f"ngày {day} đã qua, hồ sơ đã được tính theo lịch cũ"
    if each.kind is ChangeKind.SWAP_DAY and each.day.weekday() < SATURDAY:
        yield "swap_on_workday", f"ngày {day} là ngày trong tuần; chỉ thứ Bảy, Chủ nhật mới làm bù"
    if each.kind is ChangeKind.ORDINARY:
        if each.day not in _special(rows):
            yield "ordinary_already", f"ngày {day} đang là ngày thường"
        return
    if not each.name:
        yield "name_missing", f"ngày {day} chưa có tên ngày nghỉ hoặc lý do làm bù"
    if len(each.name) > LONGEST_NAME:
        yield "too_long", f"tên dài {len(each.name)} ký tự, tối đa {LONGEST_NAME} ký tự"
    present = rows.days_off if each.kind is ChangeKind.DAY_OFF else rows.swapped_in
    if present.get(each.day) == each.name:
        yield "already_so", f"ngày {day} đã như vậy trong lịch"


def _about_hours(each: Change, today: date) -> Found:
    if each.day <= today:
        yield "hours_past", f"giờ làm việc mới phải từ sau hôm nay ({today:%d/%m/%Y})"
    if not each.slots:
        if not each.owner:
            yield "slots_missing", "giờ chung của cả tỉnh phải có ít nhất một buổi"
        if each.saturday:
            yield "slots_missing", "mời nhập cả giờ trong tuần khi tiếp nhận sáng thứ Bảy"
        return
    for reason in hours_reasons(each.slots):
        yield reason.code, f"trong các khung giờ, {_of_slots(reason.text)}"
    for reason in slot_reasons(each.saturday):
        yield f"saturday_{reason.code}", f"trong giờ thứ Bảy, {_of_slots(reason.text)}"


def _of_slots(text: str) -> str:
    """What is said of slots, which are typed in one field and not in lines."""
    text = text.replace("Dòng ", "khung ").replace("dòng ", "khung ").rstrip(".")
    return f"{text[0].lower()}{text[1:]}"


def _place(each: Change) -> tuple[str, date, bool]:
    """What two lines must not both be about: a day, an owner's hours from a day, a year."""
    kind = "day" if each.kind in DAY_KINDS else each.kind.value
    return f"{kind} {each.owner}", each.day, each.kind in DAY_KINDS


def _what(each: Change) -> str:
    if each.kind in (ChangeKind.ENTER, ChangeKind.CONFIRM):
        return f"việc này cho năm {each.day.year}"
    hours = "giờ làm việc từ " if each.kind is ChangeKind.HOURS else ""
    return f"{hours}ngày {each.day:%d/%m/%Y}"


def _special(rows: CalendarRows) -> set[date]:
    return {*rows.days_off, *rows.swapped_in}


def _day_is(rows: CalendarRows, day: date) -> str:
    if day in rows.days_off:
        return f"nghỉ, {rows.days_off[day]}"
    return f"làm bù, {rows.swapped_in[day]}" if day in rows.swapped_in else "ngày thường"


def _slot(slot: Slot) -> str:
    return f"{slot.start:%H:%M}–{slot.end:%H:%M}"
