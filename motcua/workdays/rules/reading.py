"""Reading what the keeper of the calendar typed: lines about days, hours of a day. Pure."""

import re
from datetime import time

from motcua.core.days import written_day
from motcua.core.errors import Reason
from motcua.core.text import clean, fold
from motcua.workdays.types.calendar import Slot
from motcua.workdays.types.changes import Change, ChangeKind

LINE = re.compile(
    r"(\S+?)[\s;,:]+(nghỉ|nghi|làm bù|lam bu|ngày thường|ngay thuong|thường|thuong)"
    r"(?:[\s;,:]+(.*))?",
    re.IGNORECASE,
)
KINDS = {
    "nghi": ChangeKind.DAY_OFF,
    "lam bu": ChangeKind.SWAP_DAY,
    "ngay thuong": ChangeKind.ORDINARY,
    "thuong": ChangeKind.ORDINARY,
}
SLOT = re.compile(r"(\d{1,2})[:hg](\d{2})\s*[-–—]\s*(\d{1,2})[:hg](\d{2})", re.ASCII)
LONGEST, LONGEST_LINE = 20_000, 300
HOW = "mời viết NGÀY nghỉ TÊN, ví dụ 30/04/2027 nghỉ Ngày Giải phóng miền Nam"


def days_from_lines(text: str) -> tuple[list[Change], list[Reason]]:
    """The changes in lines like “30/04/2027 nghỉ Ngày lễ”; a sentence for each line that is none.

    Law: CAL-01
    """
    if len(text) > LONGEST:
        told = f"Dài {len(text)} ký tự, tối đa {LONGEST} ký tự một lần. Mời chia làm nhiều lần."
        return [], [Reason("too_long", told, "lines")]
    changes, reasons = [], []
    for number, line in enumerate(clean(text).split("\n"), 1):
        if not line.strip():
            continue
        found = _change(line.strip())
        if isinstance(found, Change):
            changes.append(found)
        else:
            told = f"Dòng {number} “{line.strip()[:60]}”: {found}."
            reasons.append(Reason("line_unreadable", told, "lines"))
    return changes, reasons


def slots_of(text: str, field: str) -> tuple[tuple[Slot, ...], list[Reason]]:
    """The slots in “07:30-11:30, 13:30-17:30”; a sentence when it cannot be read.

    Law: CAL-07
    """
    if len(text) > LONGEST_LINE:
        return (), [Reason("too_long", f"Dài {len(text)} ký tự, tối đa {LONGEST_LINE}.", field)]
    slots = []
    for part in filter(None, (part.strip() for part in re.split(r"[,;\n]", clean(text)))):
        found = SLOT.fullmatch(part)
        numbers = [int(number) for number in found.groups()] if found else []
        if not found or max(numbers[::2]) > 23 or max(numbers[1::2]) > 59:
            told = f"Không đọc được buổi “{part[:40]}”. Mời viết như 07:30-11:30, 13:30-17:30."
            return (), [Reason("slot_unreadable", told, field)]
        a, b, c, d = numbers
        slots.append(Slot(time(a, b), time(c, d)))
    return tuple(slots), []


def _change(line: str) -> Change | str:
    found = LINE.fullmatch(line) if len(line) <= LONGEST_LINE else None
    if not found:
        return HOW
    day = written_day(found[1])
    if day is None:
        return f"“{found[1][:20]}” không phải một ngày; {HOW}"
    kind = KINDS.get(fold(found[2]))  # “nghı”: what looks like one of the words
    return Change(kind, day, found[3] or "") if kind else HOW
