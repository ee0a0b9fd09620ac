"""What the moves of a dossier say to its clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.workdays.rules import steadied
from motcua.workdays.types import ClockDeed, ClockEvent

# By the value of the step. A recount is none of them: it is the same events on a newer calendar.
DEEDS: dict[str, tuple[ClockDeed, ...]] = {
    "accept": (ClockDeed.START,),
    "settle_at_once": (ClockDeed.START, ClockDeed.FINISH),
    "ask_more": (ClockDeed.ASK_SUPPLEMENT,),
    "resume": (ClockDeed.SUPPLEMENTED,),
    "extend": (ClockDeed.NEW_DATE,),
    "move_date": (ClockDeed.NEW_DATE,),
    "issue": (ClockDeed.FINISH,),
    "withdraw": (ClockDeed.CLOSE,),
    "stop": (ClockDeed.CLOSE,),
}
# These count on the calendar of their day; all others leave the calendar of the last count.
COUNTED_ANEW = {ClockDeed.START, ClockDeed.SUPPLEMENTED, ClockDeed.NEW_DATE}

# These count from the hour of the papers where the move tells it: found full, or entered late.
HANDED_IN = (ClockDeed.SUPPLEMENTED, ClockDeed.START)
# Facts of moves, in the order in which they are read.
TOLD = ("handed_in_at", "due_at", "reason", "given_at")


@dataclass(frozen=True, slots=True)
class ClockMove:
    """What of a move the clock reads."""

    step: str
    at: datetime
    unit_id: int | None = None
    handed_in_at: str | None = None
    due_at: str | None = None
    reason: str | None = None
    given_at: str | None = None  # entered late: when the result was given, on paper

    @classmethod
    def of(
        cls, step: str, at: datetime, unit_id: int | None, facts: Mapping[str, Any]
    ) -> "ClockMove":
        """The move that is about to be made with these facts."""
        told = (facts.get(name) for name in TOLD)
        return cls(str(step), at, unit_id, *told)


def events_of(moves: Iterable[ClockMove]) -> tuple[ClockEvent, ...]:
    """The events of a dossier's clock, from its moves in their order; none before it was accepted.

    Papers that were found full count from the moment they were handed in.

    Law: DL-06, DL-07, DL-15
    """
    events: list[ClockEvent] = []
    for move in moves:
        for deed in DEEDS.get(move.step, ()):
            if events or deed is ClockDeed.START:
                events.append(_event(deed, move))
    return steadied(events)


def counting_unit(moves: Iterable[ClockMove]) -> int | None:
    """The unit whose hours a dossier is counted by: the one that accepted it, wherever it went on to.

    Law: CAL-07
    """
    return next((m.unit_id for m in moves if ClockDeed.START in DEEDS.get(m.step, ())), None)


def _event(deed: ClockDeed, move: ClockMove) -> ClockEvent:
    if deed in HANDED_IN and move.handed_in_at:
        return ClockEvent(deed, datetime.fromisoformat(move.handed_in_at))
    if deed is ClockDeed.FINISH and move.given_at:
        return ClockEvent(deed, datetime.fromisoformat(move.given_at))
    if deed is ClockDeed.NEW_DATE:
        due = datetime.fromisoformat(move.due_at) if move.due_at else None
        return ClockEvent(deed, move.at, due, (move.reason or "").rstrip(". "))
    return ClockEvent(deed, move.at)
