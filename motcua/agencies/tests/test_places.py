"""Provinces and communes: remembered for a minute, then looked at again."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from motcua.agencies import queries
from motcua.agencies.models import Place

pytestmark = pytest.mark.django_db
HANOI = "01"


@pytest.fixture(autouse=True)
def _forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "_known", {})


def test_places_asked_for_again_and_again_are_read_once(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(2):
        for _ in range(5):
            assert (HANOI, "Thành phố Hà Nội") in queries.provinces()
            assert ("00004", "Phường Ba Đình") in queries.communes(HANOI)


def test_a_commune_that_ends_is_gone_within_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(queries, "monotonic", lambda: now[0])
    before = queries.communes(HANOI)
    Place.objects.filter(kind="commune", code="00004").update(valid_to=date(2026, 11, 1))

    now[0] += 61

    assert set(before) - set(queries.communes(HANOI)) == {("00004", "Phường Ba Đình")}


def test_what_a_caller_does_to_the_list_stays_with_the_caller() -> None:
    queries.provinces().clear()

    assert queries.provinces()


def test_provinces_that_do_not_exist_are_not_kept_in_memory() -> None:
    for number in range(50):
        assert queries.communes(f"x{number}") == []

    assert queries._known == {}
