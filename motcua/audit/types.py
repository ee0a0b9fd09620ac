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
    MISSING_TAIL = "missing-tail"  # the last entries are gone
    NOT_IN_LOG = "not-in-log"  # the log that was signed knows no such entry
    TIME_ANOMALY = "time-anomaly"  # an entry names an hour at which it cannot have been written


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


class LogFault(StrEnum):
    """What can be wrong with the log over all chains."""

    LEAF_GAP = "leaf-gap"  # the numbers of the leaves are not 0, 1, 2 …
    ENTRY_GONE = "entry-gone"  # a leaf whose entry is no longer there
    TILES_DIFFER = "tiles-differ"  # the published files say something else than the database
    ROOT_DIFFERS = "root-differs"  # a signed checkpoint is not one of these leaves
    BAD_SIGNATURE = "bad-signature"  # a checkpoint not signed by the key of its size
    SHRUNK = "log-shrunk"  # more was shown to the world than is there now
    COSIGNATURE_BROKEN = "cosignature-broken"  # a witness signed another log
    TIMESTAMP_BROKEN = "timestamp-broken"  # the authority stamped another log
    NOT_VOUCHED = "not-vouched"  # a witness or the authority refuses what it is shown
    UNSEALED = "unsealed"  # entries that nobody sealed for minutes
    PROOF_DIFFERS = "proof-differs"  # a proof that was given out says otherwise
    STATE_DIFFERS = "state-differs"  # something stands otherwise than its entries tell
    REOPENED_OTHERWISE = "reopened-otherwise"  # a log begun anew without the end of the one before
    UNREADABLE = (
        "unreadable"  # a check could not come to its end: somebody wrote what never stands there
    )


@dataclass(frozen=True)
class LogFinding:
    """One thing wrong with the log as a whole: what, where, in words."""

    fault: LogFault
    where: str
    note: str = ""


@dataclass(frozen=True)
class Sealed:
    """Where an entry is in the log: its leaf, when it was signed, and what was signed just before."""

    index: int
    leaf: bytes
    at: datetime | None = None  # of the first checkpoint that holds it
    after: datetime | None = None  # of the last checkpoint without it


@dataclass(frozen=True)
class Link:
    """One stored entry, as the check reads it: columns beside the bytes that were hashed.

    `sealed` is its place in the log; `must_be` says that it should have one by now.
    """

    subject: str
    seq: int
    at: datetime
    actor: str
    deed: str
    body: bytes
    salt: bytes
    prev: bytes
    hash: bytes
    sealed: Sealed | None = None
    must_be: bool = False


@dataclass(frozen=True)
class Finding:
    """The verdict on one subject; `seq` names the first entry at fault."""

    subject: str
    verdict: Verdict
    entries: int
    seq: int = 0
    note: str = field(default="")
