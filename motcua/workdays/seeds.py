"""What is known of the calendar of a year: the `holidays` library, put right where it is wrong."""

from datetime import date

import holidays

Days = list[tuple[date, str]]

ANNOUNCED = frozenset({2025, 2026})  # later years are computed, until somebody confirms them
FIRST_CULTURE_DAY = date(2026, 7, 1)

MORE_DAYS_OFF = {date(2026, 1, 2): "Nghỉ hoán đổi (làm bù ngày 10/01/2026)"}
MORE_SWAPS = {date(2026, 1, 10): "Làm bù cho ngày 02/01/2026"}


def known_days(year: int) -> tuple[Days, Days]:
    """Days off, and weekend days worked, of one year."""
    found = holidays.country_holidays("VN", years=year, language="vi")
    off = {day: str(name) for day, name in found.items() if day.year == year}
    off.update({day: name for day, name in MORE_DAYS_OFF.items() if day.year == year})
    culture_day = date(year, 11, 24)
    if culture_day > FIRST_CULTURE_DAY:
        off.setdefault(culture_day, "Ngày Văn hóa Việt Nam")
    swapped = {day: "Ngày làm bù" for day in found.weekend_workdays if day.year == year}
    swapped.update({day: name for day, name in MORE_SWAPS.items() if day.year == year})
    return sorted(off.items()), sorted(swapped.items())


def note(year: int) -> str:
    """Where the days of a year come from, for the keeper of the calendar."""
    if year in ANNOUNCED:
        return "Theo lịch nghỉ đã công bố; ngày hoán đổi cần đối chiếu với văn bản."
    return "Lịch dự kiến: ngày âm lịch là ngày tính toán, chưa có ngày hoán đổi."
