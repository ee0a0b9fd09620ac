"""Long sections cut into screens: one thing per page, and a way from one page to the next."""

from collections.abc import Mapping, Sequence
from typing import Any

from motcua.core.errors import NotFound
from motcua.procedures.forms.types import Field, FieldType, FormDefinition, Page, Section
from motcua.procedures.forms.words import lower_first

_WEIGHT = {FieldType.ADDRESS: 3, FieldType.TEXTAREA: 2, FieldType.COMPUTED: 0}
_ROOM = 6


def pages(definition: FormDefinition) -> tuple[Page, ...]:
    """All the pages of a form, in order. Law: EF-01"""
    return definition.pages


def page_of(definition: FormDefinition, page_key: str) -> Page:
    """The page called `page_key`, or `NotFound`. Law: EF-01"""
    for page in definition.pages:
        if page.key == page_key:
            return page
    raise NotFound(page_key)


def paged(sections: Sequence[Section], wanted: Mapping[str, Any]) -> tuple[Page, ...]:
    """The pages of `sections`: as the definition groups them, or cut by weight. Law: EF-01"""
    found: list[Page] = []
    for section in sections:
        groups = _named(section, wanted.get(section.key)) or _cut(section)
        for number, fields in enumerate(groups, start=1):
            found.append(
                Page(
                    key=section.key if number == 1 else f"{section.key}-{number}",
                    title=_title(section, fields, number),
                    section=section,
                    fields=tuple(fields),
                    number=number,
                )
            )
    return tuple(found)


def _cut(section: Section) -> list[list[Field]]:
    if section.repeat:
        return [list(section.fields)]
    groups: list[list[Field]] = [[]]
    room = _ROOM
    for field in section.fields:
        weight = _WEIGHT.get(field.type, 1)
        if weight > room:
            groups.append([])
            room = _ROOM
        groups[-1].append(field)
        room -= weight
    return groups


def _named(section: Section, wanted: Any) -> list[list[Field]]:
    if not wanted or section.repeat:
        return []
    by_key = {field.key: field for field in section.fields}
    if [key for group in wanted for key in group] != list(by_key):
        raise ValueError(f"{section.key}.pages: phải kể đủ các ô của phần này, theo đúng thứ tự")
    return [[by_key[key] for key in group] for group in wanted]


def _title(section: Section, fields: Sequence[Field], number: int) -> str:
    if number == 1:
        return section.title
    weightiest = max(fields, key=lambda field: _WEIGHT.get(field.type, 1))
    return f"{section.title}: {lower_first(weightiest.label)}"
