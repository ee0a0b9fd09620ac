"""The whole e-form on one long page, as the counter fills it in: every page, every row, one button."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from motcua.agencies import queries as places
from motcua.core import clock
from motcua.core.errors import Reason
from motcua.procedures.forms.rules import read_page
from motcua.procedures.forms.types import Answers, Field, FieldType, FormDefinition, Page

PREFIX = "f."
_KINDS = {
    FieldType.TEXTAREA: "textarea",
    FieldType.SELECT: "select",
    FieldType.CATALOG: "select",
    FieldType.CHECKBOX: "tick",
    FieldType.CONSENT: "tick",
    FieldType.ADDRESS: "address",
}
_MODES = {
    FieldType.NUMBER: "decimal",
    FieldType.MONEY: "numeric",
    FieldType.DATE: "numeric",
    FieldType.PHONE: "tel",
    FieldType.EMAIL: "email",
}


def to_officers(reasons: Sequence[Reason]) -> list[Reason]:
    """The reasons as officers read them: what is invited to type is the hand at the counter."""
    return [replace(each, text=each.text.replace("ời ông/bà", "ời anh/chị")) for each in reasons]


@dataclass(frozen=True)
class Question:
    """One field as the page draws it."""

    name: str
    id: str
    kind: str
    label: str
    hint: str
    is_optional: bool
    value: Any
    mode: str = "text"
    options: tuple[tuple[str, str], ...] = ()
    provinces: tuple[tuple[str, str], ...] = ()
    error: str = ""
    is_asked_before: bool = False  # above, of the owner: empty means the same


@dataclass(frozen=True)
class Part:
    """One page of the e-form: its questions, or its rows of questions.

    What most people leave empty is folded; it opens once something stands in it or is wrong.
    """

    title: str
    prefix: str
    is_list: bool
    rows: tuple[tuple[Question, ...], ...]
    is_sometimes: bool = False  # asked only of some

    @property
    def is_open(self) -> bool:
        """Whether a part that is asked only of some shows its questions at once."""
        return any(q.error or _is_filled(q) for row in self.rows for q in row)

    @property
    def again(self) -> tuple[Question, ...]:
        """The questions that were asked before, of the owner."""
        return tuple(q for row in self.rows for q in row if q.is_asked_before)

    @property
    def is_again_open(self) -> bool:
        """Whether somebody else than the owner declares, or something is wrong there."""
        return any(q.error or (q.kind == "line" and q.value) for q in self.again)


def _is_filled(question: Question) -> bool:
    """Whether somebody answered; a province put there beforehand is no answer."""
    if isinstance(question.value, dict):
        return bool(question.value.get("ward_code") or question.value.get("detail"))
    return bool(question.value)


def read_form(
    definition: FormDefinition, post: Mapping[str, Any], before: Answers | None = None
) -> Answers:
    """The answers typed on the long page over those of `before`, all kept, right or wrong."""
    answers: Answers = dict(before or {})
    today = clock.now().date()
    for page in definition.pages:
        start = f"{PREFIX}{page.key}."
        typed = {name.removeprefix(start): post[name] for name in post if name.startswith(start)}
        answers, _ = read_page(definition, page.key, typed, answers, today=today, places=places)
    return answers


def parts_of(
    definition: FormDefinition,
    answers: Answers,
    reasons: Sequence[Reason],
    province: str,
    *,
    again: Collection[str] = (),
) -> list[Part]:
    """What the long page draws, with what was typed and what is wrong with it.

    `again` are the paths of the questions that the page has asked before.
    """
    errors = {PREFIX + reason.field: reason.text for reason in reasons if reason.field}
    names = {PREFIX + path for path in again}
    return [
        _folded(_part(page, answers.get(page.section.key), errors, province), page, names)
        for page in definition.pages
    ]


def open_parts(
    parts: Sequence[Part], definition: FormDefinition, opened: Collection[str] | None
) -> list[Part]:
    """The parts with the questions that may be answered; all of them where nothing is closed."""
    if opened is None:
        return list(parts)
    names = {
        f"{PREFIX}{page.key}.{field.key}": f"{page.section.key}.{field.key}"
        for page in definition.pages
        for field in page.fields
    }
    found = []
    for part, page in zip(parts, definition.pages, strict=True):
        if not part.is_list:
            rows = tuple(tuple(q for q in row if names.get(q.name) in opened) for row in part.rows)
            part = replace(part, rows=rows)  # noqa: PLW2901 - the same part, narrowed
        if any(part.rows) and (not part.is_list or page.section.key in opened):
            found.append(part)
    return found


def _folded(part: Part, page: Page, names: Collection[str]) -> Part:
    """The part with what most people leave empty marked as such."""
    rows = tuple(
        tuple(replace(q, is_asked_before=q.name in names) for q in row) for row in part.rows
    )
    return replace(part, rows=rows, is_sometimes=page.section.when is not None)


def _part(page: Page, given: Any, errors: Mapping[str, str], province: str) -> Part:
    start = f"{PREFIX}{page.key}."
    if not page.repeat:
        values = given if isinstance(given, dict) else {}
        return Part(page.title, start, False, (_questions(page, start, values, errors, province),))
    rows = given if isinstance(given, list) and given else [{}] * max(page.section.min_rows, 1)
    drawn = tuple(
        _questions(page, f"{start}{number}.", row, errors, province)
        for number, row in enumerate(rows)
    )
    return Part(page.title, start, True, drawn)


def _questions(
    page: Page, start: str, values: Mapping[str, Any], errors: Mapping[str, str], province: str
) -> tuple[Question, ...]:
    return tuple(
        _question(page, field, start + field.key, values.get(field.key), errors, province)
        for field in page.fields
        if field.type is not FieldType.COMPUTED
    )


def _question(
    page: Page, field: Field, name: str, value: Any, errors: Mapping[str, str], province: str
) -> Question:
    is_asked_sometimes = field.when is not None or page.section.when is not None
    hint = field.hint or ("ngày/tháng/năm" if field.type is FieldType.DATE else "")
    kind = _KINDS.get(field.type, "line")
    shown = _shown(field, value)
    options = tuple((option.value, option.label) for option in field.options)
    if kind == "address":
        chosen = shown["province_code"] or province
        shown = {**shown, "province_code": chosen}
        options = tuple(places.communes(chosen)) if chosen else ()
    return Question(
        name=name,
        id=name.replace(".", "-"),
        kind=kind,
        label=field.label,
        hint=f"{hint}. Bỏ trống nếu không thuộc trường hợp này.".removeprefix(". ")
        if is_asked_sometimes
        else hint,
        is_optional=not field.required,
        value=shown,
        mode=_MODES.get(field.type, "text"),
        options=options,
        provinces=tuple(places.provinces()) if kind == "address" else (),
        error=errors.get(name, ""),
    )


def _shown(field: Field, value: Any) -> Any:
    """The answer as it goes back into its box."""
    if field.type is FieldType.ADDRESS:
        given = value if isinstance(value, dict) else {}
        return {part: given.get(part, "") for part in ("province_code", "ward_code", "detail")}
    if value is None:
        return field.default if field.default is not None else ""
    if field.type is FieldType.DATE:
        return _day(value)
    return value


def _day(value: Any) -> str:
    """A stored date as people write it; what is not a date, as it was typed."""
    if isinstance(value, dict):
        return "/".join(str(value[part]) for part in ("day", "month", "year") if value.get(part))
    return "/".join(reversed(str(value).split("-")))
