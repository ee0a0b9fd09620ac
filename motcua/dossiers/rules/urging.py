"""Which dossiers a unit is urged about, and who signs the document: pure.

Law: WF-10
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.core.actors import Role
from motcua.core.errors import Reason
from motcua.dossiers.life import Place, of_place
from motcua.dossiers.workflow import TEXTS, Status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from motcua.agencies.types import SeatFacts

IN_UNIT = tuple(of_place(Place.UNIT) + of_place(Place.ASSIGNEE))  # somebody of a unit has it
SIGNERS = (Role.UNIT_HEAD, Role.APPROVER)
OWN_HEADS = ("commune", "province")  # led by a chairman; other agencies by a director


def signers(seats: Sequence[SeatFacts]) -> tuple[list[int], bool]:
    """The posts that sign urging documents of an agency, and whether they do so by order.

    The head of the one-stop unit signs by order; where there is none, who leads the agency signs.

    Law: WF-10
    """
    desk = [seat.id for seat in seats if seat.at_desk and seat.role in SIGNERS]
    return desk or [seat.id for seat in seats if seat.role is Role.APPROVER], bool(desk)


def signature(agency_kind: str, title: str, *, by_order: bool) -> str:
    """The lines above the name of who signs.

    Law: WF-10
    """
    if not by_order:
        return title
    head = "Chủ tịch" if agency_kind in OWN_HEADS else "Thủ trưởng cơ quan"
    return f"TL. {head}\n{title}"


def why_slow(
    status: Status, due_at: datetime | None, clock_at: datetime | None, now: datetime
) -> str:
    """What is said of a dossier that its clock or its date has overtaken, or soon will.

    Law: WF-10
    """
    if due_at is not None and due_at < now:
        return "Quá hạn trả kết quả"
    if clock_at is not None and clock_at < now:
        return f"Quá hạn bước “{TEXTS[status]}”"
    return "Sắp đến hạn"


def answer_day(day: date, today: date, *, is_open: bool) -> list[Reason]:
    """A unit answers on a working day from today on.

    Law: WF-10
    """
    if day < today:
        return [Reason("answer_past", "Hạn trả lời đã qua. Mời chọn ngày khác.", "answer_by")]
    if not is_open:
        text = "Hạn trả lời rơi vào ngày nghỉ. Mời chọn một ngày làm việc."
        return [Reason("answer_closed", text, "answer_by")]
    return []
