"""Who reads a dossier for their work, who is asked why first, and how much reading is too much.

Case officers see what is assigned to them, heads what lies with their unit, others what their unit
is asked about: for them the door is the judgement. Desk, leaders and registrars see the whole
agency; for them the table says in which status a dossier is theirs to work on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from motcua.core.actors import Role
from motcua.core.errors import Reason
from motcua.dossiers.workflow import CLOSED, Status

S = Status
NOTE_LONGEST = 500
# Who sees the whole agency: where a dossier must stand to be theirs, and by which requirement.
DUTY: dict[Role, tuple[frozenset[Status], str]] = {
    Role.DESK_OFFICER: (
        frozenset({
            S.SUBMITTED, S.PRE_SUPPLEMENT, S.ACCEPTED, S.TRANSFERRING, S.ASSIGNING, S.SUPPLEMENT,
            S.SUPPLEMENTED, S.RESULT_READY, S.STOPPED,
        }),
        "SEC-05, RCV-21",  # whatever passes between the applicant and the agency
    ),
    Role.APPROVER: (frozenset({S.PROPOSED}), "SEC-05"),
    Role.REGISTRAR: (
        frozenset({S.APPROVED, S.REFUSED, S.CORRECTING, S.RESULT_READY}),
        "SEC-05",  # numbers, issues, hands results to the desk
    ),
}  # fmt: skip
ON_TIME = frozenset({Role.DESK_OFFICER, Role.APPROVER})  # answer for what is near its date, or late


class Why(StrEnum):
    """For what somebody reads a dossier that is not theirs to work on."""

    ASKED = "asked"
    TOGETHER = "together"
    LEADING = "leading"
    COMPLAINT = "complaint"
    INSPECTION = "inspection"
    MENDING = "mending"
    OTHER = "other"


WHY_NAMES = {
    Why.ASKED: "Trả lời người nộp hỏi về hồ sơ",
    Why.TOGETHER: "Phối hợp với đơn vị đang giải quyết hồ sơ",
    Why.LEADING: "Chỉ đạo, kiểm tra tiến độ giải quyết",
    Why.COMPLAINT: "Giải quyết phản ánh, kiến nghị, khiếu nại, tố cáo",
    Why.INSPECTION: "Thanh tra, kiểm tra, kiểm toán",
    Why.MENDING: "Đối chiếu, sửa sai sót, lưu trữ",
    Why.OTHER: "Lý do khác",
}
# What an owner is told: whom somebody complains of, or inspects, is not warned by it.
BY_OFFICE = "Kiểm tra theo thẩm quyền"
UNTOLD = frozenset({Why.COMPLAINT, Why.INSPECTION})


def why_told(why: str) -> str:
    """A reason in the words for the owner of the dossier; the true one stands in the journal.

    Law: NTC-20
    """
    if why in UNTOLD:
        return BY_OFFICE
    return WHY_NAMES[Why(why)] if why in WHY_NAMES else ""


@dataclass(frozen=True)
class Seat:
    """Who reads, and how they came in: `is_guest` only while their unit is asked for something."""

    role: Role
    is_guest: bool = False


@dataclass(frozen=True)
class Standing:
    """Where a dossier stands: its status, and whether its clock warns or has run out."""

    status: Status
    is_near: bool = False


@dataclass(frozen=True)
class Limits:
    """How many dossiers opened, and names shown in lists, are still a day's work of one post."""

    opened_hour: int
    opened_day: int
    listed_hour: int
    listed_day: int


@dataclass(frozen=True)
class Tally:
    """What one post has read, this hour and this day."""

    opened_hour: int
    opened_day: int
    listed_hour: int = 0
    listed_day: int = 0


def is_theirs(seat: Seat, standing: Standing) -> bool:
    """Whether an official who may see a dossier reads it as their own work, and is not asked why.

    Law: KHO-04, SEC-05
    """
    if seat.is_guest or seat.role not in DUTY:
        return True
    if standing.is_near and standing.status not in CLOSED and seat.role in ON_TIME:
        return True
    return standing.status in DUTY[seat.role][0]


def reason_objections(why: str, note: str) -> list[Reason]:
    """What is wrong with a reason for reading: none chosen, or “other” and nothing said.

    Law: KHO-04, S-24
    """
    if why not in WHY_NAMES:
        return [Reason("why_missing", "Mời anh/chị chọn lý do xem hồ sơ.", "reading_why")]
    if why == Why.OTHER and not note:
        text = "Mời anh/chị ghi rõ lý do khi chọn “Lý do khác”."
        return [Reason("why_unsaid", text, "reading_note")]
    if len(note) > NOTE_LONGEST:
        text = f"Phần nói rõ dài tối đa {NOTE_LONGEST} ký tự. Mời anh/chị viết ngắn lại."
        return [Reason("why_long", text, "reading_note")]
    return []


def beyond(tally: Tally, limits: Limits) -> str:
    """Which limit of a day's reading was passed, in words; nothing while none was.

    Law: S-24
    """
    measured = (
        (tally.opened_hour, limits.opened_hour, "hồ sơ được mở trong một giờ"),
        (tally.opened_day, limits.opened_day, "hồ sơ được mở trong một ngày"),
        (tally.listed_hour, limits.listed_hour, "lượt tên hiện trong danh sách trong một giờ"),
        (tally.listed_day, limits.listed_day, "lượt tên hiện trong danh sách trong một ngày"),
    )
    for number, most, words in measured:
        if number > most:
            return f"{number} {words}, mức thường là {most}"
    return ""


def who_hears(
    post_id: int, heads: Iterable[int], leaders: Iterable[int], keepers: Iterable[int]
) -> list[int]:
    """Who is told that a post read unusually much: the head, else the leaders, else the keepers.

    Nobody is told of themselves; `heads`, `leaders`, `keepers` are posts of other persons.

    Law: S-24
    """
    for told in (heads, leaders, keepers):
        if found := [each for each in told if each != post_id]:
            return found
    return []
