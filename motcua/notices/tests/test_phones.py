"""Notices over telephones: which channel, at which hour, what is proved, and what comes next."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from django.core.management import call_command

from motcua.core import clock
from motcua.core.errors import TryLater
from motcua.notices import jobs, queries
from motcua.notices.actions import delivering, sending
from motcua.notices.actions.choosing import choose_ways
from motcua.notices.models import Delivery, Message, Template
from motcua.notices.ports import mailer, messenger
from motcua.notices.types import Channel, DeliveryStatus, Kind, ToPerson
from motcua.people.models import Person
from motcua.testing.cast import Cast

pytestmark = pytest.mark.django_db
HANOI = timezone(timedelta(hours=7))
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=HANOI)
LAN = "84990000001"
S = DeliveryStatus
Clock = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def at(monkeypatch: pytest.MonkeyPatch, db: None) -> Clock:
    """Sets the clock; it is noon. Zalo has registered our words."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_to(NOON)
    call_command("seed_notices", verbosity=0)
    Template.objects.filter(channel=Channel.ZALO).update(subject="271001")
    return set_to


@pytest.fixture
def lan(cast: Cast) -> Person:
    """Lan, who wants Zalo first, then SMS, then e-mail."""
    Person.objects.filter(pk=cast.lan.pk).update(phone="0990 000 001")
    wants(cast.lan, "zalo", "sms", "email")
    return cast.lan


def wants(person: Person, *channels: str, quiet: tuple[int, int] = (21, 7)) -> None:
    choose_ways(
        person_id=person.pk, actor=person.actor, channels={kind: channels for kind in Kind},
        quiet=quiet,
    )  # fmt: skip


def tell(person: Person, code: str = "dossier_accepted", key: str = "move:1") -> None:
    told = {"reference": "H99.31-261122-0001", "due": "16:00 ngày 25/11/2026"}
    sending.send(ToPerson(person.pk), code, told, dedupe_key=key)


def work(tries: int = 1) -> None:
    """The worker takes everything that is queued, so often."""
    for _ in range(tries):
        for number in Delivery.objects.filter(status=S.QUEUED).values_list("message_id", flat=True):
            with suppress(TryLater):
                jobs.deliver_email(number)


def fates() -> dict[str, str]:
    rows = Delivery.objects.values_list("message__channel", "status")
    return dict(rows.order_by("turn"))


def zalo() -> Any:
    return messenger("zalo")


def sms() -> Any:
    return messenger("sms")


def test_lan_is_told_over_the_first_channel_she_chose_and_the_others_are_spared(
    lan: Person,
) -> None:
    tell(lan)
    work()

    [sent] = zalo().messages
    assert (sent.phone, sent.template_id) == (LAN, "271001")
    assert dict(sent.values)["reference"] == "H99.31-261122-0001"
    assert "đã được tiếp nhận" in sent.text
    assert fates() == {"zalo": S.SENT, "sms": S.SPARED, "email": S.SPARED}
    kept = Delivery.objects.get(status=S.SENT)
    assert (kept.proof, kept.at, kept.attempts) == (f"FAKE {sent.id}", NOON, 1)
    assert kept.message.body == sent.text


def test_a_number_without_zalo_gets_an_sms_at_once_and_nobody_has_to_look(lan: Person) -> None:
    zalo().refused.add(LAN)

    tell(lan)
    work(2)

    [sent] = sms().messages
    assert sent.text == (
        "Ho so H99.31-261122-0001 da duoc tiep nhan. Hen tra ket qua: 16:00 ngay 25/11/2026. "
        "Hoi: 1900 0000"
    )
    assert fates() == {"zalo": S.FAILED, "sms": S.SENT, "email": S.SPARED}
    assert queries.unsent_letters() == []
    token = Message.objects.get(channel=Channel.INBOX).token
    shown = queries.inbox_message(ToPerson(lan.pk), token)
    assert [(p.channel, p.to, p.status) for p in shown.phones] == [
        ("zalo", "09•• ••• 001", S.FAILED), ("sms", "09•• ••• 001", S.SENT),
    ]  # fmt: skip
    assert shown.email_status == ""


def test_when_nothing_reaches_her_the_keeper_sees_one_line_and_the_inbox_has_it(
    lan: Person,
) -> None:
    zalo().refused.add(LAN)
    sms().refused.add(LAN)
    post: Any = mailer()
    post.refused.add("lan@songha.example")

    tell(lan)
    work(3)

    assert set(fates().values()) == {S.FAILED}
    assert {found.channel for found in queries.unsent_letters()} == {"zalo", "sms", "email"}
    assert queries.unread_count(ToPerson(lan.pk)) == 1


