"""What was typed, brought to the one form we store. What cannot be understood stays as typed.

`canonical(field, raw)` never raises and may be applied twice: its result is its own canonical form.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from motcua.core.text import clean
from motcua.procedures.forms.checks import CHECKS, ascii_digits, without_fillers
from motcua.procedures.forms.types import Field, FieldType

BIGGEST = 10**15
PARTS = {
    FieldType.DATE: ("day", "month", "year"),
    FieldType.ADDRESS: ("province_code", "ward_code", "detail"),
}
_DATE = re.compile(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_TIME = re.compile(r"([0-9]{1,2}) ?(?::|h|g|giờ|\.) ?([0-9]{1,2})? ?(?:phút|p|')?")
_MONEY_END = re.compile(r" ?(?:₫|đồng|đ|vnđ|vnd)\.?$", re.IGNORECASE)
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]{1,6})?")
_DECIMAL = re.compile(r"-?[0-9]{1,15}(?:[.,][0-9]{1,6})?")


def canonical(field: Field, raw: Any) -> Any:
    """The stored form of `raw`; "" when nothing was given. Law: EF-04, U-01, U-05, U-06"""
    return _READERS[field.type](field, raw)


def is_blank(value: Any) -> bool:
    """Whether nothing was given: an empty text, an unticked box, parts that are all empty.

    Law: house rule
    """
    if isinstance(value, Mapping):
        return all(is_blank(part) for part in value.values())
    return value is None or value is False or value == ""


def real_date(day: str, month: str, year: str) -> date | None:
    """The date with these numbers, if there is one. Law: house rule"""
    try:
        return date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        return None


def tidy_text(raw: Any) -> str:
    """Any input as one clean line of NFC text. Law: U-01, U-04, U-05"""
    return " ".join(tidy_lines(raw).split())


def tidy_lines(raw: Any) -> str:
    """Any input as clean NFC text that keeps its lines. Law: U-01, U-04, U-05"""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        return ""
    # Python refuses to write out an integer of thousands of digits; hexadecimal always works.
    huge = isinstance(raw, int) and raw.bit_length() > 1000
    return clean((hex(raw) if huge else str(raw)).replace("\r", "\n"))  # type: ignore[arg-type]


def _text(field: Field, raw: Any) -> str:
    text = tidy_text(raw)
    if field.check:
        text = tidy_text(CHECKS[field.check].tidy(text))
    return clean(text.upper()) if field.uppercase else text


def _lines(field: Field, raw: Any) -> str:
    return tidy_lines(raw)


def _choice(field: Field, raw: Any) -> str:
    return tidy_text(raw)


def _tick(field: Field, raw: Any) -> bool:
    return raw is True or (isinstance(raw, str) and raw.lower() in {"on", "1", "true", "yes"})


def _email(field: Field, raw: Any) -> str:
    return tidy_text(raw).replace(" ", "")


def _phone(field: Field, raw: Any) -> str:
    text = tidy_text(raw)
    digits = without_fillers(text)
    for start in ("+84", "0084", "84"):
        if digits.startswith(start) and len(digits) - len(start) in (9, 10):
            rest = digits[len(start) :]
            return rest if rest.startswith("0") else f"0{rest}"
    number = digits.removeprefix("+")
    return digits if number and set(number) <= set("0123456789") else text


def _number(field: Field, raw: Any) -> Any:
    if (plain := _plain_number(raw)) is not None:
        return plain
    text = tidy_text(raw)
    digits = ascii_digits(text).replace(" ", "").replace("−", "-")
    if _GROUPED.fullmatch(digits):
        digits = digits.replace(".", "")
    elif not _DECIMAL.fullmatch(digits):
        return text
    number = Decimal(digits.replace(",", "."))
    if abs(number) > BIGGEST:
        return text
    return int(number) if number == number.to_integral_value() else float(number)


def _plain_number(raw: Any) -> int | float | None:
    """A number that came as a number: it is not read again as Vietnamese text."""
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not abs(raw) <= BIGGEST:
        return None
    return int(raw) if raw == int(raw) else round(raw, 6)


def _money(field: Field, raw: Any) -> Any:
    plain = _plain_number(raw)
    if isinstance(plain, int):
        return plain
    text = tidy_text(raw)
    digits = _MONEY_END.sub("", ascii_digits(text)).replace(" ", "").replace(",", ".")
    if _GROUPED.fullmatch(digits):
        digits = digits.replace(".", "")
    if not re.fullmatch(r"-?[0-9]{1,16}", digits) or abs(int(digits)) > BIGGEST:
        return text
    return int(digits)


def _time(field: Field, raw: Any) -> str:
    text = tidy_text(raw)
    found = _TIME.fullmatch(ascii_digits(text).lower())
    if not found:
        return text
    hour, minute = int(found[1]), int(found[2] or 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else text


def _date(field: Field, raw: Any) -> Any:
    day, month, year = _date_parts(raw)
    if not (day or month or year):
        return ""
    if real_date(day, month, year) and len(year) == 4:
        return f"{year}-{int(month):02d}-{int(day):02d}"
    if field.partial and re.fullmatch(r"[0-9]{4}", year) and day.strip("0") == "":
        if month.strip("0") == "":
            return year
        if re.fullmatch(r"0?[1-9]|1[0-2]", month):
            return f"{year}-{int(month):02d}"
    return {"day": day, "month": month, "year": year}


def _date_parts(raw: Any) -> tuple[str, str, str]:
    if isinstance(raw, Mapping):
        day, month, year = (ascii_digits(tidy_text(raw.get(p))) for p in PARTS[FieldType.DATE])
        return day, month, year
    text = ascii_digits(tidy_text(raw))
    if found := _ISO.fullmatch(text):
        return found[3] or "", found[2] or "", found[1]
    if found := _DATE.fullmatch(text):
        return found[1], found[2], found[3]
    # Not a date at all: kept where a person can see and correct it.
    return text, "", ""


def _address(field: Field, raw: Any) -> Any:
    if not isinstance(raw, Mapping):
        raw = {"detail": raw}
    parts = {part: tidy_text(raw.get(part)) for part in PARTS[FieldType.ADDRESS]}
    return "" if is_blank(parts) else parts


_READERS: dict[FieldType, Callable[[Field, Any], Any]] = {
    FieldType.TEXT: _text,
    FieldType.TEXTAREA: _lines,
    FieldType.NUMBER: _number,
    FieldType.MONEY: _money,
    FieldType.DATE: _date,
    FieldType.TIME: _time,
    FieldType.SELECT: _choice,
    FieldType.CHECKBOX: _tick,
    FieldType.CONSENT: _tick,
    FieldType.PHONE: _phone,
    FieldType.EMAIL: _email,
    FieldType.ADDRESS: _address,
    FieldType.CATALOG: _choice,
    FieldType.COMPUTED: _text,
}
