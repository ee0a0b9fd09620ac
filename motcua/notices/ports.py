"""What the house needs of a mail server."""

from typing import Protocol

from motcua.core import ports
from motcua.core.errors import GiveUp, TryLater

__all__ = ["GiveUp", "Mailer", "TryLater", "mailer"]


class Mailer(Protocol):
    """Takes one letter and returns what proves it. Raises `TryLater`, or `GiveUp` for good.

    `message_id` becomes the Message-ID: a letter sent twice is the same letter.
    """

    def send(self, *, message_id: str, to: str, subject: str, body: str) -> str: ...


def mailer() -> Mailer:
    """The mailer that the settings chose."""
    found: Mailer = ports.adapter("mailer")
    return found
