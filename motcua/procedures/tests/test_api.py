"""The catalogue as a partner's system reads it."""

from typing import Any

import pytest
from django.test import Client

from motcua.procedures.queries import published_terms

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/procedures"
BIRTH = "1.001193"


@pytest.fixture
def api(db: None) -> Client:
    return Client(raise_request_exception=False)


def walked(api: Client, size: int) -> list[dict[str, Any]]:
    """All the items, page after page."""
    items: list[dict[str, Any]] = []
    after = ""
    while True:
        page = api.get(f"{ADDRESS}?limit={size}&after={after}").json()
        items += page["items"]
        if page["next"] is None:
            return items
        after = page["next"]


def test_the_pages_of_the_catalogue_hold_each_procedure_once_in_order(api: Client) -> None:
    whole = api.get(ADDRESS, {"limit": 100}).json()

    codes = [item["code"] for item in walked(api, size=2)]

    assert codes == sorted(set(codes))
    assert BIRTH in codes
    assert whole["total"] == len(codes)


def test_a_question_without_marks_finds_the_procedure(api: Client) -> None:
    answer = api.get(ADDRESS, {"q": "dang ky khai sinh"}).json()

    assert answer["next"] is None
    assert "khai sinh" in answer["items"][0]["name"].lower()


def test_a_procedure_tells_the_papers_it_asks_for(api: Client) -> None:
    answer = api.get(f"{ADDRESS}/{BIRTH}").json()

    terms = published_terms(BIRTH)
    assert answer["name"] == terms.procedure_name
    assert answer["version"] == terms.version_number
    assert [paper["code"] for paper in answer["papers"]] == [slot.code for slot in terms.slots]


def test_the_form_of_a_procedure_is_a_json_schema(api: Client) -> None:
    answer = api.get(f"{ADDRESS}/{BIRTH}/form").json()

    assert answer["type"] == "object"
    assert answer["properties"]


@pytest.mark.parametrize("code", ["9.999999", "x", "%00", "đ" * 500])
@pytest.mark.parametrize("tail", ["", "/form"])
def test_a_procedure_that_is_not_published_is_not_found(api: Client, code: str, tail: str) -> None:
    answer = api.get(f"{ADDRESS}/{code}{tail}")

    assert answer.status_code == 404
    assert answer.json()["reasons"][0]["code"] == "not_found"


@pytest.mark.parametrize("limit", ["0", "-1", "101", "x", ""])
def test_a_page_holds_one_to_a_hundred(api: Client, limit: str) -> None:
    answer = api.get(ADDRESS, {"limit": limit})

    assert answer.status_code == 422
    assert answer.json()["reasons"][0]["field"] == "limit"
