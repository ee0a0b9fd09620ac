"""Quân drafts a change of the calendar on its pages, Nga agrees; each wrong line is told."""

import re
from datetime import datetime
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from motcua.sites.backoffice.calendars import DEEDS
from motcua.testing.cast import PASSWORD, Cast
from motcua.workdays.queries import latest_edition, work_calendar
from motcua.workdays.types import HANOI
from tests.house.bad_texts import RUBBISH

pytestmark = pytest.mark.django_db
NEW_YEARS_EVE = {"kind": "day_off", "day-day": "31", "day-month": "12", "day-year": "2026"}


@pytest.fixture(autouse=True)
def _november(cast: Cast) -> Any:
    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=HANOI), tick=False):
        yield


class Keeper:
    """A keeper at a browser."""

    def __init__(self, name: str) -> None:
        self.client = Client()
        assert self.client.login(username=name, password=PASSWORD)

    def read(self, address: str) -> str:
        answer = self.client.get(address)
        assert answer.status_code == 200
        return unescape(answer.content.decode())

    def press(self, address: str, do: str, **typed: str) -> tuple[int, str]:
        """The button `do`, with what the page carries along; the page that follows."""
        page = self.read(address)
        carried = dict(
            re.findall(r'type="hidden" name="(revision|edition|year)" value="(\d+)"', page)
        )
        answer = self.client.post(address, {**carried, "do": do, **typed}, follow=True)
        return answer.status_code, unescape(answer.content.decode())


@pytest.fixture
def quan() -> Keeper:
    return Keeper("quan")


@pytest.fixture
def nga() -> Keeper:
    return Keeper("nga")


def begun(keeper: Keeper, year: int = 2026) -> str:
    answer = keeper.client.post(f"/quan-tri/lich/{year}/")
    assert answer.status_code == 302
    return str(answer["Location"])


def test_quan_drafts_a_day_off_and_nga_agrees(quan: Keeper, nga: Keeper) -> None:
    here = begun(quan)
    _, page = quan.press(here, "add", **NEW_YEARS_EVE, name="Nghỉ hoán đổi")
    assert "thứ Năm 31/12/2026: nghỉ, Nghỉ hoán đổi" in page
    assert 'class="bo-off bo-new" title="nghỉ: Nghỉ hoán đổi (thay đổi)"' in page
    _, page = quan.press(here, "send", note="Thông báo số 12/TB-BNV")
    assert "Đề nghị chờ một người khác duyệt" in page
    assert "Duyệt thay đổi" not in page

    assert "Duyệt thay đổi" in nga.read(here)
    _, page = nga.press(here, "approve")

    assert f"bản số {latest_edition()}" in page
    assert f'href="/quan-tri/lich/ban/{latest_edition()}/">tính xem hồ sơ nào đổi ngày</a>' in page
    assert not work_calendar().is_open(datetime(2026, 12, 31).date())
    assert "31/12/2026: ngày thường → nghỉ, Nghỉ hoán đổi" in nga.read("/quan-tri/lich/")


def test_nga_says_why_not(quan: Keeper, nga: Keeper) -> None:
    here = begun(quan)
    quan.press(here, "add", **NEW_YEARS_EVE, name="Nghỉ hoán đổi")
    quan.press(here, "send", note="Thông báo")

    status, page = nga.press(here, "reject", reason="")
    assert (status, "Mời nêu lý do không duyệt" in page) == (422, True)
    nga.press(here, "reject", reason="Chưa có văn bản")

    assert "Lý do không duyệt:</strong> Chưa có văn bản" in quan.read(here)


