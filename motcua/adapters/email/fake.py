"""A mailer that keeps its letters where a test can read them, and can be told to fail."""

from dataclasses import dataclass

from motcua.core.errors import TryLater
from motcua.notices.ports import Unreachable


@dataclass(frozen=True)
class Letter:
    """One letter that would have been sent."""

    message_id: str
    to: str
    subject: str
    body: str


class FakeMailer:
    """Remembers every letter; is closed for the next `closed_for` of them, or refuses whom it is told to."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.closed_for = 0
        self.refused: set[str] = set()

    def send(self, *, message_id: str, to: str, subject: str, body: str) -> str:
        """Remember the letter; the proof is its Message-ID."""
        if self.closed_for:
            self.closed_for -= 1
            raise TryLater("Máy chủ thư bận.")
        if to in self.refused:
            raise Unreachable("Không có hộp thư này.")
        self.letters.append(Letter(message_id, to, subject, body))
        return message_id
