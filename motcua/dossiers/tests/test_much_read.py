"""Hùng reads one dossier after another: Bình hears of it, and each further one asks why (S-24)."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings as SettingsWrapper

from motcua.audit.queries import entries_of
from motcua.core import clock
from motcua.core.actors import Role
from motcua.dossiers import readings
from motcua.dossiers.actions.reading import sweep_readings
from motcua.dossiers.actions.registers import make_register
from motcua.dossiers.models import Dossier, MassReading, Reading, ReadingTally, RegisterOrder
from motcua.dossiers.reading_news import tell_much_read
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_costs import like
from motcua.dossiers.tests.test_desk_pages import page, text_of
from motcua.dossiers.tests.test_reading_reasons import ASKS, browser
from motcua.dossiers.workflow import Status
from motcua.notices.models import Message
from motcua.testing.cast import Cast, a_post
from motcua.testing.dossiers import a_dossier
from motcua.workdays.types import HANOI

MONDAY = datetime(2026, 11, 23, 9, 15, tzinfo=HANOI)
pytestmark = [pytest.mark.django_db]
REGISTERS = "/can-bo/so-theo-doi/"
LIMITS = {"opened_hour": 3, "opened_day": 5, "listed_hour": 100, "listed_day": 100}


@pytest.fixture
def waiting(cast: Cast, settings: SettingsWrapper) -> list[Dossier]:
    """Nine that wait for Hùng, and a house in which three an hour are a day's work."""
    settings.READING_LIMITS = LIMITS
    with time_machine.travel(MONDAY - timedelta(hours=1)):
        like(a_dossier(cast, Status.SUBMITTED), 8)
    return list(Dossier.objects.filter(status=Status.SUBMITTED).order_by("pk"))


@time_machine.travel(MONDAY, tick=False)
def test_one_more_than_an_hours_work_is_told_to_a_named_person_once(
    cast: Cast, waiting: list[Dossier]
) -> None:
    hung = browser(cast.hung)
    for dossier in waiting[:3]:
        hung.get(page(dossier))
        hung.get(page(dossier))  # again is not one more
    assert not MassReading.objects.exists()

    assert ASKS not in text_of(hung.get(page(waiting[3])))
    desk_of(cast.hung).get(page(waiting[4]))

    found = MassReading.objects.get()
    assert found.words == "4 hồ sơ được mở trong một giờ, mức thường là 3"
    assert [post.holder_name for post in found.told_to.all()] == ["Phạm Văn Bình"]
    for _ in range(2):
        tell_much_read(found.pk)
    message = Message.objects.get(post=cast.binh, channel="inbox")
    assert "Trần Văn Hùng" in message.subject
    assert "4 hồ sơ được mở trong một giờ" in message.body
    deeds = [e.deed for e in entries_of(cast.hung.actor.key)]
    assert deeds.count("reading.much") == 1


@time_machine.travel(MONDAY, tick=False)
def test_from_then_on_each_further_dossier_asks_why_and_says_who_was_told(
    cast: Cast, waiting: list[Dossier]
) -> None:
    hung = browser(cast.hung)
    for dossier in waiting[:4]:
        hung.get(page(dossier))

    said = text_of(hung.get(page(waiting[4])))
    assert ASKS in said
    assert "4 hồ sơ được mở trong một giờ" in said
    assert "Phạm Văn Bình đã được báo" in said
    assert ASKS not in text_of(hung.get(page(waiting[0])))  # what is open stays open
    hung.post(f"{page(waiting[4])}ly-do-xem/", {"reading_why": "mending"})
    assert ASKS not in text_of(hung.get(page(waiting[4])))
    with time_machine.travel(MONDAY + timedelta(days=1)):
        tomorrow = browser(cast.hung).get(page(waiting[5]))
        assert tomorrow.status_code == 200
        assert ASKS not in text_of(tomorrow)


