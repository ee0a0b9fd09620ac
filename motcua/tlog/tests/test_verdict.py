"""Proofs and their verdicts; the vectors hold every case that JavaScript must judge alike."""

import base64
import contextlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.tlog import note
from motcua.tlog.bundle import ENTRY_HEADER, Chain, Hidden, make, parse
from motcua.tlog.stamp import Unreadable, read
from motcua.tlog.tests import a_proof
from motcua.tlog.tests.a_proof import LOG, VECTORS, WITNESS
from motcua.tlog.tests.altering import one_act, whole
from motcua.tlog.tests.make_vectors import proof_vectors
from motcua.tlog.verdict import Outcome, Step, TrustedKey, check, trusted_keys

CASES: list[dict[str, Any]] = json.loads((VECTORS / "proofs.json").read_text("utf-8"))["cases"]
BOTH = [TrustedKey(LOG.verifier), TrustedKey(WITNESS.verifier)]


def content_of(case: dict[str, Any]) -> bytes:
    return base64.b64decode(case["base64"]) if "base64" in case else case["content"].encode()


def test_the_vectors_on_file_are_what_the_program_makes() -> None:
    stored = json.loads((VECTORS / "proofs.json").read_text("utf-8"))

    assert stored == json.loads(json.dumps(proof_vectors()))
    assert stored["entry_header"].encode() == ENTRY_HEADER


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_whole_proofs_hold_and_spoilt_ones_do_not(case: dict[str, Any]) -> None:
    verdict = check(content_of(case), trusted_keys(case["trusted"]))

    assert verdict.holds == (case["kind"] == "whole")
    assert (verdict.bundle is None) == (case["kind"] == "rubbish")


def test_one_act_with_everything_takes_less_than_8_kilobytes() -> None:
    chain = a_proof.chain(3, first=3, last=3)
    log = a_proof.log_with()
    content = make(
        chain,
        signed=a_proof.signed(log.checkpoint()).signed,
        read=log.read,
        keys=[LOG.verifier, WITNESS.verifier],
        token=a_proof.token(),
    )

    assert len(content) < 8 * 1024
    verdict = check(content, BOTH)
    assert verdict.bundle
    assert verdict.bundle.chain == chain
    assert [finding.outcome for finding in verdict.findings] == [Outcome.OK] * 6


def test_an_entry_that_cannot_be_read_back_is_not_given_out() -> None:
    log = a_proof.log_with()
    hidden = Chain("x", 1, bytes(32), (Hidden(5, a_proof.ENTRIES[0].leaf),))

    with pytest.raises(note.Malformed):
        make(hidden, signed=a_proof.signed(log.checkpoint()).signed, read=log.read, keys=[])
    with pytest.raises(ValueError, match="no such leaves"):
        make(
            a_proof.chain(1),
            signed=a_proof.signed(log.checkpoint(200)).signed,
            read=log.read,
            keys=[],
        )


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in the file where a single value stands."""
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        return [place for key, inner in pairs for place in places(inner, (*path, key))]
    return [path]


WHOLE = whole()
LETTERS = "ABCabc012+/=\n \u2014é"


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_no_letter_of_a_proof_can_be_changed_unseen(data: st.DataObject) -> None:
    """With both keys known, whatever is changed in a proof is found, or changes nothing."""
    spoilt = json.loads(json.dumps(WHOLE))
    path = data.draw(st.sampled_from(places(WHOLE)))
    at = spoilt
    for part in path[:-1]:
        at = at[part]
    value = at[path[-1]]
    if isinstance(value, str) and value:
        place = data.draw(st.integers(0, len(value) - 1))
        at[path[-1]] = value[:place] + data.draw(st.sampled_from(LETTERS)) + value[place + 1 :]
    else:
        at[path[-1]] = data.draw(
            st.sampled_from([None, True, 0, 1, 2, 255, 2**53, "", "x", [], {}])
        )
    verdict = check(json.dumps(spoilt).encode(), BOTH)

    if verdict.holds:
        assert parse(json.dumps(WHOLE).encode()).chain == verdict.bundle.chain  # type: ignore[union-attr]


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 1663), st.integers(0, 7))
def test_a_flipped_bit_never_raises(at: int, bit: int) -> None:
    content = bytearray(json.dumps(one_act()).encode())
    content[at % len(content)] ^= 1 << bit

    check(bytes(content), BOTH)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 936), st.integers(0, 255), st.integers(0, 937))
def test_a_spoilt_time_stamp_never_raises(at: int, byte: int, cut: int) -> None:
    token = bytearray(a_proof.token())
    token[at] = byte
    for spoilt in (bytes(token), bytes(token)[:cut]):
        with contextlib.suppress(Unreadable):
            assert len(read(spoilt).imprint) == 32


def test_a_file_larger_than_a_megabyte_is_not_read() -> None:
    content = json.dumps(one_act()).encode()

    assert check(content + b" " * (1024 * 1024 - len(content))).holds
    assert check(content + b" " * (1024 * 1024 - len(content) + 1)).bundle is None


@pytest.mark.parametrize("line", ["x", f"{LOG.verifier.vkey} 1 2 3", f"{LOG.verifier.vkey} -1"])
def test_a_line_that_trusts_nothing_is_refused(line: str) -> None:
    with pytest.raises(note.Malformed):
        trusted_keys(line)


def test_after_a_change_of_keys_the_old_one_signs_nothing_new() -> None:
    """The drill: at 300 leaves the key of the log is retired, and stolen later."""
    lines = f"{LOG.verifier.vkey} 0 300\n{a_proof.OLD_LOG.verifier.vkey} 300"
    known = trusted_keys(lines)
    grown = a_proof.log_with(size=400)
    later = make(
        a_proof.chain(1), signed=note.sign(grown.checkpoint(), LOG).signed, read=grown.read, keys=[]
    )

    assert check(json.dumps(one_act()).encode(), known).holds
    failed = [finding for finding in check(later, known).findings if finding.reason]
    assert [(finding.step, finding.reason) for finding in failed] == [(Step.SIGNATURE, "retired")]
