"""What the journal says of a deed, and what a check of the journal says of a subject."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

Fact: TypeAlias = "str | int | bool | list[Fact] | dict[str, Fact] | None"


class Verdict(StrEnum):
    """What a check of one subject's chain came to."""

    OK = "ok"
    CONTENT_CHANGED = "content-changed"  # the words of an entry are not those that were written
    LINK_BROKEN = "link-broken"  # an entry does not follow from the one before it
    MISSING = "missing"  # an entry that must have existed is gone


@dataclass(frozen=True)
class EntryFacts:
    """One deed as a reader sees it."""

    seq: int
    at: datetime
    actor: str
    actor_name: str
    deed: str
    facts: dict[str, Fact]
    hash: str


@dataclass(frozen=True)
class Link:
    """One stored entry, as the check reads it: columns beside the bytes that were hashed."""

    subject: str
    seq: int
    at: datetime
    actor: str
    deed: str
    body: bytes
    salt: bytes
    prev: bytes
    hash: bytes


@dataclass(frozen=True)
class Finding:
    """The verdict on one subject; `seq` names the first entry at fault."""

    subject: str
    verdict: Verdict
    entries: int
    seq: int = 0
    note: str = field(default="")
