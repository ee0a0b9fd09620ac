"""Proofs that hold."""

from collections.abc import Iterator

from motcua.tlog import note
from motcua.tlog.bundle import Chain, Shown
from motcua.tlog.tests import a_proof
from motcua.tlog.tests.a_proof import LOG, OLD_LOG, ORIGIN, STRANGER, SUBJECT, WITNESS
from motcua.tlog.tests.altering import (
    Proof,
    altered,
    nested_body,
    one_act,
    raw_body,
    resigned,
    whole,
)

Cases = Iterator[tuple[str, Proof, str]]  # name, proof, trusted keys


def by_keys() -> Cases:
    """The same act, judged with and without keys."""
    log, witness = LOG.verifier.vkey, WITNESS.verifier.vkey
    yield "one act, no key known", one_act(), ""
    yield "one act, both keys known", one_act(), f"# log\n{log}\n\n{witness}\n"
    yield "one act, only the witness known", one_act(), witness
    yield (
        "one act, two witnesses known, one saw it",
        one_act(),
        f"{STRANGER.verifier.vkey}\n{witness}",
    )
    yield "one act, the log's key retired later", one_act(), f"{log} 0 300"
    yield "one act, the log's key new since", one_act(), f"{OLD_LOG.verifier.vkey} 0 299\n{log} 300"


def of_kinds() -> Cases:
    """More or less in the file, and odd but right."""
    log = LOG.verifier.vkey
    yield "whole chain, one entry hidden", whole(), log
    yield "no witness", a_proof.proof(a_proof.chain(2, first=2, last=4), witness=False), log
    yield (
        "with a time stamp",
        a_proof.proof(a_proof.chain(3, first=3, last=3), stamp=a_proof.token()),
        log,
    )
    alone = Shown(0, a_proof.body(1, "dossier.submit", "Nguyễn Thị Lan"), bytes(16))
    chain = Chain(SUBJECT, 1, bytes(32), (alone,))
    yield "a log of one leaf", a_proof.proof(chain, among=a_proof.log_with([alone], 1)), log
    yield (
        "body with a whole number spelled 1.0",
        raw_body(f'{{"seq":1.0,"subject":"{SUBJECT}"}}'.encode()),
        log,
    )
    yield "body nested 64 deep", nested_body(64), log
    other = a_proof.signed(
        note.Checkpoint(ORIGIN, 300, a_proof.log_with().checkpoint().root, ("một dòng thêm",))
    )
    yield (
        "a checkpoint with one line more",
        altered(one_act(), "checkpoint", value=other.signed.decode()),
        log,
    )
    yield (
        "a signature of an unknown kind below",
        resigned(lambda signed: signed.plus([note.Signature("ai-do.vi-du.vn", b"abcd", b"?")])),
        log,
    )


GOOD = (by_keys, of_kinds)
