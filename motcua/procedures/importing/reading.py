"""Reading single values: text, whole numbers, time limits, money. What cannot be read is a flaw."""

import math
import re
from functools import lru_cache
from typing import Any

from motcua.core.text import clean, fold
from motcua.procedures.importing.flaws import Flaws
from motcua.procedures.types import Duration, Fee

_UNITS = {
    "ngay lam viec": "working_day",
    "ngay": "calendar_day",
    "gio": "working_hour",
    "gio lam viec": "working_hour",
    "thang": "month",
}
_CAP = re.compile(r"\b(toi da|khong qua|muc tran|khong vuot qua)\b")
_MONEY = re.compile(r"\d[\d., ]*")
_WHOLE = re.compile(r"\d{1,9}")
_DONG = re.compile(r"^(viet nam dong|dong|vnd|d)\b\W*")
_FOREIGN = {"usd": "USD", "do la my": "USD", "do la": "USD", "$": "USD", "eur": "EUR", "%": "%"}
SAID_AGAIN = 600  # characters: longer texts seldom come twice
MIN_MONEY = 1000  # no fee in law is below a thousand đồng
MAX_LIMIT = 3660


def text(value: Any) -> str:
    """A clean string, whatever the source put there."""
    if value is None or value == "":
        return ""
    said = str(value)
    return _cleaned(said) if len(said) < SAID_AGAIN else clean(said)


@lru_cache(maxsize=16_384)
def _cleaned(said: str) -> str:
    """Names of papers, cases and channels come again and again in one source: each is cleaned once."""
    return clean(said)


def texts(values: Any) -> tuple[str, ...]:
    """Clean strings of a list that may be null, each once."""
    return tuple(dict.fromkeys(filter(None, (text(value) for value in values or ()))))


def count(value: Any) -> int | None:
    """A whole number, or none when there is no such thing to read."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return int(value) if math.isfinite(value) and value == int(value) else None
    plain = str(value).strip()
    return int(plain) if _WHOLE.fullmatch(plain) else None


def duration(value: Any, unit: Any, where: str, flaws: Flaws) -> tuple[Duration | None, str]:
    """A time limit, and the words of the source where they do not make one.

    Without a unit it is counted in working days, and that is reported.

    Law: CAT-17, DL-01
    """
    said, named = text(value), text(unit)
    words = f"{said} {named}".strip()
    if not said:
        return None, ""
    number = count(value)
    if number is None or not 0 < number <= MAX_LIMIT:
        problem = "Thời hạn không phải số nguyên hợp lý"
        flaws.note(where, problem, "Không tính thời hạn, giữ lời ghi", words)
        return None, "" if number == 0 else words
    if (key := fold(named)) in _UNITS:
        return Duration(number, _UNITS[key]), ""
    problem = "Đơn vị thời hạn không rõ" if key else "Thời hạn không có đơn vị"
    flaws.note(where, problem, "Tính theo ngày làm việc", words)
    return Duration(number, "working_day"), ""


def money(value: Any) -> int | None:
    """The amount in 100000, "1.000.000", "10,000 đồng" or "không"; none when unreadable."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return count(value)
    plain = text(value)
    if fold(plain) in {"", "khong", "mien phi", "khong thu"}:
        return 0
    found = _MONEY.search(plain)
    return int(re.sub(r"\D", "", found.group())[:15]) if found else None


def currency(value: Any, where: str, flaws: Flaws) -> str:
    """The currency as we write it, empty for đồng; one that we do not know is kept and reported."""
    plain = text(value)
    folded = fold(plain)
    if not folded or _DONG.match(folded):
        return ""
    if folded in _FOREIGN:
        return _FOREIGN[folded]
    flaws.note(where, "Đơn vị tiền không rõ", "Ghi như nguồn", plain)
    return plain[:40]


def per_what(value: Any) -> str:
    """For what an amount is due, where the source wrote it beside its currency: “đồng/trang”."""
    _, stroke, rest = text(value).partition("/")
    return f"/{rest.strip()}" if stroke and _DONG.match(fold(text(value))) else ""


def fee(given: Fee, where: str, flaws: Flaws) -> Fee:
    """A fee; an impossible amount or a cap is kept, marked and reported."""
    amount, note = given.amount, given.note
    if 0 < amount < MIN_MONEY and not given.currency:
        problem, done = "Số tiền dưới 1.000 đồng", "Giữ số liệu, đánh dấu cần kiểm tra"
        flaws.note(where, problem, done, f"{amount} {note}")
        return Fee(amount, note, given.kind, doubtful=True)
    if given.currency == "%":
        problem, done = "Mức thu tính theo phần trăm", "Giữ số liệu, đánh dấu cần kiểm tra"
        flaws.note(where, problem, done, f"{amount} % {note}")
        return Fee(amount, note, given.kind, doubtful=True, currency="%")
    if _CAP.search(fold(note)):
        flaws.note(where, "Mức trần lẫn với mức thu", "Ghi là mức tối đa", note)
        return Fee(amount, note, "cap", currency=given.currency)
    return given


def copies(value: Any, where: str, flaws: Flaws) -> int:
    """How many originals or copies of a paper; a number nobody can read asks for one, and is told."""
    said = text(value)
    number = count(value)
    if number is None and (found := re.fullmatch(r"(\d{1,3})\W*(?:ban|bo)\b.*", fold(said))):
        number = int(found.group(1))
    if number is None and said:
        flaws.note(where, "Không đọc được số bản", "Coi là 1 bản", said)
        return 1
    return number or 0
