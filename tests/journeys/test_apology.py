"""A dossier about to be late gets its apology drafted, signed, sent, a new date once; a second is refused."""

from datetime import datetime, timedelta
from unittest import mock

import pytest
from playwright.sync_api import Browser
from procrastinate.contrib.django.models import ProcrastinateJob

from motcua.core import clock, queue
from motcua.dossiers.actions import apologies
from motcua.dossiers.letters import last_moment
from motcua.dossiers.models import Apology, Dossier
from motcua.dossiers.workflow import Status
from motcua.notices.models import Message
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from motcua.workdays.types import HANOI
from tests.browser import eyes
from tests.browser.test_pages import signed_in

pytestmark = pytest.mark.browser
MARRIAGE = "1.004884"
FRIDAY = datetime(2026, 11, 20, 9, tzinfo=HANOI)


def _the_worker_works() -> None:
    """Do what the worker would do, in order."""
    for job in ProcrastinateJob.objects.filter(status="todo").order_by("id"):
        queue.run(**job.args)


def faults(sight: "eyes.Sight") -> list[str]:
    found = [*sight.faults(), *sight.broken]
    return [*found, "scrolls sideways"] if sight.scrolls_sideways() else found


def test_lan_hears_before_her_date_that_there_is_a_new_one(
    chromium: Browser, house: str, people: Cast
) -> None:
    with mock.patch.object(clock, "now", lambda: FRIDAY):
        dossier = a_dossier(people, Status.EXAMINING, MARRIAGE)
    assert dossier.due_at
    just_in_time = last_moment(dossier, dossier.due_at) - timedelta(hours=2)
    with mock.patch.object(clock, "now", lambda: just_in_time):
        assert apologies.draft_letters() == 1
        _binh_signs(chromium, house, dossier)
        _the_worker_works()
        _a_second_is_refused(chromium, house, dossier)

    _lan_reads(chromium, house, dossier)


def _binh_signs(chromium: Browser, house: str, dossier: Dossier) -> None:
    cookies = signed_in(chromium, house, "binh")
    for size in (eyes.PHONE, eyes.DESKTOP):
        with eyes.look(chromium, size=size, cookies=cookies) as sight:
            sight.goto(f"{house}/can-bo/danh-sach/thu-xin-loi/")
            assert faults(sight) == []
            sight.goto(f"{house}/can-bo/ho-so/{dossier.reference}/")
            assert faults(sight) == []
            sight.page.click("text=Xem và ký thư")
            sight.page.wait_for_load_state()
            assert faults(sight) == []
            if size == eyes.DESKTOP:
                sight.page.fill("[name=reason]", "Chờ cơ quan khác xác minh nơi cư trú.")
                sight.page.click("text=Ký và gửi thư")
                sight.page.wait_for_load_state()
                assert "Đã ký thư xin lỗi" in sight.page.inner_text("main")


def _a_second_is_refused(chromium: Browser, house: str, dossier: Dossier) -> None:
    cookies = signed_in(chromium, house, "binh")
    with eyes.look(chromium, size=eyes.DESKTOP, cookies=cookies) as sight:
        sight.goto(f"{house}/can-bo/ho-so/{dossier.reference}/thu-xin-loi/")

        assert "quy định chỉ cho hẹn lại 1 lần" in sight.page.inner_text("main")
        assert not sight.page.locator("text=Ký và gửi thư").count()
        assert faults(sight) == []


def _lan_reads(chromium: Browser, house: str, dossier: Dossier) -> None:
    letter = Apology.objects.get()
    told = Message.objects.filter(channel="inbox", template_code="dossier_extended")
    assert letter.state == "sent"
    assert told.count() == 1
    cookies = signed_in(chromium, house, "lan")
    with eyes.look(chromium, size=eyes.PHONE, cookies=cookies) as sight:
        sight.goto(f"{house}/ho-so/{dossier.reference}/")
        shown = sight.page.inner_text("main")
        assert "Chờ cơ quan khác xác minh nơi cư trú." in shown
        assert str(letter.number) in shown
        assert faults(sight) == []
