"""Dates as the sources write them, as year-month-day; an empty string where there is none to read."""

import re
from datetime import date

_DAY = re.compile(r"(?<!\d)(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_WORDS = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)


def date_in(given: str) -> str:
    """The first real date in this text: 20-11-2014, 20/11/2014, 2014-11-20 or in words."""
    if found := _ISO.search(given):
        year, month, day = found.groups()
    elif found := _DAY.search(given) or _WORDS.search(given):
        day, month, year = found.groups()
    else:
        return ""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def decision_date(decision: str) -> str:
    """The day within “Quyết định số 1/QĐ-BTP ngày 2/3/2024”."""
    _, _, after = decision.partition("ngày")
    return date_in(f"ngày {after}") if after else ""
