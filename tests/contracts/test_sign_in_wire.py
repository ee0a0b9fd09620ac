"""Signing in against the real simulator, a process of its own: the good ways, and every bad one.

Whatever is wrong with an answer, nobody has a session after it, and everybody reads the same page.
"""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from motcua.adapters.vneid.forging import CLAIMS, TOKENS
from motcua.audit.models import Entry
from motcua.people.models import Account, ExternalIdentity, Person
from motcua.testing.cast import Cast
from tests.identity import COMPANY, LAN, MAU, Played, begun, brought_back, played, signed_in

TOKEN, USERINFO, CHOOSE = "oauth2/token", "oauth2/userinfo", "oauth2/choose"
CONFIG, KEYS = ".well-known/openid-configuration", "oauth2/jwks"
# Every variant: at which address of the service, what it says there.
BAD = [
    *((TOKEN, "code", name) for name in sorted({*CLAIMS, *TOKENS})),
    *((TOKEN, "code", name) for name in ("no-id-token", "garbage-object", "duplicate-members")),
    *((USERINFO, "code", name) for name in ("other-sub", "no-sub")),
    *((CHOOSE, "code", name) for name in ("mixed-iss", "wrong-state", "no-state")),
    (CONFIG, "code", "other-issuer"),
    *((place, "http", "500") for place in (TOKEN, USERINFO, CONFIG, KEYS)),
    *((place, "garbage", "") for place in (TOKEN, USERINFO, CONFIG, KEYS)),
    *((place, "lost", "") for place in (TOKEN, USERINFO)),
    (TOKEN, "slow", "3"),
]
SAME_FOR_ALL = "Chưa đăng nhập được bằng tài khoản định danh"


@pytest.fixture(scope="module")
def there() -> Iterator[Played]:
    with played() as found:
        yield found


@pytest.fixture
def identity(there: Played, settings: Any, db: None) -> Played:
    settings.SIGN_IN, settings.SIGN_IN_TIMEOUT = there.settings(), 1
    settings.PORTAL_URL = "http://testserver"
    return there


@pytest.fixture
def browser() -> Client:
    return Client(raise_request_exception=False)


def come_in(
    browser: Client, identity: Played, who: str = MAU, service: str = "dvcqg", **how: Any
) -> Any:
    asked = how.pop("asked", {})
    return brought_back(browser, identity.answer(begun(browser, service, **asked), who, **how))


@pytest.mark.parametrize("service", ["dvcqg", "vneid", "vnconnect"])
def test_mau_comes_in_by_each_service_and_is_the_same_account(
    identity: Played, browser: Client, service: str
) -> None:
    answer = come_in(browser, identity, service=service, level=2, asked={"next": "/uy-quyen/"})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/uy-quyen/")
    assert signed_in(browser)
    account = Account.objects.get(username=MAU)
    assert not account.has_usable_password()
    assert account.person.full_name == "Nguyễn Văn Mẫu"
    assert browser.session["assurance"] == {"service": service, "level": 2}
    entry = Entry.objects.filter(deed="account.sign_in").latest("id")
    assert entry.subject == f"account:{account.pk}"
    assert f'"service":"{service}"' in bytes(entry.body).decode().replace(" ", "")


@pytest.mark.parametrize(("place", "kind", "value"), BAD, ids=lambda part: str(part) or "-")
def test_a_bad_answer_lets_nobody_in(
    identity: Played, browser: Client, place: str, kind: str, value: str
) -> None:
    level = 2 if value == "stale-acr" else 1
    # An earlier sign-in of somebody else, for the forgery that brings its token again.
    come_in(Client(), identity, who=LAN)
    identity_is_read_anew()
    identity.trouble(f"/dvcqg/{place}", value, kind)
    asked = {"muc": "2"} if level == 2 else {}

    first = browser.get("/tai-khoan/dinh-danh/dvcqg/", asked)
    if first.status_code == 302:
        there = identity.answer(first.headers["Location"], MAU, level=level)
        first = brought_back(browser, there)

    assert first.status_code == 422, (first.status_code, first.headers)
    assert not signed_in(browser)
    assert not Person.objects.filter(national_id=MAU).exists()
    told = first.content.decode()
    our_words = (SAME_FOR_ALL, "đang không trả lời", "chưa đủ mức 2")
    assert sum(word in told for word in our_words) == 1, told


def identity_is_read_anew() -> None:
    """As in a process that has just begun: nothing of the service is remembered."""
    from motcua.core import ports

    ports.adapter.cache_clear()


def test_there_are_more_than_twenty_bad_variants() -> None:
    assert len(BAD) >= 45


def test_every_forged_answer_reads_the_same(identity: Played) -> None:
    pages = set()
    for forgery in ("wrong-nonce", "alg-none", "wrong-aud", "unknown-kid", "missing-sub"):
        browser = Client()
        identity.trouble(f"/dvcqg/{TOKEN}", forgery)
        pages.add(come_in(browser, identity).content)

    assert len(pages) == 1


@pytest.mark.parametrize("kind", ["rotate", "rotate-ec", "rotate-okp"])
def test_a_service_may_change_its_keys_between_two_sign_ins(
    identity: Played, browser: Client, kind: str
) -> None:
    from datetime import timedelta

    import time_machine

    from motcua.core import clock

    come_in(Client(), identity)
    identity.trouble(f"/dvcqg/{TOKEN}", kind)
    with time_machine.travel(clock.now() + timedelta(seconds=45)):
        come_in(browser, identity)  # looked up less than a minute ago
        assert not signed_in(browser)
    with time_machine.travel(clock.now() + timedelta(seconds=61), tick=True):
        come_in(browser, identity)

    assert signed_in(browser)


