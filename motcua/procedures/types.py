"""What a procedure asks for and promises, as plain values that rules and pages can read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from motcua.procedures.detail import (
    CHANNEL_NAMES,
    UNIT_NAMES,
    ChannelTerm,
    Detail,
    Duration,
    Fee,
    FormFile,
    LegalBasis,
    Related,
    ResultKind,
    Slot,
    StepText,
    detail_from_json,
)
from motcua.workdays.types import TimeLimit, Waiting

if TYPE_CHECKING:
    from datetime import date

    from motcua.procedures.forms.types import FormDefinition

__all__ = [
    "AUDIENCES",
    "CHANNEL_NAMES",
    "LEVEL_NAMES",
    "MET_NAMES",
    "UNIT_NAMES",
    "WITHDRAWN",
    "Abolition",
    "Answer",
    "ChannelTerm",
    "Condition",
    "Detail",
    "Duration",
    "Facet",
    "Fee",
    "Filters",
    "FormFile",
    "Found",
    "LegalBasis",
    "Met",
    "OnlineLevel",
    "ProcedurePage",
    "Related",
    "ResultKind",
    "Slot",
    "StepText",
    "Terms",
    "VersionStatus",
    "detail_from_json",
]


class VersionStatus(StrEnum):
    """Where a version of a procedure stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    REPLACED = "replaced"
    ABOLISHED = "abolished"


WITHDRAWN = "Cơ sở dữ liệu quốc gia về thủ tục hành chính ghi không công khai"
LEVEL_NAMES = ("Cấp xã", "Cấp tỉnh", "Cấp bộ", "Cơ quan khác")
AUDIENCES = {"person": "Cá nhân", "organisation": "Tổ chức, doanh nghiệp"}


class Met(StrEnum):
    """Whether a condition of full online service holds."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


MET_NAMES = {Met.YES: "Đạt", Met.NO: "Chưa đạt", Met.UNKNOWN: "Chưa rõ"}


@dataclass(frozen=True)
class Condition:
    """One of the eight conditions of full online service; `why` when it does not plainly hold."""

    number: int
    name: str
    met: Met
    why: tuple[str, ...] = ()

    @property
    def met_name(self) -> str:
        """Đạt, chưa đạt or chưa rõ."""
        return MET_NAMES[self.met]


@dataclass(frozen=True)
class OnlineLevel:
    """Toàn trình or một phần, computed, with every condition that fails or is not known."""

    is_full: bool
    reasons: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()

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
    online_level: OnlineLevel = OnlineLevel(is_full=False)
    case_limits: tuple[tuple[str, TimeLimit], ...] = ()
    at_once: bool = False  # the result is given while the applicant waits (RCV-06)
    min_identity_level: int = 1  # how surely one must prove who one is to file online (ACC-04)
    on_supplement: Waiting | None = None  # none: as the legal profile says (DL-07, DL-08)
    on_payment: Waiting | None = None
    sets: int = 0  # how many sets of papers; 0 when the source does not say

    def limit_of(self, case: str) -> TimeLimit | None:
        """The time limit of this case (trường hợp): its own where the source gives one.

        Law: CAT-06, CAT-17
        """
        return dict(self.case_limits).get(case, self.time_limit)


@dataclass(frozen=True)
class Abolition:
    """A procedure that was bãi bỏ: since when, and by which decision."""

    code: str
    name: str
    since: date
    decision: str


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
    legal_time_text: str = ""
    is_local_limit: bool = False
    decided_on: date | None = None
    decision: str = ""
    at_once: bool = False
    min_identity_level: int = 1
    named_where: str = ""  # only what the source says; `where` falls back on the nearest desk


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
