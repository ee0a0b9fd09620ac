"""The answers as sentences: for the check-answers page, the officer and the printed form."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from motcua.procedures.forms.filling import check_all
from motcua.procedures.forms.prefilling import Gendered, own_section, purpose
from motcua.procedures.forms.types import (
    Answers,
    Field,
    FieldType,
    FormDefinition,
    Page,
    Places,
    SectionSummary,
    Spot,
)
from motcua.procedures.forms.values import canonical, is_blank
from motcua.procedures.forms.visibility import asked_pages, visible_fields
from motcua.procedures.forms.words import (
    date_for_reading,
    money_for_reading,
    number_for_reading,
)

NOTHING = "Không khai"


class Progress(StrEnum):
    """How far a page is."""

    TO_DO = "to_do"
    STARTED = "started"
    DONE = "done"


@dataclass(frozen=True)
class PageProgress:
    """One line of the task list."""

    page: Page
    progress: Progress


def summary(
    definition: FormDefinition, answers: Answers, places: Places | None = None
) -> list[SectionSummary]:
    """Every question asked and its answer in words, one card a page or a row.

    Law: EF-01, FRM-02
    """
    cards: dict[tuple[str, int | None], list[Spot]] = {}
    for page in asked_pages(definition, answers):
        cards[(page.key, None)] = []
    for spot in declared(definition, answers):
        cards.setdefault((spot.page.key, spot.row), []).append(spot)
    titles = {page.key: page for page in definition.pages}
    order = {page.key: number for number, page in enumerate(definition.pages)}
    found = []
    for (key, row), spots in sorted(cards.items(), key=lambda i: (order[i[0][0]], i[0][1] or 0)):
        page = titles[key]
        if page.repeat and row is None:
            if (key, 0) not in cards:
                found.append(SectionSummary(page.title, key, (("Danh sách", NOTHING),)))
            continue
        title = page.title if row is None else f"{page.title} – mục {row + 1}"
        rows = tuple((s.field.label, in_words(s.field, s.value, places)) for s in spots)
        found.append(SectionSummary(title, key, rows))
    return found


def progress(
    definition: FormDefinition, answers: Answers, *, today: date, places: Places | None = None
) -> list[PageProgress]:
    """How far each page that is asked has come. Law: INT-14"""
    wrong = {
        reason.field.split(".")[0]
        for reason in check_all(definition, answers, today=today, places=places)
    }
    filled = {
        spot.page.key for spot in visible_fields(definition, answers) if not is_blank(spot.value)
    }
    found = []
    for page in asked_pages(definition, answers):
        state = Progress.DONE
        if page.key in wrong:
            state = Progress.STARTED if page.key in filled else Progress.TO_DO
        elif not _opened(page, answers):
            state = Progress.TO_DO
        found.append(PageProgress(page, state))
    return found


def in_words(field: Field, value: Any, places: Places | None = None) -> str:
    """One answer as a person reads it. Law: FRM-02"""
    if field.type in (FieldType.CHECKBOX, FieldType.CONSENT):
        yes = "Đồng ý" if field.type is FieldType.CONSENT else "Có"
        return yes if value is True else "Không"
    if is_blank(value):
        return NOTHING
    if field.type is FieldType.ADDRESS and isinstance(value, Mapping):
        return _address(value, places)
    if isinstance(value, Mapping):
        return "/".join(value.get(part) or "…" for part in ("day", "month", "year"))
    if field.type is FieldType.MONEY and isinstance(value, int):
        return f"{money_for_reading(value)} ₫"
    if isinstance(value, int | float):
        return number_for_reading(value)
    if field.type is FieldType.DATE:
        return date_for_reading(str(value))
    names = {option.value: option.label for option in field.options}
    return names.get(str(value), str(value))


def owner_of(
    definition: FormDefinition, answers: Answers, places: Places | None = None
) -> dict[str, str] | None:
    """Whose dossier it is, when the form says that it is someone else's than the filer's.

    Law: ACC-10
    """
    asked = {f"{s.page.section.key}.{s.field.key}": s for s in visible_fields(definition, answers)}
    spots = {fact: asked.get(path) for fact, path in definition.owner}
    facts = {
        fact: ""
        if spot is None or is_blank(spot.value)
        else in_words(spot.field, spot.value, places)
        for fact, spot in spots.items()
    }
    return facts if facts.get("name") else None


def declared(definition: FormDefinition, answers: Answers) -> list[Spot]:
    """The questions asked, each with what somebody answered.

    What stands in a part from the start, where nothing is required and nobody wrote anything, is
    no answer: an unnamed parent has no nationality.

    Law: EF-01, EF-06
    """
    spots = visible_fields(definition, answers)
    touched = {
        spot.page.section.key
        for spot in spots
        if spot.field.required or not (is_blank(spot.value) or _is_default(spot))
    }
    return [
        spot
        if spot.page.section.key in touched or spot.row is not None
        else replace(spot, value="")
        for spot in spots
    ]


def _is_default(spot: Spot) -> bool:
    default = spot.field.default
    return default is not None and spot.value in (default, canonical(spot.field, default))


def own_address(
    definition: FormDefinition, answers: Answers, person: Gendered, places: Places | None = None
) -> str:
    """Where the person who declares lives, as they typed it: street, commune, province.

    Law: ACC-10
    """
    own = own_section(definition, person)
    for spot in visible_fields(definition, answers):
        is_home = spot.field.type is FieldType.ADDRESS and purpose(spot.field) == "address"
        if spot.page.section is own and is_home and not is_blank(spot.value):
            return in_words(spot.field, spot.value, places)
    return ""


def _address(value: Mapping[str, Any], places: Places | None) -> str:
    province, ward = str(value.get("province_code", "")), str(value.get("ward_code", ""))
    if places is not None:
        ward = dict(places.communes(province)).get(ward, ward) if province else ward
        province = dict(places.provinces()).get(province, province)
    return ", ".join(part for part in (str(value.get("detail", "")), ward, province) if part)


def _opened(page: Page, answers: Answers) -> bool:
    given = answers.get(page.section.key)
    if isinstance(given, dict):
        return any(field.key in given for field in page.fields)
    return isinstance(given, list)
