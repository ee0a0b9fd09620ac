"""What is wrong with an answer, in a sentence that says what to do. Pure; told what day it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.procedures.forms.checks import CHECKS
from motcua.procedures.forms.types import Field, FieldType, Places
from motcua.procedures.forms.values import PARTS, is_blank, real_date
from motcua.procedures.forms.words import lower_first, number_for_reading

_EARLIEST_YEAR = 1850
_LATEST_YEAR = 2200
UNREADABLE = "\ufffd"  # what stands where bytes were no text
_TIMES_KEPT, _MOST_KEPT = 10, 20_000  # how far beyond its limit a text is still kept
_CHOSEN = {FieldType.SELECT, FieldType.CATALOG}
_EMAIL_SIGNS = set("abcdefghijklmnopqrstuvwxyz0123456789.-_+'&/=")


@dataclass(frozen=True)
class Knowledge:
    """What the rules are told of the world: the day it is, the places there are."""

    today: date
    places: Places | None = None


def value_problem(field: Field, value: Any, known: Knowledge) -> str:
    """Why `value` may not stand in `field`, or nothing. Law: EF-04"""
    if field.type is FieldType.COMPUTED:
        return ""
    if is_blank(value):
        return _missing(field) if field.required else ""
    return _PROBLEMS[field.type](field, value, known)


def too_long_to_keep(field: Field, typed: Any) -> str:
    """Why what was typed is not even kept in the draft, or nothing.

    A text somewhat too long is kept, so that nobody has to type it again; far beyond that, a
    draft would grow without bounds.
    Law: EF-04
    """
    parts = typed.values() if isinstance(typed, Mapping) else [typed]
    length = max((len(part) for part in parts if isinstance(part, str)), default=0)
    if length <= max(field.max_length, min(_TIMES_KEPT * field.max_length, _MOST_KEPT)):
        return ""
    return (
        f"{field.label} dài tối đa {field.max_length} ký tự; ông/bà đã nhập {length} nên nội dung "
        "vừa nhập chưa được lưu. Mời ông/bà viết ngắn lại, hoặc đính kèm thành một tệp."
    )


def _missing(field: Field) -> str:
    name = lower_first(field.label)
    if field.type is FieldType.CONSENT:
        return f"Mời ông/bà đánh dấu vào ô “{field.label}” nếu đồng ý; nếu không thì chưa nộp được."
    if field.type is FieldType.CHECKBOX:
        return f"Mời ông/bà đánh dấu vào ô “{field.label}”."
    if field.type in _CHOSEN:
        return f"Mời ông/bà chọn {name}."
    return f"Mời ông/bà nhập {name}."


def _text_problem(field: Field, value: Any, known: Knowledge) -> str:
    if UNREADABLE in value:
        return _unreadable(field.label)
    if len(value) > field.max_length:
        return (
            f"{field.label} dài tối đa {field.max_length} ký tự; ông/bà đã nhập {len(value)}. "
            "Mời ông/bà viết ngắn lại."
        )
    return CHECKS[field.check].problem(value) if field.check else ""


def _unreadable(label: str) -> str:
    return f"{label} có chữ hệ thống không đọc được ({UNREADABLE}). Mời ông/bà nhập lại chữ đó."


def _choice_problem(field: Field, value: Any, known: Knowledge) -> str:
    if any(option.value == value for option in field.options):
        return ""
    return f"Mời ông/bà chọn {lower_first(field.label)} trong danh sách."


def _tick_problem(field: Field, value: Any, known: Knowledge) -> str:
    return "" if value is True else f"Mời ông/bà đánh dấu hoặc bỏ trống ô “{field.label}”."


def _email_problem(field: Field, value: Any, known: Knowledge) -> str:
    local, at, domain = value.lower().rpartition("@")
    parts = domain.split(".")
    sound = (
        bool(at and local)
        and len(value) <= 254
        and set(local + domain) <= _EMAIL_SIGNS
        and len(parts) > 1
        and all(parts)
        and len(parts[-1]) > 1
        and not local.startswith(".")
    )
    if sound:
        return ""
    return "Địa chỉ thư điện tử chưa đúng. Mời ông/bà nhập theo dạng ten@example.com, không dấu."


def _phone_problem(field: Field, value: Any, known: Knowledge) -> str:
    digits = value.removeprefix("+")
    plain = digits.isascii() and digits.isdigit()
    abroad = value.startswith("+") and 8 <= len(digits) <= 15
    mobile = len(value) == 10 and value[:2] in {"03", "05", "07", "08", "09"}
    landline = value.startswith("02") and len(value) in (10, 11)
    if plain and (abroad or mobile or landline):
        return ""
    return (
        f"{field.label} chưa đúng. Mời ông/bà nhập số ở Việt Nam, ví dụ 0912 345 678, "
        "hoặc số nước ngoài bắt đầu bằng dấu +."
    )


def _number_problem(field: Field, value: Any, known: Knowledge) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        example = "50.000.000" if field.type is FieldType.MONEY else "3" if field.whole else "82,5"
        return f"{field.label} phải là số. Mời ông/bà nhập bằng chữ số, ví dụ {example}."
    if field.whole and not isinstance(value, int):
        return f"{field.label} phải là số nguyên. Mời ông/bà bỏ phần sau dấu phẩy."
    if field.least is not None and value < field.least:
        least = number_for_reading(field.least)
        return f"{field.label} phải từ {least} trở lên. Mời ông/bà nhập lại."
    if field.most is not None and value > field.most:
        return f"{field.label} tối đa là {number_for_reading(field.most)}. Mời ông/bà nhập lại."
    return ""


def _time_problem(field: Field, value: Any, known: Knowledge) -> str:
    hour, colon, minute = value.partition(":")
    plain = len(value) == 5 and value.isascii() and hour.isdigit() and minute.isdigit()
    if plain and colon and int(hour) < 24 and int(minute) < 60:
        return ""
    return f"{field.label} chưa đúng. Mời ông/bà nhập theo giờ 24, ví dụ 14:30."


def _date_problem(field: Field, value: Any, known: Knowledge) -> str:
    if isinstance(value, Mapping):
        return _unreal_date(field, value)
    year, *rest = (int(part) for part in value.split("-"))
    if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        return f"{field.label} có năm {year}. Mời ông/bà xem lại năm."
    # A partial date is in the past as soon as some day of it may be.
    earliest = date(year, *[*rest, 1, 1][:2])
    if field.past and earliest > known.today:
        return f"{field.label} phải là ngày đã qua hoặc hôm nay. Mời ông/bà xem lại."
    return ""


def _unreal_date(field: Field, parts: Mapping[str, str]) -> str:
    names = {"day": "ngày", "month": "tháng", "year": "năm"}
    missing = [names[part] for part in PARTS[FieldType.DATE] if not parts[part]]
    others = [part for part in parts.values() if part]
    if any(not (part.isascii() and part.isdigit()) for part in others):
        return f"{field.label} phải là số. Mời ông/bà nhập ngày, tháng, năm, ví dụ 27 3 1958."
    if field.partial and missing and "năm" not in missing and parts["day"]:
        return f"{field.label} có ngày mà thiếu tháng. Mời ông/bà nhập tháng, hoặc bỏ trống ngày."
    if missing and not (field.partial and "năm" not in missing):
        return f"{field.label} còn thiếu {' và '.join(missing)}. Mời ông/bà nhập thêm."
    if len(parts["year"]) != 4:
        return f"{field.label} phải có năm đủ 4 chữ số, ví dụ 1958. Mời ông/bà nhập lại năm."
    if real_date(parts["day"] or "1", parts["month"], parts["year"]) is None:
        return f"{field.label} không có trong lịch. Mời ông/bà xem lại ngày và tháng."
    return f"{field.label} chưa đúng. Mời ông/bà nhập lại."


def _address_problem(field: Field, value: Any, known: Knowledge) -> str:
    name = lower_first(field.label)
    if not value["province_code"]:
        return f"Mời ông/bà chọn tỉnh, thành phố của {name}."
    if not value["ward_code"]:
        return f"Mời ông/bà chọn xã, phường của {name}."
    if UNREADABLE in value["detail"]:
        return _unreadable(f"Số nhà, đường, thôn của {name}")
    if len(value["detail"]) > field.max_length:
        return f"Số nhà, đường, thôn của {name} dài tối đa {field.max_length} ký tự. Mời ông/bà viết ngắn lại."
    if known.places is None:
        return ""
    if value["province_code"] not in {code for code, _ in known.places.provinces()}:
        return f"Mời ông/bà chọn tỉnh, thành phố của {name} trong danh sách."
    if value["ward_code"] not in {c for c, _ in known.places.communes(value["province_code"])}:
        return f"Mời ông/bà chọn lại xã, phường của {name}, thuộc tỉnh đã chọn."
    return ""


_PROBLEMS: dict[FieldType, Callable[[Field, Any, Knowledge], str]] = {
    FieldType.TEXT: _text_problem,
    FieldType.TEXTAREA: _text_problem,
    FieldType.NUMBER: _number_problem,
    FieldType.MONEY: _number_problem,
    FieldType.DATE: _date_problem,
    FieldType.TIME: _time_problem,
    FieldType.SELECT: _choice_problem,
    FieldType.CHECKBOX: _tick_problem,
    FieldType.CONSENT: _tick_problem,
    FieldType.PHONE: _phone_problem,
    FieldType.EMAIL: _email_problem,
    FieldType.ADDRESS: _address_problem,
    FieldType.CATALOG: _choice_problem,
}
