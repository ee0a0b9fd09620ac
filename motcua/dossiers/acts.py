"""Acts that take two persons, and letters of apology: their kinds, their states, who may do what.

To add an act, add its kind, its row and, in `actions/approving.py`, what granting it does.
"""

from dataclasses import dataclass
from enum import StrEnum

from motcua.core.actors import Role
from motcua.dossiers.workflow import CODED, RUNNING, UNSIGNED, Status, Step

R = Role


class ApprovalKind(StrEnum):
    """What is asked for."""

    WITHDRAW = "withdraw"
    MOVE_DATE = "move_date"
    CORRECT_CODE = "correct_code"
    REOPEN = "reopen"
    WITHDRAW_AT_COUNTER = "withdraw_at_counter"
    ASK_AGAIN = "ask_again"  # asked for on the page of the correction slip


class ApprovalState(StrEnum):
    """What became of it."""

    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"
    LAPSED = "lapsed"


class LetterState(StrEnum):
    """How far a letter of apology is."""

    DRAFTED = "drafted"
    SIGNED = "signed"
    SENT = "sent"
    DROPPED = "dropped"


APPROVAL_NAMES = {
    ApprovalKind.WITHDRAW: "Rút hồ sơ sau khi tiếp nhận",
    ApprovalKind.MOVE_DATE: "Dời ngày hẹn trả",
    ApprovalKind.CORRECT_CODE: "Sửa mã hồ sơ",
    ApprovalKind.REOPEN: "Mở lại để đính chính kết quả",
    ApprovalKind.WITHDRAW_AT_COUNTER: "Rút hồ sơ theo lời người nộp tại quầy",
    ApprovalKind.ASK_AGAIN: "Yêu cầu bổ sung thêm một lần",
}
STATE_NAMES = {
    ApprovalState.OPEN: "Đang chờ",
    ApprovalState.GRANTED: "Đã đồng ý",
    ApprovalState.REFUSED: "Không đồng ý",
    ApprovalState.LAPSED: "Hết hiệu lực",
}
LETTER_NAMES = {
    LetterState.DRAFTED: "Chờ ký",
    LetterState.SIGNED: "Đã ký",
    LetterState.SENT: "Đã gửi",
    LetterState.DROPPED: "Không dùng",
}
GONE_OUT = (LetterState.SIGNED, LetterState.SENT)


@dataclass(frozen=True)
class Act:
    """One act: in which statuses, who asks, who decides (never the same person)."""

    statuses: frozenset[Status]
    asked_by: frozenset[Role]
    decided_by: Role
    step: Step

    def may_ask(self, role: Role, status: Status) -> bool:
        """Whether this role can ask for it now."""
        return role in self.asked_by and status in self.statuses


_OFFICIALS = frozenset({R.DESK_OFFICER, R.UNIT_HEAD, R.CASE_OFFICER, R.REGISTRAR, R.APPROVER})
ACTS = {
    ApprovalKind.WITHDRAW: Act(UNSIGNED, frozenset({R.CITIZEN}), R.DESK_OFFICER, Step.WITHDRAW),
    ApprovalKind.MOVE_DATE: Act(RUNNING, _OFFICIALS, R.APPROVER, Step.MOVE_DATE),
    ApprovalKind.CORRECT_CODE: Act(CODED, _OFFICIALS, R.APPROVER, Step.CORRECT_CODE),
    ApprovalKind.REOPEN: Act(
        frozenset({Status.RESULT_READY, Status.DELIVERED}), _OFFICIALS, R.APPROVER, Step.REOPEN
    ),
    ApprovalKind.WITHDRAW_AT_COUNTER: Act(
        UNSIGNED, frozenset({R.DESK_OFFICER}), R.APPROVER, Step.WITHDRAW
    ),
    ApprovalKind.ASK_AGAIN: Act(  # the law of the dossier may name another who agrees
        frozenset({Status.SUBMITTED, Status.EXAMINING}),
        frozenset({R.DESK_OFFICER, R.CASE_OFFICER}),
        R.APPROVER,
        Step.ASK_MORE,
    ),
}
BY_TWO_OFFICIALS = tuple(kind for kind, act in ACTS.items() if R.CITIZEN not in act.asked_by)
