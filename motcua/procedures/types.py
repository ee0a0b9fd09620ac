"""What a procedure asks for and promises, as plain values that rules and pages can read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from motcua.workdays.types import TimeLimit

if TYPE_CHECKING:
    from datetime import date

    from motcua.procedures.forms.types import FormDefinition


class VersionStatus(StrEnum):
    """Where a version of a procedure stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    REPLACED = "replaced"
    ABOLISHED = "abolished"


CHANNEL_NAMES = {"direct": "Trực tiếp", "online": "Trực tuyến", "post": "Bưu chính công ích"}
LEVEL_NAMES = ("Cấp xã", "Cấp tỉnh", "Cấp bộ", "Cơ quan khác")
UNIT_NAMES = {
    "working_day": "ngày làm việc",
    "calendar_day": "ngày",
    "working_hour": "giờ làm việc",
    "month": "tháng",
}
AUDIENCES = {"person": "Cá nhân", "organisation": "Tổ chức, doanh nghiệp"}


@dataclass(frozen=True)
class Slot:
    """A place in the dossier for one kind of paper (thành phần hồ sơ)."""

    code: str
    name: str
    case: str = ""
    required: bool = True
    originals: int = 1
    copies: int = 0
    note: str = ""


@dataclass(frozen=True)
class StepText:
    """One step of the official order of work (trình tự thực hiện)."""

    text: str
    case: str = ""


@dataclass(frozen=True)
class Duration:
    """How long the agency may take; `text` is what the source said about it."""

    value: int
    unit: str
    method: str = "DAY"

    @property
    def words(self) -> str:
        """The duration as a citizen reads it."""
        if self.method == "IN_DAY":
            return "Trong ngày làm việc"
        return f"{self.value} {UNIT_NAMES[self.unit]}"


@dataclass(frozen=True)
class Fee:
    """An amount of money in đồng; `doubtful` when the source's figure cannot be right."""

    amount: int
    note: str = ""
    kind: str = ""
    doubtful: bool = False


@dataclass(frozen=True)
class ChannelTerm:
    """One way to file (cách thức thực hiện) with one time limit and its fees."""

    channel: str
    duration: Duration | None = None
    note: str = ""
    free: bool = False
    fees: tuple[Fee, ...] = ()
    fee_note: str = ""

    @property
    def channel_name(self) -> str:
        """Trực tiếp, trực tuyến or bưu chính."""
        return CHANNEL_NAMES[self.channel]


@dataclass(frozen=True)
class LegalBasis:
    """A legal document the procedure rests on."""

    number: str
    name: str = ""


@dataclass(frozen=True)
class ResultKind:
    """What the applicant gets in the end."""

    name: str
    code: str = ""


@dataclass(frozen=True)
class Detail:
    """Everything one version of a procedure says; it never changes once written.

    Law: CAT-01, CAT-05, CAT-06
    """

    code: str
    name: str
    kind: str = ""
    field: str = ""
    field_code: str = ""
    ministry_code: str = ""
    ministry: str = ""
    decision: str = ""
    levels: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    agencies_text: str = ""
    competent_agency: str = ""
    delegated_agency: str = ""
    coordinating_agency: str = ""
    receiving_address: str = ""
    keywords: str = ""
    summary: str = ""
    guide: tuple[str, ...] = ()
    steps: tuple[StepText, ...] = ()
    channels: tuple[ChannelTerm, ...] = ()
    slots: tuple[Slot, ...] = ()
    paper_notes: tuple[str, ...] = ()
    results: tuple[ResultKind, ...] = ()
    legal_bases: tuple[LegalBasis, ...] = ()
    conditions: str = ""
    needs_presence: str = ""
    needs_site_visit: str = ""
    source_url: str = ""

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases (trường hợp) that ask for papers of their own, in order."""
        return tuple(dict.fromkeys(slot.case for slot in self.slots if slot.case))

    def as_json(self) -> dict[str, Any]:
        """Plain values for the database."""
        return asdict(self)


def detail_from_json(values: Mapping[str, Any]) -> Detail:
    """The detail that `as_json` wrote."""
    plain = dict(values)
    plain["channels"] = tuple(_channel(item) for item in plain.get("channels", ()))
    for name, kind in (
        ("steps", StepText), ("slots", Slot), ("results", ResultKind), ("legal_bases", LegalBasis),
    ):  # fmt: skip
        plain[name] = tuple(kind(**item) for item in plain.get(name, ()))
    for name in ("levels", "subjects", "agencies", "guide", "paper_notes"):
        plain[name] = tuple(plain.get(name, ()))
    return Detail(**plain)


def _channel(item: Mapping[str, Any]) -> ChannelTerm:
    """One channel from its plain values."""
    duration = item.get("duration")
    return ChannelTerm(
        **{
            **item,
            "duration": Duration(**duration) if duration else None,
            "fees": tuple(Fee(**fee) for fee in item.get("fees", ())),
        }
    )


@dataclass(frozen=True)
class OnlineLevel:
    """Toàn trình or một phần, computed, with every condition that fails."""

    is_full: bool
    reasons: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The level in the words of the law."""
        return "Toàn trình" if self.is_full else "Một phần"


@dataclass(frozen=True)
class Terms:
    """The terms of one version, as they stood when the dossier was submitted."""

    version_id: int
    procedure_code: str
    procedure_name: str
    version_number: int
    field_name: str
    levels: tuple[str, ...]
    time_limit: TimeLimit | None
    time_limit_text: str
    slots: tuple[Slot, ...]
    form: FormDefinition
    result_names: tuple[str, ...]
    fee_text: str
    cases: tuple[str, ...]


@dataclass(frozen=True)
class ProcedurePage:
    """A procedure as its page shows it."""

    detail: Detail
    version_number: int
    valid_from: date | None
    level: OnlineLevel
    time_text: str
    fee_text: str
    where: str
    has_own_form: bool
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True)
class Found:
    """One procedure in a list of answers."""

    code: str
    name: str
    field: str
    agency: str
    time_text: str
    fee_text: str
    level_name: str
    score: float = 0.0


@dataclass(frozen=True)
class Filters:
    """What narrows a search; empty means no narrowing."""

    event: str = ""
    field: str = ""
    agency: str = ""
    level: str = ""
    audience: str = ""


@dataclass(frozen=True)
class Facet:
    """One way to narrow the answers and how many it leaves."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Answer:
    """What the finder answers: procedures best first, and the facets around them."""

    found: tuple[Found, ...]
    total: int
    facets: Mapping[str, tuple[Facet, ...]] = field(default_factory=dict)
