"""Guessing passwords is slow, tells nothing, and is written down (S-08)."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth import hashers
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings as SettingsWrapper

from motcua.audit.queries import deeds_on, entries_of
from motcua.config import guard
from motcua.people.guarding import UNKNOWN
from motcua.testing.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db
SIGN_IN = "/tai-khoan/dang-nhap/"


@pytest.fixture(autouse=True)
def _brakes(settings: SettingsWrapper) -> Iterator[None]:
    settings.ACCOUNT_RATE_LIMITS = guard.brakes()
    cache.clear()
    yield
    cache.clear()


def guess(name: str, password: str, address: str = "203.0.113.7") -> str:
    page = Client(REMOTE_ADDR=address).post(SIGN_IN, {"login": name, "password": password})
    return re.sub(r'value="[^"]*"', "", page.content.decode())


def test_the_brake_takes_hold_of_one_name_from_however_many_addresses(cast: Cast) -> None:
    answers = [guess("hung", f"sai{n}", f"203.0.113.{n}") for n in range(8)]

    tries = guard.SIGN_IN_TRIES
    assert all("chưa đúng" in page for page in answers[:tries])
    assert all("nhập sai nhiều lần" in page for page in answers[tries:])
    assert "nhập sai nhiều lần" in guess("hung", PASSWORD, "203.0.113.99")
    assert "Location" in Client().post(SIGN_IN, {"login": "mai", "password": PASSWORD})


def test_neither_another_host_nor_another_spelling_of_the_name_begins_the_count_again(
    cast: Cast, settings: SettingsWrapper
) -> None:
    settings.ALLOWED_HOSTS = [".localhost", "testserver"]
    names = ["binh", "BINH", "b\u0131nh", " binh ", "Binh"]  # the database takes \u0131 for i, too
    for number in range(guard.SIGN_IN_TRIES):
        guess = {"login": names[number % len(names)], "password": "sai"}
        there = Client(REMOTE_ADDR=f"203.0.113.{number}", HTTP_HOST=f"a{number}.localhost:{number}")
        assert "chưa đúng" in there.post(SIGN_IN, guess).content.decode()

    right = {"login": "binh", "password": PASSWORD}
    page = Client(HTTP_HOST="a99.localhost").post(SIGN_IN, right).content.decode()
    assert "nhập sai nhiều lần" in page


def test_stuffing_a_list_of_names_from_one_address_is_stopped(cast: Cast) -> None:
    names = [f"can-bo-{n}" for n in range(guard.SIGN_IN_PER_ADDRESS + 5)]

    answers = [guess(name, "123456") for name in names]

    assert ["nhập sai nhiều lần" in page for page in answers].count(True) == 5
    assert "nhập sai nhiều lần" in guess("hung", PASSWORD)  # this address waits, whoever it is
    assert "chưa đúng" in guess("hung", "sai", "198.51.100.1")


def work(name: str, monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], int]:
    """The statements and the passwords hashed while this name is refused."""
    hashed: list[str] = []
    usual = hashers.MD5PasswordHasher.encode

    def counted(self: object, password: str, salt: str) -> str:
        hashed.append(password)
        return str(usual(self, password, salt))  # type: ignore[arg-type]

    with monkeypatch.context() as patched, CaptureQueriesContext(connection) as asked:
        patched.setattr(hashers.MD5PasswordHasher, "encode", counted)
        guess(name, "sai")
    kinds = [re.sub(r"'[^']*'|\d+|E?'\\x[^']*'", "?", q["sql"])[:60] for q in asked]
    return kinds, len(hashed)


def test_a_known_and_an_unknown_name_get_the_same_words_and_cost_the_same(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    guess("hung", "sai"), guess("khong-ai", "sai")  # both chains of the journal have begun

    known, unknown = work("hung", monkeypatch), work("khong-ai", monkeypatch)

    assert known[1] == unknown[1] == 1
    assert known[0] == unknown[0]
    csrf = r"<input type=\"hidden\"[^>]*>"
    pages = {re.sub(csrf, "", guess(name, "sai")) for name in ("hung", "khong-ai")}
    assert len(pages) == 1


def test_every_refusal_is_written_down_and_no_password_and_no_unknown_name(cast: Cast) -> None:
    guess("hung", "mat-khau-sai")
    guess("mat-khau-go-nham-o", "x")

    [refused] = entries_of(f"account:{cast.hung.account_id}")
    assert (refused.deed, refused.facts["why"]) == ("account.refused", "password")
    assert refused.facts["address"] == "203.0.113.7"
    journal = str([*entries_of(UNKNOWN), refused])
    assert deeds_on(UNKNOWN) == ["account.refused"]
    assert "mat-khau" not in journal


def test_that_the_brake_took_hold_stands_in_the_journal_once(cast: Cast) -> None:
    for _ in range(guard.SIGN_IN_TRIES + 6):
        guess("hung", "sai")

    why = [entry.facts["why"] for entry in entries_of(f"account:{cast.hung.account_id}")]
    assert why == ["password"] * guard.SIGN_IN_TRIES + ["braked"]


def test_a_wrong_word_for_the_second_factor_stops_the_house(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MOTCUA_SECOND_FACTOR", "off")

    with pytest.raises(ValueError, match="required hoặc optional"):
        guard.second_factor("required")
