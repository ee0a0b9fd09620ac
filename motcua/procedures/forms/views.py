"""A page of a form as its template wants it: every question with its value, hint and error.

The `id` of a question is the `field` of its reasons, so that an error summary can link to it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from motcua.core.errors import Reason
from motcua.procedures.forms.checks import CHECKS
from motcua.procedures.forms.conditions import holds, variables
from motcua.procedures.forms.filling import REMOVE
from motcua.procedures.forms.paging import page_of
from motcua.procedures.forms.prefilling import own_section, purpose, sources_now
from motcua.procedures.forms.types import (
    Answers,
    Declarant,
    Field,
    FieldType,
    FormDefinition,
    Page,
    Places,
    Section,
)
from motcua.procedures.forms.values import PARTS
from motcua.procedures.forms.visibility import fields_of, rows_of, walk
from motcua.procedures.forms.words import money_for_reading, number_for_reading

Pairs = tuple[tuple[str, str], ...]
_FEW = 5


@dataclass(frozen=True)
class FieldView:
    """One question, ready to draw. `kind` chooses the part of the template."""

    kind: str
    type: str
    name: str
    id: str
    label: str
    required: bool = False
    hint: str = ""
    source: str = ""
    error: str = ""
    value: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    checked: bool = False
    options: Pairs = ()
    communes: Pairs = ()
    width: str = ""
    inputmode: str = ""
    autocomplete: str = ""
    suffix: str = ""
    max_length: int = 0
    when: str = ""
    variable: str = ""

    @property
    def title(self) -> str:
        """The label; a question that may be left empty says so."""
        return self.label if self.required or self.kind == "computed" else f"{self.label} (nếu có)"

    @property
    def help(self) -> str:
        """The hint, and where a prefilled value comes from."""
        source = f"{self.source}; ông/bà sửa được nếu chưa đúng." if self.source else ""
        return ". ".join(part for part in (self.hint.rstrip("."), source) if part)


@dataclass(frozen=True)
class RowView:
    """One row of a page that repeats, with the button that takes it out."""

    number: int
    title: str
    remove: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True)
class PageView:
    """One page, ready to draw by templates/portal/eform/page.html."""

    key: str
    title: str
    section_title: str
    repeat: bool
    fields: tuple[FieldView, ...] = ()
    rows: tuple[RowView, ...] = ()
    can_add: bool = False
    answers: str = ""
    communes_url: str = ""


def page_view(
    definition: FormDefinition,
    page_key: str,
    answers: Answers,
    *,
    reasons: Iterable[Reason] = (),
    reader: Declarant | None = None,
    places: Places | None = None,
    communes_url: str = "",
) -> PageView:
    """The page with what was answered and what is wrong with it.

    `reader` is the person who fills it in for themselves: it says what it took from their account,
    and their browser may offer what it knows of them.

    Law: EF-01, EF-02, EF-04
    """
    page = page_of(definition, page_key)
    draw = _Drawing(
        {r.field: r.text for r in reasons},
        sources_now(definition, answers, reader) if reader else {},
        places,
        own_section(definition, reader) if reader else None,
    )
    about = (page.key, page.title, page.section.title, page.repeat)
    view = PageView(*about, communes_url=communes_url)
    seen = walk(definition, answers)[2]
    if any(item.when is not None for item in page.fields):
        view = replace(view, answers=_elsewhere(page, seen))
    if not page.repeat:
        given = fields_of(answers, page.section)
        scope = page.section.key
        drawn = (draw.field(f, given.get(f.key), scope, page) for f in _drawable(page, seen))
        return replace(view, fields=tuple(drawn))
    rows = rows_of(answers, page.section) or [{}] * page.section.min_rows
    return replace(
        view,
        rows=tuple(draw.row(row, number, page, seen) for number, row in enumerate(rows)),
        can_add=len(rows) < page.section.max_rows,
    )


def _scope(page: Page) -> str:
    return "row" if page.repeat else page.section.key


def _on_page(page: Page) -> set[str]:
    return {f"{_scope(page)}.{item.key}" for item in page.fields}


def _drawable(page: Page, seen: Answers) -> list[Field]:
    """The fields to draw. What depends on this very page is drawn, and the script hides it:
    without a script people see the question, and the server leaves the answer aside.
    """
    here = _on_page(page)
    return [
        item
        for item in page.fields
        if item.when is None or here & set(variables(item.when)) or holds(item.when, seen)
    ]


def _elsewhere(page: Page, seen: Answers) -> str:
    """The answers of other pages that conditions on this page look at, and no others."""
    found: dict[str, Any] = {}
    for item in page.fields:
        for name in variables(item.when) if item.when is not None else ():
            section, _, key = name.partition(".")
            if name in _on_page(page):
                continue
            value = seen.get(section)
            if isinstance(value, dict):
                found.setdefault(section, {})[key] = value.get(key)
            elif value is not None:
                # Of a list of people only its length matters to another page.
                found[section] = [None] * len(value)
    return json.dumps(found, ensure_ascii=False)


@dataclass(frozen=True)
class _Drawing:
    errors: Mapping[str, str]
    sources: Mapping[str, str]
    places: Places | None
    own: Section | None

    def row(self, given: Mapping[str, Any], number: int, page: Page, seen: Answers) -> RowView:
        """One row with its fields."""
        drawn = tuple(
            self.field(item, given.get(item.key), "row", page, number)
            for item in _drawable(page, seen)
        )
        return RowView(number, f"Mục {number + 1}", f"{REMOVE}{number}", drawn)

    def field(
        self, item: Field, value: Any, scope: str, page: Page, row: int | None = None
    ) -> FieldView:
        """One question."""
        middle = "" if row is None else f"{row}."
        path = f"{page.key}.{middle}{item.key}"
        view = FieldView(
            kind=_kind(item),
            type=item.type.value,
            name=f"{middle}{item.key}",
            id=path,
            label=item.label,
            required=item.required,
            hint=item.hint or _hint(item),
            source=self.sources.get(path, ""),
            error=self.errors.get(path, ""),
            value=as_typed(item, value),
            options=tuple((o.value, o.label) for o in item.options),
            max_length=item.max_length,
            when="" if item.when is None else json.dumps(item.when, ensure_ascii=False),
            variable=f"{scope}.{item.key}",
            autocomplete=purpose(item) if page.section is self.own else "",
            **_keyboard(item),
        )
        return self._with_parts(view, item, value)

    def _with_parts(self, view: FieldView, item: Field, value: Any) -> FieldView:
        if item.type is FieldType.DATE:
            return replace(view, parts=date_parts(value))
        if item.type is FieldType.ADDRESS:
            given = value if isinstance(value, Mapping) else {}
            parts = {part: str(given.get(part, "")) for part in PARTS[FieldType.ADDRESS]}
            if self.places is None:
                return replace(view, parts=parts)
            province = parts["province_code"]
            communes = self.places.communes(province) if province else ()
            return replace(
                view,
                parts=parts,
                options=tuple(self.places.provinces()),
                communes=tuple(communes),
            )
        return replace(view, checked=value is True)


def as_typed(item: Field, value: Any) -> str:
    """A stored answer as it stands in its box. Law: house rule"""
    if value is None or isinstance(value, bool | Mapping | list):
        return ""
    if item.type is FieldType.MONEY and isinstance(value, int):
        return money_for_reading(value)
    return number_for_reading(value) if isinstance(value, int | float) else str(value)


def date_parts(value: Any) -> dict[str, str]:
    """The three boxes of a date, whole, partial or wrong. Law: U-07"""
    if isinstance(value, Mapping):
        return {part: str(value.get(part, "")) for part in PARTS[FieldType.DATE]}
    year, month, day, *_ = [*str(value or "").split("-"), "", "", ""]
    return {"day": day.lstrip("0"), "month": month.lstrip("0"), "year": year}


def _kind(item: Field) -> str:
    if item.type is FieldType.SELECT:
        return "radios" if len(item.options) <= _FEW else "select"
    kinds = {
        FieldType.TEXTAREA: "textarea",
        FieldType.DATE: "date",
        FieldType.CHECKBOX: "checkbox",
        FieldType.CONSENT: "checkbox",
        FieldType.ADDRESS: "address",
        FieldType.CATALOG: "search",
        FieldType.COMPUTED: "computed",
    }
    return kinds.get(item.type, "input")


def _hint(item: Field) -> str:
    if item.check:
        return CHECKS[item.check].hint
    if item.type is FieldType.DATE:
        return "Nhớ năm thì chỉ cần nhập năm" if item.partial else "Ví dụ: 27 3 1958"
    return {
        FieldType.PHONE: "Ví dụ: 0912 345 678",
        FieldType.EMAIL: "Ví dụ: ten@example.com",
        FieldType.MONEY: "Ví dụ: 50.000.000",
        FieldType.TIME: "Theo giờ 24, ví dụ 14:30",
    }.get(item.type, "")


def _keyboard(item: Field) -> dict[str, Any]:
    digits = item.check in {"national_id", "vsic4"} or item.type is FieldType.NUMBER
    if item.type is FieldType.MONEY:
        return {"inputmode": "numeric", "width": "20", "suffix": "₫"}
    if digits:
        whole = item.whole or item.check
        return {
            "inputmode": "numeric" if whole else "decimal",
            "width": "20" if item.check else "5",
        }
    return {
        FieldType.PHONE: {"inputmode": "tel", "width": "20"},
        FieldType.EMAIL: {"inputmode": "email"},
        FieldType.TIME: {"width": "5"},
    }.get(item.type, {})
