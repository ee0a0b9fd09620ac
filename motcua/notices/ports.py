"""What the house needs of a mail server, and of those who reach telephones."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from motcua.core import ports
from motcua.core.errors import GiveUp, Reason, TryLater

__all__ = [
    "GiveUp", "Mailer", "Messenger", "ShortMessage", "TryLater", "Unreachable", "Unsure",
    "mailer", "messenger",
]  # fmt: skip


class Unreachable(GiveUp):
    """Nobody is at this address or number, or they refuse us: the fault is not in the message."""


class Unsure(GiveUp):
    """It left and no answer came. Sending again could tell a person twice, so nobody does."""


class Mailer(Protocol):
    """Takes one letter and returns what proves it. Raises `TryLater`, or `GiveUp` for good.

    `message_id` becomes the Message-ID: a letter sent twice is the same letter.
    """

    def send(self, *, message_id: str, to: str, subject: str, body: str) -> str: ...


@dataclass(frozen=True)
class ShortMessage:
    """A few words for one telephone.

    `phone` is written 84…; `id` names the message for good: sent twice, it is the same message.
    `template_id` is the number under which the carrier registered the words, `values` are what
    stands in their places, in order; `text` is the whole as the person reads it.
    """

    id: str
    phone: str
    text: str
    template_id: str = ""
    values: Sequence[tuple[str, str]] = ()


class Messenger(Protocol):
    """Takes one message to a telephone and returns what proves it.

    Raises `TryLater`; `Unreachable` when it is the number; `Unsure` when it may have arrived;
    `GiveUp` when the message, the contract or the settings are at fault. `knows_repeats`: the same
    message sent twice arrives once. `uses_templates`: what it sends is the template that the carrier
    registered, filled with `values`; any other sends `text`, which has to fit into one message.
    """

    knows_repeats: bool
    uses_templates: bool

    def send(self, message: ShortMessage) -> str: ...

    def check(self) -> list[Reason]:
        """What the keeper has to put right before anything can be sent."""
        ...


def mailer() -> Mailer:
    """The mailer that the settings chose."""
    found: Mailer = ports.adapter("mailer")
    return found


def messenger(channel: str) -> Messenger:
    """The messenger of a channel, "sms" or "zalo", that the settings chose."""
    found: Messenger = ports.adapter(str(channel))  # a member of an enum is another key
    return found
