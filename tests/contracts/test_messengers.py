"""What every messenger to a telephone must do: the fakes, and the adapters against the simulators."""

import json
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pytest
from pytest_django import Settings

from motcua.adapters.simulator import Party, Theatre
from motcua.adapters.sms import simulator as carriers
from motcua.adapters.sms.adapter import ViettelSms, VnptSms
from motcua.adapters.sms.fake import FakeSms
from motcua.adapters.zalo import simulator as zalo
from motcua.adapters.zalo.adapter import ZnsMessenger
from motcua.adapters.zalo.fake import FakeZalo
from motcua.core.errors import GiveUp, TryLater
from motcua.notices.ports import Messenger, ShortMessage, Unreachable

HELLO = ShortMessage(
    id="2611220001701", phone="84912345678",
    text="Ho so H99.31-261122-0001 da co ket qua. Moi ong/ba den nhan.",
    template_id="123456", values=(("reference", "H99.31-261122-0001"),),
)  # fmt: skip
NOBODY = "84999999999"


class Office(Protocol):
    """A messenger under test, and the ways to trouble it."""

    @property
    def messenger(self) -> Messenger: ...
    @property
    def phones(self) -> list[str]: ...
    def close(self) -> None: ...
    def refuse(self, phone: str) -> None: ...
    def end_contract(self) -> None: ...


@dataclass
class FakeOffice:
    """A fake."""

    messenger: FakeSms

    @property
    def phones(self) -> list[str]:
        return [kept.phone for kept in self.messenger.messages]

    def close(self) -> None:
        self.messenger.closed_for = 1

    def refuse(self, phone: str) -> None:
        self.messenger.refused.add(phone)

    def end_contract(self) -> None:
        self.messenger.contract_is_over = True


@dataclass
class RealOffice:
    """An adapter, and the simulator it speaks to over HTTP."""

    messenger: Messenger
    theatre: Theatre
    codes: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, told: dict[str, Any] | None = None) -> Any:
        body = None if told is None else json.dumps(told).encode()
        with urllib.request.urlopen(f"{self.theatre.url}/_/{path}", data=body) as heard:
            return json.load(heard)

    @property
    def phones(self) -> list[str]:
        return [kept["phone"] for kept in self.ask("received")["received"]]

    def trouble(self, kind: str, value: str = "", path: str = "") -> None:
        path = path or ("/message" if isinstance(self.messenger, ZnsMessenger) else "/")
        assert self.ask("trouble", {"kind": kind, "value": value, "path": path}) == {"ok": True}

    def close(self) -> None:
        self.trouble("http", "503")

    def refuse(self, phone: str) -> None:
        self.ask("number", {"phone": phone, "code": self.codes["number"]})

    def end_contract(self) -> None:
        self.trouble("code", self.codes["contract"])


@contextmanager
def playing(party: Party) -> Iterator[Theatre]:
    """A simulator in a thread, on a port nobody uses."""
    theatre = Theatre(party)
    thread = threading.Thread(target=theatre.serve_forever, daemon=True)
    thread.start()
    try:
        yield theatre
    finally:
        theatre.shutdown()
        theatre.server_close()


@contextmanager
def real(name: str, settings: Settings, folder: Path) -> Iterator[RealOffice]:
    """One of the adapters, with the settings that its simulator asks for."""
    settings.VAR_DIR, settings.MESSENGER_TIMEOUT = folder, 1
    with playing(zalo.Zalo() if name == "zalo" else carriers.Carriers()) as theatre:
        settings.SMS = {
            **settings.SMS, "url": f"{theatre.url}/{name}", "user": "demo", "password": "demo",
            "brand": carriers.BRAND, "contract": "1",
        }  # fmt: skip
        settings.ZALO = {
            "url": theatre.url, "oauth_url": theatre.url, "app_id": zalo.APP_ID,
            "secret_key": zalo.SECRET, "refresh_token": zalo.FIRST_REFRESH,
        }  # fmt: skip
        if name == "zalo":
            yield RealOffice(ZnsMessenger(), theatre, {"number": "-118", "contract": "-115"})
        elif name == "vnpt":
            yield RealOffice(VnptSms(), theatre, {"number": "108", "contract": "103"})
        else:
            yield RealOffice(ViettelSms(), theatre, {"number": "108", "contract": "103"})


@pytest.fixture(params=["fake sms", "fake zalo", "vnpt", "viettel", "zalo"])
def office(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Iterator[Office]:
    if request.param.startswith("fake"):
        yield FakeOffice(FakeSms() if request.param == "fake sms" else FakeZalo())
        return
    with real(request.param, settings, tmp_path) as found:
        yield found


def test_a_message_arrives_once_and_leaves_a_proof(office: Office) -> None:
    proof = office.messenger.send(HELLO)

    assert office.phones == ["84912345678"]
    assert len(proof.split()) == 2


def test_a_closed_office_is_tried_later(office: Office) -> None:
    office.close()

    with pytest.raises(TryLater):
        office.messenger.send(HELLO)
    assert office.phones == []
    office.messenger.send(HELLO)
    assert office.phones == ["84912345678"]


def test_a_number_that_nobody_has_is_told_apart_from_other_refusals(office: Office) -> None:
    office.refuse(NOBODY)

    with pytest.raises(Unreachable):
        office.messenger.send(ShortMessage("9", NOBODY, "Xin chao.", "1", (("name", "Lan"),)))
    assert office.phones == []


def test_a_contract_that_is_over_is_not_the_readers_fault(office: Office) -> None:
    office.end_contract()

    with pytest.raises(GiveUp) as over:
        office.messenger.send(HELLO)
    assert not isinstance(over.value, Unreachable)
    assert office.phones == []


def test_what_is_well_set_up_has_no_objections(office: Office) -> None:
    assert office.messenger.check() == []


@pytest.mark.parametrize("name", ["vnpt", "viettel"])
def test_who_says_to_use_templates_sends_their_values_and_who_does_not_sends_our_text(
    name: str, settings: Settings, tmp_path: Path
) -> None:
    with real(name, settings, tmp_path) as found:
        found.messenger.send(HELLO)
        [kept] = found.ask("received")["received"]

    filled, whole = [said for _, said in HELLO.values], [HELLO.text]
    assert kept["words"] == (filled if found.messenger.uses_templates else whole)
    assert filled != whole
