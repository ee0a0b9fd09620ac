"""What may happen to a dossier, who may do it, and where it leads.

The table is the whole truth: pages draw their buttons from it, actions obey it, the tests walk
it, and `scripts/draw_workflow.py` draws it for the manual. To add a step, add a row.
"""

from dataclasses import dataclass
from enum import StrEnum

from motcua.core.actors import Role
from motcua.core.errors import Reason, Refused
from motcua.dossiers.steps import STEP_TEXTS, Step
from motcua.exchange.types import NationalStatus

__all__ = [
    "BESIDE", "CLOSED", "CODED", "EDITABLE", "LINKED", "NATIONAL", "NEXT_TASK", "OUTCOMES",
    "PERCENT", "RUNNING", "STEP_TEXTS", "TAKEN_IN", "TEXTS", "TRANSITIONS", "UNSIGNED", "R", "S",
    "Status", "Step", "Transition", "next_status", "open_steps",
]  # fmt: skip


class Status(StrEnum):
    """Where a dossier stands (requirements 6.2)."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    PRE_SUPPLEMENT = "pre_supplement"
    REJECTED = "rejected"
    ACCEPTED = "accepted"
    TRANSFERRING = "transferring"
    ASSIGNING = "assigning"
    EXAMINING = "examining"
    SUPPLEMENT = "supplement"
    SUPPLEMENTED = "supplemented"
    CONSULTING = "consulting"
    VERIFYING = "verifying"
    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    CORRECTING = "correcting"
    RESULT_READY = "result_ready"
    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Transition:
    """One row of the table."""

    step: Step
    sources: frozenset[Status]
    target: Status
    roles: frozenset[Role]


S, R = Status, Role


def _row(step: Step, sources: set[Status], target: Status, *roles: Role) -> Transition:
    return Transition(step, frozenset(sources), target, frozenset(roles))


# Taken in, not finished: the clock of the result runs. These can be promised anew.
RUNNING = frozenset({
    S.ACCEPTED, S.TRANSFERRING, S.ASSIGNING, S.EXAMINING, S.CONSULTING, S.VERIFYING, S.PROPOSED,
    S.APPROVED, S.REFUSED,
})  # fmt: skip
TAKEN_IN = RUNNING | {S.SUPPLEMENT, S.SUPPLEMENTED}  # and those that wait for the applicant
UNSIGNED = TAKEN_IN - {S.APPROVED, S.REFUSED}  # can still be taken back, by two persons
CODED = TAKEN_IN | {S.CORRECTING, S.RESULT_READY, S.DELIVERED}
# With the unit that settles it, not proposed: stations of others may run beside (decision 0018).
LINKED = frozenset({S.EXAMINING, S.CONSULTING, S.VERIFYING, S.SUPPLEMENT, S.SUPPLEMENTED})
# Steps beside the process: whoever has the dossier goes on with the same task.
BESIDE = frozenset({
    Step.EXTEND, Step.URGE, Step.APOLOGISE, Step.MOVE_DATE, Step.CORRECT_CODE, Step.RECOUNT,
    Step.INTERLINK, Step.ANSWER_STATION, Step.CLOSE_STATION,
})  # fmt: skip


def _beside(step: Step, statuses: frozenset[Status], *roles: Role) -> tuple[Transition, ...]:
    """A step that leaves the dossier where it is, in each of `statuses`."""
    return tuple(_row(step, {s}, s, *roles) for s in Status if s in statuses)


# fmt: off
TRANSITIONS = (
    #    step                 from                              to                 by
    _row(Step.SUBMIT,         {S.DRAFT},                        S.SUBMITTED,       R.CITIZEN, R.DESK_OFFICER, R.PARTNER),
    _row(Step.ACCEPT,         {S.SUBMITTED},                    S.ACCEPTED,        R.DESK_OFFICER),
    _row(Step.ASK_SUPPLEMENT, {S.SUBMITTED},                    S.PRE_SUPPLEMENT,  R.DESK_OFFICER),
    _row(Step.SUPPLEMENT,     {S.PRE_SUPPLEMENT},               S.SUBMITTED,       R.CITIZEN, R.DESK_OFFICER, R.PARTNER),
    _row(Step.REJECT,         {S.SUBMITTED},                    S.REJECTED,        R.DESK_OFFICER),
    _row(Step.PASS_ON,        {S.SUBMITTED},                    S.SUBMITTED,       R.DESK_OFFICER),
    _row(Step.CHECK_PAPERS,   {S.SUBMITTED},                    S.SUBMITTED,       R.DESK_OFFICER),
    _row(Step.WITHDRAW,       {S.SUBMITTED, S.PRE_SUPPLEMENT},  S.WITHDRAWN,       R.CITIZEN, R.DESK_OFFICER, R.PARTNER),
    _row(Step.TRANSFER,       {S.ACCEPTED},                     S.ASSIGNING,       R.DESK_OFFICER),
    _row(Step.TRANSFER,       {S.ASSIGNING},                    S.ASSIGNING,       R.DESK_OFFICER, R.UNIT_HEAD),
    _row(Step.HAND_OVER,      {S.ACCEPTED},                     S.TRANSFERRING,    R.DESK_OFFICER),
    _row(Step.TAKE_OVER,      {S.TRANSFERRING},                 S.ASSIGNING,       R.UNIT_HEAD),
    _row(Step.TURN_BACK,      {S.TRANSFERRING},                 S.ACCEPTED,        R.UNIT_HEAD, R.DESK_OFFICER),
    _row(Step.ASSIGN,         {S.ASSIGNING, S.EXAMINING},       S.EXAMINING,       R.UNIT_HEAD),
    _row(Step.ASSIGN,         {S.CONSULTING},                   S.CONSULTING,      R.UNIT_HEAD),
    _row(Step.ASSIGN,         {S.VERIFYING},                    S.VERIFYING,       R.UNIT_HEAD),
    _row(Step.EXAMINE,        {S.EXAMINING},                    S.EXAMINING,       R.CASE_OFFICER),
    _row(Step.CONSULT,        {S.EXAMINING},                    S.CONSULTING,      R.CASE_OFFICER),
    _row(Step.OPINE,          {S.CONSULTING},                   S.CONSULTING,      R.UNIT_HEAD),
    _row(Step.CLOSE_CONSULT,  {S.CONSULTING},                   S.EXAMINING,       R.CASE_OFFICER),
    _row(Step.VERIFY,         {S.EXAMINING},                    S.VERIFYING,       R.CASE_OFFICER),
    _row(Step.RECORD_VERIFICATION, {S.VERIFYING},               S.EXAMINING,       R.CASE_OFFICER),
    _row(Step.ASK_MORE,       {S.EXAMINING},                    S.SUPPLEMENT,      R.CASE_OFFICER),
    _row(Step.HAND_IN,        {S.SUPPLEMENT},                   S.SUPPLEMENTED,    R.CITIZEN, R.DESK_OFFICER, R.PARTNER),
    _row(Step.RESUME,         {S.SUPPLEMENTED},                 S.EXAMINING,       R.DESK_OFFICER),
    _row(Step.LACKING,        {S.SUPPLEMENTED},                 S.SUPPLEMENT,      R.DESK_OFFICER),
    _row(Step.STOP,           {S.SUPPLEMENT, S.EXAMINING, S.PROPOSED}, S.STOPPED,  R.APPROVER),
    _row(Step.PROPOSE,        {S.EXAMINING},                    S.PROPOSED,        R.CASE_OFFICER),
    _row(Step.SEND_BACK,      {S.PROPOSED},                     S.EXAMINING,       R.APPROVER),
    _row(Step.DECIDE,         {S.PROPOSED},                     S.APPROVED,        R.APPROVER),
    _row(Step.REFUSE,         {S.PROPOSED},                     S.REFUSED,         R.APPROVER),
    _row(Step.ISSUE,          {S.APPROVED, S.REFUSED},          S.RESULT_READY,    R.REGISTRAR),
    _row(Step.DELIVER,        {S.RESULT_READY},                 S.DELIVERED,       R.DESK_OFFICER, R.CITIZEN),
    _row(Step.REOPEN,         {S.RESULT_READY, S.DELIVERED},    S.CORRECTING,      R.APPROVER),
    _row(Step.REISSUE,        {S.CORRECTING},                   S.RESULT_READY,    R.REGISTRAR),
    _row(Step.SETTLE_AT_ONCE, {S.SUBMITTED},                    S.RESULT_READY,    R.DESK_OFFICER),
    _row(Step.WITHDRAW,       {*UNSIGNED},                      S.WITHDRAWN,       R.DESK_OFFICER, R.APPROVER),
    *_beside(Step.EXTEND, RUNNING, R.APPROVER),
    *_beside(Step.URGE, RUNNING, R.APPROVER),
    *_beside(Step.APOLOGISE, RUNNING, R.APPROVER),
    *_beside(Step.MOVE_DATE, RUNNING, R.APPROVER),
    *_beside(Step.CORRECT_CODE, CODED, R.APPROVER),
    *_beside(Step.RECOUNT, RUNNING, R.SYSTEM),
    *_beside(Step.INTERLINK, frozenset({S.EXAMINING}), R.CASE_OFFICER, R.DESK_OFFICER),
    *_beside(Step.ANSWER_STATION, LINKED, R.UNIT_HEAD, R.CASE_OFFICER, R.DESK_OFFICER),
    *_beside(Step.CLOSE_STATION, LINKED, R.CASE_OFFICER, R.DESK_OFFICER),
)

NATIONAL = {
    S.SUBMITTED:      NationalStatus.REGISTERED,
    S.PRE_SUPPLEMENT: NationalStatus.SUPPLEMENT_REQUIRED,
    S.REJECTED:       NationalStatus.NOT_ACCEPTED,
    S.ACCEPTED:       NationalStatus.ACCEPTED,
    S.TRANSFERRING:   NationalStatus.PROCESSING,
    S.ASSIGNING:      NationalStatus.PROCESSING,
    S.EXAMINING:      NationalStatus.PROCESSING,
    S.CONSULTING:     NationalStatus.PROCESSING,
    S.VERIFYING:      NationalStatus.PROCESSING,
    S.SUPPLEMENT:     NationalStatus.SUPPLEMENT_REQUIRED,
    S.SUPPLEMENTED:   NationalStatus.SUPPLEMENT_REQUIRED,
    S.PROPOSED:       NationalStatus.PROCESSING,
    S.APPROVED:       NationalStatus.PROCESSING,
    S.REFUSED:        NationalStatus.PROCESSING,
    S.CORRECTING:     NationalStatus.PROCESSING,
    S.RESULT_READY:   NationalStatus.COMPLETED,
    S.DELIVERED:      NationalStatus.RETURNED,
    S.WITHDRAWN:      NationalStatus.WITHDRAWN,
    S.STOPPED:        NationalStatus.STOPPED,
}

TEXTS = {
    S.DRAFT:          "Bản nháp",
    S.SUBMITTED:      "Đã nộp, chờ tiếp nhận",
    S.PRE_SUPPLEMENT: "Chờ bổ sung giấy tờ",
    S.REJECTED:       "Không được tiếp nhận",
    S.ACCEPTED:       "Đã tiếp nhận",
    S.TRANSFERRING:   "Đang bàn giao",
    S.ASSIGNING:      "Đã chuyển, chờ phân công",
    S.EXAMINING:      "Đang thẩm định",
    S.CONSULTING:     "Đang lấy ý kiến",
    S.VERIFYING:      "Đang xác minh thực địa",
    S.SUPPLEMENT:     "Chờ bổ sung khi giải quyết",
    S.SUPPLEMENTED:   "Đã nộp bổ sung, chờ kiểm tra",
    S.PROPOSED:       "Đã trình lãnh đạo",
    S.APPROVED:       "Đã duyệt, chờ ban hành",
    S.REFUSED:        "Không đồng ý, chờ ban hành",
    S.CORRECTING:     "Đang đính chính kết quả",
    S.RESULT_READY:   "Có kết quả, chờ trả",
    S.DELIVERED:      "Đã trả kết quả",
    S.WITHDRAWN:      "Đã rút hồ sơ",
    S.STOPPED:        "Đã dừng giải quyết",
}

# The default process: whose turn it is in each status, and what the task is called.
NEXT_TASK = {
    S.SUBMITTED:      ("Kiểm tra và trả lời tiếp nhận",   R.DESK_OFFICER),
    S.PRE_SUPPLEMENT: ("Bổ sung giấy tờ",                 R.CITIZEN),
    S.ACCEPTED:       ("Chuyển đơn vị giải quyết",        R.DESK_OFFICER),
    S.TRANSFERRING:   ("Nhận bàn giao hồ sơ",             R.UNIT_HEAD),
    S.ASSIGNING:      ("Phân công cán bộ thụ lý",         R.UNIT_HEAD),
    S.EXAMINING:      ("Thẩm định và trình lãnh đạo",     R.CASE_OFFICER),
    S.CONSULTING:     ("Theo dõi, kết thúc lấy ý kiến",   R.CASE_OFFICER),
    S.VERIFYING:      ("Xác minh và ghi biên bản",        R.CASE_OFFICER),
    S.SUPPLEMENT:     ("Bổ sung nội dung được yêu cầu",   R.CITIZEN),
    S.SUPPLEMENTED:   ("Kiểm tra phần bổ sung",           R.DESK_OFFICER),
    S.PROPOSED:       ("Xem xét, ký duyệt",               R.APPROVER),
    S.APPROVED:       ("Lấy số, ban hành kết quả",        R.REGISTRAR),
    S.REFUSED:        ("Lấy số, ban hành văn bản từ chối", R.REGISTRAR),
    S.CORRECTING:     ("Cấp lại kết quả đúng",            R.REGISTRAR),
    S.RESULT_READY:   ("Trả kết quả",                     R.DESK_OFFICER),
}

# How far along a dossier is, for the public look-up (CH-13: code and degree of completion only).
PERCENT = {
    S.DRAFT: 0, S.SUBMITTED: 10, S.PRE_SUPPLEMENT: 10, S.REJECTED: 100, S.ACCEPTED: 25,
    S.TRANSFERRING: 30, S.ASSIGNING: 35, S.EXAMINING: 50, S.CONSULTING: 55, S.VERIFYING: 55,
    S.PROPOSED: 70, S.APPROVED: 80, S.REFUSED: 80,
    S.CORRECTING: 85, S.RESULT_READY: 90, S.DELIVERED: 100, S.WITHDRAWN: 100,
    S.SUPPLEMENT: 50, S.SUPPLEMENTED: 50, S.STOPPED: 100,
}
# fmt: on

OUTCOMES = {"approve": "giải quyết, cấp kết quả", "refuse": "từ chối giải quyết"}
CLOSED = frozenset({S.REJECTED, S.DELIVERED, S.WITHDRAWN, S.STOPPED})
EDITABLE = frozenset({S.DRAFT, S.PRE_SUPPLEMENT, S.SUPPLEMENT})


def next_status(current: Status, step: Step, role: Role) -> Status:
    """Where `step` leads from `current`; refuses what the table does not list."""
    for row in TRANSITIONS:
        if row.step is step and current in row.sources and role in row.roles:
            return row.target
    text = (
        f"Hồ sơ đang ở trạng thái “{TEXTS[current]}” nên chưa “{STEP_TEXTS[step].lower()}” được. "
        "Mời tải lại trang để xem việc có thể làm."
    )
    raise Refused([Reason("step_not_open", text)])


def open_steps(current: Status, role: Role) -> list[Step]:
    """The steps that `role` may take now, in the order of the table."""
    return [row.step for row in TRANSITIONS if current in row.sources and role in row.roles]
