"""A form of which only some questions are open: what may change, what changed, what is drawn.

A question is named "section.field"; a section that repeats is one question, named "section".
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from motcua.procedures.forms.filling import check_all, computed
from motcua.procedures.forms.types import (
    Answers,
    Field,
    FieldType,
    FormDefinition,
    Page,
    Places,
    Section,
)
from motcua.procedures.forms.values import is_blank
from motcua.procedures.forms.views import FieldView, PageView
from motcua.procedures.forms.visibility import fields_of, rows_of, visible_fields, walk
from motcua.procedures.forms.words import lower_first


def question_key(page: Page, field: Field) -> str:
    """The name of a question. Law: house rule"""
    return page.section.key if page.repeat else f"{page.section.key}.{field.key}"


def questions(definition: FormDefinition, answers: Answers) -> dict[str, str]:
    """Every question that is asked and can be answered, by name, with its section and label. Law: INT-07"""
    found: dict[str, str] = {}
    _, sections, _ = walk(definition, answers)
    asked = {question_key(spot.page, spot.field) for spot in visible_fields(definition, answers)}
    for page in definition.pages:
        if page.repeat and page.section.key in sections:
            found[page.section.key] = page.section.title
            continue
        for field in page.fields:
            key = question_key(page, field)
            if key in asked and field.type is not FieldType.COMPUTED:
                found[key] = f"{page.section.title}: {lower_first(field.label)}"
    return found


def changed_questions(definition: FormDefinition, before: Answers, after: Answers) -> list[str]:
    """The names of the questions answered otherwise than before, in order; a blank is no answer.

    Law: INT-07, SEC-06
    """
    return [
        name
        for name, section, field in _all(definition)
        if _given(before, section, field) != _given(after, section, field)
    ]


def limited(
    definition: FormDefinition,
    filed: Answers,
    typed: Answers,
    wanted: Collection[str],
    *,
    today: date,
    places: Places | None = None,
) -> tuple[Answers, set[str]]:
    """`filed` with the wanted questions as `typed`, and the names of all that is open.

    Besides what is wanted, what follows from it is open: a question that is asked only now, and
    one that the form no longer takes as it stands. Nothing else is taken over.

    Law: INT-07
    """
    known, opened = set(questions(definition, filed)), set(wanted)
    while True:
        kept = _with(definition, filed, typed, opened)
        follows = set(questions(definition, kept)) - known
        follows |= _faulty(definition, kept, today, places)
        if follows <= opened:
            return kept, opened
        opened |= follows


def open_pages(definition: FormDefinition, answers: Answers, opened: Collection[str]) -> list[Page]:
    """The pages on which there is something to answer, in order. Law: INT-07"""
    asked = set(questions(definition, answers)) & set(opened)
    return [
        page
        for page in definition.pages
        if any(question_key(page, field) in asked for field in page.fields)
    ]


def narrowed_view(
    view: PageView, page: Page, asked: Collection[str], opened: Collection[str]
) -> PageView:
    """The page without the questions that are closed; one that may yet be asked stays.

    Law: INT-07
    """
    if page.repeat:
        return view
    shown = {field.key: question_key(page, field) for field in page.fields}
    return replace(
        view, fields=tuple(each for each in view.fields if _shown(each, shown, asked, opened))
    )


def _shown(
    view: FieldView, names: dict[str, str], asked: Collection[str], opened: Collection[str]
) -> bool:
    name = names.get(view.id.rpartition(".")[2], "")
    return name in opened or (bool(view.when) and name not in asked)


def _all(definition: FormDefinition) -> Iterator[tuple[str, Section, Field | None]]:
    for section in definition.sections:
        if section.repeat:
            yield section.key, section, None
            continue
        for field in section.fields:
            if field.type is not FieldType.COMPUTED:
                yield f"{section.key}.{field.key}", section, field


def _given(answers: Answers, section: Section, field: Field | None) -> Any:
    """An answer, or all rows of a list, with every kind of nothing alike."""
    if field is not None:
        return _tidy(fields_of(answers, section).get(field.key))
    sums = {f.key for f in section.fields if f.type is FieldType.COMPUTED}
    rows = rows_of(answers, section)
    return [
        {k: _tidy(v) for k, v in row.items() if k not in sums and not is_blank(v)} for row in rows
    ]


def _tidy(value: Any) -> Any:
    return None if is_blank(value) else value


def _with(
    definition: FormDefinition, filed: Answers, typed: Answers, opened: Collection[str]
) -> Answers:
    """`filed`, with the open questions as `typed` and the sums worked out anew."""
    kept: Answers = dict(filed)
    for name, section, field in _all(definition):
        if name not in opened:
            continue
        if field is None:
            kept[section.key] = typed.get(section.key, [])
            continue
        given = fields_of(typed, section)
        if field.key in given:
            kept[section.key] = {**fields_of(kept, section), field.key: given[field.key]}
    return computed(definition, kept)


def _faulty(
    definition: FormDefinition, answers: Answers, today: date, places: Places | None
) -> set[str]:
    """The questions whose answers the form does not take."""
    wrong = {reason.field for reason in check_all(definition, answers, today=today, places=places)}
    found = set()
    for page in definition.pages:
        for field in page.fields:
            named = f"{page.key}.{field.key}"
            if named in wrong or (page.repeat and any(w.split(".")[0] == page.key for w in wrong)):
                found.add(question_key(page, field))
    return found
