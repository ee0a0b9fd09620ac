"""Facts about dossiers. Each carries the move that made it true, and the dossier that was moved."""

from dataclasses import InitVar, dataclass

from motcua.core.events import Event


@dataclass(frozen=True)
class DossierEvent(Event):
    """Something that happened to a dossier; what follows on one dossier follows in order."""

    move_id: int
    dossier_id: InitVar[int]

    def __post_init__(self, dossier_id: int) -> None:
        object.__setattr__(self, "subject", f"dossier:{dossier_id}")


@dataclass(frozen=True)
class DossierSubmitted(DossierEvent):
    """Sent by the applicant, technically sound, waiting for the desk."""


@dataclass(frozen=True)
class DossierAccepted(DossierEvent):
    """Taken in by the desk, with a code and a date."""


@dataclass(frozen=True)
class SupplementAsked(DossierEvent):
    """The desk listed everything that is missing."""


@dataclass(frozen=True)
class DossierRejected(DossierEvent):
    """The desk did not take it in."""


@dataclass(frozen=True)
class DossierWithdrawn(DossierEvent):
    """The applicant took it back."""


@dataclass(frozen=True)
class DossierMoved(DossierEvent):
    """It went one step further inside the agency."""


@dataclass(frozen=True)
class DossierRefused(DossierEvent):
    """A leader did not agree to settle it."""


@dataclass(frozen=True)
class ResultReady(DossierEvent):
    """The result is issued and waits for the applicant."""


@dataclass(frozen=True)
class DossierDelivered(DossierEvent):
    """The applicant has the result."""


@dataclass(frozen=True)
class AlarmRaised(Event):
    """The watch found a dossier that somebody must look at now."""

    alarm_id: int


@dataclass(frozen=True)
class RegisterAsked(Event):
    """An official asked for the register as a file."""

    order_id: int