def test_an_answer_is_good_for_once_and_only_where_it_was_asked_for(
    identity: Played, browser: Client
) -> None:
    where = identity.answer(begun(browser), MAU)
    stranger = Client()

    assert brought_back(stranger, where).status_code == 422
    assert not signed_in(stranger)
    assert brought_back(browser, where).status_code == 302
    browser.post("/tai-khoan/dang-xuat/")
    assert brought_back(browser, where).status_code == 422
    assert not signed_in(browser)


def test_the_answer_of_one_service_is_not_taken_at_the_door_of_another(
    identity: Played, browser: Client
) -> None:
    where = identity.answer(begun(browser, "dvcqg"), MAU)

    answer = brought_back(browser, where.replace("/dvcqg/ve/", "/vneid/ve/"))

    assert answer.status_code == 422
    assert not signed_in(browser)


def test_a_parameter_said_twice_is_refused(identity: Played, browser: Client) -> None:
    where = identity.answer(begun(browser), MAU)

    assert brought_back(browser, f"{where}&code=another").status_code == 422
    assert not signed_in(browser)


def test_an_answer_that_nobody_asked_for_is_refused(identity: Played, browser: Client) -> None:
    answer = browser.get("/tai-khoan/dinh-danh/dvcqg/ve/?code=a&state=b")

    assert answer.status_code == 422
    assert not signed_in(browser)


@pytest.mark.parametrize(
    ("do", "words"), [("deny", "chưa đồng ý"), ("expired", "Đã quá thời gian")]
)
def test_who_declines_or_waits_too_long_is_told_so(
    identity: Played, browser: Client, do: str, words: str
) -> None:
    answer = come_in(browser, identity, do=do)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not signed_in(browser)


def test_a_session_has_another_name_after_signing_in(identity: Played, browser: Client) -> None:
    where = begun(browser)
    before = browser.cookies["sessionid"].value
    brought_back(browser, identity.answer(where, MAU))

    assert signed_in(browser)
    assert browser.cookies["sessionid"].value != before


def test_the_page_afterwards_is_ours(identity: Played, browser: Client) -> None:
    answer = come_in(browser, identity, asked={"next": "https://another.example/"})

    assert answer.headers["Location"] == "/"


def test_lan_of_the_desk_and_lan_of_vneid_are_one(
    identity: Played, browser: Client, cast: Cast
) -> None:
    come_in(browser, identity, who=LAN, service="vneid")

    assert browser.session["_auth_user_id"] == str(cast.lan.account_id)
    assert ExternalIdentity.objects.get(person=cast.lan).service == "vneid"


def test_a_shut_account_is_refused_in_the_same_words(
    identity: Played, browser: Client, cast: Cast
) -> None:
    Account.objects.filter(pk=cast.lan.account_id).update(is_active=False)

    answer = come_in(browser, identity, who=LAN)

    assert SAME_FOR_ALL in answer.content.decode()
    assert not signed_in(browser)


def test_a_company_comes_in_with_its_own_account(identity: Played, browser: Client) -> None:
    come_in(browser, identity, who=COMPANY)

    assert browser.get("/thanh-vien/").status_code == 200
    house = Person.objects.get(national_id=COMPANY)
    assert (house.kind, house.organisation.representative) == ("enterprise", "Nguyễn Văn Mẫu")


def test_whoever_steps_up_comes_back_as_the_same_person(identity: Played, browser: Client) -> None:
    come_in(browser, identity)
    come_in(browser, identity, who=LAN, level=2, asked={"muc": "2", "next": "/ho-so/"})

    assert browser.session["assurance"]["level"] == 1
    assert "tài khoản của người khác" in browser.get("/ho-so/").content.decode()

    come_in(browser, identity, level=2, asked={"muc": "2", "next": "/ho-so/"})

    assert browser.session["assurance"]["level"] == 2


def test_signing_out_leads_to_signing_out_there_too(identity: Played, browser: Client) -> None:
    come_in(browser, identity)

    answer = browser.post("/tai-khoan/dang-xuat/", follow=True)

    told = answer.content.decode()
    assert f"{identity.url}/dvcqg/oidc/logout?" in told
    assert "id_token_hint=" in told
    assert not signed_in(browser)


@pytest.mark.django_db(transaction=True)
def test_two_answers_about_one_person_at_the_same_moment_make_one_account(
    identity: Played,
) -> None:
    browsers = [Client(), Client(), Client()]
    ways = [identity.answer(begun(each, "vneid"), MAU) for each in browsers]

    def come(browser: Client, where: str) -> None:
        brought_back(browser, where)
        connections.close_all()

    threads = [Thread(target=come, args=pair) for pair in zip(browsers, ways, strict=True)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert Account.objects.filter(username=MAU).count() == 1
    assert ExternalIdentity.objects.count() == 1
    assert all(signed_in(each) for each in browsers)


def test_the_doctor_asks_every_service(identity: Played) -> None:
    from motcua.config.doctor import _sign_in

    assert _sign_in().well
    identity_is_read_anew()
    identity.trouble(f"/vneid/{CONFIG}", "503", "http")
    found = _sign_in()

    assert not found.well
    assert "VNeID qua tỉnh" in found.text
