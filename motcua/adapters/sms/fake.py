"""A messenger that keeps what it was given where a test can read it, and can be told to fail."""

from motcua.core.errors import GiveUp, Reason, TryLater
from motcua.notices.ports import ShortMessage, Unreachable


class FakeSms:
    """Remembers every message once; is closed, refuses numbers or refuses everything when told to."""

    knows_repeats = True
    uses_templates = True

    def __init__(self) -> None:
        self.messages: list[ShortMessage] = []
        self.closed_for = 0
        self.refused: set[str] = set()
        self.contract_is_over = False
        self.objections: list[Reason] = []

    def send(self, message: ShortMessage) -> str:
        """Remember the message; the proof names it."""
        if self.closed_for:
            self.closed_for -= 1
            raise TryLater("Tổng đài bận.")
        if self.contract_is_over:
            raise GiveUp("Hết tiền trong tài khoản nhà mạng.")
        if message.phone in self.refused:
            raise Unreachable("Số điện thoại không dùng được.")
        if message.id not in {kept.id for kept in self.messages}:
            self.messages.append(message)
        return f"FAKE {message.id}"

    def check(self) -> list[Reason]:
        """Whatever a test put there."""
        return list(self.objections)
