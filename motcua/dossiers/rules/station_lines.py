"""Which lines of interlinked settling belong to the plan that runs, and where their papers lie."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol, TypeVar


class Line(Protocol):
    """The moments of a line that has been planned."""

    @property
    def is_lead(self) -> bool:
        """Whether it is the part of the unit that settles the dossier."""

    @property
    def done_at(self) -> datetime | None:
        """When its result was there."""

    @property
    def closed_at(self) -> datetime | None:
        """When it was done, or no longer waited for."""


class PaperLine(Line, Protocol):
    """A line with its place in the way of the papers."""

    @property
    def order(self) -> int:
        """Its number."""

    @property
    def by_paper(self) -> bool:
        """Whether papers go with it."""

    @property
    def started_at(self) -> datetime | None:
        """When its turn came."""

    @property
    def received_at(self) -> datetime | None:
        """When its unit had the papers in hand."""


L = TypeVar("L", bound=Line)
P = TypeVar("P", bound=PaperLine)


def of_this_round(rows: Iterable[L]) -> list[L]:
    """The lines of the plan that runs: it was over with the proposal of its lead, a later one is new.

    Law: WF-05
    """
    every = list(rows)
    ended = max((row.done_at for row in every if row.is_lead and row.done_at), default=None)
    return [row for row in every if ended is None or row.closed_at is None or row.closed_at > ended]


def had_papers(rows: Iterable[P], line: PaperLine) -> P | None:
    """Where the papers lay before they went to this line: with the last that had them; None: the lead.

    A unit that is no longer waited for had them too, once it said so.

    Law: WF-04, RCV-11
    """
    at = line.started_at
    before = [
        row
        for row in rows
        if at is not None
        and row.by_paper
        and row.started_at is not None
        and (row.started_at, row.order) < (at, line.order)
        and any(had is not None and had <= at for had in (row.done_at, row.received_at))
    ]
    return max(before, key=lambda row: (row.started_at, row.order), default=None)
