"""The sample dossier (hồ sơ mẫu) of a procedure: its form filled in for somebody who does not exist."""

import tomllib
from functools import cache
from pathlib import Path

from motcua.procedures.forms.filling import computed
from motcua.procedures.forms.rules import summary
from motcua.procedures.forms.types import Answers, FormDefinition, Places, SectionSummary

FILE = Path(__file__).parents[1] / "samples.toml"


def sample_answers(definition: FormDefinition) -> Answers:
    """The made-up answers to this form, and nothing for questions that it does not ask.

    A form that the authority added itself has none: its sample shows what is asked.

    Law: CAT-16
    """
    known = _samples().get(definition.key, {})
    asked = {
        section.key: {field.key for field in section.fields} for section in definition.sections
    }
    kept: Answers = {}
    for key, given in known.items():
        if key not in asked:
            continue
        rows = [
            {name: value for name, value in row.items() if name in asked[key]}
            for row in (given if isinstance(given, list) else [given])
        ]
        kept[key] = rows if isinstance(given, list) else rows[0]
    return computed(definition, kept)


def sample_sections(definition: FormDefinition, places: Places) -> list[SectionSummary]:
    """The sample as cards of questions and answers.

    Law: CAT-16
    """
    return summary(definition, sample_answers(definition), places)


@cache
def _samples() -> dict[str, Answers]:
    return tomllib.loads(FILE.read_text("utf-8"))
