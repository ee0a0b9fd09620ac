"""Proofs, and the ways to spoil one."""

import base64
import json
from collections.abc import Callable
from typing import Any

from motcua.tlog import note
from motcua.tlog.bundle import Chain, Shown
from motcua.tlog.tests import a_proof
from motcua.tlog.tests.a_proof import LOG, OLD_LOG, ORIGIN, SUBJECT

Proof = dict[str, Any]


def altered(proof: Proof, *path: str | int, value: object) -> Proof:
    """The same proof with another value at this place."""
    copy = json.loads(json.dumps(proof))
    at = copy
    for part in path[:-1]:
        at = at[part]
    at[path[-1]] = value
    return dict(copy)


def flipped(coded: str, at: int = 0) -> str:
    """The same bytes with one bit turned."""
    blob = bytearray(base64.b64decode(coded))
    blob[at] ^= 1
    return base64.b64encode(blob).decode()


def one_act() -> Proof:
    return a_proof.proof(a_proof.chain(3, first=3, last=3))


def whole() -> Proof:
    return a_proof.proof(a_proof.chain(1, 3, 4))


def body_said(**said: Any) -> Proof:
    """Honestly logged and signed, but an entry says something else than its place in the chain."""
    entry = Shown(77, a_proof.body(1, "dossier.submit", "Nguyễn Thị Lan", **said), bytes(16))
    chain = Chain(SUBJECT, 1, bytes(32), (entry,))
    return a_proof.proof(chain, among=a_proof.log_with([entry]))


def raw_body(body: bytes) -> Proof:
    entry = Shown(77, body, bytes(16))
    chain = Chain(SUBJECT, 1, bytes(32), (entry,))
    return a_proof.proof(chain, among=a_proof.log_with([entry]))


def nested_body(depth: int) -> Proof:
    """An entry with brackets within brackets."""
    inner = "[" * (depth - 1) + "]" * (depth - 1)
    return raw_body(f'{{"facts":{inner},"seq":1,"subject":"{SUBJECT}"}}'.encode())


def resigned(change: Callable[[note.Note], note.Note]) -> Proof:
    """One act under another signed checkpoint."""
    good = one_act()
    return altered(
        good, "checkpoint", value=change(note.parse(good["checkpoint"].encode())).signed.decode()
    )


def with_line(index: int, line: note.Signature) -> Callable[[note.Note], note.Note]:
    """The note with another signature in this place."""

    def change(signed: note.Note) -> note.Note:
        lines = list(signed.signatures)
        lines[index : index + 1] = [line]
        return note.Note(signed.text, tuple(lines))

    return change


def in_blob(index: int, at: int) -> Callable[[note.Note], note.Note]:
    """The note with one bit of a signature turned."""

    def change(signed: note.Note) -> note.Note:
        line = signed.signatures[index]
        blob = bytearray(line.blob)
        blob[at] ^= 1
        return with_line(index, note.Signature(line.name, line.key_id, bytes(blob)))(signed)

    return change


def signed_by_other(signed: note.Note) -> note.Note:
    """Somebody else's signature under the name and the id of the log's key."""
    blob = OLD_LOG.sign(signed.text)
    return with_line(0, note.Signature(ORIGIN, LOG.verifier.key_id, blob))(signed)
