"""What pages show of dossiers: one dataclass a page, with exactly what its template needs."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from motcua.agencies.types import AgencyFacts, PostFacts, UnitFacts
from motcua.dossiers.remaining import Remaining
from motcua.dossiers.types import Paper, SlotView, TimelineItem
from motcua.dossiers.workflow import EDITABLE, TEXTS, Status, Step
from motcua.notices.types import UnreachedFacts
from motcua.procedures.types import Terms


@dataclass(frozen=True)
class SlipView:
    """A slip issued on the dossier."""

    id: int
    kind: str
    title: str
    number: str
    issued_at: datetime


@dataclass(frozen=True)
class DossierRow:
    """A line of a list of dossiers."""

    id: int
    reference: str
    code: str
    procedure_code: str
    procedure_name: str
    applicant_name: str
    status: Status
    status_text: str
    channel: str
    submitted_at: datetime | None
    clock_at: datetime | None
    changed_at: datetime
    due_at: datetime | None
    assignee: str
    unit: str
    revision: int
    left: Remaining | None = None
    to_do: str = ""
    is_late: bool = False  # past the date that was promised to its owner, not past a step's
    step_due_at: datetime | None = None  # by when the case officer is to finish
    waits_for: str = ""  # what the desk waits for, where the status alone does not say it
    is_part: bool = False  # its clock is that of what the reader's unit owes of it

    @property
    def shown_code(self) -> str:
        """The code once there is one, the temporary number before."""
        return self.code or self.reference


@dataclass(frozen=True)
class Preview:
    """A dossier before a step on many: its row, what is proposed, what was said last, its papers."""

    row: DossierRow
    outcome: str
    note: str
    papers: tuple[SlotView, ...] = ()


@dataclass(frozen=True)
class Named:
    """Which dossier it is, before anything of it is shown."""

    reference: str
    number: str
    procedure: str
    status: str


@dataclass(frozen=True)
class MuchReadToday:
    """That a post read too much today: which limit, since when, who was told."""

    words: str
    found_at: datetime
    told: tuple[str, ...]


@dataclass(frozen=True)
class RowPage:
    """One keyset page of a list."""

    rows: list[DossierRow]
    next_cursor: str = ""


@dataclass(frozen=True)
class Found:
    """What a search of the desk found, the latest first; `too_many` when it stopped looking."""

    rows: list[DossierRow]
    more: bool = False
    too_many: bool = False


@dataclass(frozen=True)
class Neighbours:
    """Where an official can go from a dossier without returning to the list; empty when nowhere."""

    worklist: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Worklist:
    """A worklist of an official, with its counter (WF-18)."""

    key: str
    title: str
    number: int | None
    statuses: tuple[Status, ...] = ()
    more: bool = False


@dataclass(frozen=True)
class DeskPage:
    """A worklist page."""

    worklist: Worklist
    worklists: list[Worklist]
    rows: list[DossierRow]
    next_cursor: str = ""


@dataclass(frozen=True)
class DossierPage:
    """A citizen's own dossier."""

    reference: str
    code: str
    procedure_code: str
    procedure_name: str
    status: Status
    agency: AgencyFacts
    unit_name: str
    unit_id: int | None
    holder: str
    submitted_at: datetime | None
    answer_due_at: datetime | None
    accepted_at: datetime | None
    due_at: datetime | None
    original_due_at: datetime | None
    finished_at: datetime | None
    delivered_at: datetime | None
    applicant: dict[str, Any]
    filer_name: str
    answers: dict[str, Any]
    case: str
    delivery: str
    terms: Terms
    slots: list[SlotView]
    timeline: list[TimelineItem]
    slips: list[SlipView]
    awaits_slip: bool
    supplement_items: list[dict[str, str]]
    supply_by: datetime | None
    filed_answers: dict[str, Any]
    waiting_text: str  # what waiting for papers does to the date, while they are waited for
    note: str
    has_result: bool
    result_number: str
    result_on: date | None
    outcome: str
    revision: int

    @property
    def status_text(self) -> str:
        """Where it stands, in words."""
        return TEXTS[self.status]

    @property
    def can_edit(self) -> bool:
        """Whether its owner may still change it."""
        return self.status in EDITABLE

    @property
    def can_withdraw(self) -> bool:
        """Whether its owner may take it back freely (INT-14)."""
        return self.status in (Status.SUBMITTED, Status.PRE_SUPPLEMENT)


@dataclass(frozen=True)
class DeskDossier:
    """A dossier on an official's screen."""

    page: DossierPage
    applicant_name: str
    channel: str
    steps: list[Step]
    units: list[UnitFacts]
    posts: list[PostFacts]
    papers: list[Paper]
    clock_at: datetime | None
    left: Remaining | None
    task_title: str
    step_due_at: datetime | None = None  # by when the case officer is to finish
    step_start: datetime | None = None  # what the form of an assignment begins with, and the last
    step_latest: datetime | None = None
    unreached: UnreachedFacts | None = None  # our messages do not arrive: the desk phones
    is_written_to: bool = True  # some channel of ours finds the applicant
    received_at: datetime | None = (
        None  # on paper, where it was entered late and may be settled at once
    )
