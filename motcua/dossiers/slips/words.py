"""How the forms write what they say: moments, days, codes in words, letters that can be drawn."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from motcua.core.text import clean

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")

# What Tinos can draw and PDF/A accepts; anything else (emoji, Nôm) is printed as this box.
UNPRINTABLE = re.compile(
    r"[^\n\u0020-\u007e\u00a0-\u017f\u01a0\u01a1\u01af\u01b0\u0300-\u0304\u0306-\u030c\u031b\u0323"
    r"\u0391-\u03a1\u03a3-\u03c9\u0410-\u044f\u1ea0-\u1ef9\u2010\u2011\u2013\u2014\u2018-\u201e"
    r"\u2020-\u2022\u2026\u2030\u2032\u2033\u2039\u203a\u20ab\u20ac\u2116\u2122\u2190-\u2193"
    r"\u2212\u2260\u2264\u2265\u25a1]"
)
_BOX = "\u25a1"
_LONG_WORD = re.compile(r"\S{40,}")
_BREAK_HERE = "\u200b"
_SHORT = 24


def in_words(at: datetime | None) -> str:
    """A moment as the forms write it: 08 giờ 30 phút, ngày 22 tháng 11 năm 2026."""
    if at is None:
        return ""
    local = at.astimezone(HANOI)
    return f"{local:%H} giờ {local:%M} phút, {day_in_words(at)}"


def day_in_words(at: datetime) -> str:
    """A day as the forms write it: ngày 05 tháng 02 năm 2027."""
    # Days under 10, and January and February, take a zero; the other months never do (NĐ 30/2020).
    local = at.astimezone(HANOI)
    month = f"{local.month:02d}" if local.month <= 2 else str(local.month)
    return f"ngày {local.day:02d} tháng {month} năm {local.year}"


def short(at: datetime | None) -> str:
    """A moment as tables of many dossiers write it: 22/11/2026 08:30."""
    return f"{at.astimezone(HANOI):%d/%m/%Y %H:%M}" if at else ""


def printable(text: str) -> str:
    """`text` with every character drawable and every word breakable."""
    drawn = UNPRINTABLE.sub(_BOX, clean(text))
    return _LONG_WORD.sub(lambda word: _BREAK_HERE.join(word.group()), drawn)


def whole(number: str) -> str:
    """A number that reads as one thing, such as a telephone number, stays on one line."""
    return number.replace(" ", "\u00a0") if len(number) < _SHORT else number


def at_dashes(code: str) -> str:
    """A long code may go on in the next line after a dash."""
    return code.replace("-", f"-{_BREAK_HERE}")
