"""Facts about accounts."""

from dataclasses import dataclass

from motcua.core.events import Event


@dataclass(frozen=True)
class AccountChanged(Event):
    """Something was done to an account that its holder must hear of; `deed` says what."""

    account_id: int
    deed: str
    why: str
    key: str  # one occasion, told once


@dataclass(frozen=True)
class RemovalAsked(Event):
    """A keeper asks another to agree that a second factor is taken away."""

    key: str
