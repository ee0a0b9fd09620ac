"""A mailer that keeps its letters where a test can read them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Letter:
    """One letter that would have been sent."""

    message_id: str
    to: str
    subject: str
    body: str


class FakeMailer:
    """Accepts every letter and remembers it."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []

    def send(self, *, message_id: str, to: str, subject: str, body: str) -> str:
        """Remember the letter; the proof is its Message-ID."""
        self.letters.append(Letter(message_id, to, subject, body))
        return message_id
