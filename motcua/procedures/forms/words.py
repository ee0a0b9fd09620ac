"""Dates and numbers as Vietnamese forms write them."""

from datetime import date
from typing import Any

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SPECIAL_DAYS = {**{d: f"mùng {w}" for d, w in enumerate(_DIGITS) if d}, 10: "mùng mười"}


def number_in_words(number: int) -> str:
    """`number` (0 to 9999) in words: 2026 is "hai nghìn không trăm hai mươi sáu". Law: house rule"""
    thousands, rest = divmod(number, 1000)
    words = [_DIGITS[thousands], "nghìn"] if thousands else []
    hundreds, rest = divmod(rest, 100)
    if hundreds or (thousands and rest):
        words += [_DIGITS[hundreds], "trăm"]
        if 0 < rest < 10:
            words.append("linh")
    return " ".join(words + _below_hundred(rest, bool(words)))


def _below_hundred(number: int, after_others: bool) -> list[str]:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return [] if after_others and not ones else [_DIGITS[ones]]
    words = ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones:
        words.append(_last_digit(tens, ones))
    return words


def _last_digit(tens: int, ones: int) -> str:
    if ones == 5:
        return "lăm"
    return "mốt" if ones == 1 and tens > 1 else _DIGITS[ones]


def date_in_words(value: Any) -> str:
    """An ISO date in words, as a birth certificate wants it; nothing if it is no date.

    Law: house rule
    """
    try:
        day = date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        day = None
    if day is None:
        return ""
    of_month = _SPECIAL_DAYS.get(day.day) or number_in_words(day.day)
    month = "tư" if day.month == 4 else number_in_words(day.month)
    return f"Ngày {of_month} tháng {month} năm {number_in_words(day.year)}"


def date_for_reading(value: str) -> str:
    """An ISO date, whole or partial, as dd/mm/yyyy, mm/yyyy or yyyy. Law: house rule"""
    return "/".join(reversed(value.split("-")))


def number_for_reading(value: float) -> str:
    """A number with a decimal comma and no grouping, so that it reads back alike. Law: house rule"""
    if isinstance(value, int):
        return str(value)
    return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")


def money_for_reading(value: int) -> str:
    """An amount in đồng with dots between thousands. Law: house rule"""
    return f"{value:,}".replace(",", ".")


def lower_first(label: str) -> str:
    """A label inside a sentence: "Họ tên" becomes "họ tên", "CMND" stays. Law: house rule"""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
