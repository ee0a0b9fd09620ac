"""What the law in force on a day says, in words the rest of the house can use."""

from dataclasses import dataclass, fields
from datetime import date, datetime, time
from enum import StrEnum

from motcua.core.actors import Role
from motcua.core.errors import Reason, Refused
from motcua.workdays.types import Method, Waiting


class FormSet(StrEnum):
    """Which forms are issued (requirements 7.1)."""

    TT01_2018 = "TT01_2018"
    TT03_2025 = "TT03_2025"


class CodeFormat(StrEnum):
    """How the code of a dossier begins; dates and order numbers follow in both (COD-03, COD-04)."""

    OLD_IDENTIFIER = "OLD"  # 000.10.08.H15-180416-0001
    IDENTIFIER = "NEW"  # H15.50.05.13-261008-0975


class Level(StrEnum):
    """A level of government at which dossiers are settled."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class PortalMode(StrEnum):
    """Where an online service is filed (LAW-R3)."""

    LOCAL = "LOCAL"
    NATIONAL = "NATIONAL"
    MINISTRY = "MINISTRY"


class Stage(StrEnum):
    """When papers are asked for."""

    ENTRY = "entry"  # khi kiểm tra đầu vào
    EXAMINATION = "examination"  # khi thẩm định
    SECTOR = "sector"  # theo luật chuyên ngành


class ProfileStatus(StrEnum):
    """How far a version of a profile has come."""

    DRAFT = "draft"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Limits:
    """The limits of the law, by their keys in requirements 6.6. Days are working days unless named so.

    How often papers may be asked for (`supplement_max_requests` there) differs by stage: `AskingRule`.
    """

    online_ack_working_hours: int = 8
    transfer_cutoff_time: time = time(15, 0)
    supplement_notice_working_days: int = 3
    supplement_wait_days: int | None = None
    apology_min_days_before: int = 1
    reappointment_max: int = 1
    pakn_forward_working_days: int = 5
    pakn_reject_wd: int = 2
    pakn_ask_wd: int = 5
    pakn_answer_wd: int = 15
    pakn_publish_wd: int = 2
    planned_stop_notice_wd: int = 7
    publication_ministry_days: int = 20
    publication_province_days: int = 5
    eoffice_register_wd: int = 1  # 0: the same day only


@dataclass(frozen=True)
class FilingPlace:
    """Where people file one online service; an address when it is another than the usual one."""

    mode: PortalMode
    address: str = ""

    @property
    def is_here(self) -> bool:
        """Whether it is filed on this portal."""
        return self.mode is PortalMode.LOCAL


@dataclass(frozen=True)
class AskingRule:
    """How often papers may be asked for at one stage, on what basis, and who agrees to one more."""

    stage: Stage
    most: int | None  # None: as often as the law of the sector says
    basis: str
    more_agreed_by: Role | None = None  # None: nobody may


@dataclass(frozen=True)
class Profile:
    """One version of a legal profile, as everyone reads it. An approved version never changes."""

    id: int
    code: str  # ND61, ND118
    version: int
    name: str
    valid_from: date
    valid_to: date | None
    agency_codes: tuple[str, ...]  # empty: every agency of the authority
    limits: Limits
    form_set: FormSet
    code_format: CodeFormat
    levels: frozenset[Level]
    counting: Method
    on_supplement: Waiting
    on_payment: Waiting
    asking: tuple[AskingRule, ...]
    portal_mode: PortalMode
    filed_elsewhere: tuple[tuple[str, FilingPlace], ...]  # services with a place of their own
    legal_bases: tuple[tuple[str, str], ...]  # (which paper or step, the text shown on it)

    @property
    def reappointment_max(self) -> int:
        """How often a result may be promised anew."""
        return self.limits.reappointment_max

    def filing_place(self, procedure_code: str) -> FilingPlace:
        """Where people file this service: its own place, else that of all (LAW-R3, LAW-R4)."""
        return dict(self.filed_elsewhere).get(procedure_code, FilingPlace(self.portal_mode))

    def asking_at(self, stage: Stage) -> AskingRule:
        """The rule of asking for papers at this stage."""
        return next(rule for rule in self.asking if rule.stage is stage)

    def basis_of(self, key: str) -> str:
        """The legal basis to be shown on a paper or with a step; empty when none was entered."""
        return dict(self.legal_bases).get(key, "")


@dataclass(frozen=True)
class Drafting:
    """Where a version comes from: who asked for it, who agreed or did not, and why."""

    status: ProfileStatus
    drafted_by: str
    drafted_by_person: str
    drafted_at: datetime
    decided_by: str = ""
    decided_at: datetime | None = None
    note: str = ""
    reason: str = ""


@dataclass(frozen=True)
class VersionFacts:
    """A version with its story, and the last day on which it holds as things stand."""

    profile: Profile
    drafting: Drafting
    until: date | None = None


class NoProfile(Refused):
    """No law is known for a day: nothing is promised on a guess."""

    def __init__(self, day: date) -> None:
        text = (
            f"Chưa có hồ sơ pháp lý áp dụng cho ngày {day:%d/%m/%Y}. "
            "Người quản trị cần nhập quy định áp dụng rồi thao tác lại; dữ liệu vẫn được giữ nguyên."
        )
        super().__init__([Reason("no_legal_profile", text)])


LIMIT_KEYS = tuple(each.name for each in fields(Limits))
