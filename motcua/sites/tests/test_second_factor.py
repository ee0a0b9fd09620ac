"""Whoever holds a post shows two things: a password, and something that only they have."""

import re
import time

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings as SettingsWrapper

from motcua.audit.queries import deeds_on, entries_of
from motcua.people.models import Account
from motcua.testing.cast import PASSWORD, Cast
from motcua.testing.factors import an_app, code_of

pytestmark = pytest.mark.django_db
SIGN_IN, SHOW = "/tai-khoan/dang-nhap/", "/tai-khoan/xac-thuc/"
SET_UP, APP = "/tai-khoan/bao-ve/", "/tai-khoan/bao-ve/ung-dung/"
LIST = "/can-bo/danh-sach/cho-tiep-nhan/"
HUNG = {"login": "hung", "password": PASSWORD}


@pytest.fixture(autouse=True)
def _required(settings: SettingsWrapper) -> None:
    settings.SECOND_FACTOR = "required"
    cache.clear()


def secret_on(page: bytes) -> str:
    found = re.search(r'mc-secret">([A-Z2-7]+)<', page.decode())
    assert found
    return found[1]


def test_hung_sets_an_application_up_and_nothing_else_is_open_before(cast: Cast) -> None:
    hung = Client()
    hung.post(SIGN_IN, HUNG)
    for address in ("/can-bo/", LIST, "/", "/quan-tri/", "/tai-khoan/phien/"):
        assert hung.get(address)["Location"].startswith(SET_UP), address
    assert hung.post("/can-bo/hang-loat/")["Location"] == SET_UP

    secret = secret_on(hung.get(APP).content)
    done = hung.post(APP, {"code": code_of(secret)})

    assert done["Location"] == "/tai-khoan/bao-ve/ma-khoi-phuc/"
    codes = re.findall(r"<code>(\d{8})</code>", hung.get(done["Location"]).content.decode())
    assert len(codes) == 10
    assert "<code>" not in hung.get(done["Location"]).content.decode()
    assert hung.get(LIST).status_code == 200
    journal = entries_of(f"account:{cast.hung.account_id}")
    kinds = [e.facts["kind"] for e in journal if e.deed == "account.factor_added"]
    assert kinds == ["totp", "recovery_codes"]
    assert not any(word in str(journal) for word in (secret, *codes))


def test_the_api_tells_a_half_signed_in_official_the_same(cast: Cast) -> None:
    hung = Client()
    hung.post(SIGN_IN, HUNG)

    answer = hung.get("/api/v1/procedures")

    assert answer.status_code == 403
    assert answer.json()["reasons"][0]["code"] == "session_gate"
    assert Client().get("/api/v1/procedures").status_code == 200


def test_after_the_password_the_code_is_asked_for_and_nobody_is_signed_in_before(
    cast: Cast,
) -> None:
    secret, hung = an_app(cast.hung.account), Client()

    assert hung.post(f"{SIGN_IN}?next={LIST}", HUNG | {"next": LIST})["Location"] == SHOW
    assert hung.get(LIST)["Location"].startswith(SIGN_IN)
    assert "Mã chưa đúng" in hung.post(SHOW, {"code": "000000"}).content.decode()
    done = hung.post(SHOW, {"code": code_of(secret)})

    assert done["Location"] == LIST
    assert hung.get(LIST).status_code == 200
    [refused, came] = entries_of(f"account:{cast.hung.account_id}")[-2:]
    assert (refused.deed, refused.facts["why"]) == ("account.refused", "totp")
    assert (came.deed, came.facts["proofs"]) == ("account.sign_in", ["password", "totp"])


@pytest.mark.parametrize("later", [0, 31])  # until the next step a code of the last one is taken
def test_a_code_that_was_seen_opens_nothing_a_second_time(cast: Cast, later: int) -> None:
    secret, begun = an_app(cast.hung.account), time.time() // 30 * 30 + 5
    with time_machine.travel(begun, tick=False):
        code = code_of(secret)

    answers = []
    for moment in (begun, begun + later):
        with time_machine.travel(moment, tick=False):
            browser = Client()
            browser.post(SIGN_IN, HUNG)
            answers.append(browser.post(SHOW, {"code": code}).status_code)

    assert answers == [302, 200]


@pytest.mark.parametrize("spelt", ["{0}", "{0:.3}-{1}", "{0:.2} {2:.2}-{3}", "{0}."])
def test_a_code_spelt_otherwise_is_still_the_same_code(cast: Cast, spelt: str) -> None:
    secret, begun = an_app(cast.hung.account), time.time() // 30 * 30 + 5
    answers = []
    with time_machine.travel(begun, tick=False):
        code = code_of(secret)
    again = spelt.format(code, code[3:], code[2:], code[4:])
    for moment, typed in ((begun, code), (begun + 31, again)):
        with time_machine.travel(moment, tick=False):
            browser = Client()
            browser.post(SIGN_IN, HUNG)
            answers.append(browser.post(SHOW, {"code": typed}).status_code)

    assert answers == [302, 200]


