"""What each slip says: the fields that the law prescribes, as plain values.

Law: FRM-06, FRM-07, FRM-08
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from motcua.law.types import FormSet


class SlipKind(StrEnum):
    """Which paper a slip is, in whatever set of forms: the value is kept with what was issued.

    It is the number of the form in the set of 2025; the number that is printed is in `sets.py`.
    """

    APPOINTMENT = "01"
    SUPPLEMENT = "02"
    REJECTION = "03"
    APOLOGY = "04"
    STOP = "05"
    CONTROL = "06"
    REGISTER = "07"
    TRANSFER_LIST = "ban-giao"
    MINUTES = "giao-nhan"
    RESULT_LIST = "ban-giao-ket-qua"
    RETURN_RECEIPT = "bien-nhan"
    VISIT = "xac-minh"
    URGING = "don-doc"


TITLES = {
    SlipKind.APPOINTMENT: "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    SlipKind.SUPPLEMENT: "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
    SlipKind.REJECTION: "Phiếu từ chối tiếp nhận giải quyết hồ sơ",
    SlipKind.APOLOGY: "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết",
    SlipKind.STOP: "Thông báo dừng giải quyết hồ sơ",
    SlipKind.CONTROL: "Phiếu kiểm soát quá trình giải quyết hồ sơ",
    SlipKind.REGISTER: "Sổ theo dõi hồ sơ",
    SlipKind.TRANSFER_LIST: "Giấy bàn giao hồ sơ",
    SlipKind.MINUTES: "Biên bản giao nhận hồ sơ",
    SlipKind.RESULT_LIST: "Phiếu bàn giao kết quả giải quyết thủ tục hành chính",
    SlipKind.RETURN_RECEIPT: "Giấy biên nhận trả kết quả",
    SlipKind.VISIT: "Biên bản xác minh thực địa",
    SlipKind.URGING: "Văn bản đôn đốc giải quyết hồ sơ",
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
    """What stands at the head of every slip; `qr` is the payload made by `seal.qr_payload`.

    `form_set` and `form_basis` come from the legal profile of the dossier (FRM-07, FRM-08, LAW-R2).
    """

    office: Office
    owner: Owner
    number: str
    issued_at: datetime
    dossier_code: str
    request: str
    qr: str
    form_set: FormSet = FormSet.TT03_2025
    form_basis: str = ""


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
    return_place: str = ""  # where the result is to be had; the desk when empty
    order: str = ""  # its number in the register of the year
    kind: SlipKind = field(default=SlipKind.APPOINTMENT, init=False)


@dataclass(frozen=True)
class SupplementSlip:
    """Form 02, phiếu yêu cầu bổ sung, hoàn thiện hồ sơ."""

    heading: Heading
    items: tuple[Missing, ...]
    legal_basis: str
    officer: str
    request_no: int = 1
    stage: str = ""
    wait_until: datetime | None = None
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
    signer_title: str = ""  # of whoever refuses to settle
    kind: SlipKind = field(default=SlipKind.REJECTION, init=False)


@dataclass(frozen=True)
class ControlSheet:
    """Form 06 (05 before 2025), phiếu kiểm soát quá trình giải quyết hồ sơ."""

    heading: Heading
    accepted_at: datetime
    due_at: datetime | None
    settling_office: str
    handovers: tuple[Handover, ...]
    helping_offices: str = ""
    kind: SlipKind = field(default=SlipKind.CONTROL, init=False)


@dataclass(frozen=True)
class ApologyLetter:
    """Form 04: phiếu xin lỗi và hẹn lại (2018), văn bản xin lỗi và đề nghị gia hạn (2025).

    It goes out in the name of the agency: `heading.office.name`. `responsible` is the agency or unit by whose fault the date is missed; `place` where the result
    is handed out on the new date. Without a new date it says sorry, and that word will be sent.
    """

    heading: Heading
    received_at: datetime
    promised_at: datetime
    new_due_at: datetime | None
    responsible: str
    reason: str
    place: str
    signer: str
    signer_title: str = ""
    kind: SlipKind = field(default=SlipKind.APOLOGY, init=False)


@dataclass(frozen=True)
class StopNotice:
    """Form 05 of 2025, thông báo dừng giải quyết hồ sơ; `given_back` papers and money returned."""

    heading: Heading
    reason: str
    legal_basis: str
    decided_at: datetime
    signer: str
    signer_title: str = ""
    received_at: datetime | None = None
    given_back: str = ""
    kind: SlipKind = field(default=SlipKind.STOP, init=False)


@dataclass(frozen=True)
class ReturnReceipt:
    """Giấy biên nhận trả kết quả: who handed which result to whom."""

    heading: Heading
    giver: str
    receiver: str
    result_kind: str
    result_number: str
    summary: str
    returned_at: datetime
    giver_phone: str = ""
    receiver_phone: str = ""
    receiver_identity_no: str = ""
    channel: str = ""  # how it went to the receiver, when not from hand to hand
    is_online: bool = False
    kind: SlipKind = field(default=SlipKind.RETURN_RECEIPT, init=False)


@dataclass(frozen=True)
class VisitRecord:
    """Biên bản xác minh thực địa: what was agreed, then what was found; empty until it is written."""

    heading: Heading
    visit_at: datetime
    place: str
    participants: str
    content: str
    officer: str
    needs_applicant: bool = False
    present: str = ""
    record: str = ""
    recorded_at: datetime | None = None
    kind: SlipKind = field(default=SlipKind.VISIT, init=False)


Slip = (
    AppointmentSlip
    | SupplementSlip
    | RejectionSlip
    | ControlSheet
    | ApologyLetter
    | StopNotice
    | ReturnReceipt
    | VisitRecord
)
