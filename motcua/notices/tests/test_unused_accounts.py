"""An account that nobody uses is spoken of, then shut; one that is used is left alone (ACC-09)."""

from datetime import timedelta

import pytest
import time_machine
from pytest_django import Settings as SettingsWrapper

from motcua.audit.queries import deeds_on, entries_of
from motcua.core import clock
from motcua.notices.account_news import tell_account
from motcua.notices.account_watch import watch_idle
from motcua.notices.models import Message
from motcua.people.models import Account
from motcua.testing.cast import Cast

pytestmark = pytest.mark.django_db


def days(number: int) -> time_machine.travel:
    return time_machine.travel(clock.now() + timedelta(days=number), tick=False)


def use(username: str) -> None:
    Account.objects.filter(username=username).update(last_login=clock.now())


def test_officials_who_do_not_come_are_told_and_two_weeks_later_shut(cast: Cast) -> None:
    with days(89):
        assert watch_idle() == (0, 0)
    with days(95):
        use("hung")
        told, shut = watch_idle()
        assert (told, shut) == (Account.objects.filter(posts__isnull=False).count() - 1, 0)
        assert watch_idle() == (0, 0)  # twice in a day is once
    with days(108):
        assert watch_idle() == (0, 0)
    with days(110):
        use("mai")
        assert watch_idle() == (0, told - 1)

    still = Account.objects.filter(posts__isnull=False, is_active=True)
    assert {account.username for account in still} == {"hung", "mai"}
    assert Account.objects.get(username="lan").is_active
    deeds = deeds_on(f"account:{cast.binh.account_id}")
    assert deeds == ["account.idle_told", "account.shut"]


def test_who_came_back_in_time_has_the_whole_time_again(cast: Cast) -> None:
    with days(91):
        watch_idle()
        use("hung")
    with days(120):
        watch_idle()
        assert Account.objects.get(username="hung").is_active
    with days(185):
        assert watch_idle() == (1, 0)


def test_the_notice_says_when_and_reaches_the_post_and_the_letter_box(cast: Cast) -> None:
    with days(91):
        watch_idle()
        [entry] = entries_of(f"account:{cast.hung.account_id}")
        tell_account(cast.hung.account_id, entry.deed, str(entry.facts["reason"]), "key")

    told = Message.objects.filter(dedupe_key__startswith="key")
    assert {message.channel for message in told} == {"inbox", "email"}
    assert all("14 ngày" in message.body for message in told)


def test_citizens_are_left_alone_until_a_house_wants_the_rule_of_two_years(
    cast: Cast, settings: SettingsWrapper
) -> None:
    settings.IDLE_ACCOUNT_DAYS = 0
    with days(800):
        assert watch_idle() == (0, 0)
        settings.IDLE_CITIZEN_DAYS = 730
        assert watch_idle() == (2, 0)  # Lan and Thu
        assert cast.lan.account_id is not None
        tell_account(cast.lan.account_id, "account.idle_told", "", "key")
        assert "730 ngày" in Message.objects.get(channel="inbox").body
    with days(831):
        assert watch_idle() == (2, 0)
    with days(862):
        use("lan")
        assert watch_idle() == (0, 1)
    assert not Account.objects.get(username="thu").is_active
