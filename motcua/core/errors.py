"""How the house says no.

A rule does not raise (only the table of steps does): it returns its reasons, and the action raises
`Refused` with all of them, so that a citizen sees every missing paper at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """One reason for a refusal: a stable code for machines, a sentence for people."""

    code: str
    text: str
    field: str = ""


class Refused(Exception):
    """The request is understood and the rules do not allow it."""

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("; ".join(reason.text for reason in self.reasons))


class NotFound(Exception):
    """Nothing here for this person. Says the same whether it is absent or not theirs."""


def refuse_if(reasons: Iterable[Reason]) -> None:
    """Raise `Refused` when a rule found anything to object to."""
    if found := tuple(reasons):
        raise Refused(found)


class TooMany(Exception):
    """Asked too often; may ask again after `wait` seconds."""

    def __init__(self, reason: Reason, wait: int) -> None:
        self.reason, self.wait = reason, wait
        super().__init__(reason.text)


class TryLater(Exception):
    """The world outside does not answer now; the job is tried again, later and later."""


class GiveUp(Exception):
    """The world outside said no for good; trying again would not help."""


IN_VAIN = (GiveUp, NotFound)  # what no other try of a job would change
