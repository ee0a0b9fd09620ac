"""The sample dossier (hồ sơ mẫu) of a procedure: its form filled in for somebody who does not exist."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from django.utils.timezone import localdate

from motcua.law.queries import profile_on
from motcua.law.types import NoProfile
from motcua.procedures.forms.filling import computed
from motcua.procedures.forms.rules import summary
from motcua.procedures.forms.types import Answers, FormDefinition, Places, SectionSummary
from motcua.procedures.rules import clock_rule
from motcua.procedures.types import Terms
from motcua.workdays import rules as workdays
from motcua.workdays.queries import work_calendar
from motcua.workdays.types import ClockDeed, ClockEvent, YearNotConfigured

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


@dataclass(frozen=True)
class SampleReceipt:
    """A receipt as somebody would get it who filed at this moment."""

    filer: str
    received_at: datetime | None = None
    due_at: datetime | None = None


def sample_receipt(terms: Terms, now: datetime) -> SampleReceipt:
    """Who files the sample, and what the receipt would promise if it were handed in now.

    Counted as an acceptance is: by the law of the day, whose word it is how days are counted.

    Law: CAT-16, LAW-R1, DL-01
    """
    filer = _filer(sample_answers(terms.form)) or "Nguyễn Văn Mẫu"
    try:
        calendar = work_calendar()
        begin = workdays.counted_from(now, calendar)
        rule = clock_rule(profile_on(localdate(begin)), terms, "")
        ledger = workdays.fold([ClockEvent(ClockDeed.START, begin)], rule, calendar)
    except (YearNotConfigured, NoProfile):  # no promise without a calendar, nor without a law
        return SampleReceipt(filer)
    return SampleReceipt(filer, begin, ledger.due_at)


def _filer(answers: Answers) -> str:
    """The first name in the answers: forms begin with who files."""
    for given in answers.values():
        rows = given if isinstance(given, list) else [given]
        for name, value in (pair for row in rows for pair in row.items()):
            if name.lower().endswith("hoten") and isinstance(value, str):
                return value
    return ""


@cache
def _samples() -> dict[str, Answers]:
    return tomllib.loads(FILE.read_text("utf-8"))
