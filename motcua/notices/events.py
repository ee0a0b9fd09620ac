"""Facts about notices."""

from dataclasses import dataclass

from motcua.core.events import Event


@dataclass(frozen=True)
class MessageQueued(Event):
    """A letter waits to be sent."""

    message_id: int


@dataclass(frozen=True)
class PersonUnreached(Event):
    """Message after message did not reach somebody: the desk should phone."""

    unreached_id: int
