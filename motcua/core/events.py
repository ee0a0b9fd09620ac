"""Facts that happened, and the jobs they set off.

`publish` is called inside the transaction that made the fact true; the jobs join the queue in that
same transaction, so nobody ever hears of something that was rolled back, and nothing that was
committed is forgotten.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

Job = Callable[..., None]
Enqueue = Callable[[str, dict[str, Any], str], None]


@dataclass(frozen=True)
class Event:
    """Something that happened. Carries ids, never model objects.

    Jobs of one `subject` ("dossier:7") run one after the other, in the order in which their facts
    came true; it is not handed to them.
    """

    subject: str = field(default="", kw_only=True)


_reactions: dict[type[Event], Sequence[Job]] = {}
_enqueue: list[Enqueue] = []


def react_with(table: Mapping[type[Event], Sequence[Job]], enqueue: Enqueue) -> None:
    """Install the table of reactions and the queue; called once, when the house starts."""
    _reactions.update(table)
    _enqueue[:] = [enqueue]


def publish(event: Event) -> None:
    """Queue, in the transaction under way, every job that follows `event`."""
    facts = asdict(event)
    subject = facts.pop("subject")
    for job in _reactions.get(type(event), ()):
        _enqueue[0](f"{job.__module__}.{job.__qualname__}", facts, subject)
