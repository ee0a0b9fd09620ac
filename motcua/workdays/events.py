"""Facts about the calendar."""

from dataclasses import dataclass

from motcua.core.events import Event


@dataclass(frozen=True)
class CalendarApproved(Event):
    """The calendar has a new edition. No dossier's date moves by itself because of it."""

    edition: int


@dataclass(frozen=True)
class CalendarSent(Event):
    """A draft of the calendar waits for a second person; `key` names it as it was sent."""

    key: str
