"""In which order the saves of one page were sent: a late one must not undo what came after it.

A page loaded in a browser is a writer; each save it sends has the next number. The server keeps the
last number of the latest writers of each page. Without JavaScript nothing is numbered or held back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

WRITERS_KEPT = 6
_SENT = re.compile(r"([0-9a-z]{8,40}):([0-9]{1,9})", re.ASCII)

Turns = dict[str, list[list[str | int]]]  # page → [[writer, number], …], the latest last


@dataclass(frozen=True)
class Turn:
    """The number of a save among those of one loaded page."""

    writer: str
    number: int


def read_turn(sent: str) -> Turn | None:
    """The turn that came with a save; None when there is none, or nothing we could have written."""
    found = _SENT.fullmatch(sent)
    return Turn(found[1], int(found[2])) if found else None


def is_late(turns: Turns, page: str, turn: Turn) -> bool:
    """Whether the same loaded page already sent something newer. Sent twice is not late."""
    return any(
        writer == turn.writer and turn.number < int(number)
        for writer, number in turns.get(page, ())
    )


def after(turns: Turns, page: str, turn: Turn) -> Turns:
    """`turns` with this one as the last of its writer."""
    others = [kept for kept in turns.get(page, ()) if kept[0] != turn.writer]
    latest: list[list[str | int]] = [*others, [turn.writer, turn.number]]
    return {**turns, page: latest[-WRITERS_KEPT:]}
