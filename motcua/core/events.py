"""Facts that happened, and the jobs they set off.

`publish` is called inside the transaction that made the fact true; the jobs join the queue in that
same transaction, so nobody ever hears of something that was rolled back, and nothing that was
committed is forgotten.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

Job = Callable[..., None]
Enqueue = Callable[[str, dict[str, Any]], None]


@dataclass(frozen=True)
class Event:
    """Something that happened. Carries ids, never model objects."""


_reactions: dict[type[Event], Sequence[Job]] = {}
_enqueue: list[Enqueue] = []


def react_with(table: Mapping[type[Event], Sequence[Job]], enqueue: Enqueue) -> None:
    """Install the table of reactions and the queue; called once, when the house starts."""
    _reactions.update(table)
    _enqueue[:] = [enqueue]


def publish(event: Event) -> None:
    """Queue, in the transaction under way, every job that follows `event`."""
    for job in _reactions.get(type(event), ()):
        _enqueue[0](f"{job.__module__}.{job.__qualname__}", asdict(event))
