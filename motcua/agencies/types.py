"""Words about agencies, units, posts and places."""

from dataclasses import dataclass

from motcua.core.actors import Role


@dataclass(frozen=True)
class AgencyFacts:
    """What pages and forms show of an agency."""

    id: int
    code: str
    name: str
    kind: str
    address: str
    phone: str
    email: str
    parent_name: str


@dataclass(frozen=True)
class UnitFacts:
    """A room or division of an agency."""

    id: int
    code: str
    name: str
    is_desk: bool


@dataclass(frozen=True)
class PostFacts:
    """Someone's post, as lists show it."""

    id: int
    holder_name: str
    title: str
    unit_name: str
    role: Role


@dataclass(frozen=True)
class PostPlace:
    """Somebody's post by name, key of the journal, and where it is: title, unit, agency."""

    id: int
    key: str
    holder_name: str
    where: str


@dataclass(frozen=True)
class SeatFacts:
    """Where a post stands in its agency, for finding who has to be told."""

    id: int
    agency_id: int
    role: Role
    at_desk: bool
    unit_id: int = 0


@dataclass(frozen=True)
class NewAgency:
    """What is entered of an agency; `parent` is the code of the one above it.

    None leaves what is there as it is, the empty text takes it away.
    """

    code: str
    name: str
    kind: str
    parent: str | None = None
    old_code: str | None = None
    province_code: str | None = None
    commune_code: str | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True)
class NewPost:
    """What is entered of a post: whose, where (codes of agency and unit), in which role.

    None leaves what is there as it is, the empty text takes it away.
    """

    username: str
    name: str
    agency: str
    unit: str
    role: str
    title: str | None = None
    phone: str | None = None
    email: str = ""  # of an account that is opened for it
