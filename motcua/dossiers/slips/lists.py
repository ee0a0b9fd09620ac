"""Papers about many dossiers: hand-over lists and the register, as plain values.

Law: FRM-07, FRM-08, RCV-20
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from motcua.dossiers.slips.forms import Office, SlipKind
from motcua.law.types import FormSet


@dataclass(frozen=True)
class ListHeading:
    """The head of a paper about many dossiers; `qr` is the payload made by `seal.qr_payload`."""

    office: Office
    number: str
    issued_at: datetime
    qr: str
    form_set: FormSet = FormSet.TT03_2025
    form_basis: str = ""


@dataclass(frozen=True)
class ListedDossier:
    """One dossier of a hand-over: what each of the three lists prints of it."""

    code: str
    request: str
    owner_name: str
    address: str = ""
    received_at: datetime | None = None
    due_at: datetime | None = None
    time_limit: str = ""
    unit: str = ""
    set_count: int = 1
    papers: str = ""
    result: str = ""
    has_fee: bool = False
    by_post: bool = False
    note: str = ""


@dataclass(frozen=True)
class TransferList:
    """Giấy bàn giao hồ sơ: the desk hands the papers of accepted dossiers to the unit that settles."""

    heading: ListHeading
    giver_office: str
    receiver_office: str
    handed_at: datetime
    dossiers: tuple[ListedDossier, ...]
    giver: str
    receiver: str = ""
    kind: SlipKind = field(default=SlipKind.TRANSFER_LIST, init=False)


@dataclass(frozen=True)
class Minutes:
    """Biên bản giao nhận hồ sơ: many dossiers, of several units, at one sitting."""

    heading: ListHeading
    giver_office: str
    receiver_office: str
    handed_at: datetime
    dossiers: tuple[ListedDossier, ...]
    giver: str
    receiver: str = ""
    kind: SlipKind = field(default=SlipKind.MINUTES, init=False)


@dataclass(frozen=True)
class ResultList:
    """Phiếu bàn giao kết quả: the unit hands results to the desk that returns them."""

    heading: ListHeading
    settling_office: str
    handed_at: datetime
    dossiers: tuple[ListedDossier, ...]
    giver: str
    receiver: str = ""
    kind: SlipKind = field(default=SlipKind.RESULT_LIST, init=False)


@dataclass(frozen=True)
class RegisterRow:
    """One dossier in the register; a date that has not come is empty."""

    number: int
    code: str
    request: str
    owner_name: str
    contact: str
    received_at: datetime | None
    due_at: datetime | None
    sent_at: datetime | None
    back_at: datetime | None
    returned_at: datetime | None
    delivery: str
    giver: str = ""
    receiver: str = ""
    set_count: int = 1
    note: str = ""
    points: int | None = None  # of its result against the legal time; the spreadsheet has them


@dataclass(frozen=True)
class DossierRegister:
    """Form 07 (06 before 2025), sổ theo dõi hồ sơ, of one year and whoever it was asked for."""

    heading: ListHeading
    year: str
    scope: str  # which unit, field, period and state it shows, in words
    rows: tuple[RegisterRow, ...]
    total: int = 0
    kind: SlipKind = field(default=SlipKind.REGISTER, init=False)


@dataclass(frozen=True)
class UrgedDossier:
    """One slow dossier of an urging document; whose it is stands nowhere on the paper."""

    code: str
    request: str
    due_at: datetime | None
    status: str
    why: str


@dataclass(frozen=True)
class UrgingPaper:
    """Văn bản đôn đốc: the agency asks one unit to settle its slow dossiers and to answer.

    `signer_title` is the signature block: by order (thừa lệnh), or in the leader's own name.
    """

    heading: ListHeading
    to: str
    content: str
    answer_by: date
    copies: str
    signer: str
    signer_title: str
    dossiers: tuple[UrgedDossier, ...]
    kind: SlipKind = field(default=SlipKind.URGING, init=False)


ListPaper = TransferList | Minutes | ResultList | DossierRegister | UrgingPaper
