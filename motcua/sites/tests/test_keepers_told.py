"""What Quân drafts waits for Nga: she is told once, and finds it on the first page of the back office."""

from collections.abc import Callable
from datetime import datetime
from html import unescape
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from motcua.dossiers.keeping import tell_keepers, waiting
from motcua.dossiers.tests.test_recounts import MONDAY, counted, running, storm
from motcua.notices.models import Message
from motcua.sites.tests import test_form_pages, test_profile_pages
from motcua.sites.tests.test_calendar_pages import NEW_YEARS_EVE, Keeper, begun
from motcua.testing.cast import Cast
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
HOME = "/quan-tri/"


@pytest.fixture(autouse=True)
def _november(cast: Cast) -> Any:
    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=HANOI), tick=False):
        yield


def queued() -> list[str]:
    """What the job about keepers was queued with."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs ORDER BY id")
        return [str(args) for (args,) in cursor if "tell_keepers" in str(args)]


def a_calendar(quan: Keeper) -> None:
    here = begun(quan)
    quan.press(here, "add", **NEW_YEARS_EVE, name="Nghỉ hoán đổi")
    quan.press(here, "send", note="Công văn 12")


def a_profile(quan: Keeper) -> None:
    quan.client.post(test_profile_pages.HERE, test_profile_pages.typed(reappointment_max="2"))


def a_form(quan: Keeper) -> None:
    quan.client.post(test_form_pages.HERE, test_form_pages.typed())


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        (a_calendar, "lịch làm việc năm 2026"),
        (a_profile, "hồ sơ pháp lý"),
        (a_form, "mẫu giấy “Văn bản xin lỗi"),
    ],
)
def test_nga_is_told_of_a_draft_once_and_quan_who_drafted_it_is_not(
    cast: Cast, asked: Callable[[Keeper], None], what: str
) -> None:
    quan, nga = Keeper("quan"), Keeper("nga")
    asked(quan)
    one = waiting()[0]
    assert len(queued()) == 1
    assert one.key in queued()[0]

    tell_keepers(one.key)
    tell_keepers(one.key)  # a job may run twice
    told = Message.objects.get(channel="inbox")
    assert told.post_id == cast.nga.pk
    assert what in told.subject
    assert "Bùi Minh Quân" in told.body
    opened = nga.read(f"/can-bo/thong-bao/{told.token}/")
    assert f'{one.path}">Mở trang</a>' in opened

    home = nga.read(HOME)
    assert "Chờ anh/chị duyệt" in home
    assert one.path in home
    mine = quan.read(HOME)
    assert "Chờ anh/chị duyệt" not in mine
    assert "chờ người khác duyệt" in mine


def test_what_was_taken_back_before_the_job_ran_is_told_to_nobody(cast: Cast) -> None:
    quan = Keeper("quan")
    a_calendar(quan)
    key = waiting()[0].key
    quan.press(waiting()[0].path, "take_back")

    tell_keepers(key)
    assert not Message.objects.exists()
    assert "Chờ anh/chị duyệt" not in Keeper("nga").read(HOME)


def test_sent_again_after_a_change_it_is_told_again(cast: Cast) -> None:
    quan = Keeper("quan")
    a_calendar(quan)
    tell_keepers(waiting()[0].key)
    here = waiting()[0].path
    quan.press(here, "take_back")
    quan.press(here, "send", note="Công văn 13")
    tell_keepers(waiting()[0].key)
    assert Message.objects.filter(channel="inbox").count() == 2


def test_a_recount_that_is_counted_waits_for_nga_too(cast: Cast) -> None:
    with time_machine.travel(MONDAY, tick=False):
        running(cast)
        number = counted(cast, storm(cast))
        keys = [one.key for one in waiting()]
        tell_keepers(f"recount:{number}")
    assert keys == [f"recount:{number}"]
    assert any(keys[0] in each for each in queued())
    told = Message.objects.filter(channel="inbox", subject__contains="tính lại ngày hẹn").get()
    assert told.post_id == cast.nga.pk


def test_the_empty_inbox_of_a_keeper_speaks_of_what_keepers_are_told(
    browsers: dict[str, Client],
) -> None:
    page = unescape(browsers["nga"].get("/can-bo/thong-bao/").content.decode())
    assert "Về trang quản trị" in page
    assert "sắp hoặc đã quá hạn trả lời tiếp nhận" not in page
