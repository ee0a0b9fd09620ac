"""The brake on guessing counts for all processes together, page and API alike."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory

from motcua.core import clock, throttle

STRANGER = "203.0.113.7"


@pytest.fixture
def three_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "TRACK_PER_MINUTE", 3)


@pytest.fixture
def counters(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Counters outside any transaction, so that other connections see them."""
    with django_db_blocker.unblock():
        _forget()
        yield
        _forget()
        connection.close()


def _forget() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE house_throttle, house_cache")


def _asked(address: str = STRANGER, limit: int = 3) -> int:
    request = RequestFactory().get("/", REMOTE_ADDR=address)
    return throttle.wait_for(request, "track", limit)


def _asked_over_a_connection_of_its_own(number: int) -> int:
    try:
        return _asked(limit=10)
    finally:
        connection.close()


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """The minute does not turn while the test counts."""
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)


def test_what_several_connections_ask_is_counted_together(counters: None, still: None) -> None:
    with ThreadPoolExecutor(4) as four:
        waits = list(four.map(_asked_over_a_connection_of_its_own, range(24)))

    assert sum(wait == 0 for wait in waits) == 10
    assert all(0 <= wait <= 60 for wait in waits)


def test_what_one_process_remembers_another_knows(counters: None) -> None:
    cache.set("thu-dang-nhap", [1.0, 2.0], 60)

    with ThreadPoolExecutor(1) as another:
        known = another.submit(_read_and_close).result()

    assert known == [1.0, 2.0]


def _read_and_close() -> object:
    try:
        return cache.get("thu-dang-nhap")
    finally:
        connection.close()


@pytest.mark.django_db
def test_the_next_minute_begins_anew(monkeypatch: pytest.MonkeyPatch, still: None) -> None:
    waits = [_asked() for _ in range(4)]
    later = clock.now() + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)

    assert waits[:3] == [0, 0, 0]
    assert waits[3] > 0
    assert _asked() == 0


@pytest.mark.django_db
def test_a_household_with_many_addresses_is_one_and_another_is_not_held_up(still: None) -> None:
    waits = [_asked(f"2001:db8:1:2::{number}") for number in range(4)]

    assert waits[3] > 0
    assert _asked("2001:db8:1:3::1") == 0
    assert _asked("khong-ro") == 0


@pytest.mark.django_db
def test_an_ipv4_address_written_as_ipv6_is_that_address_and_no_other(still: None) -> None:
    waits = [_asked(f"::ffff:198.51.100.{number}") for number in range(4)]

    assert waits == [0, 0, 0, 0]
    for _ in range(3):
        _asked(STRANGER)
    assert _asked(f"::ffff:{STRANGER}") > 0


@pytest.mark.django_db
def test_guessing_codes_through_the_api_is_slowed_down(three_a_minute: None, still: None) -> None:
    answers = [Client().get("/api/v1/dossiers/H99.31-261122-0001") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [404, 404, 404, 429]
    assert answers[3].json()["reasons"][0]["code"] == "too_many"
    assert 0 < int(answers[3]["Retry-After"]) <= 60


@pytest.mark.django_db
def test_page_and_api_share_one_limit(three_a_minute: None, still: None) -> None:
    for _ in range(3):
        Client().get("/api/v1/dossiers/H99.31-261122-0001")

    answer = Client().get("/tra-cuu/", {"ma": "H99.31-261122-0001"})

    assert answer.status_code == 429
    assert answer["Retry-After"]


@pytest.mark.django_db
def test_who_has_not_asked_for_a_while_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    _asked()
    later = clock.now() + timedelta(minutes=2)
    monkeypatch.setattr(clock, "now", lambda: later)

    assert throttle.sweep() == 1


@pytest.mark.django_db
def test_the_counters_cost_no_write_to_the_log() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relpersistence FROM pg_class WHERE relname IN ('house_throttle', 'house_cache')"
        )
        assert cursor.fetchall() == [("u",), ("u",)]
