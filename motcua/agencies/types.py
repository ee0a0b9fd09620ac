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
class NewAgency:
    """What is entered of an agency; `parent` is the code of the one above it."""

    code: str
    name: str
    kind: str
    parent: str = ""
    old_code: str = ""
    province_code: str = ""
    commune_code: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class NewPost:
    """What is entered of a post: whose, where (codes of agency and unit), in which role."""

    username: str
    name: str
    agency: str
    unit: str
    role: str
    title: str = ""
    phone: str = ""
    email: str = ""
    is_active: bool = True
