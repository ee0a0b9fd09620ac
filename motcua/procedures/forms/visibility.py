"""Which questions are asked, given the answers so far.

Questions are read in order and a condition may only look back, so one pass decides everything;
the answer to a question that is not asked counts as missing.
"""

from collections.abc import Mapping
from typing import Any

from motcua.procedures.forms.conditions import holds
from motcua.procedures.forms.types import Answers, FormDefinition, Page, Section, Spot
from motcua.procedures.forms.values import is_blank


def visible_fields(definition: FormDefinition, answers: Answers) -> list[Spot]:
    """Every question that is asked, with its answer, in the order of the form. Law: EF-01"""
    return walk(definition, answers)[0]


def walk(definition: FormDefinition, answers: Answers) -> tuple[list[Spot], set[str], Answers]:
    """The questions asked, the sections asked, and the answers as conditions see them.

    Law: EF-01
    """
    seen: dict[str, Any] = {}
    spots: list[Spot] = []
    sections: set[str] = set()
    for section in definition.sections:
        if section.when is not None and not holds(section.when, seen):
            continue
        sections.add(section.key)
        pages = [page for page in definition.pages if page.section.key == section.key]
        if section.repeat:
            spots += _in_rows(pages[0], answers, seen)
        else:
            spots += _in_section(section, pages, answers, seen)
    return spots, sections, seen


def asked_pages(definition: FormDefinition, answers: Answers) -> list[Page]:
    """The pages that still have something to ask, in order. Law: EF-01"""
    spots, sections, _ = walk(definition, answers)
    with_fields = {spot.page.key for spot in spots}
    return [
        page
        for page in definition.pages
        if page.key in with_fields or (page.repeat and page.section.key in sections)
    ]


def changed_pages(definition: FormDefinition, before: Answers, after: Answers) -> list[str]:
    """The keys of the pages on which something is answered otherwise than before, in order.

    Law: INT-07, SEC-06
    """
    return [
        page.key
        for page in definition.pages
        if (
            rows_of(before, page.section) != rows_of(after, page.section)
            if page.repeat
            else any(
                fields_of(before, page.section).get(item.key)
                != fields_of(after, page.section).get(item.key)
                for item in page.fields
            )
        )
    ]


def rows_of(answers: Answers, section: Section) -> list[dict[str, Any]]:
    """The rows of a section that repeats; strangers in the list are left out. Law: house rule"""
    found = answers.get(section.key)
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def fields_of(answers: Answers, section: Section) -> dict[str, Any]:
    """The answers of a section that does not repeat. Law: house rule"""
    found = answers.get(section.key)
    return found if isinstance(found, dict) else {}


def _in_section(
    section: Section, pages: list[Page], answers: Answers, seen: dict[str, Any]
) -> list[Spot]:
    given = fields_of(answers, section)
    here: dict[str, Any] = {}
    seen[section.key] = here
    spots = []
    for page in pages:
        for field in page.fields:
            if field.when is not None and not holds(field.when, seen):
                continue
            value = given.get(field.key, "")
            here[field.key] = None if is_blank(value) and value is not False else value
            spots.append(Spot(page, field, value))
    return spots


def _in_rows(page: Page, answers: Answers, seen: dict[str, Any]) -> list[Spot]:
    spots = []
    rows = rows_of(answers, page.section)
    for number, given in enumerate(rows):
        here: dict[str, Any] = {}
        for field in page.fields:
            if field.when is not None and not holds(field.when, {**seen, "row": here}):
                continue
            value = given.get(field.key, "")
            here[field.key] = None if is_blank(value) and value is not False else value
            spots.append(Spot(page, field, value, number))
    seen[page.section.key] = rows
    return spots


def pruned(definition: FormDefinition, answers: Answers) -> Answers:
    """`answers` without what belongs to questions that are not asked. Law: EF-01"""
    kept: Answers = {
        section.key: [{} for _ in rows_of(answers, section)] if section.repeat else {}
        for section in definition.sections
        if section.key in answers
    }
    for spot in visible_fields(definition, answers):
        holder = kept.get(spot.page.section.key)
        target = holder[spot.row] if isinstance(holder, list) and spot.row is not None else holder
        given = answers.get(spot.page.section.key)
        if isinstance(target, dict) and isinstance(given, Mapping | list):
            target[spot.field.key] = spot.value
    return kept
