"""The authority as it answers over HTTP: what it stamps rightly is kept, whatever else is refused."""

import json
import urllib.request
from datetime import timedelta

import pytest
from django.conf import settings
from pytest_django import Settings as SettingsWrapper

from motcua.adapters.simulator import Theatre
from motcua.audit import ports
from motcua.audit.ports import NotVouched
from motcua.core import clock
from motcua.core.errors import TryLater
from motcua.tlog import stamp

TEXT = b"mot-cua.example/nhat-ky\n7\nroot\n"


def goes_wrong(authority: Theatre, kind: str, value: str) -> None:
    told = json.dumps({"kind": kind, "value": value}).encode()
    urllib.request.urlopen(f"{authority.url}/_/trouble", told).close()


def test_a_token_names_the_moment_and_stays_good(authority: Theatre) -> None:
    told = ports.timestamper().stamp(TEXT)
    assert abs(told.at - clock.now()) < timedelta(minutes=1)
    assert ports.timestamper().moment(told.content, TEXT) == told.at
    assert stamp.read(told.content).at == f"{told.at:%Y%m%d%H%M%SZ}"
    assert ports.timestamper().check() == []


@pytest.mark.parametrize(
    ("kind", "value", "refusal"),
    [
        ("code", "imprint", NotVouched),
        ("code", "stranger", NotVouched),
        ("code", "reject", NotVouched),
        ("garbage", "", NotVouched),
        ("http", "503", TryLater),
        ("lost", "", TryLater),
        ("slow", "3", TryLater),
    ],
)
def test_what_is_no_honest_stamp_is_refused(
    authority: Theatre, settings: SettingsWrapper, kind: str, value: str, refusal: type[Exception]
) -> None:
    settings.MESSENGER_TIMEOUT = 1
    goes_wrong(authority, kind, value)
    with pytest.raises(refusal):
        ports.timestamper().stamp(TEXT)


def test_an_authority_that_is_down_is_asked_later(authority: Theatre) -> None:
    settings.TSA["url"] = "http://127.0.0.1:9"
    with pytest.raises(TryLater):
        ports.timestamper().stamp(TEXT)


def test_a_token_over_something_else_and_rubbish_are_no_tokens(authority: Theatre) -> None:
    told = ports.timestamper().stamp(TEXT)
    for token, text in ((told.content, b"x"), (b"rubbish" * 99, TEXT), (b"", TEXT)):
        with pytest.raises(NotVouched):
            ports.timestamper().moment(token, text)


def test_what_is_missing_in_the_settings_is_named(authority: Theatre) -> None:
    settings.TSA |= {"url": "http://tsa.example", "roots": ""}
    assert {r.code for r in ports.timestamper().check()} == {"address_unsafe", "setting_missing"}
    settings.TSA |= {"url": authority.url, "roots": "/nowhere.pem"}
    assert [r.code for r in ports.timestamper().check()] == ["tsa_roots"]
