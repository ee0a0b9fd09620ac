"""The doors of an account: in our words, never a fault, and none that tells who is known here."""

import re

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from motcua.people.models import Account
from motcua.testing.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db
CHANGE = "/tai-khoan/doi-mat-khau/"
NEW = "thuyen-xuoi-song-9"
ENGLISH = re.compile(r"\b(?:password|please|must|your|required|sign|email|the)\b", re.IGNORECASE)


def signed_in(who: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=who))
    return client


def words(page: str) -> str:
    """What a person reads of a page."""
    return re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)


@pytest.mark.parametrize(
    "address", ["thu", "thu/da-gui", "quen-mat-khau", "quen-mat-khau/xong", "dat-mat-khau"]
)
@pytest.mark.parametrize("email", ["lan@songha.example", "khong-ai@songha.example"])
def test_doors_that_come_with_single_sign_on_are_not_there_yet(
    cast: Cast, address: str, email: str
) -> None:
    for client in (Client(), signed_in("lan")):
        answer = client.post(f"/tai-khoan/{address}/", {"email": email, "action_add": "1"})

        assert answer.status_code == 404


def test_hung_changes_his_password_and_signs_in_with_the_new_one(cast: Cast) -> None:
    client = signed_in("hung")

    answer = client.post(
        CHANGE, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}, follow=True
    )

    assert answer.status_code == 200
    assert "Đã đổi mật khẩu" in answer.content.decode()
    assert Client().login(username="hung", password=NEW)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Chưa nhập mật khẩu đang dùng."),
        ({"oldpassword": "sai"}, "Mật khẩu đang dùng chưa đúng."),
        ({"oldpassword": PASSWORD, "password1": NEW, "password2": "khac"}, "chưa giống nhau"),
        ({"oldpassword": PASSWORD, "password1": "12345", "password2": "12345"}, "quá ngắn"),
        (
            {"oldpassword": PASSWORD, "password1": "hung@songha", "password2": "hung@songha"},
            "quá giống",
        ),
    ],
)
def test_a_password_that_cannot_be_changed_says_why_in_vietnamese(
    cast: Cast, typed: dict[str, str], said: str
) -> None:
    page = words(signed_in("hung").post(CHANGE, typed).content.decode())

    assert said in page
    assert not ENGLISH.findall(page)
    assert Client().login(username="hung", password=PASSWORD)


def test_an_account_without_a_password_has_none_to_change(cast: Cast) -> None:
    account = Account.objects.get(username="lan")
    account.set_unusable_password()
    account.save()

    assert signed_in("lan").get(CHANGE).status_code == 404


@pytest.mark.parametrize("who", ["lan", "khong-ai"])
def test_a_wrong_sign_in_says_the_same_of_the_known_and_the_unknown(cast: Cast, who: str) -> None:
    answer = Client().post("/tai-khoan/dang-nhap/", {"login": who, "password": "sai"})

    page = words(answer.content.decode())
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in page
    assert not ENGLISH.findall(page)


def test_guessing_passwords_is_slowed_down_and_said_in_vietnamese(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        settings, "ACCOUNT_RATE_LIMITS", {"login": "4/m/ip", "login_failed": "2/5m/key"}
    )
    guess = {"login": "hung", "password": "sai"}

    pages = [Client().post("/tai-khoan/dang-nhap/", guess) for _ in range(5)]

    assert "nhập sai nhiều lần" in pages[2].content.decode()
    assert pages[4].status_code == 429
    assert "Mời ông/bà đợi một lát" in pages[4].content.decode()
    cache.clear()


@pytest.mark.parametrize("name", ["account_reset_password", "account_email"])
def test_no_page_leads_to_a_door_that_is_not_there(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)
