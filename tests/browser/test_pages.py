"""Every page that people use most, seen by a real browser: no fault, no broken policy, not heavy."""

import gzip
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Browser

from motcua.dossiers.workflow import Status
from motcua.notices.actions.sending import send
from motcua.notices.models import Message
from motcua.notices.types import ToPost
from motcua.testing.cast import PASSWORD, Cast
from motcua.testing.dossiers import a_dossier
from tests.browser import eyes

pytestmark = pytest.mark.browser
DIST = files("motcua.sites") / "static" / "dist"
FONTS = files("motcua.sites") / "static" / "fonts"
MOST_KB = 70
MOST_SCRIPT_KB = 15


def signed_in(chromium: Browser, address: str, name: str) -> Any:
    with eyes.look(chromium) as sight:
        sight.goto(f"{address}/tai-khoan/dang-nhap/")
        sight.page.fill("[name=login]", name)
        sight.page.fill("[name=password]", PASSWORD)
        sight.page.click("main button[type=submit]")
        sight.page.wait_for_load_state()
        return sight.page.context.cookies()


def judge(chromium: Browser, url: str, cookies: Any = (), size: Any = eyes.PHONE) -> list[str]:
    with eyes.look(chromium, size=size, cookies=cookies) as sight:
        sight.goto(url)
        found = [*sight.faults(), *sight.broken]
        return [*found, "scrolls sideways"] if sight.scrolls_sideways() else found


def zipped(part: Any) -> float:
    return len(gzip.compress(part.read_bytes(), 9)) / eyes.KB


def test_a_citizens_first_page_is_light() -> None:
    fonts = sum(len(part.read_bytes()) for part in FONTS.iterdir() if part.name.endswith("woff2"))
    script = zipped(DIST / "app.js")
    assert script + zipped(DIST / "eform.js") <= MOST_SCRIPT_KB
    assert zipped(DIST / "portal.css") + script + fonts / eyes.KB + 8 <= MOST_KB  # 8: the page


def test_public_pages_have_no_faults(chromium: Browser, house: str, people: Cast) -> None:
    paths = ("/", "/tim/?q=khai+sinh", "/tra-cuu/", "/tai-khoan/dang-nhap/", "/khong-co/")
    found = {path: judge(chromium, f"{house}{path}") for path in paths}
    assert found == {path: [] for path in paths}


def test_a_citizens_pages_have_no_faults(chromium: Browser, house: str, people: Cast) -> None:
    draft = f"/ho-so/{a_dossier(people, Status.DRAFT).reference}"
    asked = f"/ho-so/{a_dossier(people, Status.PRE_SUPPLEMENT).reference}"
    paths = ("/ho-so/", f"{draft}/khai/", f"{draft}/kiem-tra/", f"{asked}/", f"{asked}/bo-sung/")
    cookies = signed_in(chromium, house, "lan")
    found = {path: judge(chromium, f"{house}{path}", cookies) for path in paths}
    assert found == {path: [] for path in paths}


def test_an_officials_pages_have_no_faults(chromium: Browser, house: str, people: Cast) -> None:
    sent = f"/can-bo/ho-so/{a_dossier(people, Status.SUBMITTED).reference}/"
    send(ToPost(people.hung.pk), "answer_near", {"reference": "T-1", "link": sent}, dedupe_key="1")
    told = f"/can-bo/thong-bao/{Message.objects.get(channel='inbox').token}/"
    paths = (
        "/can-bo/",
        sent,
        f"{sent}nhat-ky/",
        "/can-bo/nop-tai-quay/",
        "/can-bo/thong-bao/",
        told,
    )
    cookies = signed_in(chromium, house, "hung")
    found = {path: judge(chromium, f"{house}{path}", cookies, eyes.DESKTOP) for path in paths}
    assert found == {path: [] for path in paths}


def test_the_officials_keyboard_moves_and_ticks_and_can_be_turned_off(
    chromium: Browser, house: str, people: Cast
) -> None:
    for _ in range(2):
        a_dossier(people, Status.SUBMITTED)
    cookies = signed_in(chromium, house, "hung")
    with eyes.look(chromium, size=eyes.DESKTOP, cookies=cookies) as sight:
        sight.goto(f"{house}/can-bo/")
        page = sight.page
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("x")
        rows = page.locator("table[data-inbox] tbody tr")
        assert "is-current" in (rows.nth(1).get_attribute("class") or "")
        assert rows.nth(1).locator("input[type=checkbox]").is_checked()
        page.keyboard.press("/")
        page.keyboard.type("xj?")
        assert page.locator("[data-search]").input_value() == "xj?"
        assert rows.nth(1).locator("input[type=checkbox]").is_checked()
        page.locator("[data-keys-open]").click()
        page.locator("[data-keys-toggle]").uncheck()
        page.locator("[data-keys-close]").click()
        page.locator("h1").first.click()
        page.keyboard.press("k")
        assert "is-current" in (rows.nth(1).get_attribute("class") or "")
