"""Signed notes: the examples of C2SP hold, and there is one way to write everything."""

import pytest

from motcua.tlog import note
from motcua.tlog.note import Checkpoint, Malformed, Note, Signature, SigningKey, VerifierKey
from motcua.tlog.tests.a_proof import (
    LOG,
    OLD_LOG,
    ORIGIN,
    SEEN_AT,
    WITNESS,
    chance,
    log_with,
    signed,
)

# The example that came with the format (Go's sumdb/note).
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETERS_NOTE = """If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
"""
POINT = log_with().checkpoint()
GOOD = signed(POINT)


def test_the_example_of_the_format_is_signed_by_its_author() -> None:
    found = note.parse(PETERS_NOTE.encode())

    assert note.is_signed_by(found, VerifierKey.parse(PETER))
    assert VerifierKey.parse(PETER).vkey == PETER
    assert found.signed == PETERS_NOTE.encode()
    altered = note.parse(PETERS_NOTE.replace("answer", "question").encode())
    assert not note.is_signed_by(altered, VerifierKey.parse(PETER))


def test_a_checkpoint_signed_and_cosigned_is_read_back() -> None:
    found = note.parse(GOOD.signed)

    assert found == GOOD
    assert Checkpoint.parse(found.text) == POINT
    assert note.is_signed_by(found, LOG.verifier)
    assert note.cosigned_at(found, WITNESS.verifier) == SEEN_AT
    assert not note.is_signed_by(found, WITNESS.verifier)
    assert note.cosigned_at(found, LOG.verifier) is None
    assert not note.is_signed_by(found, OLD_LOG.verifier)


def test_the_later_of_two_cosignatures_counts() -> None:
    twice = GOOD.plus([note.cosign(GOOD.text, WITNESS, SEEN_AT + 60)])

    assert note.cosigned_at(twice, WITNESS.verifier) == SEEN_AT + 60
    assert twice.plus(GOOD.signatures) == twice


def test_keys_survive_being_written_down() -> None:
    for key in (LOG, WITNESS, SigningKey.generate("vi-du.vn/a"), SigningKey.generate("b", 4)):
        assert SigningKey.parse(key.secret) == key
        assert VerifierKey.parse(key.verifier.vkey) == key.verifier
        assert key.verifier.fingerprint.startswith(key.verifier.key_id.hex())


def test_a_secret_key_does_not_show_itself() -> None:
    assert LOG.seed.hex() not in repr(LOG)
    assert repr(LOG.seed) not in repr(LOG)


def test_log_and_witness_do_not_lend_each_other_their_keys() -> None:
    with pytest.raises(ValueError, match="kind 1"):
        note.sign(POINT, WITNESS)
    with pytest.raises(ValueError, match="kind 4"):
        note.cosign(POINT.text, LOG, SEEN_AT)


@pytest.mark.parametrize(
    "name", ["", "a b", "a+b", "a\nb", "a\u00a0b", "a\u2028b", "\ufeffa", "\x7f"]
)
def test_a_name_that_could_be_misread_is_no_name(name: str) -> None:
    with pytest.raises(Malformed):
        SigningKey.generate(name)
    with pytest.raises(Malformed):
        VerifierKey.parse(VerifierKey(name, 1, bytes(32)).vkey)
    with pytest.raises(Malformed):
        Signature.parse(Signature(name, b"1234", b"5").line.decode().rstrip("\n"))


SECRET, PUBLIC = LOG.secret, LOG.verifier.vkey


@pytest.mark.parametrize(
    "line",
    [
        "", "a", "a+b", f"{PUBLIC} ", f" {PUBLIC}", PUBLIC.replace("+", "+0", 1), PUBLIC[:-1], f"{PUBLIC}\n",
        PUBLIC.replace("+2d", "+2D"), VerifierKey(ORIGIN, 2, bytes(32)).vkey,
        VerifierKey(ORIGIN, 1, bytes(31)).vkey, VerifierKey("khac", 1, LOG.verifier.public).vkey.replace("khac", ORIGIN),
    ],
)  # fmt: skip
def test_a_line_that_is_no_key_is_refused(line: str) -> None:
    with pytest.raises(Malformed):
        VerifierKey.parse(line)
    with pytest.raises(Malformed):
        SigningKey.parse(line)
    with pytest.raises(Malformed):
        SigningKey.parse(f"{note.SECRET_PREFIX}{line}")


TEXT = POINT.text.decode()
LINE = GOOD.signatures[0].line.decode()


@pytest.mark.parametrize(
    "text",
    [
        "", "\n", TEXT, f"{TEXT}\n", f"{TEXT}{LINE}", f"{TEXT}\n{LINE}\n", f"{TEXT}\n{LINE[:-1]}", f"\r\n{TEXT}\n{LINE}",
        f"{TEXT}\n{LINE.replace('—', '-')}", f"{TEXT}\n{LINE.replace(' ', '  ')}", f"{TEXT}\n {LINE}",
        f"{TEXT}\n{LINE.replace('=', '')}", f"{TEXT}\n— {ORIGIN} AAAAAA==\n", f"{TEXT}\n— {ORIGIN} AAAA\n", f"{TEXT}\x00\n{LINE}",
        f"{TEXT}\n{LINE * 65}", f"{'x' * 65536}\n\n{LINE}",
    ],
)  # fmt: skip
def test_what_is_not_a_note_letter_by_letter_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        note.parse(text.encode())


def test_a_note_that_is_no_text_is_refused() -> None:
    with pytest.raises(Malformed):
        note.parse(GOOD.signed.replace(b"\xe2", b"\xff"))


def test_a_note_may_hold_empty_lines_and_64_signatures() -> None:
    lines = "".join(f"— k{count} AAAAAAA=\n" for count in range(64))

    assert len(note.parse(f"a\n\nb\n\n{lines}".encode()).signatures) == 64
    assert note.parse(f"a\n\nb\n\n{lines}".encode()).text == b"a\n\nb\n"


ROOT = TEXT.split("\n")[2]


@pytest.mark.parametrize(
    "text",
    [
        "", f"{ORIGIN}\n300\n", f"{ORIGIN}\n300\n{ROOT}", f"\n300\n{ROOT}\n", f"{ORIGIN}\n0300\n{ROOT}\n", f"{ORIGIN}\n-1\n{ROOT}\n",
        f"{ORIGIN}\n+1\n{ROOT}\n", f"{ORIGIN}\n1 \n{ROOT}\n", f"{ORIGIN}\n{2**53}\n{ROOT}\n", f"{ORIGIN}\n{'9' * 5000}\n{ROOT}\n",
        f"{ORIGIN}\n٣\n{ROOT}\n", f"{ORIGIN}\n300\n{ROOT[:-1]}\n", f"{ORIGIN}\n300\nAAAA\n", f"{ORIGIN}\n300\n{ROOT}\n\n",
        f"{ORIGIN}\n300\n{ROOT[:-2]}Z=\n",
    ],
)  # fmt: skip
def test_what_is_not_a_checkpoint_letter_by_letter_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        Checkpoint.parse(text.encode())


def test_a_checkpoint_may_say_more_and_all_of_it_is_signed() -> None:
    more = Checkpoint(ORIGIN, 0, chance("root"), ("thêm", "nữa"))
    point = note.sign(more, LOG)

    assert Checkpoint.parse(point.text) == more
    assert note.is_signed_by(point, LOG.verifier)
    assert not note.is_signed_by(
        Note(more.text.replace("nữa".encode(), b""), point.signatures), LOG.verifier
    )
