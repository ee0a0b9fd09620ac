"""Who vouches for the log from outside: witnesses, and a time-stamping authority."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from motcua.core.errors import GiveUp, Reason
from motcua.core.ports import adapter


class OtherSize(Exception):
    """The witness knows the log at another size than we told it."""

    def __init__(self, size: int) -> None:
        self.size = size
        super().__init__(f"người làm chứng đã thấy sổ cỡ {size}")


class NotVouched(GiveUp):
    """The outsider refuses: what we show contradicts what it saw, or its answer is no proof."""


class Witness(Protocol):
    """Sees the log grow, and signs that it did. May raise `TryLater`."""

    def cosign(self, url: str, old: int, proof: Sequence[bytes], signed: bytes) -> list[str]:
        """The lines it signs with, or `OtherSize`, or `NotVouched`."""
        ...


@dataclass(frozen=True)
class Token:
    """A time-stamp token in DER, and the moment it names."""

    content: bytes
    at: datetime


class Timestamper(Protocol):
    """A time-stamping authority by RFC 3161. May raise `TryLater`."""

    def stamp(self, text: bytes) -> Token:
        """A token over `text`, checked; `NotVouched` for anything else."""
        ...

    def moment(self, token: bytes, text: bytes) -> datetime:
        """The moment of a token kept from before; `NotVouched` if it is not over `text`."""
        ...

    def check(self) -> list[Reason]:
        """What is missing in the settings."""
        ...


def witness() -> Witness:
    """The adapter that speaks to witnesses."""
    found: Witness = adapter("witness")
    return found


def timestamper() -> Timestamper:
    """The adapter that speaks to the time-stamping authority."""
    found: Timestamper = adapter("timestamper")
    return found
