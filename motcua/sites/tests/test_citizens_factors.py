"""A browser that a citizen left open gives nobody a key to that citizen's account."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings as SettingsWrapper

from motcua.audit.queries import entries_of
from motcua.people.models import Account
from motcua.testing.cast import Cast

pytestmark = pytest.mark.django_db
SIGN_IN, STAYS = "/tai-khoan/dang-nhap/", "/tai-khoan/phien/"
PAGES = (
    "",
    "ung-dung/",
    "ung-dung/go/",
    "khoa/",
    "khoa/1/go/",
    "ma-khoi-phuc/",
    "ma-khoi-phuc/tao-lai/",
)


def by_service(name: str) -> Account:
    """As it is for whoever came by a service: no password."""
    account = Account.objects.get(username=name)
    account.set_unusable_password()
    account.save()
    return account


def left_open(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


@pytest.mark.parametrize("passwords", [True, False])
def test_who_comes_by_a_service_has_no_page_of_factors(
    cast: Cast, settings: SettingsWrapper, passwords: bool
) -> None:
    settings.CITIZEN_PASSWORDS = passwords
    lan = left_open(by_service("lan"))

    for page in PAGES:
        address = f"/tai-khoan/bao-ve/{page}"
        assert [lan.get(address).status_code, lan.post(address).status_code] == [404, 404], page
    assert "/tai-khoan/bao-ve/" not in lan.get(STAYS).content.decode()
    assert Client().get("/tai-khoan/bao-ve/khoa/")["Location"].startswith(SIGN_IN)


@pytest.mark.parametrize(("who", "passwords", "code"), [
    ("lan", True, 200), ("lan", False, 404), ("hung", False, 200),
])  # fmt: skip
def test_who_signs_in_by_password_here_has_them(
    cast: Cast, settings: SettingsWrapper, who: str, passwords: bool, code: int
) -> None:
    settings.CITIZEN_PASSWORDS = passwords
    browser = left_open(Account.objects.get(username=who))

    assert browser.get("/tai-khoan/bao-ve/").status_code == code
    assert ("/tai-khoan/bao-ve/" in browser.get(STAYS).content.decode()) is (code == 200)


@pytest.fixture
def comes_by_passkey(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], tuple[Client, str]]:
    """A browser that has shown the passkey of somebody; only the device is left out."""

    def came(name: str) -> tuple[Client, str]:
        from allauth.mfa.models import Authenticator

        account, client = Account.objects.get(username=name), Client()
        key = Authenticator.objects.create(user=account, type="webauthn", data={})
        monkeypatch.setattr(
            "allauth.mfa.webauthn.forms.LoginWebAuthnForm.clean_credential", lambda form: key
        )
        answer = client.post("/tai-khoan/dang-nhap/khoa/", {"credential": '{"id": "x"}'})
        return client, answer.content.decode()

    return came


def test_a_passkey_from_before_opens_no_citizens_account_where_there_are_no_passwords(
    cast: Cast, settings: SettingsWrapper, comes_by_passkey: Callable[[str], tuple[Client, str]]
) -> None:
    settings.CITIZEN_PASSWORDS = False
    account = by_service("lan")

    (lan, said), (hung, _) = comes_by_passkey("lan"), comes_by_passkey("hung")

    assert "_auth_user_id" not in lan.session
    assert "định danh điện tử" in said
    [*_, refused] = entries_of(f"account:{account.pk}")
    assert (refused.deed, refused.facts["why"]) == ("account.refused", "not_allowed")
    assert hung.session["_auth_user_id"] == str(cast.hung.account_id)
