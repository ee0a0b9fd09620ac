"""The seal behind the QR of a slip."""

from dataclasses import replace
from datetime import timedelta

import pytest

from motcua.dossiers.slips import qr_payload, read_payload
from motcua.dossiers.tests.test_slips import AT, sealed


def test_the_payload_carries_the_minimum_data_of_the_law() -> None:
    paper = read_payload(qr_payload(sealed()))

    assert paper == sealed()
    assert paper is not None
    assert paper.paper_name == "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
    assert paper.source


def test_the_token_alone_is_read_too() -> None:
    assert read_payload(qr_payload(sealed()).rpartition("/")[2]) == sealed()


@pytest.mark.parametrize("change", [-3, -25, 60])
def test_a_changed_payload_is_not_read(change: int) -> None:
    payload = qr_payload(sealed())
    letter = "A" if payload[change] != "A" else "B"
    forged = payload[:change] + letter + payload[change:][1:]

    assert read_payload(forged) is None


@pytest.mark.parametrize(
    "token", ["", ".", "abc", "abc.def", "đ.đ", "a" * 5000, "../..", "\x00.\x00"]
)
def test_what_is_not_a_token_is_not_read(token: str) -> None:
    assert read_payload(token) is None


def test_a_payload_sealed_with_the_former_key_is_still_read(settings) -> None:  # type: ignore[no-untyped-def]  # pytest-django's fixture
    payload = qr_payload(sealed())
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new key for the new year"

    assert read_payload(payload) == sealed()


def test_times_are_sealed_as_hanoi_reads_them() -> None:
    paper = replace(sealed(), issued_at=AT + timedelta(hours=16), due_at=None)

    assert read_payload(qr_payload(paper)) == paper