@pytest.mark.parametrize(
    ("do", "typed", "told"),
    [
        ("add", {}, "Mời chọn loại thay đổi"),
        ("add", {"kind": "hours"}, "Mời chọn loại thay đổi"),
        ("add", NEW_YEARS_EVE | {"day-day": "32"}, "Ngày chưa đúng"),
        ("add", NEW_YEARS_EVE, "Ngày 31/12/2026 chưa có tên"),
        ("add", NEW_YEARS_EVE | {"day-month": "10", "name": "x"}, "Ngày 31/10/2026 đã qua"),
        ("add", NEW_YEARS_EVE | {"kind": "swap_day", "name": "x"}, "chỉ thứ Bảy, Chủ nhật"),
        ("add", {"kind": "confirm"}, "Lịch năm 2026 đã được xác nhận"),
        ("lines", {"lines": ""}, "ít nhất một dòng"),
        ("lines", {"lines": "30/12/2026 nghỉ Lễ\n31/12 nghỉ Lễ"}, "Dòng 2 “31/12 nghỉ Lễ”"),
        (
            "lines",
            {"lines": "31/12/2026 nghỉ Lễ\n31/12/2026 thường"},
            "Dòng 2: ngày 31/12/2026 đã có ở dòng 1",
        ),
        ("hours", {"slots": "07:00-11:00"}, "Ngày bắt đầu chưa đúng"),
        (
            "hours",
            {"since-day": "7", "since-month": "12", "since-year": "2026",
             "slots": "07:00-12:00, 11:00-14:00"},
            "khung 2 (11:00–14:00): chồng lên khung 1",
        ),
        ("hours", {"owner": "unit:999999", "since-day": "7"}, "chọn đơn vị trong danh sách"),
        ("send", {"note": "x"}, "chưa có dòng nào"),
        ("remove", {"line": "x"}, ""),
        ("approve", {}, "Đề nghị vừa thay đổi"),
        ("", {}, "Chưa chọn việc cần làm"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_on_the_page_and_what_was_typed_is_kept(
    quan: Keeper, do: str, typed: dict[str, str], told: str
) -> None:
    here = begun(quan)

    status, page = quan.press(here, do, **typed)

    assert status == (422 if told else 404)
    assert told in page
    assert "Chưa có dòng nào" in page or status == 404
    for text in typed.values():
        assert text in page or status == 404 or text in ("unit:999999", "hours", "x")


@pytest.mark.parametrize(
    ("do", "typed", "field", "told"),
    [
        ("add", NEW_YEARS_EVE, "name", "Ngày 31/12/2026 chưa có tên"),
        ("add", NEW_YEARS_EVE | {"day-month": "10", "name": "x"}, "day", "Ngày 31/10/2026 đã qua"),
        ("add", {"kind": "confirm"}, "kind", "Lịch năm 2026 đã được xác nhận"),
        ("lines", {"lines": "1/12/2026 thường\n2/12/2026 thường"}, "lines", "Dòng 2: ngày 02/12"),
        (
            "hours",
            {"since-day": "7", "since-month": "12", "since-year": "2026", "slots": "07:00-08:00"},
            "slots",
            "Trong các khung giờ",
        ),
        (
            "hours",
            {"since-day": "7", "since-month": "12", "since-year": "2026", "saturday": "11:00-07:00",
             "slots": "07:30-11:30, 13:00-17:00"},
            "saturday",
            "Trong giờ thứ Bảy, khung 1",
        ),
        ("add", NEW_YEARS_EVE | {"day-month": "10"}, "name", "chưa có tên ngày nghỉ"),
        ("add", NEW_YEARS_EVE | {"day-month": "10"}, "day", "Ngày 31/10/2026 đã qua"),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_beside_its_field_and_above(
    quan: Keeper, do: str, typed: dict[str, str], field: str, told: str
) -> None:
    here = begun(quan)
    quan.press(here, "add", **NEW_YEARS_EVE | {"day-day": "30"}, name="Nghỉ")

    _, page = quan.press(here, do, **typed)

    above, beside = page.split("</h1>", 1)
    assert told in above
    assert told in beside.split(f'id="{field}-error"')[1].split("</p>")[0]


def test_days_off_that_nobody_worked_anyway_are_pointed_out(quan: Keeper) -> None:
    here = begun(quan)

    _, known = quan.press(here, "add", **NEW_YEARS_EVE | {"day-day": "24", "day-month": "11"},
                          name="Nghỉ")  # fmt: skip
    _, saturday = quan.press(here, "add", **NEW_YEARS_EVE | {"day-day": "26"}, name="Nghỉ")

    assert "đang là ngày nghỉ “Ngày Văn hóa Việt Nam”: chỉ đổi tên" in known
    assert "Ngày 26/12/2026 là thứ Bảy, vốn không làm việc" in saturday


def test_a_unit_gets_hours_of_its_own(quan: Keeper, nga: Keeper, cast: Cast) -> None:
    here = begun(quan)
    _, page = quan.press(
        here, "hours", owner=f"unit:{cast.hung.unit_id}", slots="07:00-11:30, 13:30-17:00",
        saturday="07:30-11:30", **{"since-day": "7", "since-month": "12", "since-year": "2026"},
    )  # fmt: skip
    whose = "Bộ phận Tiếp nhận và Trả kết quả, UBND phường Mỹ Phước"
    assert f"Giờ làm việc của {whose} từ 07/12/2026: 07:00–11:30, 13:30–17:00" in page
    quan.press(here, "send", note="Quyết định")
    nga.press(here, "approve")

    assert whose in nga.read("/quan-tri/lich/")
    day = datetime(2026, 12, 7).date()
    assert f"{work_calendar(unit_id=cast.hung.unit_id).opening_on(day):%H:%M}" == "07:00"
    assert f"{work_calendar().opening_on(day):%H:%M}" == "07:30"


def test_a_year_without_calendar_is_an_alarm_that_two_keepers_can_end(
    quan: Keeper, nga: Keeper
) -> None:
    assert "Năm này chưa có lịch" in quan.read("/quan-tri/lich/2028/")
    here = begun(quan, 2028)
    assert "Nhập lịch năm 2028" in quan.read(here)
    quan.press(here, "send", note="Lịch dự kiến")
    nga.press(here, "approve")

    assert "Lịch dự kiến" in nga.read("/quan-tri/lich/2028/")


def test_a_fresh_house_reads_of_a_task_with_its_day_and_of_no_fault(quan: Keeper) -> None:
    page = quan.read("/quan-tri/lich/")

    assert "Việc cần làm trước 15/12/2026" in page
    assert "sửa ngoài hệ thống" not in page
    home = quan.read("/quan-tri/")
    assert "Việc cần làm:</strong> trước 15/12/2026, đối chiếu lịch năm 2027" in home


@pytest.mark.parametrize("address", ["1999/", "2032/", "de-nghi/999999/", "99999999999999999999/"])
def test_what_is_not_there_is_not_found(quan: Keeper, address: str) -> None:
    assert quan.client.get(f"/quan-tri/lich/{address}").status_code == 404


def test_the_pages_ask_the_database_a_few_times_whatever_their_length(
    quan: Keeper, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    here = begun(quan, 2028)
    for address in ("/quan-tri/lich/", "/quan-tri/lich/2026/", here):
        with django_assert_max_num_queries(18):
            quan.read(address)


@pytest.mark.parametrize("rubbish", RUBBISH)
def test_rubbish_in_any_field_is_a_sentence_or_nothing_there(quan: Keeper, rubbish: str) -> None:
    here = begun(quan)
    fields = ("kind", "name", "lines", "owner", "slots", "saturday", "note", "reason", "line")
    dates = [f"{field}-{part}" for field in ("day", "since") for part in ("day", "month", "year")]
    typed = dict.fromkeys((*fields, *dates, "revision", "edition", "year"), rubbish)
    for do in (*DEEDS, rubbish):
        if do == "drop":
            continue
        for sent in (typed | {"do": do}, typed | {"do": do, "revision": "1", "kind": "day_off"}):
            assert quan.client.post(here, sent).status_code in (404, 422)
