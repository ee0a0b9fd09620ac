"""The catalogue's pages for citizens."""

from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from motcua.procedures.actions.seeding import seed_catalogue
from motcua.procedures.queries import find

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue(db: None) -> None:
    seed_catalogue()
    find("khởi động")  # the index is built once per process, not per page


def test_home_asks_one_question_and_offers_twelve_events(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(2):
        page = client.get("/")

    text = page.content.decode()
    assert page.status_code == 200
    assert "Ông/bà cần làm gì?" in text
    assert text.count("su-kien=") == 12
    assert 'action="/tra-cuu/"' in text


def test_answers_tell_what_matters_in_one_query(
    catalogue: None, client: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(2):
        page = client.get("/tim/", {"q": "lam khai sinh cho con"})

    text = page.content.decode()
    assert "/thu-tuc/1.001193/" in text
    assert "Trong ngày làm việc" in text
    assert "Không mất phí" in text


def test_a_code_leads_straight_to_its_page(catalogue: None, client: Client) -> None:
    assert client.get("/tim/", {"q": "1.001193"})["Location"] == "/thu-tuc/1.001193/"


def test_no_answer_says_what_to_do_now(catalogue: None, client: Client) -> None:
    text = client.get("/tim/", {"q": "qzxwv"}).content.decode()
    assert "Mời ông/bà thử câu ngắn hơn" in text


@pytest.mark.parametrize(
    "query",
    [
        {"q": "\x00<script>alert(1)</script>"},
        {"q": "a" * 20000},
        {"tu": "-1"},
        {"tu": "９９"},
        {"su-kien": "không có"},
        {"linh-vuc": "' OR 1=1"},
    ],
)
def test_bad_input_is_answered_calmly(
    catalogue: None, client: Client, query: dict[str, str]
) -> None:
    page = client.get("/tim/", query)
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


def test_a_procedure_page_answers_a_worried_person(
    catalogue: None, client: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(2):
        page = client.get("/thu-tuc/1.000894/")

    text = page.content.decode()
    for words in ("Cần mang gì", "Mất bao lâu", "Chi phí", "Nơi giải quyết", "Ai được làm"):
        assert words in text
    assert "chưa làm được hoàn toàn trực tuyến" in text
    assert 'href="/thu-tuc/1.000894/nop/"' in text
    assert "<c-gov" not in text


@pytest.mark.parametrize("code", ["9.999999", "abc", "%00"])
def test_what_is_not_there_is_a_404(catalogue: None, client: Client, code: str) -> None:
    assert client.get(f"/thu-tuc/{code}/").status_code == 404


def test_every_procedure_is_on_the_site_map_and_in_the_sitemap(
    catalogue: None, client: Client
) -> None:
    tree = client.get("/so-do-cong/").content.decode()
    xml = ElementTree.fromstring(client.get("/sitemap.xml").content)

    assert tree.count("/thu-tuc/") == 42
    assert len([place for place in xml.iter() if "/thu-tuc/" in (place.text or "")]) == 42


def test_questions_are_answered(client: Client) -> None:
    assert "bản nháp tự lưu" in client.get("/hoi-dap/").content.decode().lower()