def test_a_days_work_is_counted_over_its_hours(cast: Cast, waiting: list[Dossier]) -> None:
    hung = desk_of(cast.hung)

    for n, dossier in enumerate(waiting[:6]):
        with time_machine.travel(MONDAY + timedelta(hours=n // 2), tick=False):
            hung.get(page(dossier))

    assert [tally.opened for tally in ReadingTally.objects.order_by("hour")] == [2, 2, 2]
    assert MassReading.objects.get().words == "6 hồ sơ được mở trong một ngày, mức thường là 5"


@time_machine.travel(MONDAY, tick=False)
def test_names_in_lists_and_searches_count_too(
    cast: Cast, waiting: list[Dossier], settings: SettingsWrapper
) -> None:
    settings.READING_LIMITS = LIMITS | {"listed_hour": 10}
    hung = browser(cast.hung)

    hung.get("/can-bo/danh-sach/cho-tiep-nhan/")
    assert not MassReading.objects.exists()
    hung.get("/can-bo/tim/", {"q": "Nguyễn Thị Lan"})

    assert MassReading.objects.get().words.startswith("18 lượt tên hiện trong danh sách")


@time_machine.travel(MONDAY, tick=False)
def test_a_person_of_two_posts_reads_no_more_than_others(
    cast: Cast, waiting: list[Dossier]
) -> None:
    other = a_post("hung", "Trần Văn Hùng", cast.hung.unit, Role.REGISTRAR, "Văn thư")
    assert other.account_id == cast.hung.account_id
    now = clock.now()
    readings.count(cast.hung, now - timedelta(hours=2), opened=1)
    readings.count(cast.hung, now, opened=2)
    readings.count(other, now, opened=1)
    assert not MassReading.objects.exists()
    readings.count(cast.yen, now, opened=3)  # somebody else

    readings.count(other, now, opened=1)

    found = MassReading.objects.get()
    assert found.words == "4 hồ sơ được mở trong một giờ, mức thường là 3"
    assert readings.reads_much(cast.hung, now)  # in the other post too
    readings.count(cast.hung, now, opened=1)
    assert MassReading.objects.count() == 1


@time_machine.travel(MONDAY, tick=False)
def test_a_large_register_is_asked_for_with_a_reason_and_its_names_count_once(
    cast: Cast, settings: SettingsWrapper
) -> None:
    settings.READING_LIMITS = LIMITS | {"listed_hour": 1, "listed_day": 1}
    with time_machine.travel(MONDAY - timedelta(hours=1)):
        like(a_dossier(cast, Status.ACCEPTED), 1)
    hung = browser(cast.hung)
    parts = {"day": "23", "month": "11", "year": "2026"}
    typed = {f"{name}-{part}": n for name in ("since", "until") for part, n in parts.items()}

    refused = hung.post(REGISTERS, typed | {"form": "xlsx", "reason": " "})
    assert refused.status_code == 422
    assert "Sổ có 2 hồ sơ, mức thường là 1" in text_of(refused)
    assert 'href="#reason"' in text_of(refused)
    hung.post(REGISTERS, typed | {"form": "xlsx", "reason": "Đoàn kiểm tra của tỉnh"})
    order = RegisterOrder.objects.get()
    make_register(order.pk)
    assert not MassReading.objects.exists()
    for _ in range(2):
        assert hung.get(f"{REGISTERS}{order.pk}/").status_code == 200

    assert ReadingTally.objects.get().listed == 2
    assert MassReading.objects.get().words.startswith("2 lượt tên hiện trong danh sách")
    taken = [e for e in entries_of(cast.hung.actor.key) if e.deed == "dossier.register_taken"]
    assert [e.facts["note"] for e in taken] == ["Đoàn kiểm tra của tỉnh"] * 2


@time_machine.travel(MONDAY, tick=False)
def test_the_count_asks_as_much_of_the_database_for_the_hundredth_as_for_the_second(
    cast: Cast, waiting: list[Dossier], settings: SettingsWrapper
) -> None:
    settings.READING_LIMITS = LIMITS | {"opened_hour": 500, "opened_day": 500}
    hung = browser(cast.hung)
    hung.get(page(waiting[0]))

    def asked(dossier: Dossier) -> int:
        with CaptureQueriesContext(connection) as found:
            hung.get(page(dossier))
        return len(found)

    second = asked(waiting[1])
    ReadingTally.objects.update(opened=100)

    assert asked(waiting[2]) == second
    assert asked(waiting[2]) < second  # the same page view is not written anew


@time_machine.travel(MONDAY, tick=False)
def test_the_night_forgets_the_counts_and_the_journal_keeps_the_looks(
    cast: Cast, waiting: list[Dossier]
) -> None:
    browser(cast.hung).get(page(waiting[0]))
    with time_machine.travel(MONDAY + timedelta(days=29)):
        assert sweep_readings() == 0

    with time_machine.travel(MONDAY + timedelta(days=32)):
        assert sweep_readings() == 2

    assert not Reading.objects.exists()
    assert entries_of(waiting[0].reference)[-1].deed == "dossier.read"
