"""Whose session ended before a form was sent comes back to a page, not to a white sheet."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from motcua.testing.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db
SUBMIT = "/ho-so/T-261122-ZZZZZZZZ/nop/"


def _leads_back_to(answer: object) -> str:
    return parse_qs(urlsplit(answer["Location"]).query)["next"][0]  # type: ignore[index]


def test_a_form_sent_too_late_leads_back_to_the_page_it_was_on(cast: Cast) -> None:
    before = "/ho-so/T-261122-ZZZZZZZZ/kiem-tra/"

    answer = Client().post(SUBMIT, headers={"Referer": f"http://testserver{before}"})

    assert _leads_back_to(answer) == before


@pytest.mark.parametrize("before", ["", "https://evil.example/ho-so/", "//evil.example/"])
@pytest.mark.parametrize(
    ("address", "start"),
    [(SUBMIT, "/ho-so/"), ("/can-bo/hang-loat/", "/can-bo/"), ("/quan-tri/", "/quan-tri/")],
)
def test_without_such_a_page_it_leads_to_where_that_work_begins(
    address: str, start: str, before: str
) -> None:
    answer = Client().post(address, headers={"Referer": before} if before else {})

    assert _leads_back_to(answer) == start


def test_lan_signs_in_again_after_her_session_ended_and_sees_a_page(cast: Cast) -> None:
    client = Client()
    asked = client.post(SUBMIT)

    client.post(asked["Location"], {"login": "lan", "password": PASSWORD})
    page = client.get(_leads_back_to(asked))

    assert page.status_code == 200
    assert "Hồ sơ" in page.content.decode()


@pytest.mark.parametrize(
    ("who", "address", "way_on"),
    [("lan", SUBMIT, 'href="/ho-so/"'), ("hung", "/can-bo/hang-loat/", 'href="/can-bo/"')],
)
def test_an_address_that_only_takes_forms_says_so_and_shows_the_way(
    cast: Cast, who: str, address: str, way_on: str
) -> None:
    client = Client()
    client.login(username=who, password=PASSWORD)

    answer = client.get(address)

    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert way_on in answer.content.decode()


def test_the_api_says_it_in_its_own_shape() -> None:
    answer = Client().delete("/api/v1/procedures")

    assert answer.status_code == 405
    assert answer.json()["reasons"][0]["code"] == "method_not_allowed"