def test_a_busy_carrier_is_tried_for_minutes_then_the_next_channel_has_its_turn(
    lan: Person,
) -> None:
    zalo().closed_for = 100
    tell(lan)

    work(delivering.PHONE_TRIES - 1)
    assert fates()["zalo"] == S.QUEUED
    work(2)

    assert fates() == {"zalo": S.FAILED, "sms": S.SENT, "email": S.SPARED}


def test_the_last_channel_is_tried_for_a_day(lan: Person) -> None:
    wants(lan, "sms")
    sms().closed_for = 100
    tell(lan)

    work(delivering.PHONE_TRIES + 5)

    assert fates() == {"sms": S.QUEUED}


def test_words_that_zalo_never_registered_are_told_by_sms(lan: Person) -> None:
    Template.objects.filter(channel=Channel.ZALO).update(subject="")

    tell(lan)
    work()

    assert fates() == {"sms": S.SENT, "email": S.SPARED}


def test_at_night_a_message_waits_for_the_morning(lan: Person, at: Clock) -> None:
    at(NOON.replace(hour=22, minute=40))
    tell(lan)
    work()
    assert fates()["zalo"] == S.HELD

    at(NOON.replace(hour=6, minute=59) + timedelta(days=1))
    assert delivering.release_held() == 0
    at(NOON.replace(hour=7) + timedelta(days=1))
    assert delivering.release_held() == 1
    work()

    assert fates() == {"zalo": S.SENT, "sms": S.SPARED, "email": S.SPARED}


def test_what_lan_must_do_reaches_her_at_night_but_sms_never_leaves_then(
    lan: Person, at: Clock
) -> None:
    at(NOON.replace(hour=23))
    tell(lan, "supplement_asked")
    work()
    assert fates()["zalo"] == S.SENT

    zalo().refused.add(LAN)
    tell(lan, "supplement_asked", key="move:2")
    work(2)

    held = Delivery.objects.get(message__dedupe_key="move:2", message__channel="sms")
    assert (held.status, held.not_before) == (S.HELD, NOON.replace(hour=7) + timedelta(days=1))


def test_a_try_that_comes_up_at_night_waits_too(lan: Person, at: Clock) -> None:
    zalo().closed_for = 1
    tell(lan)
    work()
    at(NOON.replace(hour=21))

    work()

    assert fates()["zalo"] == S.HELD
    assert zalo().messages == []


def test_lan_s_own_quiet_hours_hold_and_an_e_mail_waits_for_nobody(lan: Person) -> None:
    wants(lan, "zalo", quiet=(11, 14))
    tell(lan)
    wants(lan, "email", quiet=(11, 14))
    tell(lan, key="move:2")

    assert fates() == {"zalo": S.HELD, "email": S.QUEUED}


def test_after_a_crash_on_the_wire_zalo_is_not_asked_twice_and_sms_tells_it(lan: Person) -> None:
    tell(lan)
    number = Delivery.objects.get(turn=0).message_id
    delivering._begin(number)  # and the worker dies

    work(2)

    assert zalo().messages == []
    assert fates() == {"zalo": S.FAILED, "sms": S.SENT, "email": S.SPARED}
    assert "không rõ" in Delivery.objects.get(turn=0).trouble


def test_after_a_crash_on_the_wire_an_sms_is_asked_for_again_under_its_number(lan: Person) -> None:
    wants(lan, "sms")
    tell(lan)
    number = Delivery.objects.get().message_id
    ready = delivering._begin(number)
    assert ready is not None
    delivering._post(ready)  # and the worker dies

    work()

    assert len(sms().messages) == 1
    assert fates() == {"sms": S.SENT}


def test_the_same_news_is_told_once_even_if_lan_changes_her_mind(lan: Person) -> None:
    wants(lan, "zalo")
    tell(lan)
    wants(lan, "sms")
    tell(lan)
    work(2)

    assert [len(zalo().messages), len(sms().messages)] == [1, 0]


def test_a_long_text_leaves_in_parts_each_under_its_own_number(lan: Person) -> None:
    wants(lan, "sms")
    Template.objects.filter(code="dossier_accepted", channel="sms").update(body="{{reference}} ổn")
    told = {"reference": "một hai " * 30}

    sending.send(ToPerson(lan.pk), "dossier_accepted", told, dedupe_key="move:1")
    work()

    first, second = sms().messages
    assert first.text.startswith("(1/2) mot hai")
    assert second.text.endswith("on")
    assert first.id != second.id
    assert Delivery.objects.get().proof == f"FAKE {first.id}, FAKE {second.id}"


def test_no_number_is_ever_written_into_the_log(
    lan: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    zalo().refused.add(LAN)
    sms().contract_is_over = True

    tell(lan)
    work(3)

    assert LAN[2:] not in caplog.text
    troubles = Delivery.objects.values_list("trouble", flat=True)
    assert not any(LAN[2:] in trouble for trouble in troubles)
