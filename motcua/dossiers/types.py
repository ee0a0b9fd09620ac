"""Words about dossiers."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Channel(StrEnum):
    """How a dossier came in."""

    ONLINE = "online"
    COUNTER = "counter"
    POST = "post"
    PARTNER = "partner"


class Delivery(StrEnum):
    """How the applicant wants the result."""

    ONLINE = "online"
    COUNTER = "counter"
    POST = "post"


class PaperForm(StrEnum):
    """In what form a paper was handed in."""

    ELECTRONIC = "electronic"
    ORIGINAL = "original"
    CERTIFIED_COPY = "certified_copy"
    PHOTOCOPY = "photocopy"


class AlarmKind(StrEnum):
    """What is wrong with a dossier that nobody has looked at."""

    ANSWER = "answer"  # the desk owes the applicant an answer (INT-08)
    OPINION = "opinion"  # a unit asked has not answered in time (WF-03)
    STATION = "station"  # a unit has not done its part of an interlinked dossier (WF-05)
    LATE_AHEAD = "late_ahead"  # it will be late: a letter of apology waits for its signer (ST-14)
    # A clock of the dossier runs out.
    MORE_ANSWER = "more_answer"  # what was supplied later has not been answered
    HAND_OVER = "hand_over"  # accepted, never handed on (RCV-09)
    TAKE_OVER = "take_over"  # handed over, not confirmed
    RESULT = "result"  # the promised date itself (DL-14)
    CORRECTION = "correction"  # the right result that was promised instead of a wrong one
    SUPPLY = "supply"  # the applicant's own date to supply papers
    # Nobody does anything.
    NO_LETTER = "no_letter"  # late, and no letter of apology: told anew every working day
    ASKED_LONG = "asked_long"  # the applicant was asked long ago, without a date by law
    UNASSIGNED = "unassigned"
    STEP_DATE = "step_date"  # the end that the head of the unit set for the step (ST-07)
    STEP = "step"  # the last quarter of the time since the last act runs (DL-14)
    UNSIGNED = "unsigned"
    UNDECIDED = "undecided"  # what one person asked and another has not granted or refused
    UNISSUED = "unissued"
    UNCOLLECTED = "uncollected"
    VISIT = "visit"  # the day of the visit is over, there is no record
    # Nobody hears.
    UNTOLD = "untold"  # there is a result, and its applicant was sent nothing
    UNREACHED = "unreached"  # what was sent came back on every channel
    DEAD_JOB = "dead_job"
    # Nobody has it.
    UNOWNED = "unowned"
    GONE = "gone"
    NO_CLOCK = "no_clock"
    IDLE = "idle"  # a part of an interlinked dossier: nobody takes it in, or it has no limit


class AlarmLevel(StrEnum):
    """How far it has gone; each level is told to other people."""

    WARNING = "warning"  # whoever has to act
    PASSED = "passed"  # their head


ALARM_NAMES = {
    AlarmKind.ANSWER: "trả lời tiếp nhận",
    AlarmKind.OPINION: "cho ý kiến",
    AlarmKind.STATION: "trả kết quả liên thông",
    AlarmKind.LATE_AHEAD: "thư xin lỗi chờ ký",
    AlarmKind.MORE_ANSWER: "trả lời phần bổ sung",
    AlarmKind.HAND_OVER: "bàn giao cho đơn vị giải quyết",
    AlarmKind.TAKE_OVER: "xác nhận bàn giao",
    AlarmKind.RESULT: "trả kết quả",
    AlarmKind.CORRECTION: "cấp lại kết quả",
    AlarmKind.SUPPLY: "bổ sung của người nộp",
    AlarmKind.NO_LETTER: "trễ hẹn mà chưa có thư xin lỗi",
    AlarmKind.ASKED_LONG: "người nộp lâu chưa bổ sung",
    AlarmKind.UNASSIGNED: "lâu chưa phân công",
    AlarmKind.STEP_DATE: "hoàn thành bước được giao",
    AlarmKind.STEP: "lâu không có bước xử lý nào",
    AlarmKind.UNSIGNED: "nằm chờ ký",
    AlarmKind.UNDECIDED: "đề nghị chờ duyệt",
    AlarmKind.UNISSUED: "đã ký mà chưa ban hành",
    AlarmKind.UNCOLLECTED: "có kết quả mà lâu chưa trả",
    AlarmKind.VISIT: "qua ngày xác minh mà chưa có biên bản",
    AlarmKind.UNTOLD: "có kết quả mà người nộp chưa được báo",
    AlarmKind.UNREACHED: "tin báo không tới được người nộp",
    AlarmKind.DEAD_JOB: "việc nền không làm được",
    AlarmKind.UNOWNED: "không có ai giữ",
    AlarmKind.GONE: "người thụ lý không còn ở vị trí",
    AlarmKind.NO_CLOCK: "không có hạn nào đang chạy",
    AlarmKind.IDLE: "phần liên thông không có ai nhận hoặc chưa có hạn",
}
CLOCKED = frozenset({  # these run out; of the others there is no "soon"
    AlarmKind.ANSWER, AlarmKind.OPINION, AlarmKind.MORE_ANSWER, AlarmKind.HAND_OVER,
    AlarmKind.TAKE_OVER, AlarmKind.RESULT, AlarmKind.CORRECTION, AlarmKind.SUPPLY,
    AlarmKind.STATION,
    AlarmKind.STEP_DATE,
})  # fmt: skip
LEVEL_NAMES = {AlarmLevel.WARNING: "sắp hết hạn", AlarmLevel.PASSED: "đã quá hạn"}
CHANNEL_NAMES = {
    Channel.ONLINE: "Trực tuyến",
    Channel.COUNTER: "Trực tiếp",
    Channel.POST: "Bưu chính",
    Channel.PARTNER: "Hệ thống đối tác",
}
DELIVERY_NAMES = {
    Delivery.ONLINE: "Bản điện tử, tải trên Cổng",
    Delivery.COUNTER: "Nhận tại nơi nộp",
    Delivery.POST: "Nhận qua bưu chính",
}
PAPER_FORM_NAMES = {
    PaperForm.ELECTRONIC: "Bản điện tử",
    PaperForm.ORIGINAL: "Bản chính",
    PaperForm.CERTIFIED_COPY: "Bản sao chứng thực",
    PaperForm.PHOTOCOPY: "Bản chụp",
}


# What an applicant is told when a date goes by, before they ask; each once.
WAITING = {
    (AlarmKind.ANSWER, AlarmLevel.PASSED): "answer_overdue",
    (AlarmKind.MORE_ANSWER, AlarmLevel.PASSED): "answer_overdue",
    (AlarmKind.RESULT, AlarmLevel.PASSED): "result_overdue",
    (AlarmKind.SUPPLY, AlarmLevel.WARNING): "supply_near",
    (AlarmKind.ASKED_LONG, AlarmLevel.WARNING): "supply_waiting",
    (AlarmKind.UNCOLLECTED, AlarmLevel.WARNING): "result_waiting",
}


def alarm_words(kind: AlarmKind, level: AlarmLevel) -> str:
    """An alarm in words: “sắp hết hạn trả kết quả”, “nằm chờ ký, đã báo lãnh đạo”."""
    if kind in CLOCKED or kind is AlarmKind.LATE_AHEAD:
        return f"{LEVEL_NAMES[level]} {ALARM_NAMES[kind]}"
    return ALARM_NAMES[kind] + (", đã báo lãnh đạo" if level is AlarmLevel.PASSED else "")


@dataclass(frozen=True)
class Applicant:
    """The owner of a dossier (chủ hồ sơ), as the dossier keeps them."""

    name: str
    national_id: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    right: str = ""  # by what right somebody else filed for them: "mandate:7", "member:3"
    right_text: str = ""
    result_store: str = ""  # in whose store the result is kept, as the mandate says (ACC-11)


@dataclass(frozen=True)
class PaperReception:
    """When a dossier was received on paper, its number in the paper book, why it is entered later."""

    received_at: datetime
    book: str
    reason: str
    was_closed: bool = False  # it is said that it was received while the desk was not open


@dataclass(frozen=True)
class Asking:
    """One unit to be asked for its opinion, on what, and until the close of which day."""

    unit_id: int
    content: str
    due_on: date


@dataclass(frozen=True)
class Visit:
    """A visit to the place as it is announced (xác minh thực địa)."""

    at: datetime
    place: str
    participants: str
    content: str
    needs_applicant: bool = False
    is_agreed: bool = False  # on a day off, after hours, after the promised date: they agreed


@dataclass(frozen=True)
class Correction:
    """One thing an applicant is asked to put right: a paper, a question of the form, or a remark."""

    slot: str = ""
    question: str = ""  # "section.field", or "section" for a list
    reason: str = ""  # its code in the catalogue
    text: str = ""
    legal_basis: str = ""

    @property
    def place(self) -> str:
        """What it is about, by name; empty for a remark."""
        return self.slot or self.question


@dataclass(frozen=True)
class PublicStatus:
    """All that anybody may know of a dossier by its code (CH-13)."""

    code: str
    text: str
    percent: int


@dataclass(frozen=True)
class AlarmCount:
    """How many alarms of a kind and level are open, and how many of them nobody was told about."""

    kind: AlarmKind
    level: AlarmLevel
    number: int
    untold: int


@dataclass(frozen=True)
class Paper:
    """A paper attached to a dossier."""

    id: int
    slot: str
    name: str
    file_name: str
    digest: str
    kind: str
    size: int
    pages: int
    is_unsent: bool = False  # added since the last handing in


@dataclass(frozen=True)
class SlotView:
    """A paper the procedure asks for, with what was attached for it."""

    code: str
    name: str
    required: bool
    note: str
    papers: tuple[Paper, ...]
    asked: str = ""  # what the desk said is missing


@dataclass(frozen=True)
class TimelineItem:
    """One line of a dossier's story."""

    title: str
    at: datetime | None
    who: str
    where: str
    note: str
    state: str  # done, now, todo, late
    step: str = ""
    target: str = ""
    checked: tuple[str, ...] = ()  # the papers that the official found right
    proposal: str = ""  # what was proposed, or that the decision is another one; for officials


class RecountState(StrEnum):
    """How far a recount has come (tính lại ngày hẹn)."""

    COUNTING = "counting"
    READY = "ready"  # waits for a second person
    MOVING = "moving"
    DONE = "done"
    DROPPED = "dropped"


class LineState(StrEnum):
    """What became of one dossier of a recount."""

    WAITING = "waiting"
    MOVED = "moved"
    SKIPPED = "skipped"
