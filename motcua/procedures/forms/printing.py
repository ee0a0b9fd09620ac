"""A form on paper: with the answers for whoever typed them, or empty to be filled in by hand."""

from dataclasses import dataclass
from typing import Any

from motcua.procedures.forms.showing import declared, in_words
from motcua.procedures.forms.types import Answers, Field, FieldType, FormDefinition, Places, Section
from motcua.procedures.forms.values import is_blank
from motcua.procedures.forms.visibility import walk

_TICKS = (FieldType.CHECKBOX, FieldType.CONSENT)
_MOST_BOXES = 12  # longer lists of options are written by hand
_MOST_COLUMNS = 6  # a list of people or things with more questions does not fit a table
_EMPTY_ROWS = 3
_GAPS = {
    FieldType.DATE: ("ngày", "tháng", "năm"),
    FieldType.TIME: ("giờ", "phút"),
    FieldType.ADDRESS: ("số nhà, đường, thôn", "xã, phường", "tỉnh, thành phố"),
}


@dataclass(frozen=True)
class PaperLine:
    """One question on paper: its answer, or boxes to tick, or room to write."""

    label: str
    text: str = ""
    optional: bool = False
    tick: bool | None = None  # the question is itself a box, ticked or not
    boxes: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    room: int = 1  # dotted lines


@dataclass(frozen=True)
class PaperSection:
    """One part of the form; a list of people or things has one group of lines for each."""

    title: str
    note: str
    groups: tuple[tuple[PaperLine, ...], ...]
    repeat: bool = False

    @property
    def is_table(self) -> bool:
        """Whether the groups fit into the rows of a table: the same few questions in each."""
        kinds = {tuple(line.label for line in lines) for lines in self.groups}
        return self.repeat and len(kinds) == 1 and len(self.groups[0]) <= _MOST_COLUMNS


def filled_paper(
    definition: FormDefinition, answers: Answers, places: Places | None = None
) -> tuple[PaperSection, ...]:
    """The questions that are asked, with what was answered; room to write where nothing was.

    Law: EF-01, EF-06
    """
    asked = walk(definition, answers)[1]
    found: dict[str, dict[int, list[PaperLine]]] = {
        section.key: {} for section in definition.sections if section.key in asked
    }
    for spot in declared(definition, answers):
        groups = found[spot.page.section.key]
        groups.setdefault(spot.row or 0, []).append(_answered(spot.field, spot.value, places))
    return tuple(
        PaperSection(
            section.title,
            "" if found[section.key] else "Không khai.",
            tuple(tuple(lines) for _, lines in sorted(found[section.key].items())),
            section.repeat,
        )
        for section in definition.sections
        if section.key in found
    )


def blank_paper(definition: FormDefinition) -> tuple[PaperSection, ...]:
    """Every question of the form with room to write; those asked of some people only say so.

    Law: EF-06
    """
    return tuple(_blank_section(section) for section in definition.sections)


def _blank_section(section: Section) -> PaperSection:
    lines = tuple(_blank(field) for field in section.fields)
    times = max(section.min_rows, _EMPTY_ROWS) if section.repeat else 1
    if section.when is not None:
        note = "Chỉ khai phần này nếu thuộc trường hợp của mình."
    else:
        note = "Nếu không đủ dòng thì kê tiếp vào tờ giấy kèm theo." if section.repeat else ""
    return PaperSection(section.title, note, (lines,) * times, section.repeat)


def _answered(field: Field, value: Any, places: Places | None) -> PaperLine:
    if field.type in _TICKS:
        return PaperLine(field.label, tick=value is True)
    if is_blank(value):
        return _blank(field)
    return PaperLine(field.label, text=in_words(field, value, places))


def _blank(field: Field) -> PaperLine:
    if field.type in _TICKS:
        return PaperLine(field.label, tick=False)
    needed = field.required and field.when is None
    return PaperLine(
        field.label,
        optional=not needed and field.type is not FieldType.COMPUTED,
        boxes=tuple(option.label for option in field.options)
        if field.type is FieldType.SELECT and len(field.options) <= _MOST_BOXES
        else (),
        gaps=_GAPS.get(field.type, ()),
        room=3 if field.type is FieldType.TEXTAREA else 1,
    )
