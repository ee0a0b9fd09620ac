"""The list one types into: a click on Save counts, and what is in no list is said aloud."""

import pytest
from playwright.sync_api import Browser

from motcua.agencies.models import Agency, Unit
from motcua.dossiers.models import Dossier
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH, a_dossier
from tests.browser import eyes
from tests.browser.test_pages import signed_in

pytestmark = pytest.mark.browser


def typed(chromium: Browser, house: str, draft: Dossier, text: str) -> tuple[str, str, str]:
    """Type an ethnicity on the mother's page and press Save: address, message, what was saved."""
    with eyes.look(chromium, size=eyes.PHONE, cookies=signed_in(chromium, house, "lan")) as sight:
        sight.goto(f"{house}/ho-so/{draft.reference}/khai/me/")
        box = sight.page.locator("input.autocomplete__input").first
        box.fill(text)
        sight.page.get_by_role("button", name="Lưu và tiếp tục").click()
        sight.page.wait_for_timeout(500)
        message = sight.page.locator(".govuk-error-message:visible").all_inner_texts()
        draft.refresh_from_db()
        saved = str(draft.answers.get("me", {}).get("meDanToc", ""))
        return sight.page.url, " ".join(message), saved


def test_a_few_letters_and_one_click_are_enough(
    chromium: Browser, house: str, people: Cast
) -> None:
    draft = a_dossier(people, Status.DRAFT)

    url, message, saved = typed(chromium, house, draft, "kin")

    assert not url.endswith("/khai/me/")
    assert (message, saved) == ("", "01")


def test_what_is_in_no_list_is_said_and_not_replaced(
    chromium: Browser, house: str, people: Cast
) -> None:
    draft = a_dossier(people, Status.DRAFT)

    url, message, _ = typed(chromium, house, draft, "zzz")

    assert url.endswith("/khai/me/")
    assert "Không có “zzz” trong danh sách" in message


def agency_chosen(chromium: Browser, house: str, text: str, press: str = "") -> tuple[str, str]:
    """Type where Lan's dossier goes (and press a line): which agency would get it, what is said."""
    with eyes.look(chromium, size=eyes.PHONE, cookies=signed_in(chromium, house, "lan")) as sight:
        sight.goto(f"{house}/thu-tuc/{BIRTH}/nop/")
        box = sight.page.locator("input#agency")
        box.fill(text)
        if press:
            sight.page.get_by_role("option", name=press, exact=True).click()
        else:
            box.press("Tab")
        message = sight.page.locator("#agency-select-unknown").inner_text()
        return sight.page.locator("select[name=agency]").input_value(), message


def two_communes_alike() -> None:
    """Thành and Thạnh, and enough others that the agencies are a list to type into."""
    names = ["UBND xã Lộc Thành", "UBND xã Lộc Thạnh", *(f"UBND xã Số {n}" for n in range(9))]
    for number, name in enumerate(names):
        agency = Agency.objects.create(code=f"H99.7{number}", name=name, kind="commune")
        Unit.objects.create(agency=agency, code="MC", name="Một cửa", is_desk=True)


def test_of_two_names_that_differ_in_a_mark_the_one_meant_is_chosen(
    chromium: Browser, house: str, people: Cast
) -> None:
    two_communes_alike()

    pressed = agency_chosen(chromium, house, "loc thanh", press="UBND xã Lộc Thạnh")
    typed = agency_chosen(chromium, house, "ubnd xã  lộc thạnh")
    unclear, said = agency_chosen(chromium, house, "ubnd xa loc thanh")

    assert pressed == ("H99.71", "")
    assert typed == ("H99.71", "")
    assert unclear == ""
    assert "Có nhiều dòng giống “ubnd xa loc thanh”" in said
    assert agency_chosen(chromium, house, "ubnd xa so 3")[0] == "H99.75"
