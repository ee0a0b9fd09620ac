"""Two officials come to work in a real browser: Hùng with an application, Mai with a passkey."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser
from pytest_django import Settings as SettingsWrapper

from motcua.audit.queries import entries_of
from motcua.testing.cast import PASSWORD, Cast
from motcua.testing.factors import code_of
from tests.browser import eyes
from tests.journeys.test_first_dossier import Window, at

pytestmark = pytest.mark.browser
LIST = "/can-bo/danh-sach/cho-tiep-nhan/"
MINE = "/can-bo/"


@pytest.fixture(autouse=True)
def _required(settings: SettingsWrapper, house: str) -> Iterator[None]:
    settings.SECOND_FACTOR = "required"
    settings.PORTAL_URL = house
    cache.clear()
    yield
    cache.clear()


def password(window: Window, name: str, onward: str) -> None:
    window.goto(f"/tai-khoan/dang-nhap/?next={onward}")
    window.page.get_by_label("Tên đăng nhập").fill(name)
    window.page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    window.press("Đăng nhập")


def out(window: Window) -> None:
    window.page.get_by_role("button", name="Đăng xuất").first.click()
    window.page.wait_for_load_state()


@pytest.mark.parametrize(("size", "scripts"), [(eyes.PHONE, False), (eyes.DESKTOP, True)])
def test_hung_sets_up_an_application_and_comes_back_with_a_code(
    chromium: Browser, house: str, people: Cast, size: Any, scripts: bool
) -> None:
    with at(chromium, house, size, scripts) as window:
        password(window, "hung", LIST)
        window.look("factors")
        window.page.get_by_role("link", name="Thiết lập ứng dụng tạo mã").click()
        window.look("factor-app")
        window.page.get_by_text("Không quét được?").click()
        secret = window.page.locator(".mc-secret").inner_text()
        window.page.get_by_label("Mã đang hiện trên ứng dụng").fill("000000")
        window.press("Thiết lập")
        window.look("factor-app-wrong")
        window.page.get_by_label("Mã đang hiện trên ứng dụng").fill(code_of(secret))
        window.press("Thiết lập")
        window.look("recovery-codes")
        window.page.get_by_role("button", name="Đã cất, vào làm việc").click()
        assert window.page.url.startswith(house + "/can-bo/danh-sach/")

        out(window)
        password(window, "hung", LIST)
        window.look("factor-code")
        cache.clear()  # the code of setting up is spent, the clock has not moved on
        window.page.get_by_label("Mã xác thực").fill(code_of(secret))
        window.press("Đăng nhập")
        assert window.page.url == house + LIST
    came = [
        e for e in entries_of(f"account:{people.hung.account_id}") if e.deed == "account.sign_in"
    ]
    assert came[-1].facts["proofs"] == ["password", "totp"]


def a_passkey_device(window: Window) -> str:
    """A machine with a fingerprint reader, played by chromium itself."""
    cdp = window.sight.cdp
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    made = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return str(made["authenticatorId"])


def test_mai_uses_a_passkey_after_the_password_and_then_instead_of_it(
    chromium: Browser, house: str, people: Cast
) -> None:
    with at(chromium, house, eyes.DESKTOP) as window:
        device = a_passkey_device(window)
        password(window, "mai", MINE)
        window.page.get_by_role("link", name="Thêm khóa truy cập").click()
        window.look("passkey-add")
        window.page.get_by_label("Tên khóa").fill("Máy bàn")
        window.press("Thêm khóa truy cập")
        window.page.get_by_role("button", name="Đã cất, vào làm việc").click()
        assert window.page.url.startswith(house + "/can-bo/danh-sach/")
        out(window)

        password(window, "mai", MINE)
        window.look("passkey-second")
        window.press("Dùng khóa truy cập")
        window.page.wait_for_url("**/can-bo/danh-sach/**")
        out(window)

        window.goto(f"/tai-khoan/dang-nhap/?next={LIST}")
        window.look("passkey-alone")
        window.press("Dùng khóa truy cập")
        window.page.wait_for_url(house + LIST)
        out(window)

        window.sight.cdp.send(
            "WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False}
        )
        window.goto("/tai-khoan/dang-nhap/")
        window.press("Dùng khóa truy cập")
        window.page.get_by_text("Chưa dùng được khóa truy cập").wait_for()
    came = [
        e for e in entries_of(f"account:{people.mai.account_id}") if e.deed == "account.sign_in"
    ]
    ways = [e.facts["proofs"] for e in came]
    assert ways == [["password"], ["password", "webauthn"], ["webauthn"]]


def test_nothing_is_left_on_a_shared_machine(
    chromium: Browser, house: str, people: Cast, settings: SettingsWrapper
) -> None:
    settings.SECOND_FACTOR = "optional"
    with at(chromium, house, eyes.DESKTOP) as window:
        password(window, "hung", LIST)
        window.page.wait_for_url(house + LIST)
        window.goto("/can-bo/tim/?q=Lan")
        out(window)

        for _ in range(3):
            window.page.go_back()
            window.page.wait_for_load_state()
            assert people.hung.holder_name not in window.page.content()
        cookies = {cookie["name"]: cookie for cookie in window.page.context.cookies()}
    assert all(cookie["sameSite"] == "Lax" for cookie in cookies.values())
    assert all(c["httpOnly"] for name, c in cookies.items() if "session" in name or "csrf" in name)
