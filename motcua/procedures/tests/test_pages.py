"""The catalogue's pages for citizens."""

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from motcua.procedures.actions.seeding import seed_catalogue, starter_details
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import find, search
from motcua.procedures.types import Filters

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue(db: None) -> None:
    seed_catalogue()
    find("khởi động")  # the index is built once per process, not per page


def test_home_asks_one_question_and_offers_the_life_events_that_have_an_answer(
    catalogue: None, client: Client, django_assert_max_num_queries: Any
) -> None:
    client.get("/")  # the figures of the year are kept for a minute
    with django_assert_max_num_queries(2):
        page = client.get("/")

    text = page.content.decode()
    assert page.status_code == 200
    assert "Ông/bà cần làm gì?" in text
    offered = re.findall(r'su-kien=([^"]+)"', text)
    assert len(offered) >= 9
    assert all(
        "Không tìm thấy" not in client.get(f"/tim/?su-kien={s}").content.decode()
        and find("", Filters(event=s)).total
        for s in offered
    )
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
    with django_assert_max_num_queries(4):  # with the law of today, and when the desk is open
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

    assert tree.count("/thu-tuc/") == len(list(starter_details()))
    assert len([place for place in xml.iter() if "/thu-tuc/" in (place.text or "")]) == len(
        list(starter_details())
    )


def test_questions_are_answered(client: Client) -> None:
    assert "bản nháp tự lưu" in client.get("/hoi-dap/").content.decode().lower()


def test_a_house_without_a_catalogue_offers_no_empty_life_event(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ProcedureVersion.objects.update(status="replaced")
    monkeypatch.setattr(search, "_current", [])

    text = client.get("/").content.decode()

    assert "su-kien=" not in text
    assert "Chọn theo việc trong đời" not in text


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("/", True), ("/thu-tuc/1.001193/", True), ("/tim/?su-kien=sinh-con", True),
        ("/tra-cuu/", True), ("/sitemap.xml", True),
        ("/tra-cuu/?ma=H99.31-261122-0001", False), ("/ho-so/", False),
        ("/ho-so/T-261122-AAAAAAAA/", False), ("/thu-tuc/1.001193/nop/", False),
        ("/can-bo/", False), ("/quan-tri/", False), ("/tai-khoan/dang-nhap/", False),
        ("/api/v1/dossiers/x", False), ("/xac-minh/abc/", False), ("/thong-bao/", False),
    ],
)  # fmt: skip
def test_search_engines_read_what_is_public_and_nothing_of_anybodys(
    client: Client, address: str, allowed: bool
) -> None:
    answer = client.get("/robots.txt")

    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    closed = re.findall(r"^Disallow: (.+)$", answer.content.decode(), re.MULTILINE)
    patterns = [re.escape(place).replace(r"\*", ".*") for place in closed]
    assert any(re.match(pattern, address) for pattern in patterns) is not allowed
