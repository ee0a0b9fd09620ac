"""One small log with its keys, always the same, and proofs out of it."""

import base64
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from motcua.tlog import note, tree
from motcua.tlog.bundle import FIRST_PREV, Chain, Hidden, Shown, make

VECTORS = Path(__file__).parent / "vectors"
ORIGIN = "motcua.vi-du.vn/nhat-ky"
SUBJECT = "dossier:H99.32-260423-0007"
SIZE = 300
PLACES = (5, 77, 256, 299)  # where the four entries on the subject came into the log
SEEN_AT = 1_776_933_000


def chance(word: str, length: int = 32) -> bytes:
    """Bytes that are the same every time."""
    return hashlib.sha256(word.encode()).digest()[:length]


LOG = note.SigningKey(ORIGIN, note.ED25519, chance("log"))
OLD_LOG = note.SigningKey(ORIGIN, note.ED25519, chance("old log"))
WITNESS = note.SigningKey("thanh-tra.vi-du.vn/chung-kien", note.COSIGNATURE, chance("witness"))
STRANGER = note.SigningKey("tinh-khac.vi-du.vn/chung-kien", note.COSIGNATURE, chance("stranger"))


def body(number: int, deed: str, who: str, **told: Any) -> bytes:
    """An entry as the journal writes it."""
    content = {
        "subject": SUBJECT, "seq": number, "at": f"2026-04-23T0{number}:15:00.000000Z",
        "actor": f"post:{number}", "actor_name": who, "role": "desk_officer", "deed": deed,
        "facts": {"code": "H99.32-260423-0007", "note": "Đã nhận đủ giấy tờ"},
    } | told  # fmt: skip
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


ENTRIES = tuple(
    Shown(place, body(seq, deed, who), chance(f"salt {seq}", 16))
    for seq, (place, deed, who) in enumerate(
        zip(
            PLACES,
            ("dossier.submit", "dossier.read", "dossier.accept", "dossier.decide"),
            ("Nguyễn Thị Lan", "Trần Văn Hùng", "Trần Văn Hùng", "Lê Thị Hòa"),
            strict=True,
        ),
        start=1,
    )
)


class Log:
    """Hashes of leaves in memory, read as a tree."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self.leaves = list(leaves)

    def read(self, level: int, index: int) -> bytes:
        if level == 0:
            return self.leaves[index]
        halves = self.read(level - 1, 2 * index), self.read(level - 1, 2 * index + 1)
        return tree.node_hash(*halves)

    def checkpoint(self, size: int | None = None) -> note.Checkpoint:
        size = len(self.leaves) if size is None else size
        return note.Checkpoint(ORIGIN, size, tree.root_of(size, self.read))


def log_with(entries: Sequence[Shown | Hidden] = ENTRIES, size: int = SIZE) -> Log:
    """A log in which these entries are among others."""
    leaves = [chance(f"other {index}") for index in range(size)]
    for entry in entries:
        leaves[entry.index] = entry.leaf
    return Log(leaves)


def signed(checkpoint: note.Checkpoint, *, witness: bool = True) -> note.Note:
    """The checkpoint signed by its log, and seen by the witness."""
    by_log = note.sign(checkpoint, LOG)
    return by_log.plus([note.cosign(by_log.text, WITNESS, SEEN_AT)] if witness else [])


def chain(*shown: int, first: int = 1, last: int = 4) -> Chain:
    """The entries first … last, of which only those in `shown` can be read."""
    before = Chain(SUBJECT, 1, FIRST_PREV, ENTRIES[: first - 1])
    entries = tuple(
        ENTRIES[seq - 1] if seq in shown else Hidden(ENTRIES[seq - 1].index, ENTRIES[seq - 1].leaf)
        for seq in range(first, last + 1)
    )
    return Chain(SUBJECT, first, before.head, entries)


def token() -> bytes:
    """A real time-stamp token over the text of the log's checkpoint."""
    return base64.b64decode((VECTORS / "stamp.b64").read_text("ascii"))


def proof(
    of: Chain, *, witness: bool = True, stamp: bytes | None = None, among: Log | None = None
) -> dict[str, Any]:
    """The file as the portal makes it, read as JSON so that tests can spoil it."""
    log = among or log_with()
    keys = [LOG.verifier, WITNESS.verifier] if witness else [LOG.verifier]
    content = make(
        of,
        signed=signed(log.checkpoint(), witness=witness).signed,
        read=log.read,
        keys=keys,
        token=stamp,
    )
    found: dict[str, Any] = json.loads(content)
    return found
