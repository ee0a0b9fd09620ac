"""The list one types into: a click on Save counts, and what is in no list is said aloud."""

import pytest
from playwright.sync_api import Browser

from motcua.dossiers.models import Dossier
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
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
