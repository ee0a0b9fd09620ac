"""`bin/run --phones`: whoever tries the house sees the SMS and Zalo messages it sends."""

from pathlib import Path

from motcua.config import phones
from motcua.config.run import Choices, environment, programs

SSO = "MOTCUA_SSO"
PLAYED = {
    "sms": "http://127.0.0.1:8241",
    "zalo": "http://127.0.0.1:8242",
    "vneid": "http://127.0.0.1:8243",
}


def chosen(**phones_: str) -> Choices:
    return Choices("127.0.0.1", 8140, 8240, 2, Path("var"), phones_)


def test_every_party_is_played_on_the_ports_after_the_mail() -> None:
    assert phones.played(8241, {}) == PLAYED


def test_a_party_with_a_real_contract_is_not_played() -> None:
    for party, setting in (
        ("sms", "MOTCUA_SMS"),
        ("zalo", "MOTCUA_ZALO_APP_ID"),
        ("vneid", SSO),
    ):
        others = {name: url for name, url in PLAYED.items() if name != party}
        assert phones.played(8241, {setting: "1"}) == others


def test_every_program_is_told_where_the_played_parties_listen() -> None:
    told = environment(chosen(**PLAYED), "postgresql://x")

    assert told["MOTCUA_SMS_URL"] == "http://127.0.0.1:8241/vnpt"
    assert told["MOTCUA_ZALO_URL"] == told["MOTCUA_ZALO_OAUTH_URL"] == "http://127.0.0.1:8242"
    assert told["MOTCUA_ZALO_REFRESH_TOKEN"]
    assert told[SSO] == "dvcqg,vneid,vnconnect"
    assert told[f"{SSO}_VNEID_ISSUER"] == "http://127.0.0.1:8243/vneid"


def test_without_the_option_nothing_is_played() -> None:
    names = [program.name for program in programs(chosen(), {})]
    with_phones = [program.name for program in programs(chosen(**PLAYED), {})]

    assert not {"sms", "zalo"} & set(names)
    assert {"sms", "zalo"} <= set(with_phones)
