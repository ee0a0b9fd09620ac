"""A witness inside this process: believes nothing but proofs, and can be told to be away."""

from collections.abc import Sequence

from motcua.audit.ports import NotVouched, OtherSize
from motcua.core import clock
from motcua.core.errors import TryLater
from motcua.tlog import note
from motcua.tlog.note import COSIGNATURE, SigningKey
from motcua.tlog.tree import EMPTY_ROOT, check_consistency


class FakeWitness:
    """Remembers the last size and root it signed, as a real one does."""

    def __init__(self) -> None:
        self.key = SigningKey.generate("nguoi-lam-chung.example", COSIGNATURE)
        self.size, self.root = 0, EMPTY_ROOT
        self.away_for = 0
        self.asked = 0

    def cosign(self, url: str, old: int, proof: Sequence[bytes], signed: bytes) -> list[str]:
        """Its line below the checkpoint, when that continues what it knows."""
        self.asked += 1
        if self.away_for:
            self.away_for -= 1
            raise TryLater("Người làm chứng: không nối được")
        shown = note.parse(signed)
        told = note.Checkpoint.parse(shown.text)
        if old != self.size:
            raise OtherSize(self.size)
        if not check_consistency(self.size, told.size, self.root, told.root, list(proof)):
            raise NotVouched("Từ chối, HTTP 422: sổ không nối tiếp phần nó đã thấy.")
        self.size, self.root = told.size, told.root
        line = note.cosign(shown.text, self.key, int(clock.now().timestamp())).line
        return [line.decode().removesuffix("\n")]
