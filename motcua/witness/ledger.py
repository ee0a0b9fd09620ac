"""What the witness remembers of each log, and how it answers; by C2SP tlog-witness."""

import hashlib
import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from motcua.tlog import note
from motcua.tlog.tiles import replace_durably
from motcua.tlog.tree import EMPTY_ROOT, check_consistency
from motcua.tlog.verdict import TrustedKey

MOST_PROOF_LINES = 63


@dataclass(frozen=True)
class Answer:
    """What goes back over HTTP."""

    status: int
    text: str
    kind: str = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Request:
    """A log says: from `old` leaves I have grown to this checkpoint, and here is the proof."""

    old: int
    proof: tuple[bytes, ...]
    checkpoint: note.Checkpoint
    note: note.Note

    @classmethod
    def parse(cls, body: bytes) -> "Request":
        """The body of a request; `note.Malformed` unless it is one letter by letter."""
        head, gap, signed = body.partition(b"\n\n")
        first, *lines = head.decode("ascii", "replace").split("\n")
        match = re.fullmatch(r"old (0|[1-9][0-9]{0,15})", first)
        if not gap or not match or len(lines) > MOST_PROOF_LINES:
            raise note.Malformed("old size, proof, an empty line, a checkpoint")
        found = note.parse(signed)
        proof = tuple(note.from_base64(line) for line in lines)
        return cls(int(match[1]), proof, note.Checkpoint.parse(found.text), found)


class Ledger:
    """The last checkpoint of each log that this witness cosigned, each in a file of its own."""

    def __init__(self, folder: Path, key: note.SigningKey, logs: Sequence[TrustedKey]) -> None:
        self._folder, self._key, self._logs = folder, key, logs
        self._one_at_a_time = threading.Lock()
        self._last = {log.key.name: self._remembered(log.key.name) for log in logs}

    def add_checkpoint(self, body: bytes) -> Answer:
        """The cosignature, once the checkpoint is remembered; or what is wrong with it."""
        try:
            asked = Request.parse(body)
        except note.Malformed as error:
            return Answer(400, f"{error}\n")
        if asked.checkpoint.origin not in self._last:
            return Answer(404, "this log is not known here\n")
        if not self._is_signed(asked):
            return Answer(403, "not signed by a key of this log that holds at this size\n")
        if asked.old > asked.checkpoint.size:
            return Answer(400, "the old size is larger than the new one\n")
        with self._one_at_a_time:  # else a smaller tree could overtake a larger one
            return self._refusal(asked) or self._cosigned(asked)

    def sizes(self) -> str:
        """One line for each log: its name and the size last cosigned."""
        return "".join(f"{origin} {last.size}\n" for origin, last in sorted(self._last.items()))

    def _is_signed(self, asked: Request) -> bool:
        return any(
            log.key.name == asked.checkpoint.origin
            and log.least <= asked.checkpoint.size <= log.most
            and note.is_signed_by(asked.note, log.key)
            for log in self._logs
        )

    def _refusal(self, asked: Request) -> Answer | None:
        last, new = self._last[asked.checkpoint.origin], asked.checkpoint
        if asked.old != last.size or (new.size == last.size and new.root != last.root):
            return Answer(409, f"{last.size}\n", "text/x.tlog.size")
        if not check_consistency(last.size, new.size, last.root, new.root, asked.proof):
            return Answer(422, "the proof does not show that the log only grew\n")
        return None

    def _cosigned(self, asked: Request) -> Answer:
        new = asked.checkpoint
        if new != self._last[new.origin]:
            replace_durably(self._place(new.origin), asked.note.signed)
            self._last[new.origin] = new
        line = note.cosign(asked.note.text, self._key, int(time.time())).line
        return Answer(200, line.decode())

    def _remembered(self, origin: str) -> note.Checkpoint:
        try:
            signed = self._place(origin).read_bytes()
        except FileNotFoundError:
            return note.Checkpoint(origin, 0, EMPTY_ROOT)
        # A broken file stops the program: forgetting would let the log be forked.
        found = note.Checkpoint.parse(note.parse(signed).text)
        if found.origin != origin:
            raise note.Malformed(f"{self._place(origin)} is of another log")
        return found

    def _place(self, origin: str) -> Path:
        return self._folder / f"{hashlib.sha256(origin.encode()).hexdigest()[:32]}.checkpoint"
