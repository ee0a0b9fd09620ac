"""Filling in a form: one page from a browser, the whole form from a partner, one look at it all."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from motcua.core.errors import Reason
from motcua.procedures.forms.checks import id_number_problem
from motcua.procedures.forms.objections import Knowledge, too_long_to_keep, value_problem
from motcua.procedures.forms.paging import page_of
from motcua.procedures.forms.types import (
    Answers,
    Field,
    FieldType,
    FormDefinition,
    Page,
    Places,
    Section,
    Spot,
)
from motcua.procedures.forms.values import PARTS, canonical, is_blank
from motcua.procedures.forms.visibility import fields_of, rows_of, walk
from motcua.procedures.forms.words import date_in_words, lower_first

ADD = "add"
REMOVE = "remove-"
COMMUNES = "communes"


@dataclasses.dataclass(frozen=True)
class Unkept(Reason):
    """Why an answer was not kept, with what was typed, to be shown where it was typed."""

    typed: Any = dataclasses.field(default="", compare=False)


def stays_on_page(post: Mapping[str, Any]) -> bool:
    """Whether the button pressed works on the page itself: add, remove, show communes.

    Law: house rule
    """
    return any(name in (ADD, COMMUNES) or _removed(name) is not None for name in post)


def read_page(
    definition: FormDefinition,
    page_key: str,
    post: Mapping[str, Any],
    answers: Answers,
    *,
    today: date,
    places: Places | None = None,
) -> tuple[Answers, list[Reason]]:
    """The answers after this page, what was typed kept, and what is wrong on the page.

    A button that stays on the page brings no reasons: the person has not finished. Only what is
    far too long, and rows beyond the last, are not kept, and then that is said in any case.
    Law: EF-01, EF-04, INT-14
    """
    page = page_of(definition, page_key)
    section = page.section
    filled = dict(answers)
    if section.repeat:
        filled[section.key], unkept = _rows(page, post, rows_of(answers, section))
    else:
        before = fields_of(answers, section)
        given, unkept = _fields(page, post, "", before)
        filled[section.key] = {**before, **given}
    filled = computed(definition, filled)
    if stays_on_page(post):
        return filled, unkept
    known = {reason.field for reason in unkept}
    reasons = _reasons(definition, filled, Knowledge(today, places), only=page)
    return filled, [*unkept, *(reason for reason in reasons if reason.field not in known)]


def check_all(
    definition: FormDefinition, answers: Answers, *, today: date, places: Places | None = None
) -> list[Reason]:
    """Everything wrong with the whole form, in its order; `field` leads to the page.

    Law: INT-03, EF-04
    """
    return _reasons(definition, answers, Knowledge(today, places), only=None)


def normalised(definition: FormDefinition, raw: Any) -> Answers:
    """Answers that came as JSON, in the form we store; what is not on the form is left out.

    Law: EF-04, EF-08
    """
    raw = raw if isinstance(raw, Mapping) else {}
    tidy: Answers = {}
    for section in definition.sections:
        given = raw.get(section.key)
        if section.repeat and isinstance(given, list):
            rows = given[: section.max_rows + 1]
            tidy[section.key] = [_tidy(section, row) for row in rows if isinstance(row, Mapping)]
        elif not section.repeat and isinstance(given, Mapping):
            tidy[section.key] = _tidy(section, given)
    return computed(definition, tidy)


def merge(older: Answers, newer: Answers) -> Answers:
    """Both sets of answers, field by field; the newer wins, a newer list of rows replaces.

    Law: EF-02
    """
    merged = dict(older)
    for key, given in newer.items():
        before = merged.get(key)
        both = isinstance(before, dict) and isinstance(given, dict)
        merged[key] = {**before, **given} if both else given  # type: ignore[dict-item]
    return merged


def computed(definition: FormDefinition, answers: Answers) -> Answers:
    """`answers` with the fields that the form works out itself. Law: EF-01"""
    filled = dict(answers)
    for section in definition.sections:
        sums = [field for field in section.fields if field.type is FieldType.COMPUTED]
        if not sums or section.key not in filled:
            continue
        if section.repeat:
            filled[section.key] = [_worked_out(sums, row) for row in rows_of(filled, section)]
        else:
            filled[section.key] = _worked_out(sums, fields_of(filled, section))
    return filled


def _worked_out(sums: list[Field], given: dict[str, Any]) -> dict[str, Any]:
    return given | {field.key: date_in_words(given.get(field.source)) for field in sums}


def _tidy(section: Section, given: Mapping[str, Any]) -> dict[str, Any]:
    return {f.key: canonical(f, given[f.key]) for f in section.fields if f.key in given}


def _fields(
    page: Page,
    post: Mapping[str, Any],
    start: str,
    before: Mapping[str, Any],
    row: int | None = None,
) -> tuple[dict[str, Any], list[Reason]]:
    """What was typed in these boxes; of what is too long to keep, what stood there before."""
    given: dict[str, Any] = {}
    unkept: list[Reason] = []
    for field in page.fields:
        name = f"{start}{field.key}"
        if field.type is FieldType.COMPUTED or not _was_sent(field, post, name):
            continue
        typed = _typed(field, post, name)
        if problem := too_long_to_keep(field, typed):
            given[field.key] = before.get(field.key, "")
            spot = Spot(page, field, "", row)
            text = _placed(spot, problem, page)
            unkept.append(Unkept("answer_too_long", text, spot.path, typed))
        else:
            given[field.key] = canonical(field, typed)
    return given, unkept


def _was_sent(field: Field, post: Mapping[str, Any], name: str) -> bool:
    # A browser says nothing of an unticked box, nor of a question the script has switched off:
    # the first is an answer, the second keeps what was typed before.
    if field.type in (FieldType.CHECKBOX, FieldType.CONSENT):
        return True
    return name in post or any(_part(post, name, part) is not None for part in _parts(field))


def _typed(field: Field, post: Mapping[str, Any], name: str) -> Any:
    if _parts(field) and name not in post:
        return {part: _part(post, name, part) or "" for part in _parts(field)}
    return post.get(name, "")


def _parts(field: Field) -> tuple[str, ...]:
    return PARTS.get(field.type, ())


def _part(post: Mapping[str, Any], name: str, part: str) -> Any:
    """One box of a date or an address: "birth-day", or "birth.day"."""
    return post.get(f"{name}-{part}", post.get(f"{name}.{part}"))


def _rows(
    page: Page, post: Mapping[str, Any], before: list[dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[Reason]]:
    """The rows that were sent, no more of them than the list may have."""
    numbers = {int(n) for n, dot, _ in (name.partition(".") for name in post) if dot and _small(n)}
    numbers -= {n for n in (_removed(name) for name in post) if n is not None}
    most, stays = page.section.max_rows, stays_on_page(post)
    rows: list[dict[str, Any]] = []
    unkept: list[Reason] = []
    for number in sorted(numbers):
        older = before[number] if number < len(before) else {}
        row, too_long = _fields(page, post, f"{number}.", older, len(rows))
        # A row that was added and left empty was not meant.
        if too_long or stays or not all(map(is_blank, row.values())):
            rows.append(row)
            unkept += too_long if len(rows) <= most else []
    if len(rows) > most:
        return rows[:most], [*unkept, Reason("rows_too_many", _too_many(page, len(rows)), page.key)]
    if ADD in post and len(rows) < most:
        rows.append({})
    return rows, unkept


def _too_many(page: Page, count: int) -> str:
    section = page.section
    return (
        f"{section.title}: tối đa {section.max_rows} mục; ông/bà đã gửi {count} nên "
        f"{count - section.max_rows} mục cuối chưa được lưu. Mời ông/bà bỏ bớt, hoặc kê phần còn "
        "lại vào một tệp đính kèm."
    )


def _small(number: str) -> bool:
    return number.isascii() and number.isdigit() and len(number) <= 3


def _removed(name: str) -> int | None:
    number = name.removeprefix(REMOVE)
    return int(number) if name != number and _small(number) else None


def _reasons(
    definition: FormDefinition, answers: Answers, known: Knowledge, only: Page | None
) -> list[Reason]:
    reasons = []
    spots, sections, _ = walk(definition, answers)
    for spot in spots:
        if only is not None and spot.page.key != only.key:
            continue
        value = canonical(spot.field, spot.value)
        problem = value_problem(spot.field, value, known)
        if not problem and spot.field.check == "id_paper" and not is_blank(value):
            problem = id_number_problem(_kind_of_paper(spot, spots), str(value))
        if problem:
            code = "answer_missing" if is_blank(value) else "answer_wrong"
            reasons.append(Reason(code, _placed(spot, problem, only), spot.path))
    return reasons + [
        reason
        for page in definition.pages
        if page.repeat and page.section.key in sections and (only is None or only.key == page.key)
        for reason in _row_reasons(page, answers)
    ]


def _kind_of_paper(spot: Spot, spots: Sequence[Spot]) -> str:
    """The kind of paper chosen beside the question for its number, as the form calls it."""
    wanted = spot.field.key.lower().replace("sogiayto", "loaigiayto")
    for other in spots:
        is_beside = (other.page.section.key, other.row) == (spot.page.section.key, spot.row)
        if is_beside and other is not spot and other.field.key.lower() == wanted:
            names = {option.value: option.label for option in other.field.options}
            return names.get(str(other.value), "")
    return ""


def _placed(spot: Spot, problem: str, only: Page | None) -> str:
    place = "" if only else f"{spot.page.section.title}"
    if spot.row is not None:
        place = f"{place}, mục {spot.row + 1}" if place else f"Mục {spot.row + 1}"
    return f"{place}: {lower_first(problem)}" if place else problem


def _row_reasons(page: Page, answers: Answers) -> list[Reason]:
    section = page.section
    count = len(rows_of(answers, section))
    if count < section.min_rows:
        text = f"{section.title}: cần ít nhất {section.min_rows} mục. Mời ông/bà bấm Thêm."
        return [Reason("rows_missing", text, page.key)]
    if count > section.max_rows:
        text = f"{section.title}: tối đa {section.max_rows} mục. Mời ông/bà bỏ bớt."
        return [Reason("rows_too_many", text, page.key)]
    return []
