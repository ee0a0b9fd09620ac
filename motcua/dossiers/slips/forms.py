"""What each slip says: the fields that the law prescribes, as plain values.

Law: FRM-06, FRM-07, FRM-08
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class SlipKind(StrEnum):
    """Which form of the law a slip is; the value is the number of the form."""

    APPOINTMENT = "01"
    SUPPLEMENT = "02"
    REJECTION = "03"
    CONTROL = "06"


TITLES = {
    SlipKind.APPOINTMENT: "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    SlipKind.SUPPLEMENT: "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
    SlipKind.REJECTION: "Phiếu từ chối tiếp nhận giải quyết hồ sơ",
    SlipKind.CONTROL: "Phiếu kiểm soát quá trình giải quyết hồ sơ",
}

FORM_NAMES = {
    "original": "Bản chính",
    "copy": "Bản sao chứng thực",
    "photo": "Bản chụp",
    "electronic": "Bản điện tử",
}

STANDINGS = {"early": "Trước hạn", "on_time": "Đúng hạn", "late": "Quá hạn"}


@dataclass(frozen=True)
class Office:
    """The office that hands the slip out, and where to ask it something."""

    superior: str
    place: str
    name: str = "Bộ phận Tiếp nhận và Trả kết quả"
    phone: str = ""
    website: str = ""


@dataclass(frozen=True)
class Owner:
    """Whose dossier it is (chủ hồ sơ)."""

    name: str
    identity_no: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Heading:
    """What stands at the head of every slip; `qr` is the payload made by `seal.qr_payload`."""

    office: Office
    owner: Owner
    number: str
    issued_at: datetime
    dossier_code: str
    request: str
    qr: str


@dataclass(frozen=True)
class PaperLine:
    """One paper of the dossier: `form` is original, copy, photo or electronic."""

    name: str
    form: str
    count: int = 1


@dataclass(frozen=True)
class Missing:
    """One paper or one point to complete, and what exactly is wrong with it."""

    name: str
    what: str


@dataclass(frozen=True)
class Handover:
    """The dossier going from one hand to the next."""

    giver_office: str
    receiver_office: str
    at: datetime
    giver: str
    receiver: str
    standing: str = ""
    note: str = ""


@dataclass(frozen=True)
class AppointmentSlip:
    """Form 01, giấy tiếp nhận hồ sơ và hẹn trả kết quả; `channel` in words, as filed."""

    heading: Heading
    papers: tuple[PaperLine, ...]
    time_limit: str
    accepted_at: datetime
    due_at: datetime | None
    delivery: str
    filer: str
    officer: str
    channel: str = ""
    filer_relation: str = ""
    set_count: int = 1
    fee_text: str = ""
    kind: SlipKind = field(default=SlipKind.APPOINTMENT, init=False)


@dataclass(frozen=True)
class SupplementSlip:
    """Form 02, phiếu yêu cầu bổ sung, hoàn thiện hồ sơ."""

    heading: Heading
    items: tuple[Missing, ...]
    legal_basis: str
    officer: str
    request_no: int = 1
    kind: SlipKind = field(default=SlipKind.SUPPLEMENT, init=False)


@dataclass(frozen=True)
class RejectionSlip:
    """Form 03, phiếu từ chối tiếp nhận giải quyết hồ sơ; `settling` when the case itself is refused."""

    heading: Heading
    reason: str
    legal_basis: str
    officer: str
    filer: str
    submitted_at: datetime | None = None
    right_place: str = ""
    settling: bool = False
    kind: SlipKind = field(default=SlipKind.REJECTION, init=False)


@dataclass(frozen=True)
class ControlSheet:
    """Form 06 (05 before 2025), phiếu kiểm soát quá trình giải quyết hồ sơ."""

    heading: Heading
    accepted_at: datetime
    due_at: datetime | None
    settling_office: str
    handovers: tuple[Handover, ...]
    kind: SlipKind = field(default=SlipKind.CONTROL, init=False)


Slip = AppointmentSlip | SupplementSlip | RejectionSlip | ControlSheet


def title_of(slip: Slip) -> str:
    """The name of the paper, as printed at its head."""
    if isinstance(slip, RejectionSlip) and slip.settling:
        return "Phiếu từ chối giải quyết hồ sơ"
    return TITLES[slip.kind]
