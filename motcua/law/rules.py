"""Choosing the profile of a day, and reading what a keeper typed into one. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from typing import Any

from motcua.core.actors import Role
from motcua.core.errors import Reason
from motcua.core.text import clean
from motcua.law import places, words
from motcua.law.types import Profile, Stage

Typed = Mapping[str, str | Sequence[str]]
AGENCY = re.compile(r"^[A-Z0-9]+(\.[A-Z0-9]+)*$")
LONGEST = 500


def in_force(profiles: Iterable[Profile], day: date, agency_code: str = "") -> Profile | None:
    """The profile that holds on `day` for an agency: its own before the common one, the latest first.

    Law: LAW-R1
    """
    holding = [
        each
        for each in profiles
        if each.valid_from <= day
        and (each.valid_to is None or day <= each.valid_to)
        and (not each.agency_codes or is_for(each, agency_code))
    ]
    return max(holding, key=_rank, default=None)


def is_for(profile: Profile, agency_code: str) -> bool:
    """Whether a profile names this agency, or one above it in the identifiers.

    Law: LAW-R1
    """
    return any(f"{agency_code}.".startswith(f"{code}.") for code in profile.agency_codes)


def last_days(profiles: Sequence[Profile]) -> dict[int, date | None]:
    """Until when each profile holds as things stand: the day before the next for the same agencies.

    Law: LAW-R1
    """
    found: dict[int, date | None] = {}
    for each in profiles:
        later = [
            other.valid_from
            for other in profiles
            if other.agency_codes == each.agency_codes and _rank(other) > _rank(each)
        ]
        ends = [date.fromordinal(day.toordinal() - 1) for day in later]
        ends += [each.valid_to] if each.valid_to else []
        found[each.id] = min(ends, default=None)
    return found


def differences(before: Profile, after: Profile) -> list[tuple[str, str, str]]:
    """What a version changes, as (what, before, after) in the order of the form.

    Law: LAW-R1
    """
    old = {key: text for key, _, text in words.shown(before)}
    return [
        (label, old.get(key, ""), text)
        for key, label, text in words.shown(after)
        if old.get(key, "") != text
    ]


def start_objections(start: date | None, today: date) -> list[Reason]:
    """Why a version cannot hold from this day: the law of a day gone by is not changed afterwards.

    Law: LAW-R1
    """
    if start is None:
        text = "Ngày bắt đầu áp dụng chưa đúng. Mời nhập ngày, tháng, năm, ví dụ 1 7 2027."
        return [Reason("start_unreadable", text, "valid_from")]
    if start <= today:
        text = f"Ngày bắt đầu áp dụng phải sau hôm nay ({today:%d/%m/%Y})."
        return [Reason("start_in_past", text, "valid_from")]
    return []


def content_of(typed: Typed) -> tuple[dict[str, Any], list[Reason]]:
    """The content of a version from the fields of its form, and a sentence for each that is wrong.

    Law: LAW-R1, LAW-R2, LAW-R3, LAW-R4
    """
    reasons: list[Reason] = []
    content: dict[str, Any] = {
        "limits": {each.key: _limit(each, _one(typed, each.key), reasons) for each in words.LIMITS},
        "asking": [_asking(stage, typed, reasons) for stage in Stage],
        "legal_bases": [
            [key, _text(typed, f"basis-{key}", f"Căn cứ ghi trên {label}", reasons)]
            for key, label in words.BASES.items()
        ],
    }
    for key, (label, choices) in words.CHOICES.items():
        content[key] = chosen = _one(typed, key)
        if chosen not in choices:
            reasons.append(Reason("not_chosen", f"{label}: mời chọn một trong các dòng.", key))
    content[places.FIELD], wrong = places.places_of(_lines(typed, places.FIELD))
    reasons += wrong
    levels = typed.get("levels", ())
    content["levels"] = [level.value for level in words.LEVELS if level in levels]
    if not content["levels"]:
        text = "Cấp giải quyết: mời chọn ít nhất một cấp."
        reasons.append(Reason("no_level", text, "levels"))
    return content, reasons


def agency_codes(typed: str) -> tuple[list[str], list[Reason]]:
    """The identifiers of agencies, separated by commas; none means every agency.

    Law: LAW-R1
    """
    codes = [code for code in re.split(r"[,;\s]+", clean(typed)) if code]
    wrong = [code for code in codes if not AGENCY.fullmatch(code) or len(code) > 35]
    told = f"“{wrong[0][:40]}” không phải mã định danh cơ quan." if wrong else ""
    return sorted({*codes}), [Reason("bad_agency", told, "agency_codes")] if wrong else []


def typed_of(profile: Profile) -> dict[str, Any]:
    """The fields of the form as this version would fill them.

    Law: house rule
    """
    typed: dict[str, Any] = {"name": profile.name, "agency_codes": ", ".join(profile.agency_codes)}
    for each in words.LIMITS:
        value = getattr(profile.limits, each.key)
        typed[each.key] = words.hour(value) if isinstance(value, time) else _plain(value)
    for rule in profile.asking:
        typed[f"asking-{rule.stage}"] = _plain(rule.most)
        typed[f"asking-{rule.stage}-basis"] = rule.basis
        typed[f"asking-{rule.stage}-by"] = rule.more_agreed_by or ""
    typed |= {key: str(getattr(profile, key)) for key in words.CHOICES}
    typed[places.FIELD] = places.lines_of(profile.filed_elsewhere)
    typed |= {f"basis-{key}": profile.basis_of(key) for key in words.BASES}
    return typed | {"levels": [str(level) for level in profile.levels]}


def _rank(profile: Profile) -> tuple[bool, date, int]:
    return bool(profile.agency_codes), profile.valid_from, profile.version


def _plain(value: int | None) -> str:
    return "" if value is None else str(value)


def _one(typed: Typed, key: str) -> str:
    value = typed.get(key, "")
    return clean(value if isinstance(value, str) else "".join(value[:1]))


def _lines(typed: Typed, key: str) -> str:
    value = typed.get(key, "")
    return value if isinstance(value, str) else "".join(value[:1])


def _limit(each: words.LimitWords, text: str, reasons: list[Reason]) -> int | str | None:
    if each.is_time:
        if re.fullmatch(r"([01]?\d|2[0-3])[:hg][0-5]\d", text, re.ASCII):
            hours, minutes = re.split("[:hg]", text)
            return f"{int(hours):02d}:{minutes}"
        told = f"{each.label}: mời nhập giờ và phút, ví dụ 15:00."
        reasons.append(Reason("bad_time", told, each.key))
        return None
    if each.may_be_empty and not text:
        return None
    return _number(each.key, each.label, text, (each.least, each.most), reasons)


def _number(
    key: str, label: str, text: str, bounds: tuple[int, int], reasons: list[Reason]
) -> int | None:
    least, most = bounds
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
    if number is None or not least <= number <= most:
        told = f"{label}: mời nhập một số nguyên từ {least} đến {most}."
        reasons.append(Reason("bad_number", told, key))
        return None
    return number


def _asking(stage: Stage, typed: Typed, reasons: list[Reason]) -> dict[str, Any]:
    key, label = f"asking-{stage}", f"Yêu cầu bổ sung {words.STAGES[stage].casefold()}"
    text, agreed = _one(typed, key), _one(typed, f"{key}-by")
    empty = stage is Stage.SECTOR and not text
    most = None if empty else _number(key, f"{label}, số lần", text, (0, 10), reasons)
    if agreed not in words.AGREED_BY:
        told = f"{label}: mời chọn người đồng ý cho thêm lần nữa."
        reasons.append(Reason("not_chosen", told, f"{key}-by"))
    elif agreed not in words.agreed_by_at(stage):
        told = (
            f"{label}: hồ sơ lúc này chưa về đơn vị nào nên trưởng đơn vị không đồng ý thay được. "
            f"Mời chọn {words.AGREED_BY[Role.APPROVER].casefold()} hoặc không ai."
        )
        reasons.append(Reason("no_unit_yet", told, f"{key}-by"))
    basis = _text(typed, f"{key}-basis", f"{label}, căn cứ", reasons)
    return {"stage": stage.value, "most": most, "basis": basis, "more_agreed_by": agreed or None}


def _text(typed: Typed, key: str, label: str, reasons: list[Reason]) -> str:
    text = _one(typed, key)
    if len(text) > LONGEST:
        told = f"{label}: dài {len(text)} ký tự, tối đa {LONGEST} ký tự."
        reasons.append(Reason("too_long", told, key))
    return text
