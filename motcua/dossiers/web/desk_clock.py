"""What is left of a clock, in words and in a tone; never in colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from motcua.dossiers.pages import DossierRow
from motcua.dossiers.remaining import Remaining, in_words
from motcua.dossiers.types import CHANNEL_NAMES, Channel


@dataclass(frozen=True)
class ClockView:
    """What is left, as a row or a dossier shows it."""

    tone: str  # late, soon, ok, pause
    text: str


def clock_of(left: Remaining | None) -> ClockView:
    """What is left of a clock, said in working days or hours."""
    return ClockView(left.tone, in_words(left)) if left else ClockView("pause", "Không tính giờ")


def with_clocks(rows: Sequence[DossierRow]) -> list[tuple[DossierRow, ClockView, str]]:
    """Each line of a list with its clock and its channel in words."""
    return [(row, clock_of(row.left), CHANNEL_NAMES[Channel(row.channel)]) for row in rows]
