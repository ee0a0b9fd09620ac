"""Days as people type them."""

import re
from datetime import date

_WRITTEN = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)


def a_day(day: str, month: str, year: str) -> date | None:
    """The day with these numbers, if there is one."""
    words = [part.strip() for part in (day, month, year)]
    if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in words):
        return None
    try:
        return date(int(words[2]), int(words[1]), int(words[0]))
    except ValueError:
        return None


def written_day(text: str) -> date | None:
    """The day written 30/4/2027, if there is one."""
    found = _WRITTEN.fullmatch(text.strip())
    return a_day(*found.groups()) if found else None
