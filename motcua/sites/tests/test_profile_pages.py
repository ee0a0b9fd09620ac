"""Quân drafts a version of the law on its pages, Nga agrees; every number is looked at."""

from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from motcua.law import rules
from motcua.law.queries import profile_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
HERE, THERE = "/quan-tri/phap-ly/ND118/soan/", "/quan-tri/phap-ly/ND118/2/"


def typed(**changes: Any) -> dict[str, Any]:
    start = {"valid_from-day": "1", "valid_from-month": "1", "valid_from-year": "2030"}
    return rules.typed_of(profile_on(date(2026, 11, 22))) | start | {"note": "Nghị định"} | changes


def text_of(answer: Any) -> str:
    return unescape(answer.content.decode())


def test_the_list_shows_every_version_and_every_limit_in_force(browsers: dict[str, Client]) -> None:
    page = text_of(browsers["quan"].get("/quan-tri/phap-ly/"))

    assert "từ 21/06/2018 đến 30/06/2025" in page
    assert "Đang áp dụng: ND118, bản 1" in page
    assert "8 giờ làm việc" in page
    assert "Thông tư 03/2025/TT-VPCP (7 mẫu)" in page


def test_quan_drafts_a_version_nga_sees_what_it_changes_and_agrees(
    browsers: dict[str, Client],
) -> None:
    answer = browsers["quan"].post(HERE, typed(reappointment_max="2"), follow=True)
    assert "Chờ một người khác duyệt" in text_of(answer)
    refused = browsers["quan"].post(THERE, {"do": "approve"})
    assert (refused.status_code, "không tự duyệt" in text_of(refused)) == (422, True)

    page = text_of(browsers["nga"].get(THERE))
    assert '<del class="bo-was">1 lần</del>' in page
    assert "<ins>2 lần</ins>" in page
    browsers["nga"].post(THERE, {"do": "approve"})

    assert profile_on(date(2030, 1, 1)).reappointment_max == 2
    assert "đến 31/12/2029" in text_of(browsers["nga"].get("/quan-tri/phap-ly/"))


def test_what_is_wrong_is_told_beside_its_field_and_what_was_typed_is_kept(
    browsers: dict[str, Client],
) -> None:
    answer = browsers["quan"].post(HERE, typed(pakn_ask_wd="năm", portal_mode="?", levels=[]))

    page = text_of(answer)
    assert answer.status_code == 422
    assert 'href="#pakn_ask_wd"' in page
    assert 'value="năm"' in page
    assert "Yêu cầu làm rõ phản ánh, kiến nghị: mời nhập một số nguyên từ 1 đến 60." in page
    assert "chọn ít nhất một cấp" in page


def test_a_version_is_turned_down_with_a_reason(browsers: dict[str, Client]) -> None:
    browsers["quan"].post(HERE, typed())

    assert browsers["nga"].post(THERE, {"do": "reject"}).status_code == 422
    assert browsers["nga"].post(THERE, {}).status_code == 422
    browsers["nga"].post(THERE, {"do": "reject", "reason": "Chưa ban hành"})

    assert "Chưa ban hành" in text_of(browsers["quan"].get(THERE))


@pytest.mark.parametrize("address", ["ND118/9/", "ND999/1/", "ND999/soan/"])
def test_a_version_that_is_not_there_is_not_found(
    browsers: dict[str, Client], address: str
) -> None:
    assert browsers["quan"].get(f"/quan-tri/phap-ly/{address}").status_code == 404


def test_the_pages_ask_the_database_a_few_times(
    browsers: dict[str, Client], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for address in ("/quan-tri/phap-ly/", "/quan-tri/phap-ly/ND118/1/", HERE):
        with django_assert_max_num_queries(8):
            assert browsers["quan"].get(address).status_code == 200
