"""Nobody writes a header of a letter but the house: not by a name, a subject, or an address (S-13)."""

import unicodedata
from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.adapters.email.adapter import letter_of
from motcua.core.errors import GiveUp
from motcua.notices.rules import filled, header_line, is_address, plain

ID = "<1.motcua@songha.example>"
TO = "lan@songha.example"
HEADERS = {
    "content-type", "mime-version", "content-transfer-encoding", "subject", "from", "to", "date",
    "message-id",
}  # fmt: skip
EVIL = (
    "\r\nBcc: doc@evil.example",
    "\nBcc: x@y.vn",
    "\r",
    "\u2028Bcc: x@y.vn",
    "\x85",
    "\u202e",
    "\x0b",
    "\x00",
)
HOSTILE = st.lists(st.one_of(st.text(max_size=40), st.sampled_from(EVIL)), max_size=6).map("".join)


def parsed(subject: str, body: str = "Kính gửi") -> Parsed:
    """The letter as a mail server reads it."""
    sent = letter_of(message_id=ID, to=TO, subject=subject, body=body).message().as_bytes()
    found = message_from_bytes(sent, policy=policy.default)
    assert isinstance(found, Parsed)
    return found


@given(HOSTILE)
def test_a_name_in_a_subject_adds_no_header_and_turns_nothing_around(name: str) -> None:
    letter = parsed(header_line(filled("Hồ sơ của {{name}} đã tiếp nhận", {"name": name})))

    assert {key.lower() for key in letter} <= HEADERS
    assert len(letter.get_all("to")) == len(letter.get_all("subject")) == 1
    said = str(letter["subject"])
    assert "\n" not in said
    assert [ch for ch in said if unicodedata.category(ch) in ("Cf", "Cc", "Zl", "Zp")] == []


@given(HOSTILE)
def test_a_body_is_a_body_whatever_stands_in_it(text: str) -> None:
    letter = parsed("Hồ sơ", body=text)

    assert {key.lower() for key in letter} <= HEADERS
    assert "bcc" not in letter


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("field", ["subject", "to", "message_id"])
def test_a_header_of_two_lines_is_refused_for_good(field: str, end: str) -> None:
    words = {"message_id": ID, "to": TO, "subject": "Hồ sơ", "body": "Kính gửi"}

    with pytest.raises(GiveUp):
        letter_of(**words | {field: f"{words[field]}{end}Bcc: doc@evil.example"})


@given(HOSTILE)
def test_nothing_hostile_is_an_address(text: str) -> None:
    assert not is_address(f"{TO}\r\nBcc: {text}")
    assert not is_address(f"Lan {text}<{TO}>")


@given(HOSTILE)
def test_an_sms_is_plain_letters_without_line_tricks(text: str) -> None:
    said = plain(text)

    assert [ch for ch in said if unicodedata.category(ch) in ("Cf", "Cc") and ch != "\n"] == []
