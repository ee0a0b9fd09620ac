"""Proofs that can be read and do not hold."""

import base64
from collections.abc import Iterator

from motcua.tlog import note
from motcua.tlog.tests import a_proof
from motcua.tlog.tests.a_proof import LOG, OLD_LOG, ORIGIN, STRANGER, SUBJECT, WITNESS
from motcua.tlog.tests.altering import (
    Proof,
    altered,
    body_said,
    flipped,
    in_blob,
    nested_body,
    one_act,
    raw_body,
    resigned,
    signed_by_other,
    whole,
    with_line,
)

Cases = Iterator[tuple[str, Proof, str]]
ENTRY_CHANGED = a_proof.ENTRIES[2].body.replace("đủ".encode(), "đu".encode())


def changed_entries() -> Cases:
    """What was in the file was changed there."""
    good, log = whole(), LOG.verifier.vkey
    entries = good["entries"]
    changed = base64.b64encode(ENTRY_CHANGED).decode()
    yield "a word of an entry changed", altered(good, "entries", 2, "body", value=changed), log
    yield (
        "salt changed",
        altered(good, "entries", 0, "salt", value=flipped(entries[0]["salt"])),
        log,
    )
    yield (
        "hidden entry exchanged",
        altered(good, "entries", 1, "leaf", value=flipped(entries[1]["leaf"])),
        log,
    )
    yield "entry left out", altered(good, "entries", value=[entries[0], *entries[2:]]), log
    yield "last entry left out", altered(good, "entries", value=entries[:3]), log
    yield (
        "entries exchanged",
        altered(good, "entries", value=[entries[0], entries[2], entries[1], entries[3]]),
        log,
    )
    yield "the same entry twice", altered(good, "entries", value=[*entries, entries[3]]), log
    yield (
        "begins with something before the first",
        altered(good, "prev", value=flipped(good["prev"])),
        log,
    )
    yield (
        "prev of a later entry changed",
        altered(one_act(), "prev", value=flipped(one_act()["prev"])),
        log,
    )


def wrong_entries() -> Cases:
    """The entries do not say what the chain says of them."""
    good, log = whole(), LOG.verifier.vkey
    yield "head changed", altered(good, "head", value=flipped(good["head"])), log
    yield "numbered otherwise", altered(one_act(), "first", value=2), log
    yield "another subject", altered(good, "subject", value="dossier:H99.32-260423-0008"), log
    yield "entry of another subject", body_said(subject="dossier:H99.32-260423-0008"), log
    yield "entry with another number", body_said(seq=2), log
    yield "entry whose number is true", body_said(seq=True), log
    yield "entry that is no object", raw_body(b"[1]"), log
    yield "entry that is no JSON", raw_body(b"{"), log
    yield "entry with NaN", raw_body(f'{{"seq":NaN,"subject":"{SUBJECT}"}}'.encode()), log
    yield "entry nested 65 deep", nested_body(65), log
    yield "entry that is no UTF-8", raw_body(b'{"\xff":1}'), log
    yield "entry with a mark of byte order", raw_body(b"\xef\xbb\xbf{}"), log


def wrong_places() -> Cases:
    """The entries are not where the proof says."""
    good, log = whole(), LOG.verifier.vkey
    yield "index changed", altered(one_act(), "entries", 0, "index", value=257), log
    yield "index beyond the log", altered(one_act(), "entries", 0, "index", value=300), log
    yield "proof changed", altered(one_act(), "proof", 4, value=flipped(one_act()["proof"][4])), log
    yield "proof too short", altered(one_act(), "proof", value=one_act()["proof"][:-1]), log
    yield (
        "proof too long",
        altered(one_act(), "proof", value=[*one_act()["proof"], good["head"]]),
        log,
    )
    yield "no proof", altered(one_act(), "proof", value=[]), log


def wrong_checkpoints() -> Cases:
    """The checkpoint is another, or not signed by the log."""
    good, log = one_act(), LOG.verifier.vkey
    point = good["checkpoint"]
    root = base64.b64encode(a_proof.log_with().checkpoint().root).decode()
    yield (
        "size of the log changed",
        altered(good, "checkpoint", value=point.replace("\n300\n", "\n301\n")),
        log,
    )
    yield "root changed", altered(good, "checkpoint", value=point.replace(root, flipped(root))), log
    yield (
        "another log's name",
        altered(good, "checkpoint", value=point.replace(f"{ORIGIN}\n", "khac.vi-du.vn\n", 1)),
        "",
    )
    yield "signature changed", resigned(in_blob(0, 63)), log
    yield "signature changed, no key known", resigned(in_blob(0, 0)), ""
    yield "signature by another key", resigned(signed_by_other), log
    yield (
        "one right and one wrong signature",
        resigned(lambda signed: signed.plus(in_blob(0, 5)(signed).signatures[:1])),
        log,
    )
    yield (
        "not signed by the log",
        resigned(lambda signed: note.Note(signed.text, signed.signatures[1:])),
        log,
    )
    yield "the log's key is not the known one", good, OLD_LOG.verifier.vkey
    yield "the log's key was retired before", good, f"{log} 0 299"
    yield "the log's key was not yet in use", good, f"{log} 301"


def wrong_witnesses() -> Cases:
    """Nobody else saw this log."""
    good, log = one_act(), LOG.verifier.vkey
    yield "cosignature changed", resigned(in_blob(1, 20)), log
    yield "moment of the cosignature changed", resigned(in_blob(1, 7)), log
    yield (
        "moment of the cosignature beyond all time",
        resigned(lambda signed: with_line(1, note.cosign(signed.text, WITNESS, 1 << 63))(signed)),
        log,
    )
    yield (
        "cosignature too short",
        resigned(with_line(1, note.Signature(WITNESS.name, WITNESS.verifier.key_id, b"1234"))),
        log,
    )
    yield (
        "cosignature missing",
        resigned(lambda signed: note.Note(signed.text, signed.signatures[:1])),
        log,
    )
    yield "the known witness did not see it", good, f"{log}\n{STRANGER.verifier.vkey}"
    yield (
        "the known witness's key was retired before",
        good,
        f"{log}\n{WITNESS.verifier.vkey} 0 299",
    )


def wrong_stamps() -> Cases:
    """The time stamp is of something else."""
    good, log, stamp = one_act(), LOG.verifier.vkey, a_proof.token()
    yield (
        "time stamp over another checkpoint",
        altered(body_said(), "timestamp", value=base64.b64encode(stamp).decode()),
        log,
    )
    yield (
        "time stamp cut off",
        altered(good, "timestamp", value=base64.b64encode(stamp[:-9]).decode()),
        log,
    )
    broken = stamp.replace(b"\x31\x82\x01\x4f", b"\x31\x82\x09\x4f")
    yield (
        "time stamp broken behind what is read",
        altered(good, "timestamp", value=base64.b64encode(broken).decode()),
        log,
    )
    more = base64.b64encode(stamp + b"\x05\x00").decode()
    yield "time stamp with something behind", altered(good, "timestamp", value=more), log
    yield "time stamp that is none", altered(good, "timestamp", value="MAA="), log
    yield "empty time stamp", altered(good, "timestamp", value=""), log


SPOILT = (
    changed_entries,
    wrong_entries,
    wrong_places,
    wrong_checkpoints,
    wrong_witnesses,
    wrong_stamps,
)
