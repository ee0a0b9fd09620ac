"""Facts about dossiers. Each carries the move that made it true."""

from dataclasses import dataclass

from motcua.core.events import Event


@dataclass(frozen=True)
class DossierSubmitted(Event):
    """Sent by the applicant, technically sound, waiting for the desk."""

    move_id: int


@dataclass(frozen=True)
class DossierAccepted(Event):
    """Taken in by the desk, with a code and a date."""

    move_id: int


@dataclass(frozen=True)
class SupplementAsked(Event):
    """The desk listed everything that is missing."""

    move_id: int


@dataclass(frozen=True)
class DossierRejected(Event):
    """The desk did not take it in."""

    move_id: int


@dataclass(frozen=True)
class DossierWithdrawn(Event):
    """The applicant took it back."""

    move_id: int


@dataclass(frozen=True)
class DossierMoved(Event):
    """It went one step further inside the agency."""

    move_id: int


@dataclass(frozen=True)
class DossierRefused(Event):
    """A leader did not agree to settle it."""

    move_id: int


@dataclass(frozen=True)
class ResultReady(Event):
    """The result is issued and waits for the applicant."""

    move_id: int


@dataclass(frozen=True)
class DossierDelivered(Event):
    """The applicant has the result."""

    move_id: int
