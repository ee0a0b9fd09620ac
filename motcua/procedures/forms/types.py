"""What an e-form is made of: sections the law names, pages a person sees, fields they fill in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

Answers = dict[str, Any]
"""{"section": {"field": value}}, and {"section": [{"field": value}, …]} for a section that repeats."""


class FieldType(StrEnum):
    """The closed list of what a field may be."""

    TEXT = "text"
    TEXTAREA = "textarea"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    TIME = "time"
    SELECT = "select"
    CHECKBOX = "checkbox"
    CONSENT = "consent"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    CATALOG = "catalog"
    COMPUTED = "computed"


@dataclass(frozen=True)
class Option:
    """One choice: the code that is stored, the words that are shown."""

    value: str
    label: str


@dataclass(frozen=True)
class Field:
    """One question of a form."""

    key: str
    label: str
    type: FieldType
    required: bool = False
    hint: str = ""
    options: tuple[Option, ...] = ()
    check: str = ""
    max_length: int = 200
    least: float | None = None
    most: float | None = None
    whole: bool = True
    past: bool = False
    partial: bool = False
    uppercase: bool = False
    default: Any = None
    prefill: str = ""
    source: str = ""
    when: Any = None


@dataclass(frozen=True)
class Section:
    """One part of the paper form; `repeat` when it holds a list of people or things."""

    key: str
    title: str
    fields: tuple[Field, ...]
    repeat: bool = False
    min_rows: int = 0
    max_rows: int = 20
    when: Any = None


@dataclass(frozen=True)
class Page:
    """One screen: a small group of the fields of one section."""

    key: str
    title: str
    section: Section
    fields: tuple[Field, ...]
    number: int = 1

    @property
    def repeat(self) -> bool:
        """Whether this page lists rows that people add and remove."""
        return self.section.repeat


@dataclass(frozen=True)
class FormDefinition:
    """One version of one form, as the catalogue keeps it."""

    key: str
    version: int
    title: str
    sections: tuple[Section, ...]
    pages: tuple[Page, ...]
    legal: str = ""
    procedure_codes: tuple[str, ...] = ()
    owner: tuple[tuple[str, str], ...] = ()  # fact of the owner, "section.field"


@dataclass(frozen=True)
class Spot:
    """One visible question together with what was answered there."""

    page: Page
    field: Field
    value: Any
    row: int | None = None

    @property
    def path(self) -> str:
        """Where it is: "page.field", or "page.0.field" in a row."""
        middle = "" if self.row is None else f"{self.row}."
        return f"{self.page.key}.{middle}{self.field.key}"


class Places(Protocol):
    """The provinces and communes, as (code, name) pairs in the order to show them."""

    def provinces(self) -> Sequence[tuple[str, str]]: ...

    def communes(self, province_code: str) -> Sequence[tuple[str, str]]: ...


class Declarant(Protocol):
    """What the form may take over from the account of the person who fills it in."""

    @property
    def full_name(self) -> str: ...
    @property
    def national_id(self) -> str: ...
    @property
    def birth_on(self) -> date | None: ...
    @property
    def gender(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def nationality(self) -> str: ...
    @property
    def ethnicity(self) -> str: ...
    @property
    def province_code(self) -> str: ...
    @property
    def commune_code(self) -> str: ...
    @property
    def address_detail(self) -> str: ...


@dataclass(frozen=True)
class SectionSummary:
    """One card of the check-answers page."""

    title: str
    page_key: str
    rows: tuple[tuple[str, str], ...] = field(default_factory=tuple)
