"""Facts about the calendar."""

from dataclasses import dataclass

from motcua.core.events import Event


@dataclass(frozen=True)
class CalendarApproved(Event):
    """The calendar has a new edition. No dossier's date moves by itself because of it."""

    edition: int
