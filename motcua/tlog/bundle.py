"""The citizen's proof: one file that shows what was written, in its chain, in the signed log.

`docs/proof-format.md` is its description, byte by byte; this module writes it and reads it back.
`verdict.py` judges it.
"""

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from motcua.tlog import note
from motcua.tlog.tree import HASH_BYTES, MOST_LEAVES, Read, batch_proof, leaf_hash

FORMAT, VERSION = "motcua-proof", 1
ENTRY_HEADER = b"motcua-entry/1\n"
SALT_BYTES = 16
FIRST_PREV = b"\x00" * HASH_BYTES
MOST_BYTES = 1024 * 1024
MOST_DEPTH = 64

T = TypeVar("T")


@dataclass(frozen=True)
class Shown:
    """An entry that the holder of the proof may read: where it is in the log, its bytes."""

    index: int
    body: bytes
    salt: bytes

    @property
    def leaf(self) -> bytes:
        """Its fingerprint in the log."""
        return leaf_hash(ENTRY_HEADER + self.salt + self.body)


@dataclass(frozen=True)
class Hidden:
    """An entry between them that the holder may not read: its fingerprint keeps the chain whole."""

    index: int
    leaf: bytes


@dataclass(frozen=True)
class Chain:
    """Entries on one subject, one after the other without a gap; `first` is the number of the first."""

    subject: str
    first: int
    prev: bytes
    entries: tuple[Shown | Hidden, ...]

    @property
    def head(self) -> bytes:
        """The fingerprint of the last entry and of everything before it: what a receipt names."""
        head = self.prev
        for entry in self.entries:
            head = hashlib.sha256(b"\x01" + head + entry.leaf).digest()
        return head


@dataclass(frozen=True)
class Bundle:
    """What stands in the file. Nothing of it is believed yet."""

    chain: Chain
    head: bytes
    proof: tuple[bytes, ...]
    checkpoint: note.Checkpoint
    token: bytes | None
    keys: tuple[note.VerifierKey, ...]
    note: note.Note


def make(
    chain: Chain,
    *,
    signed: bytes,
    read: Read,
    keys: Sequence[note.VerifierKey],
    token: bytes | None = None,
) -> bytes:
    """The file that proves `chain` by the signed checkpoint, of whose log `read` gives the hashes.

    `keys` are the public keys of the log and of the witnesses that cosigned; `token` is the RFC 3161
    time-stamp token over the checkpoint's text.
    """
    checkpoint = note.Checkpoint.parse(note.parse(signed).text)
    indexes = [entry.index for entry in chain.entries]
    stated = {
        "format": FORMAT,
        "version": VERSION,
        "subject": chain.subject,
        "first": chain.first,
        "prev": _encoded(chain.prev),
        "entries": [_stated(entry) for entry in chain.entries],
        "head": _encoded(chain.head),
        "proof": [_encoded(each) for each in batch_proof(indexes, checkpoint.size, read)],
        "checkpoint": signed.decode(),
        "timestamp": None if token is None else _encoded(token),
        "keys": [{"vkey": key.vkey, "fingerprint": key.fingerprint} for key in keys],
    }
    content = json.dumps(stated, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    parse(content)  # what we could not read back is not given out
    return content


def parse(content: bytes) -> Bundle:
    """What the file says; `note.Malformed` if it is not such a file, letter by letter."""
    try:
        return _bundle(content)
    except UnicodeEncodeError as error:  # half a letter of two, spelled as \ud800
        raise note.Malformed("not a text") from error


def read_json(content: bytes) -> Any:
    """JSON as Python and JavaScript both understand it; `note.Malformed` for the rest."""
    try:
        found = json.loads(content.decode(), parse_float=_number, parse_constant=_refused_constant)
        if _depth(found) > MOST_DEPTH:
            raise note.Malformed("nested too deeply")
    except (ValueError, RecursionError) as error:
        raise note.Malformed("not JSON") from error
    return found


def _bundle(content: bytes) -> Bundle:
    if len(content) > MOST_BYTES:
        raise note.Malformed("too long for a proof")
    names = "format version subject first prev entries head proof checkpoint timestamp keys"
    found = _fields(read_json(content), *names.split())
    if (found["format"], _count(found["version"])) != (FORMAT, VERSION):
        raise note.Malformed("another format")
    signed = note.parse(_typed(found["checkpoint"], str).encode())
    stamp = found["timestamp"]
    chain = Chain(
        _typed(found["subject"], str),
        _count(found["first"]),
        _decoded(found["prev"], HASH_BYTES),
        tuple(_entry(each) for each in _typed(found["entries"], list)),
    )
    if not chain.first or chain.first + len(chain.entries) > MOST_LEAVES:
        raise note.Malformed("not the number of an entry")
    if not any(isinstance(entry, Shown) for entry in chain.entries):
        raise note.Malformed("no entry to read")
    chain.subject.encode()
    return Bundle(
        chain,
        _decoded(found["head"], HASH_BYTES),
        tuple(_decoded(each, HASH_BYTES) for each in _typed(found["proof"], list)),
        note.Checkpoint.parse(signed.text),
        None if stamp is None else _decoded(stamp),
        tuple(_key(each) for each in _typed(found["keys"], list)),
        signed,
    )


def _stated(entry: Shown | Hidden) -> dict[str, object]:
    if isinstance(entry, Hidden):
        return {"index": entry.index, "leaf": _encoded(entry.leaf)}
    return {"index": entry.index, "body": _encoded(entry.body), "salt": _encoded(entry.salt)}


def _entry(found: object) -> Shown | Hidden:
    if "leaf" in _typed(found, dict):
        hidden = _fields(found, "index", "leaf")
        return Hidden(_count(hidden["index"]), _decoded(hidden["leaf"], HASH_BYTES))
    shown = _fields(found, "index", "body", "salt")
    return Shown(
        _count(shown["index"]), _decoded(shown["body"]), _decoded(shown["salt"], SALT_BYTES)
    )


def _key(found: object) -> note.VerifierKey:
    stated = _fields(found, "vkey", "fingerprint")
    key = note.VerifierKey.parse(_typed(stated["vkey"], str))
    if stated["fingerprint"] != key.fingerprint:
        raise note.Malformed("the fingerprint is not that of the key")
    return key


def _fields(found: object, *names: str) -> dict[str, object]:
    """The object with exactly these names."""
    fields = _typed(found, dict)
    if set(fields) != set(names):
        raise note.Malformed(f"exactly these: {', '.join(names)}")
    return fields


def _typed(found: object, kind: type[T]) -> T:
    if not isinstance(found, kind):
        raise note.Malformed(f"not a {kind.__name__}")
    return found


def _count(found: object) -> int:
    if type(found) is not int or not 0 <= found <= MOST_LEAVES:
        raise note.Malformed("not a count")
    return found


def _encoded(blob: bytes) -> str:
    return base64.b64encode(blob).decode()


def _decoded(found: object, length: int | None = None) -> bytes:
    blob = note.from_base64(_typed(found, str))
    if length is not None and len(blob) != length:
        raise note.Malformed(f"not {length} bytes")
    return blob


def _number(text: str) -> float:
    """1.0 and 1e3 are whole numbers in JavaScript, so they are here."""
    number = float(text)
    return int(number) if number.is_integer() and abs(number) <= MOST_LEAVES else number


def _refused_constant(name: str) -> object:
    raise note.Malformed(f"{name} is not JSON")


def _depth(found: object) -> int:
    match found:
        case dict():
            return 1 + max(map(_depth, found.values()), default=0)
        case list():
            return 1 + max(map(_depth, found), default=0)
    return 0
