"""Words about who signs in from outside, and about who acts for whom."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class PartyKind(StrEnum):
    """What kind of account it is: `LoaiDoiTuong` 1 to 4 (ACC-05)."""

    PERSON = "person"
    ENTERPRISE = "enterprise"
    ORGANISATION = "organisation"
    AGENCY = "agency"


PARTY_NAMES = {
    PartyKind.PERSON: "Cá nhân",
    PartyKind.ENTERPRISE: "Doanh nghiệp",
    PartyKind.ORGANISATION: "Tổ chức",
    PartyKind.AGENCY: "Cơ quan nhà nước",
}


@dataclass(frozen=True)
class ServiceFacts:
    """A service by which citizens sign in."""

    id: str
    name: str


@dataclass(frozen=True)
class Identity:
    """Whom a sign-in service vouches for, in our words."""

    service: str
    tech_id: str  # what the service calls them, for good
    kind: PartyKind
    level: int  # mức độ: 1 or 2
    name: str
    numbers: tuple[str, ...]  # the identity number first, then what else names the same one
    birth_on: date | None = None
    gender: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    representative: str = ""

    @property
    def number(self) -> str:
        """The number that names them first; empty when the service told none."""
        return self.numbers[0] if self.numbers else ""


@dataclass(frozen=True)
class Known:
    """Somebody we know already, as far as linking needs."""

    person_id: int
    number: str
    name: str
    kind: PartyKind
    tech_id: str = ""  # of the service in question
    is_active: bool = True


class LinkKind(StrEnum):
    """What becomes of somebody who signs in from outside."""

    KNOWN = "known"
    ATTACH = "attach"
    NEW = "new"
    CONFLICT = "conflict"
    REFUSED = "refused"


@dataclass(frozen=True)
class Link:
    """The judgement on one sign-in: what to do, with whom, and why not."""

    kind: LinkKind
    person_id: int | None = None
    why: str = ""


class MandateKind(StrEnum):
    """In what quality somebody files for somebody else (ACC-10)."""

    ATTORNEY = "attorney"
    HIRED = "hired"
    GUARDIAN = "guardian"
    POSTAL = "postal"


MANDATE_NAMES = {
    MandateKind.ATTORNEY: "Người được ủy quyền",
    MandateKind.HIRED: "Người, đơn vị được thuê nộp hộ",
    MandateKind.GUARDIAN: "Người giám hộ",
    MandateKind.POSTAL: "Nhân viên bưu chính công ích",
}


class ResultStore(StrEnum):
    """In whose store the electronic result is kept, as the mandate says (ACC-11)."""

    OWNER = "owner"
    ATTORNEY = "attorney"
    BOTH = "both"
    NONE = "none"


RESULT_STORE_NAMES = {
    ResultStore.OWNER: "Kho của người ủy quyền",
    ResultStore.ATTORNEY: "Kho của người được ủy quyền",
    ResultStore.BOTH: "Kho của cả hai bên",
    ResultStore.NONE: "Không lưu kho",
}


@dataclass(frozen=True)
class Behalf:
    """Somebody for whom one may file: by what right, for which procedures, from when to when."""

    right: str  # "member:3", "mandate:7"
    what: str  # the right in words, as a sentence begins
    name: str
    number: str
    address: str
    phone: str
    email: str
    from_on: date
    to_on: date | None
    ended_on: date | None = None
    procedures: tuple[str, ...] = ()  # none: all of them
    result_store: str = ""


@dataclass(frozen=True)
class MandateWords:
    """A mandate as somebody typed it."""

    attorney_number: str
    attorney_name: str
    kind: str
    procedures: tuple[str, ...]
    from_on: date | None
    to_on: date | None
    result_store: str


@dataclass(frozen=True)
class MandateRow:
    """A mandate as both sides see it in their list."""

    id: int
    other_name: str
    other_number: str
    kind_name: str
    store_name: str
    procedures: tuple[str, ...]
    from_on: date
    to_on: date
    ended_at: datetime | None
    is_running: bool


@dataclass(frozen=True)
class MemberWords:
    """A member of an organisation as somebody typed it."""

    number: str
    name: str
    role: str
    from_on: date | None
    to_on: date | None


@dataclass(frozen=True)
class MemberRow:
    """Somebody who files for an organisation, as the organisation sees it."""

    id: int
    number: str
    name: str
    role: str
    from_on: date
    to_on: date | None
    ended_at: datetime | None


@dataclass(frozen=True)
class ConflictRow:
    """A sign-in that a machine may not settle, as keepers see it."""

    id: int
    service: str
    name: str
    number: str
    why: str
    at: datetime
    person_id: int | None
    person_name: str
    person_number: str

    @property
    def seen(self) -> str:
        """What a keeper who decides has read: it must still be so."""
        return "|".join(
            (str(self.person_id or ""), self.person_name, self.number, self.name, self.why)
        )
