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
    LATE_AHEAD = "late_ahead"  # it will be late: a letter of apology waits for its signer (ST-14)


class AlarmLevel(StrEnum):
    """How far it has gone; each level is told to other people."""

    WARNING = "warning"  # whoever has to act
    PASSED = "passed"  # their head


ALARM_NAMES = {
    AlarmKind.ANSWER: "trả lời tiếp nhận",
    AlarmKind.OPINION: "cho ý kiến",
    AlarmKind.LATE_AHEAD: "thư xin lỗi chờ ký",
}
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


@dataclass(frozen=True)
class Applicant:
    """The owner of a dossier (chủ hồ sơ), as the dossier keeps them."""

    name: str
    national_id: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


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
