"""An authority inside this process: its tokens say what they should, nobody's key stands behind them."""

from datetime import datetime
from hashlib import sha256

from motcua.audit.ports import NotVouched, Token
from motcua.core import clock
from motcua.core.errors import Reason, TryLater


class FakeTimestamper:
    """Stamps at the moment of the house's clock; is away or lies when told to."""

    def __init__(self) -> None:
        self.away_for = 0
        self.lies = False
        self.stamped: list[bytes] = []

    def stamp(self, text: bytes) -> Token:
        """A token: the digest of the text and the moment, as words."""
        if self.away_for:
            self.away_for -= 1
            raise TryLater("Cấp dấu thời gian: không nối được")
        if self.lies:
            raise NotVouched("Cấp dấu thời gian: sai dấu vân tay.")
        self.stamped.append(text)
        at = clock.now()
        return Token(sha256(text).digest() + at.isoformat().encode(), at)

    def moment(self, token: bytes, text: bytes) -> datetime:
        """The moment that the token names."""
        if token[:32] != sha256(text).digest():
            raise NotVouched("Cấp dấu thời gian: dấu không phải của nội dung này.")
        return datetime.fromisoformat(token[32:].decode())

    def check(self) -> list[Reason]:
        """Nothing to object to."""
        return []
