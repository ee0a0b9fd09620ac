"""What is left of a clock, in words and in a tone; never in colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.core import clock
from motcua.dossiers.pages import DossierRow
from motcua.dossiers.types import CHANNEL_NAMES, Channel

TONES = {"late": "late", "soon": "soon"}


@dataclass(frozen=True)
class ClockView:
    """What is left, as a row or a dossier shows it."""

    tone: str  # late, soon, ok, pause
    text: str


def clock_of(at: datetime | None, urgency: str) -> ClockView:
    """What is left until `at`, said in days or hours."""
    if at is None:
        return ClockView("pause", "Không tính giờ")
    left = at - clock.now()
    text = _span(abs(left.total_seconds()))
    if left.total_seconds() < 0:
        return ClockView("late", f"Quá hạn {text}")
    return ClockView(TONES.get(urgency, "ok"), f"Còn {text}")


def with_clocks(rows: Sequence[DossierRow]) -> list[tuple[DossierRow, ClockView, str]]:
    """Each line of a list with its clock and its channel in words."""
    return [
        (row, clock_of(row.clock_at, row.urgency), CHANNEL_NAMES[Channel(row.channel)])
        for row in rows
    ]


def _span(seconds: float) -> str:
    """A length of time in its largest unit that says something."""
    hours = int(seconds // 3600)
    if hours >= 24:
        return f"{hours // 24} ngày"
    return f"{hours} giờ" if hours else f"{int(seconds // 60)} phút"