def test_codes_are_guessed_only_a_few_times(cast: Cast, settings: SettingsWrapper) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/5m/key"}
    secret, hung = an_app(cast.hung.account), Client()
    hung.post(SIGN_IN, HUNG)

    pages = [hung.post(SHOW, {"code": f"00000{n}"}).content.decode() for n in range(4)]

    assert "nhập sai nhiều lần" in pages[-1]
    assert hung.post(SHOW, {"code": code_of(secret)}).status_code == 200  # still braked


def test_a_recovery_code_stands_in_for_a_lost_telephone_once(cast: Cast) -> None:
    hung = Client()
    hung.post(SIGN_IN, HUNG)
    hung.post(APP, {"code": code_of(secret_on(hung.get(APP).content))})
    page = hung.get("/tai-khoan/bao-ve/ma-khoi-phuc/").content.decode()
    code = re.findall(r"<code>(\d{8})</code>", page)[0]

    answers = []
    for _ in range(2):
        cache.clear()
        browser = Client()
        browser.post(SIGN_IN, HUNG)
        answers.append(browser.post(SHOW, {"code": code}).status_code)

    assert answers == [302, 200]
    by = [
        e.facts["proofs"]
        for e in entries_of(f"account:{cast.hung.account_id}")
        if "proofs" in e.facts
    ]
    assert by[-1] == ["password", "recovery_codes"]


def test_the_last_factor_cannot_be_taken_off_by_its_owner(cast: Cast) -> None:
    secret, hung = an_app(cast.hung.account), Client()
    hung.post(SIGN_IN, HUNG)
    hung.post(SHOW, {"code": code_of(secret)})

    page = hung.post("/tai-khoan/bao-ve/ung-dung/go/")

    assert "ít nhất một cách xác thực" in page.content.decode()
    assert hung.get(SET_UP).status_code == 200
    assert "account.factor_removed" not in deeds_on(f"account:{cast.hung.account_id}")


def test_a_session_without_the_factor_is_asked_for_it_once_there_is_one(cast: Cast) -> None:
    hung = Client()
    hung.force_login(cast.hung.account)
    secret = an_app(cast.hung.account)

    asked = hung.get(LIST)["Location"]
    assert asked.startswith("/tai-khoan/xac-thuc-lai/ma/")
    assert hung.post(asked, {"code": code_of(secret)})["Location"] == LIST
    assert hung.get(LIST).status_code == 200


def test_a_given_password_is_changed_first(cast: Cast) -> None:
    Account.objects.filter(username="hung").update(password_is_given=True)
    hung, new = Client(), "thuyen-xuoi-song-9"
    hung.post(SIGN_IN, HUNG)

    assert hung.get(LIST)["Location"].startswith("/tai-khoan/doi-mat-khau/")
    hung.post(
        "/tai-khoan/doi-mat-khau/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )

    assert hung.get(LIST)["Location"].startswith(SET_UP)


def test_a_citizen_is_asked_for_a_password_alone(cast: Cast) -> None:
    lan = Client()
    lan.post(SIGN_IN, {"login": "lan", "password": PASSWORD})

    assert lan.get("/ho-so/").status_code == 200


def test_the_secret_lies_sealed_in_the_database(cast: Cast) -> None:
    from allauth.mfa.models import Authenticator

    secret = an_app(cast.hung.account)

    assert secret not in str(Authenticator.objects.get().data)


def test_under_another_key_no_code_is_right(cast: Cast, settings: SettingsWrapper) -> None:
    an_app(cast.hung.account)
    settings.SECRET_KEY = "another"
    hung = Client()
    hung.post(SIGN_IN, HUNG)

    for secret in ("", "A" * 32):
        assert hung.post(SHOW, {"code": code_of(secret)}).status_code == 200


def test_changing_a_factor_asks_again_who_it_is_some_minutes_after_signing_in(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    hung, later = Client(), time.time() + 400
    hung.post(SIGN_IN, HUNG)
    monkeypatch.setattr(time, "time", lambda: later)

    assert hung.get(APP)["Location"].startswith("/tai-khoan/xac-thuc-lai/")
    back = hung.post(f"/tai-khoan/xac-thuc-lai/?next={APP}", {"password": PASSWORD})

    assert back["Location"] == APP
    assert hung.get(APP).status_code == 200
