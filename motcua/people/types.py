"""Words about persons."""

from dataclasses import dataclass
from datetime import date


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
