"""What the house needs from outside to know who a citizen is: a service that says so, and can be checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from motcua.core.errors import Reason
from motcua.core.ports import adapter
from motcua.people.parties import Identity, ServiceFacts


@dataclass(frozen=True)
class Begun:
    """Where to send the browser, and what to remember of it until it comes back; all texts."""

    url: str
    kept: Mapping[str, str]


@dataclass(frozen=True)
class Proof:
    """Who it is, what may never be shown again (fingerprints), and what signing out needs."""

    identity: Identity
    marks: tuple[str, ...]
    id_token: str


class Untrusted(Exception):
    """What came back does not prove anything; `code` says why, for the journal only."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Declined(Exception):
    """The person did not agree over there."""


class CodeExpired(Exception):
    """It took too long, or the answer was used before."""


class SignInServices(Protocol):
    """The services by which citizens sign in; also raises `TryLater` when one is silent."""

    def offered(self) -> list[ServiceFacts]:
        """Which there are, in the order in which they are offered."""
        ...

    def begin(self, service: str, *, back: str, level: int, again: bool) -> Begun:
        """Ask for somebody at this level; `again` has them prove it anew."""
        ...

    def finish(
        self, service: str, *, back: str, kept: Mapping[str, str], said: Mapping[str, str]
    ) -> Proof:
        """Who came back, if everything `said` holds together with what was `kept`."""
        ...

    def goodbye(self, service: str, *, id_token: str, back: str) -> str:
        """Where one signs out there too; empty when there is no such place."""
        ...

    def check(self) -> list[Reason]:
        """What is missing or wrong in the settings."""
        ...


def sign_in_services() -> SignInServices:
    """The adapter that the settings chose."""
    chosen: SignInServices = adapter("sign_in")
    return chosen
