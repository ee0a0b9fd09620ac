"""The pages about forms and the register, on a phone and at a desk: no fault, and without scripts."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from motcua.core import clock
from motcua.dossiers.actions.registers import order_register
from motcua.dossiers.form_templates import template_on
from motcua.dossiers.slips.forms import SlipKind
from motcua.law.types import FormSet
from motcua.testing.cast import Cast
from motcua.testing.drafts import a_form_draft, a_register
from tests.browser import eyes
from tests.browser.test_pages import judge, signed_in

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [eyes.PHONE, eyes.DESKTOP], ids=["phone", "desk"])
def test_the_pages_about_forms_and_registers_have_no_faults(
    chromium: Browser, house: str, people: Cast, size: Any
) -> None:
    number = a_form_draft(people.quan)
    a_register(people.hung)
    today = clock.now().date()
    order_register(post=people.hung, form="xlsx", since=today, until=today)
    forms = ("mau-giay/", "mau-giay/TT03_2025/04/", "mau-giay/TT03_2025/07/",
             f"mau-giay/TT03_2025/04/{number}/", "mau-giay/TT01_2018/05/1/")  # fmt: skip
    for name, paths in (
        ("quan", [f"quan-tri/{path}" for path in forms]),
        ("nga", [f"quan-tri/{forms[3]}"]),
        ("hung", ["can-bo/so-theo-doi/"]),
    ):
        cookies = signed_in(chromium, house, name)
        found = {path: judge(chromium, f"{house}/{path}", cookies, size) for path in paths}
        assert found == {path: [] for path in paths}


def test_two_keepers_change_a_form_without_scripts(
    chromium: Browser, house: str, people: Cast
) -> None:
    day = clock.now().date()
    with eyes.look(chromium, scripts=False, cookies=signed_in(chromium, house, "quan")) as sight:
        page = sight.page
        sight.goto(f"{house}/quan-tri/mau-giay/TT03_2025/05/")
        words = page.input_value("[name=html]")
        page.fill("[name=html]", words.replace("{{reason}}", "{{reson}}"))
        page.click("text=Xem thử >> nth=0")
        assert "không có chỗ điền {{reson}}" in page.inner_text("main")
        page.fill("[name=html]", words.replace("Ông/bà có thể nộp hồ sơ mới", "Mời nộp hồ sơ mới"))
        page.fill("[name=note]", "Công văn số 5")
        for part in ("day", "month", "year"):
            page.fill(f"[name=valid_from-{part}]", str(getattr(day, part)))
        page.click("text=Gửi người khác duyệt")
        address = page.url
    with eyes.look(chromium, scripts=False, cookies=signed_in(chromium, house, "nga")) as sight:
        sight.goto(address)
        assert "Mời nộp hồ sơ mới" in sight.page.inner_text("main")
        sight.page.click("text=Duyệt mẫu")
        assert "Đã duyệt" in sight.page.inner_text("main")
    assert "Mời nộp hồ sơ mới" in template_on(FormSet.TT03_2025, SlipKind.STOP, day)
