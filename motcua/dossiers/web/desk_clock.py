"""What is left of a clock, in words and in a tone; never in colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from motcua.dossiers.pages import DossierRow
from motcua.dossiers.remaining import Remaining, in_words
from motcua.dossiers.types import CHANNEL_NAMES, Channel
from motcua.dossiers.workflow import Status

NAMES = {  # the clock of a step, where it is not the date promised to the owner; see models/clocks.py
    Status.SUBMITTED: "hạn trả lời tiếp nhận",
    Status.SUPPLEMENTED: "hạn kiểm tra phần bổ sung",
    Status.SUPPLEMENT: "người nộp bổ sung",
    Status.CORRECTING: "hạn cấp lại kết quả",
    Status.ACCEPTED: "hạn bàn giao",
    Status.TRANSFERRING: "hạn bàn giao",
}

OF_THE_UNIT = "hạn trả lời của đơn vị"  # of what others asked of it


@dataclass(frozen=True)
class ClockView:
    """What is left, as a row or a dossier shows it."""

    tone: str  # late, soon, ok, pause
    text: str
    name: str = ""  # which clock it is


def clock_of(left: Remaining | None, status: Status) -> ClockView:
    """What is left of a clock, said in working days or hours, and which clock it is."""
    if left is None:
        return ClockView("pause", "Không tính giờ")
    return ClockView(left.tone, in_words(left), NAMES.get(status, "hẹn trả"))


def with_clocks(rows: Sequence[DossierRow]) -> list[tuple[DossierRow, ClockView, str]]:
    """Each line of a list with its clock and its channel in words."""
    return [(row, _of_row(row), CHANNEL_NAMES[Channel(row.channel)]) for row in rows]


def _of_row(row: DossierRow) -> ClockView:
    shown = clock_of(row.left, row.status)
    return replace(shown, name=OF_THE_UNIT) if row.is_part else shown
