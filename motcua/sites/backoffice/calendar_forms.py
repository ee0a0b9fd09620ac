"""Reading the three forms with which lines are added to a draft of the calendar."""

from collections.abc import Mapping, Sequence
from datetime import date

from motcua.core.days import a_day
from motcua.core.errors import Reason
from motcua.core.text import clean
from motcua.workdays.rules import reading
from motcua.workdays.types.changes import Change, ChangeKind

# Beside which field a line of one of the forms is objected to.
BESIDE = {
    "kind": ("year_known", "year_past", "year_confirmed", "year_not_configured"),
    "name": ("name_missing", "too_long"),
    "since": ("hours_past",),
}
FIELDS = {code: name for name, codes in BESIDE.items() for code in codes}
CHOSEN = {kind.value: kind for kind in ChangeKind if kind is not ChangeKind.HOURS}
Read = tuple[list[Change], list[Reason]]


def changes_typed(typed: Mapping[str, str], owners: Mapping[str, str]) -> Read:
    """The changes that a form asks for, and a sentence for each thing that cannot be read."""
    match typed.get("do"):
        case "lines":
            return _lines(typed.get("lines", ""))
        case "hours":
            return _hours(typed, owners)
    return _one(typed)


def beside_fields(reasons: Sequence[Reason], typed: Mapping[str, str], before: int) -> list[Reason]:
    """The objections to lines that were just typed, each beside the field it is about.

    `before` lines were in the draft already: what stands against those keeps its place.
    """
    return [_beside(reason, typed.get("do", ""), before) for reason in reasons]


def _beside(reason: Reason, form: str, before: int) -> Reason:
    line = number_typed(reason.field.removeprefix("line-")) - before
    if not reason.field.startswith("line-") or line < 1:
        return reason
    text = reason.text.partition(": ")[2]
    if form == "lines":
        return Reason(reason.code, f"Dòng {line}: {text}", "lines")
    is_about_day = form != "hours"
    field = FIELDS.get(reason.code, "day" if is_about_day else "slots")
    if reason.code.startswith("saturday_"):
        field = "saturday"
    if not is_about_day and reason.code in ("other_year", "same_twice"):
        field = "since"
    return Reason(reason.code, text[:1].upper() + text[1:], field)


def number_typed(text: str) -> int:
    """A small number, or -1, which nothing has."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _lines(text: str) -> Read:
    changes, reasons = reading.days_from_lines(text)
    if not changes and not reasons:
        reasons = [Reason("lines_missing", "Mời nhập ít nhất một dòng.", "lines")]
    return changes, reasons


def _one(typed: Mapping[str, str]) -> Read:
    kind = CHOSEN.get(typed.get("kind", ""))
    if kind is None:
        return [], [Reason("kind_missing", "Mời chọn loại thay đổi.", "kind")]
    if kind in (ChangeKind.CONFIRM, ChangeKind.ENTER):
        day = a_day("1", "1", typed.get("year", ""))
    else:
        day = _day(typed, "day")
    if day is None:
        told = "Ngày chưa đúng. Mời nhập ngày, tháng, năm, ví dụ 30 4 2027."
        return [], [Reason("day_unreadable", told, "day")]
    return [Change(kind, day, " ".join(clean(typed.get("name", "")).split()))], []


def _hours(typed: Mapping[str, str], owners: Mapping[str, str]) -> Read:
    owner, since = typed.get("owner", ""), _day(typed, "since")
    reasons = []
    if owner and owner not in owners:
        reasons.append(Reason("owner_unknown", "Mời chọn đơn vị trong danh sách.", "owner"))
    if since is None:
        told = "Ngày bắt đầu chưa đúng. Mời nhập ngày, tháng, năm, ví dụ 1 1 2027."
        reasons.append(Reason("day_unreadable", told, "since"))
    slots, wrong = reading.slots_of(typed.get("slots", ""), "slots")
    saturday, more = reading.slots_of(typed.get("saturday", ""), "saturday")
    if since is None or reasons or wrong or more:
        return [], [*reasons, *wrong, *more]
    return [Change(ChangeKind.HOURS, since, "", owner, slots, saturday)], []


def _day(typed: Mapping[str, str], name: str) -> date | None:
    return a_day(*(typed.get(f"{name}-{part}", "") for part in ("day", "month", "year")))
