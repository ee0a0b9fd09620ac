"""What is left of a clock, in words and in a tone; never in colour alone."""

from dataclasses import dataclass
from datetime import datetime

from motcua.core import clock

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


def _span(seconds: float) -> str:
    """A length of time in its largest unit that says something."""
    hours = int(seconds // 3600)
    if hours >= 24:
        return f"{hours // 24} ngày"
    return f"{hours} giờ" if hours else f"{int(seconds // 60)} phút"
