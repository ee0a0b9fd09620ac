"""Never silent: who has a dossier in each status, which clock runs, and what its applicant hears next.

Pure. The watch (rules/silence.py) finds what breaks this table; a status without a row is a defect.
"""

from dataclasses import dataclass
from enum import StrEnum

from motcua.core.actors import Role
from motcua.dossiers.workflow import NEXT_TASK, Status


class Place(StrEnum):
    """Where the hand sits that has the dossier."""

    APPLICANT = "applicant"
    DESK = "desk"  # any officer of the desk of its agency
    UNIT = "unit"  # the head of the unit that has it
    ASSIGNEE = "assignee"  # the one officer it is assigned to
    AGENCY = "agency"  # whoever holds the role in its agency
    NOBODY = "nobody"  # it is closed


class Clock(StrEnum):
    """What runs while a dossier is in a status."""

    ANSWER = "answer"  # the answer to the applicant (INT-08)
    HAND_OVER = "hand_over"  # to the unit that settles, the same day (RCV-09)
    RESULT = "result"  # the promised date, and the share of it that one step may take (DL-14)
    CORRECT_BY = "correct_by"  # when the right result was promised
    SUPPLY_BY = "supply_by"  # the applicant's own date, else the reminder of the house
    REMINDER = "reminder"  # no date by law: the house asks again after some working days
    NONE = "none"  # it is closed, or not sent yet


@dataclass(frozen=True)
class Life:
    """One row: the owner, the clock, the next sign of life."""

    place: Place
    clock: Clock
    sign: str

    @property
    def is_open(self) -> bool:
        """Whether anybody waits for anything."""
        return self.clock is not Clock.NONE


S, P, C = Status, Place, Clock
LAST = "Không còn gì phải báo: hồ sơ đã kết thúc"

# fmt: off
LIFE: dict[Status, Life] = {
    S.DRAFT:          Life(P.APPLICANT, C.NONE,      "Chưa nộp: cơ quan chưa nhận được gì"),
    S.SUBMITTED:      Life(P.DESK,      C.ANSWER,    "Trả lời người nộp: tiếp nhận, cần bổ sung hay từ chối"),
    S.PRE_SUPPLEMENT: Life(P.APPLICANT, C.REMINDER,  "Nhắc người nộp bổ sung"),
    S.REJECTED:       Life(P.NOBODY,    C.NONE,      LAST),
    S.ACCEPTED:       Life(P.DESK,      C.HAND_OVER, "Chuyển đơn vị giải quyết và báo người nộp"),
    S.TRANSFERRING:   Life(P.UNIT,      C.HAND_OVER, "Đơn vị nhận bàn giao và báo người nộp"),
    S.ASSIGNING:      Life(P.UNIT,      C.RESULT,    "Phân công người thụ lý và báo người nộp"),
    S.EXAMINING:      Life(P.ASSIGNEE,  C.RESULT,    "Trình ký, yêu cầu bổ sung hoặc hẹn lại, và báo người nộp"),
    S.CONSULTING:     Life(P.ASSIGNEE,  C.RESULT,    "Kết thúc lấy ý kiến và báo người nộp"),
    S.VERIFYING:      Life(P.ASSIGNEE,  C.RESULT,    "Ghi biên bản xác minh và báo người nộp"),
    S.SUPPLEMENT:     Life(P.APPLICANT, C.SUPPLY_BY, "Nhắc người nộp bổ sung trước khi hết hạn"),
    S.SUPPLEMENTED:   Life(P.DESK,      C.ANSWER,    "Kiểm tra phần bổ sung và trả lời người nộp"),
    S.PROPOSED:       Life(P.AGENCY,    C.RESULT,    "Ký duyệt và báo người nộp"),
    S.APPROVED:       Life(P.AGENCY,    C.RESULT,    "Ban hành kết quả và báo người nộp"),
    S.REFUSED:        Life(P.AGENCY,    C.RESULT,    "Ban hành văn bản từ chối và gửi người nộp"),
    S.CORRECTING:     Life(P.AGENCY,    C.CORRECT_BY,   "Cấp lại kết quả đúng và báo người nộp"),
    S.RESULT_READY:   Life(P.DESK,      C.REMINDER,  "Nhắc người nộp đến nhận kết quả"),
    S.DELIVERED:      Life(P.NOBODY,    C.NONE,      LAST),
    S.WITHDRAWN:      Life(P.NOBODY,    C.NONE,      LAST),
    S.STOPPED:        Life(P.NOBODY,    C.NONE,      LAST),
}
# fmt: on
NEEDED = (Clock.ANSWER, Clock.HAND_OVER, Clock.RESULT, Clock.CORRECT_BY)  # moments of the dossier
WAITING = tuple(status for status, life in LIFE.items() if life.is_open)
SEATS = {  # in which role somebody sits at each place; the agency's depends on the status
    Place.APPLICANT: Role.CITIZEN,
    Place.DESK: Role.DESK_OFFICER,
    Place.UNIT: Role.UNIT_HEAD,
    Place.ASSIGNEE: Role.CASE_OFFICER,
}


def role_in(status: Status) -> Role | None:
    """The role whose turn it is; None when the dossier is closed or not sent."""
    return NEXT_TASK[status][1] if status in NEXT_TASK else None


def of_place(place: Place) -> list[Status]:
    """The open statuses in which somebody at this place has the dossier."""
    return [status for status in WAITING if LIFE[status].place is place]
