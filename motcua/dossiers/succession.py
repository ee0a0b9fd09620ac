"""A draft begun again because its procedure was replaced: what the new terms ask that the old did not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from motcua.dossiers.pages import DossierPage
    from motcua.procedures.forms.types import Field, FormDefinition


@dataclass(frozen=True)
class Differences:
    """What its writer must look at after a draft was carried over, each thing by its name."""

    questions: tuple[str, ...]  # new, or asked otherwise
    papers: tuple[str, ...]  # asked for newly
    left: tuple[str, ...]  # attached to the older draft, asked for no more

    def __bool__(self) -> bool:
        return bool(self.questions or self.papers or self.left)


def differences(older: DossierPage, newer: DossierPage) -> Differences:
    """What differs between a draft and the one it was carried over to."""
    known = _questions(older.terms.form)
    asked = _questions(newer.terms.form)
    names = {slot.name for slot in older.slots}
    carried = {paper.digest for slot in newer.slots for paper in slot.papers}
    return Differences(
        questions=tuple(
            f"{section}: {field.label}"
            for (section, key), field in asked.items()
            if known.get((section, key)) != field
        ),
        papers=tuple(slot.name for slot in newer.slots if slot.name not in names),
        left=tuple(
            slot.name
            for slot in older.slots
            if any(paper.digest not in carried for paper in slot.papers)
        ),
    )


def _questions(form: FormDefinition) -> dict[tuple[str, str], Field]:
    return {
        (section.title, field.key): field for section in form.sections for field in section.fields
    }
