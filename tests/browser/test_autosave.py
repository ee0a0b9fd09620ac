"""What is typed is saved by itself, and older values never land after newer ones."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Route

from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH, a_dossier
from tests.browser import eyes
from tests.browser.test_pages import judge, signed_in

pytestmark = pytest.mark.browser
SAVED = "**/khai/*/nhap/"
LONGER_THAN_THE_WAIT = 2500


class SlowSaves:
    """A server that receives saves and does not answer them."""

    def __init__(self, page: Any) -> None:
        self.held: list[Route] = []
        self.called_off: list[str] = []
        page.route(SAVED, self.hold)
        page.on("requestfailed", lambda request: self.called_off.append(request.url))

    def hold(self, route: Route) -> None:
        self.held.append(route)


def test_a_save_under_way_is_called_off_by_the_next_and_by_sending_the_page(
    chromium: Browser, house: str, people: Cast
) -> None:
    draft = a_dossier(people, Status.DRAFT)
    with eyes.look(chromium, cookies=signed_in(chromium, house, "lan")) as sight:
        sight.goto(f"{house}/ho-so/{draft.reference}/khai/me/")
        page, saves = sight.page, SlowSaves(sight.page)
        box = page.locator("form[data-autosave] input[type=text]:visible").first
        box.fill("Trần")
        page.wait_for_timeout(LONGER_THAN_THE_WAIT)
        assert (len(saves.held), len(saves.called_off)) == (1, 0)

        box.fill("Trần Thị")
        page.wait_for_timeout(LONGER_THAN_THE_WAIT)
        assert (len(saves.held), len(saves.called_off)) == (2, 1)

        # The page itself is held back, so that it is not leaving that ends the save.
        page.evaluate("window.addEventListener('submit', e => e.preventDefault())")
        page.get_by_role("button", name="Lưu và tiếp tục").last.click()
        page.wait_for_timeout(300)
        assert len(saves.called_off) == 2
        assert "Chưa lưu" not in page.locator(".mc-save").inner_text()


def test_what_was_typed_is_saved_when_something_holds_the_page_back(
    chromium: Browser, house: str, people: Cast
) -> None:
    draft = a_dossier(people, Status.DRAFT)
    with eyes.look(chromium, cookies=signed_in(chromium, house, "lan")) as sight:
        sight.goto(f"{house}/ho-so/{draft.reference}/khai/me/")
        page, saves = sight.page, SlowSaves(sight.page)
        page.locator("input.autocomplete__input").first.fill("zzz")  # in no list
        page.locator("form[data-autosave] input[type=text]:visible").first.fill("Trần")
        page.get_by_role("button", name="Lưu và tiếp tục").last.click()
        page.wait_for_timeout(LONGER_THAN_THE_WAIT)

        assert page.url.endswith("/khai/me/")
        assert "Trần" in (saves.held[-1].request.post_data or "")


def turns_of(bodies: list[str]) -> list[tuple[str, int]]:
    found = [re.search(r'name="_turn"\s+(\w+):(\d+)', body) for body in bodies]
    return [(turn[1], int(turn[2])) for turn in found if turn]


def test_each_save_and_the_page_itself_carry_the_next_number(
    chromium: Browser, house: str, people: Cast
) -> None:
    draft = a_dossier(people, Status.DRAFT)
    with eyes.look(chromium, cookies=signed_in(chromium, house, "lan")) as sight:
        sight.goto(f"{house}/ho-so/{draft.reference}/khai/me/")
        page, saves = sight.page, SlowSaves(sight.page)
        box = page.locator("form[data-autosave] input[type=text]:visible").first
        for name in ("Trần", "Trần Thị"):
            box.fill(name)
            page.wait_for_timeout(LONGER_THAN_THE_WAIT)
        sent: list[str] = []
        page.on("request", lambda r: sent.append(r.post_data or "") if r.method == "POST" else None)
        page.get_by_role("button", name="Lưu và tiếp tục").last.click()
        page.wait_for_load_state()

        first, second = turns_of([route.request.post_data or "" for route in saves.held])
        [last] = re.findall(r"_turn=(\w+)%3A(\d+)", sent[0])
    assert first[0] == second[0] == last[0]
    assert first[1] < second[1] < int(last[1])


def test_a_save_that_was_answered_says_when(chromium: Browser, house: str, people: Cast) -> None:
    draft = a_dossier(people, Status.DRAFT)
    with eyes.look(chromium, cookies=signed_in(chromium, house, "lan")) as sight:
        sight.goto(f"{house}/ho-so/{draft.reference}/khai/me/")
        sight.page.locator("form[data-autosave] input[type=text]:visible").first.fill("Trần")
        sight.page.wait_for_timeout(LONGER_THAN_THE_WAIT)

        assert "Đã lưu nháp lúc" in sight.page.locator(".mc-save").inner_text()
    draft.refresh_from_db()
    assert "Trần" in draft.answers["me"].values()


def test_what_the_server_would_not_keep_is_not_called_saved(
    chromium: Browser, house: str, people: Cast
) -> None:
    draft = a_dossier(people, Status.DRAFT)
    with eyes.look(chromium, cookies=signed_in(chromium, house, "lan")) as sight:
        sight.goto(f"{house}/ho-so/{draft.reference}/khai/me/")
        answer = {"saved_at": "10:00", "unkept": ["Họ tên dài tối đa 200 ký tự."]}
        sight.page.route(SAVED, lambda route: route.fulfill(json=answer))
        sight.page.locator("form[data-autosave] input[type=text]:visible").first.fill("Trần")
        sight.page.wait_for_timeout(LONGER_THAN_THE_WAIT)

        status = sight.page.locator(".mc-save")
        assert status.inner_text() == "Họ tên dài tối đa 200 ký tự."
        assert status.get_attribute("data-state") == "failed"


def test_the_paper_forms_have_no_faults(chromium: Browser, house: str, people: Cast) -> None:
    draft = a_dossier(people, Status.DRAFT)
    cookies = signed_in(chromium, house, "lan")

    assert judge(chromium, f"{house}/ho-so/{draft.reference}/in/", cookies) == []
    assert judge(chromium, f"{house}/thu-tuc/{BIRTH}/to-khai/") == []
    assert judge(chromium, f"{house}/thu-tuc/1.004222/to-khai/") == []
