"""A result that is late, as its owner reads it: by how much, and what the agency said of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from motcua.dossiers.remaining import in_words, past_promise, remaining
from motcua.dossiers.slips.forms import TITLES, SlipKind
from motcua.dossiers.workflow import RUNNING, Step
from motcua.workdays.queries import work_calendar

if TYPE_CHECKING:
    from motcua.dossiers.pages import DossierPage, SlipView

LETTERS = (Step.EXTEND, Step.APOLOGISE)
APOLOGY_ALONE = "Văn bản xin lỗi vì chậm trả kết quả"


@dataclass(frozen=True)
class Lateness:
    """By how much the date is past, empty when it is not; the last letter, and why it says so."""

    over: str
    letter: SlipView | None
    reason: str
    is_apology: bool


def title_of(kind: SlipKind, step: Step) -> str:
    """What a slip is called where it can be fetched: a letter without a new date promises none."""
    return APOLOGY_ALONE if kind is SlipKind.APOLOGY and step is Step.APOLOGISE else TITLES[kind]


def lateness_of(page: DossierPage, now: datetime) -> Lateness | None:
    """What stands at the top of a dossier that is late or for which somebody apologised."""
    if page.status not in RUNNING:
        return None
    told = [item for item in page.timeline if item.step in LETTERS]
    letters = [slip for slip in page.slips if slip.kind == SlipKind.APOLOGY]
    over = _over(page, now) if past_promise(page.status, page.due_at, now) else ""
    if not (over or told):
        return None
    reason = told[-1].note if told else ""
    return Lateness(over, letters[-1] if letters else None, reason, bool(told))


def _over(page: DossierPage, now: datetime) -> str:
    left = remaining(page.due_at, None, now, work_calendar(page.agency.id))
    assert left is not None
    words = in_words(left)
    return words[0].lower() + words[1:]
