"""Words about persons."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True)
class PersonFacts:
    """What other apps may know of a person; `address` is one readable line."""

    id: int
    full_name: str
    national_id: str
    birth_on: date | None
    gender: str  # "1" nam, "2" nữ, "" chưa rõ
    phone: str
    email: str
    nationality: str
    ethnicity: str
    province_code: str
    commune_code: str
    address_detail: str
    address: str


@dataclass(frozen=True)
class PartnerFacts:
    """A system that files for people under a token."""

    id: int
    name: str


class Gate(StrEnum):
    """What stands between somebody signed in and the page they ask for."""

    OPEN = "open"
    EXPIRED = "expired"  # signed in too long ago
    LOCKED = "locked"  # away too long
    NEW_PASSWORD = "new_password"  # still the one that a keeper gave
    FACTOR = "factor"  # a second factor was not shown in this session


@dataclass(frozen=True)
class Stay:
    """A session, as far as its gate is concerned."""

    is_official: bool
    began_at: datetime | None
    seen_at: datetime | None
    is_locked: bool
    password_is_given: bool
    factor_shown: bool


@dataclass(frozen=True)
class StayTerms:
    """How long one may stay and be away (nothing: for ever), and whether a factor is asked for."""

    longest: timedelta
    idle: timedelta
    factor_required: bool


class IdleStep(StrEnum):
    """What is done about an account that nobody uses."""

    LEAVE = "leave"
    TELL = "tell"
    SHUT = "shut"


@dataclass(frozen=True)
class IdleTerms:
    """After how long unused the holder is told, how often, and how long lies between."""

    unused: timedelta
    notices: int
    between: timedelta


@dataclass(frozen=True)
class SessionFacts:
    """One stay, as its owner sees it in the list."""

    key: str
    began_at: datetime
    seen_at: datetime
    address: str
    device: str


@dataclass(frozen=True)
class AccountFacts:
    """What a keeper sees of an account; `factors` are the kinds of second factor it has."""

    id: int
    username: str
    name: str
    email: str
    is_active: bool
    password_is_given: bool
    last_used: datetime
    idle_told_at: datetime | None
    factors: tuple[str, ...]


@dataclass(frozen=True)
class RemovalFacts:
    """A keeper asks to take the second factor from an account, and waits for another keeper."""

    id: int
    account_id: int
    username: str
    name: str
    reason: str
    by: str
    person: str
    at: datetime
