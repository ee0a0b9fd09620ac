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
class DossierStopped(DossierEvent):
    """A leader stopped settling it: the applicant did not answer, or the law says so."""


@dataclass(frozen=True)
class ResultReady(DossierEvent):
    """The result is issued and waits for the applicant."""


@dataclass(frozen=True)
class SettledAtOnce(DossierEvent):
    """Taken in and settled in one step: the result waits for the applicant."""


@dataclass(frozen=True)
class ResultReopened(DossierEvent):
    """Two persons opened an issued result again: it is wrong, lost or damaged."""


@dataclass(frozen=True)
class ResultReissued(DossierEvent):
    """The right result took the place of another."""


@dataclass(frozen=True)
class DossierDelivered(DossierEvent):
    """The applicant has the result."""


@dataclass(frozen=True)
class OpinionsAsked(DossierEvent):
    """Other units were asked for their opinion."""


@dataclass(frozen=True)
class OpinionGiven(DossierEvent):
    """A unit that was asked has answered."""


@dataclass(frozen=True)
class DossierPassedOn(DossierEvent):
    """It belongs to another agency and lies at the desk there now."""


@dataclass(frozen=True)
class PapersAwaited(Event):
    """Papers that went to another agency with a list are not there: late, or said not to come."""

    line_id: int


@dataclass(frozen=True)
class StationsPlanned(DossierEvent):
    """It was divided among several units, or what had not begun of that was planned anew."""


@dataclass(frozen=True)
class StationAnswered(DossierEvent):
    """A unit has done its part of an interlinked dossier."""


@dataclass(frozen=True)
class StationBegan(Event):
    """All that a station waited for is there: its limit runs."""

    station_id: int


@dataclass(frozen=True)
class StationClosed(Event):
    """Nobody waits for this station any more."""

    station_id: int


@dataclass(frozen=True)
class DossierUrged(Event):
    """A leader urged the unit that has the dossier."""

    urging_id: int


@dataclass(frozen=True)
class UnitUrged(Event):
    """The one-stop unit signed a document that urges a unit about its slow dossiers."""

    document_id: int


@dataclass(frozen=True)
class UnitAnswered(Event):
    """That unit has answered."""

    document_id: int


@dataclass(frozen=True)
class AnswerLate(Event):
    """The day by which that unit was to answer is over, and it has not."""

    document_id: int


@dataclass(frozen=True)
class AlarmRaised(Event):
    """The watch found a dossier that somebody must look at now."""

    alarm_id: int


@dataclass(frozen=True)
class LateWithoutLetter(Event):
    """The watch found dossiers of an agency late without a letter of apology on a working day."""

    agency_id: int
    day: int  # its ordinal


@dataclass(frozen=True)
class DossierExtended(DossierEvent):
    """A leader apologised and promised a new date."""


@dataclass(frozen=True)
class DossierApologised(DossierEvent):
    """A leader apologised for a date that can no longer be moved."""


@dataclass(frozen=True)
class DateMoved(DossierEvent):
    """Two persons gave it another date."""


@dataclass(frozen=True)
class CodeCorrected(DossierEvent):
    """Two persons gave it another code."""


@dataclass(frozen=True)
class PapersMishandled(Event):
    """A paper of the applicant was lost or damaged in our hands, or made good; both are told."""

    incident_id: int
    is_settled: bool = False


@dataclass(frozen=True)
class DelayExplained(Event):
    """The unit said why a result is late; the one-stop desk is told."""

    explanation_id: int


@dataclass(frozen=True)
class ApprovalAsked(Event):
    """Somebody asked for an act that another must agree to."""

    approval_id: int


@dataclass(frozen=True)
class ApprovalDecided(Event):
    """That other granted or refused it."""

    approval_id: int


@dataclass(frozen=True)
class RegisterAsked(Event):
    """An official asked for the register as a file."""

    order_id: int


@dataclass(frozen=True)
class RecountAsked(Event):
    """Somebody wants to know whose date a new calendar would move."""

    recount_id: int


@dataclass(frozen=True)
class RecountApproved(Event):
    """A second person agreed: the dates of the list move."""

    recount_id: int


@dataclass(frozen=True)
class DossiersRecounted(Event):
    """The dates of a batch have moved: the lines after one number, up to another."""

    recount_id: int
    after: int
    until: int


@dataclass(frozen=True)
class FormDrafted(Event):
    """A version of the words of a form waits for a second person."""

    key: str


@dataclass(frozen=True)
class RecountReady(Event):
    """The list of a recount is whole and waits for a second person."""

    key: str


@dataclass(frozen=True)
class MuchRead(Event):
    """A post read more in a day than its work explains."""

    mass_id: int


@dataclass(frozen=True)
class ReadByOthers(Event):
    """On one day, officials who do not work on it read a dossier: its owner is told."""

    dossier_id: int
    day: int
