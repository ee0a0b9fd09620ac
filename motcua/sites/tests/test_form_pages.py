"""Quân changes the words of a form on its page, Nga agrees; what was issued stays as it was."""

from datetime import date, datetime
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client

from motcua.audit.queries import entries_of
from motcua.dossiers.form_templates import template_on
from motcua.dossiers.slips.builtin import builtin
from motcua.dossiers.slips.forms import SlipKind
from motcua.law.types import FormSet
from motcua.testing.cast import PASSWORD
from motcua.workdays.types import HANOI

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
NEW, APOLOGY = FormSet.TT03_2025, SlipKind.APOLOGY
LIST, HERE = "/quan-tri/mau-giay/", "/quan-tri/mau-giay/TT03_2025/04/"
THERE = f"{HERE}2/"
CHANGED = builtin(NEW, APOLOGY).replace("Rất mong ông/bà thông cảm", "Kính mong ông/bà thông cảm")


def typed(**changes: Any) -> dict[str, Any]:
    start = {"valid_from-day": "1", "valid_from-month": "12", "valid_from-year": "2026"}
    return start | {"html": CHANGED, "note": "Công văn 5", "do": "send"} | changes


def text_of(answer: Any) -> str:
    return unescape(answer.content.decode())


def test_the_list_names_every_paper_of_both_sets_with_its_number(
    browsers: dict[str, Client],
) -> None:
    page = text_of(browsers["quan"].get(LIST))

    assert page.count("bản 1, từ 01/07/2025") == 13
    assert page.count("bản 1, từ 21/06/2018") == 12
    assert "Phiếu xin lỗi và hẹn lại ngày trả kết quả" in page
    assert "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết" in page
    assert page.count("Thông báo dừng giải quyết hồ sơ") == 1


def test_quan_changes_a_form_nga_sees_the_lines_and_agrees_and_it_holds_from_its_day(
    browsers: dict[str, Client],
) -> None:
    answer = browsers["quan"].post(HERE, typed(), follow=True)
    assert "Chờ một người khác duyệt" in text_of(answer)
    refused = browsers["quan"].post(THERE, {"do": "approve"})
    assert (refused.status_code, "không tự duyệt" in text_of(refused)) == (422, True)
    assert "Có bản chờ duyệt" in text_of(browsers["nga"].get(LIST))

    page = text_of(browsers["nga"].get(THERE))
    assert '<del class="bo-was"><span class="govuk-visually-hidden">Bỏ: </span><p>Rất mong' in page
    assert '<ins><span class="govuk-visually-hidden">Thêm: </span><p>Kính mong' in page
    assert "data:image/png;base64," in page
    browsers["nga"].post(THERE, {"do": "approve"})

    assert template_on(NEW, APOLOGY, date(2026, 11, 30)) == builtin(NEW, APOLOGY)
    assert template_on(NEW, APOLOGY, date(2026, 12, 1)) == CHANGED
    deeds = [entry.deed for entry in entries_of("form:TT03_2025:04")]
    assert deeds[-2:] == ["form.draft", "form.approve"]


def test_words_agreed_for_later_may_begin_sooner_and_those_in_force_are_no_change(
    browsers: dict[str, Client],
) -> None:
    browsers["quan"].post(HERE, typed())
    browsers["nga"].post(THERE, {"do": "approve"})

    same = browsers["quan"].post(HERE, typed())
    now = typed(html=builtin(NEW, APOLOGY), **{"valid_from-day": "30", "valid_from-month": "11"})
    unchanged = browsers["quan"].post(HERE, now)
    sooner = browsers["quan"].post(HERE, now | {"html": CHANGED})

    assert (same.status_code, unchanged.status_code, sooner.status_code) == (422, 422, 302)
    assert "giống hệt bản dùng từ ngày ấy" in text_of(same)


def test_an_agreement_that_comes_late_holds_from_today_and_not_from_a_day_gone_by(
    browsers: dict[str, Client],
) -> None:
    browsers["quan"].post(HERE, typed())
    with time_machine.travel(datetime(2026, 12, 5, 9, tzinfo=HANOI), tick=False):
        assert browsers["nga"].login(username="nga", password=PASSWORD)
        answer = browsers["nga"].post(THERE, {"do": "approve"}, follow=True)

    assert "từ ngày 05/12/2026" in text_of(answer)
    assert template_on(NEW, APOLOGY, date(2026, 12, 4)) == builtin(NEW, APOLOGY)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("<p>{{owner_nam}}</p>", "Dòng 3: không có chỗ điền {{owner_nam}}."),
        ("<script>alert(1)</script>", "Dòng 3: không dùng được thẻ <script>."),
        ("<p>{% include 'x' %}</p>\n<img src='//x'>", "Dòng 4: không dùng được thẻ <img>."),
        ("<p onclick='x'>a</p>", "Dòng 3: thẻ <p> không có thuộc tính onclick=“x”."),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_what_was_typed_is_kept(
    browsers: dict[str, Client], wrong: str, told: str
) -> None:
    answer = browsers["quan"].post(HERE, typed(html=f"<h1>Tên</h1>\r\n\r\n{wrong}"))

    page = text_of(answer)
    assert answer.status_code == 422
    assert told in page
    assert wrong in page
    assert "Chưa xem thử được" in page


def test_a_preview_shows_the_change_and_keeps_nothing(browsers: dict[str, Client]) -> None:
    page = text_of(browsers["quan"].post(HERE, typed(do="preview")))

    assert "Khác bản 1" in page
    assert page.count("data:image/png;base64,") == 1
    assert browsers["quan"].get(THERE).status_code == 404


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"note": ""}, "Mời nêu lý do"),
        ({"valid_from-year": "2025"}, "phải từ hôm nay (22/11/2026) trở đi"),
        ({"valid_from-month": "13"}, "Ngày bắt đầu dùng chưa đúng"),
    ],
)
def test_a_version_says_why_and_from_which_day(
    browsers: dict[str, Client], changes: dict[str, str], told: str
) -> None:
    answer = browsers["quan"].post(HERE, typed(**changes))

    assert (answer.status_code, told in text_of(answer)) == (422, True)


def test_a_second_draft_waits_and_a_draft_is_put_away_with_a_reason(
    browsers: dict[str, Client],
) -> None:
    browsers["quan"].post(HERE, typed())

    assert "đang chờ duyệt" in text_of(browsers["nga"].post(HERE, typed()))
    assert browsers["nga"].post(THERE, {"do": "reject"}).status_code == 422
    assert browsers["nga"].post(THERE, {}).status_code == 422
    browsers["nga"].post(THERE, {"do": "reject", "reason": "Chưa có công văn"})

    assert "Chưa có công văn" in text_of(browsers["quan"].get(THERE))
    assert "vừa được người khác" in text_of(browsers["quan"].post(THERE, {"do": "approve"}))


@pytest.mark.parametrize(
    "address", ["TT03_2025/99/", "TT01_2018/05/", "TT99/04/", "TT03_2025/04/9/"]
)
def test_a_paper_that_the_set_does_not_have_is_not_found(
    browsers: dict[str, Client], address: str
) -> None:
    assert browsers["quan"].get(LIST + address).status_code == 404
