"""The pages of accounts and of one's own stay in a real browser: no fault, no broken policy, light."""

from datetime import timedelta
from importlib.resources import files
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser
from pytest_django import Settings as SettingsWrapper

from motcua.core import clock
from motcua.core.two_persons import Hand
from motcua.people.keeping import ask_removal, shut_account
from motcua.people.models import Session
from motcua.testing.cast import Cast
from motcua.testing.factors import an_app
from tests.browser import eyes
from tests.browser.test_pages import judge, signed_in, zipped

pytestmark = pytest.mark.browser
DIST = files("motcua.sites") / "static" / "dist"
SIZES = (eyes.PHONE, eyes.DESKTOP)


def test_the_script_of_passkeys_is_light() -> None:
    assert zipped(DIST / "passkey.js") <= 1.5


def test_the_keepers_pages_of_accounts_have_no_faults(
    chromium: Browser, house: str, people: Cast
) -> None:
    hand = Hand(people.quan.actor, f"account:{people.quan.account_id}")
    an_app(people.hung.account)
    ask_removal(hand=hand, account_id=people.hung.account_id, reason="Mất điện thoại")
    shut_account(hand=hand, account_id=people.mai.account_id, reason="Nghỉ thai sản")
    paths = (
        "/quan-tri/tai-khoan/",
        "/quan-tri/tai-khoan/them/",
        f"/quan-tri/tai-khoan/{people.hung.account_id}/",
        f"/quan-tri/tai-khoan/{people.mai.account_id}/",
    )
    cookies = signed_in(chromium, house, "nga")

    found = {(p, s["width"]): judge(chromium, house + p, cookies, s) for p in paths for s in SIZES}

    assert {page: faults for page, faults in found.items() if faults} == {}


def test_the_pages_of_ones_own_stay_have_no_faults(
    chromium: Browser, house: str, people: Cast, settings: SettingsWrapper
) -> None:
    settings.PORTAL_URL = house
    paths = (
        "/tai-khoan/bao-ve/", "/tai-khoan/bao-ve/khoa/", "/tai-khoan/bao-ve/ung-dung/",
        "/tai-khoan/phien/", "/tai-khoan/bao-ve/ma-khoi-phuc/tao-lai/", "/tai-khoan/xac-thuc-lai/",
    )  # fmt: skip
    cookies: Any = signed_in(chromium, house, "hung")

    found = {(p, s["width"]): judge(chromium, house + p, cookies, s) for p in paths for s in SIZES}

    assert {page: faults for page, faults in found.items() if faults} == {}


@pytest.mark.parametrize("size", SIZES)
def test_a_locked_screen_keeps_what_was_typed_and_gives_it_back(
    chromium: Browser, house: str, people: Cast, settings: SettingsWrapper, size: Any
) -> None:
    settings.IDLE_MINUTES = 15
    cache.clear()
    cookies = signed_in(chromium, house, "hung")
    with eyes.look(chromium, size=size, cookies=cookies) as sight:
        sight.goto(f"{house}/can-bo/vi-tri/")
        Session.objects.update(seen_at=clock.now() - timedelta(minutes=20))
        sight.page.click("main button[type=submit]")
        assert sight.page.get_by_text("đã được giữ lại").is_visible()
        assert sight.faults() == []
        sight.page.get_by_label("Mật khẩu").fill("motcua-demo")
        sight.page.get_by_role("button", name="Mở khóa").click()
        assert sight.page.get_by_text("chưa được thực hiện").first.is_visible()
        assert sight.faults() == []
        assert not sight.scrolls_sideways()
        sight.page.get_by_role("button", name="Gửi lại").click()
        assert sight.page.url.startswith(f"{house}/can-bo/danh-sach/")
        assert sight.broken == []
