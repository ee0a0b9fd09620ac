"""What one version of a procedure says: papers, steps, ways to file, fees, laws, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

CHANNEL_NAMES = {"direct": "Trực tiếp", "online": "Trực tuyến", "post": "Bưu chính công ích"}
UNIT_NAMES = {
    "working_day": "ngày làm việc",
    "calendar_day": "ngày",
    "working_hour": "giờ làm việc",
    "month": "tháng",
}


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
    paper_code: str = ""
    replaced_by: str = ""
    form_name: str = ""
    form_url: str = ""


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
    """An amount of money; `doubtful` when the source's figure cannot be right.

    `currency` is empty for đồng, else what the source wrote.
    """

    amount: int
    note: str = ""
    kind: str = ""
    doubtful: bool = False
    currency: str = ""


@dataclass(frozen=True)
class ChannelTerm:
    """One way to file (cách thức thực hiện) with one time limit and its fees.

    `case` says for whom it holds, where one way to file has several limits or prices.
    """

    channel: str
    duration: Duration | None = None
    note: str = ""
    free: bool = False
    fees: tuple[Fee, ...] = ()
    fee_note: str = ""
    case: str = ""

    @property
    def channel_name(self) -> str:
        """Trực tiếp, trực tuyến or bưu chính."""
        return CHANNEL_NAMES[self.channel]


@dataclass(frozen=True)
class LegalBasis:
    """A legal document the procedure rests on."""

    number: str
    name: str = ""
    issuer: str = ""
    issued_on: str = ""
    effective_on: str = ""
    url: str = ""

    @property
    def title(self) -> str:
        """The document as one line; many names hold the number already."""
        if self.number in self.name or not self.name:
            return self.name or self.number
        return (
            f"{self.name} {self.number}"
            if self.name.endswith("số")
            else f"{self.number}: {self.name}"
        )


@dataclass(frozen=True)
class ResultKind:
    """What the applicant gets in the end."""

    name: str
    code: str = ""
    file_name: str = ""
    file_url: str = ""


@dataclass(frozen=True)
class FormFile:
    """A form to download that belongs to no paper one must file."""

    name: str
    url: str = ""
    code: str = ""


@dataclass(frozen=True)
class Related:
    """Another procedure this one goes with (thủ tục liên quan, liên thông)."""

    code: str
    name: str = ""


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
    source_id: str = ""
    is_public: bool = True
    decision_id: str = ""
    decided_on: str = ""
    agency_codes: tuple[str, ...] = ()
    subjects_text: str = ""
    competent_text: str = ""
    related: tuple[Related, ...] = ()
    interlinked: tuple[Related, ...] = ()
    sets: int = 0
    other_fields: tuple[str, ...] = ()
    competent_codes: tuple[str, ...] = ()
    delegated_codes: tuple[str, ...] = ()
    coordinating_codes: tuple[str, ...] = ()
    form_files: tuple[FormFile, ...] = ()
    is_offline: bool = False  # the source says that it cannot be filed online

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases (trường hợp) that ask for papers of their own, in order."""
        return tuple(dict.fromkeys(slot.case for slot in self.slots if slot.case))

    def as_json(self) -> dict[str, Any]:
        """Plain values for the database.

        What says nothing is not written, so that a field added later changes no fingerprint.
        """
        said: dict[str, Any] = _said(self)
        return said


def _said(value: Any) -> Any:
    """What a dataclass says beyond its defaults, plain all the way down."""
    if isinstance(value, tuple):
        return [_said(item) for item in value]
    if not is_dataclass(value):
        return value
    given = ((one, getattr(value, one.name)) for one in fields(value))
    return {one.name: _said(said) for one, said in given if said != one.default}


_LISTS = (
    "levels", "subjects", "agencies", "agency_codes", "guide", "paper_notes", "other_fields",
    "competent_codes", "delegated_codes", "coordinating_codes",
)  # fmt: skip


def detail_from_json(values: Mapping[str, Any]) -> Detail:
    """The detail that `as_json` wrote."""
    plain = dict(values)
    plain["channels"] = tuple(_channel(item) for item in plain.get("channels", ()))
    for name, kind in (
        ("steps", StepText), ("slots", Slot), ("results", ResultKind), ("legal_bases", LegalBasis),
        ("related", Related), ("interlinked", Related), ("form_files", FormFile),
    ):  # fmt: skip
        plain[name] = tuple(kind(**item) for item in plain.get(name, ()))
    for name in _LISTS:
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
