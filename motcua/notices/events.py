"""Facts about notices."""

from dataclasses import dataclass

from motcua.core.events import Event


@dataclass(frozen=True)
class MessageQueued(Event):
    """A letter waits to be sent."""

    message_id: int
