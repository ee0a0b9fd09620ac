"""Each messenger on its own wire: lost answers, numbers of errors, tokens, what travels."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from motcua.adapters.sms.adapter import VnptSms
from motcua.adapters.wire import address_objections
from motcua.adapters.zalo import adapter as zns
from motcua.adapters.zalo import simulator as zalo
from motcua.core.errors import GiveUp, TryLater
from motcua.notices.ports import ShortMessage, Unreachable, Unsure
from tests.contracts.test_messengers import HELLO, RealOffice, real

RETRIED = {-100}


@pytest.fixture
def vnpt(settings: Settings, tmp_path: Path) -> Iterator[RealOffice]:
    with real("vnpt", settings, tmp_path) as found:
        yield found


@pytest.fixture
def viettel(settings: Settings, tmp_path: Path) -> Iterator[RealOffice]:
    with real("viettel", settings, tmp_path) as found:
        yield found


@pytest.fixture
def zalos(settings: Settings, tmp_path: Path) -> Iterator[RealOffice]:
    with real("zalo", settings, tmp_path) as found:
        yield found


@pytest.mark.parametrize("kind", ["lost", "garbage", "slow"])
def test_vnpt_is_asked_again_under_the_same_number_and_tells_once(
    vnpt: RealOffice, kind: str
) -> None:
    vnpt.trouble(kind, "1.5")

    with pytest.raises(TryLater):
        vnpt.messenger.send(HELLO)
    if kind == "slow":  # the simulator still thinks; it takes the request all the same
        while not vnpt.phones:
            pass
    assert vnpt.messenger.send(HELLO) == f"VNPT {HELLO.id}"

    assert vnpt.phones == [HELLO.phone]


@pytest.mark.parametrize("name", ["viettel", "zalo"])
def test_who_knows_no_request_twice_is_not_asked_twice(
    name: str, settings: Settings, tmp_path: Path
) -> None:
    with real(name, settings, tmp_path) as office:
        office.trouble("lost")

        with pytest.raises(Unsure):
            office.messenger.send(HELLO)

        assert office.phones == [HELLO.phone]


@pytest.mark.parametrize("code", sorted(set(zns.WHAT) - {zns.TOKEN} | RETRIED))
def test_every_number_of_zalo_is_retried_or_given_up_as_it_says(
    zalos: RealOffice, code: int
) -> None:
    zalos.trouble("code", str(code))

    with pytest.raises(TryLater if code in RETRIED else GiveUp) as told:
        zalos.messenger.send(HELLO)

    assert isinstance(told.value, Unreachable) == (code in zns.NUMBERS)
    assert HELLO.phone not in str(told.value)
    assert str(code) in str(told.value)


@pytest.mark.parametrize("code", ["101", "103", "104", "108", "146", "999"])
def test_every_number_of_the_carriers_is_given_up(vnpt: RealOffice, code: str) -> None:
    vnpt.trouble("code", code)

    with pytest.raises(GiveUp) as told:
        vnpt.messenger.send(HELLO)

    assert isinstance(told.value, Unreachable) == (code == "108")


def test_an_old_token_is_renewed_once_and_the_message_leaves(zalos: RealOffice) -> None:
    zalos.messenger.check()
    zalos.trouble("code", "-124")

    zalos.messenger.send(HELLO)

    assert zalos.phones == [HELLO.phone]
    assert zalos.theatre.party.renewals == 2  # type: ignore[attr-defined]


def test_a_token_refused_twice_is_given_up_and_not_asked_for_ever(zalos: RealOffice) -> None:
    zalos.trouble("code", "-124")
    zalos.trouble("code", "-124")

    with pytest.raises(GiveUp, match="-124"):
        zalos.messenger.send(HELLO)
    assert zalos.phones == []


@pytest.mark.parametrize("kind", ["http", "lost", "garbage"])
def test_a_zalo_that_gives_no_token_is_tried_later_for_nothing_was_sent(
    zalos: RealOffice, kind: str
) -> None:
    zalos.trouble(kind, "503" if kind == "http" else "", path="/v4/")

    with pytest.raises(TryLater):
        zalos.messenger.send(HELLO)


def test_the_single_use_token_is_kept_for_the_next_process_and_for_nobody_else(
    zalos: RealOffice, tmp_path: Path
) -> None:
    for _ in range(2):
        zns.ZnsMessenger().send(HELLO)

    kept = tmp_path / "zalo_token.json"
    assert zalos.theatre.party.renewals == 1  # type: ignore[attr-defined]
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert zalo.FIRST_REFRESH not in kept.read_text()


def test_a_refresh_token_that_opens_nothing_says_what_the_keeper_must_do(
    zalos: RealOffice, settings: Settings
) -> None:
    settings.ZALO = {**settings.ZALO, "refresh_token": "used-up"}

    with pytest.raises(GiveUp, match="MOTCUA_ZALO_REFRESH_TOKEN"):
        zalos.messenger.send(HELLO)
    [objection] = zalos.messenger.check()
    assert "MOTCUA_ZALO_REFRESH_TOKEN" in objection.text

    settings.ZALO = {**settings.ZALO, "refresh_token": zalo.FIRST_REFRESH}
    assert zalos.messenger.check() == []


def test_zalo_is_given_the_registered_template_and_what_stands_in_its_places(
    zalos: RealOffice,
) -> None:
    zalos.messenger.send(HELLO)

    [kept] = zalos.ask("received")["received"]
    assert kept["template"] == "123456"
    assert kept["words"] == {"reference": "H99.31-261122-0001"}
    assert kept["id"] == HELLO.id


def test_vnpt_is_given_the_whole_text_or_the_places_of_a_registered_one(vnpt: RealOffice) -> None:
    vnpt.messenger.send(HELLO)
    vnpt.messenger.send(ShortMessage("2", HELLO.phone, HELLO.text))

    with_template, without = vnpt.ask("received")["received"]
    assert (with_template["template"], with_template["words"]) == ("123456", ["H99.31-261122-0001"])
    assert (without["template"], without["words"]) == ("", [HELLO.text])


def test_viettel_is_given_words_that_mean_something_in_xml(viettel: RealOffice) -> None:
    viettel.messenger.send(ShortMessage("3", HELLO.phone, "A & B < C > D"))

    assert viettel.ask("received")["received"][0]["words"] == ["A & B < C > D"]


def test_a_carrier_that_is_not_there_is_tried_later(settings: Settings) -> None:
    settings.SMS = {**settings.SMS, "url": "http://127.0.0.1:1/vnpt"}

    with pytest.raises(TryLater):
        VnptSms().send(HELLO)


def test_secrets_never_travel_in_the_clear_and_every_empty_setting_is_named(
    settings: Settings,
) -> None:
    assert address_objections("X", "https://sms.example/api") == []
    assert address_objections("X", "http://127.0.0.1:9/api") == []
    assert [r.code for r in address_objections("X", "http://sms.example/api")] == ["address_unsafe"]
    settings.SMS = dict.fromkeys(settings.SMS, "")
    settings.ZALO = dict.fromkeys(settings.ZALO, "")

    assert len(VnptSms().check()) == 5
    assert len(zns.ZnsMessenger().check()) == 5
