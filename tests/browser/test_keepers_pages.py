"""The keepers' pages about calendar and law, on a phone and at a desk: no fault, and without scripts."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser

from motcua.core import clock
from motcua.testing.cast import Cast
from motcua.testing.drafts import a_calendar_draft, a_law_draft
from motcua.workdays.queries import work_calendar
from tests.browser import eyes
from tests.browser.test_pages import judge, signed_in

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [eyes.PHONE, eyes.DESKTOP], ids=["phone", "desk"])
def test_the_keepers_pages_have_no_faults(
    chromium: Browser, house: str, people: Cast, size: Any
) -> None:
    year = clock.now().year
    waiting, open_now = a_calendar_draft(people.quan), a_calendar_draft(people.quan, sent=False)
    paths = (
        "", "lich/", f"lich/{year}/", f"lich/{year + 2}/", f"lich/de-nghi/{waiting}/",
        f"lich/de-nghi/{open_now}/", "phap-ly/", f"phap-ly/ND118/{a_law_draft(people.quan)}/",
        "phap-ly/ND118/soan/",
    )  # fmt: skip
    for name, some in (("quan", paths), ("nga", (paths[4], paths[7]))):
        cookies = signed_in(chromium, house, name)
        found = {path: judge(chromium, f"{house}/quan-tri/{path}", cookies, size) for path in some}
        assert found == {path: [] for path in some}


def test_two_keepers_change_the_calendar_without_scripts(
    chromium: Browser, house: str, people: Cast
) -> None:
    day = clock.now().date() + timedelta(days=1)
    with eyes.look(chromium, scripts=False, cookies=signed_in(chromium, house, "quan")) as sight:
        page = sight.page
        sight.goto(f"{house}/quan-tri/lich/{day.year}/")
        page.click("text=Soạn đề nghị thay đổi")
        page.check("[value=day_off]")
        for part in ("day", "month", "year"):
            page.fill(f"[name=day-{part}]", str(getattr(day, part)))
        page.fill("[name=name]", "Nghỉ bão")
        page.click("text=Thêm dòng >> nth=0")
        page.fill("[name=note]", "Công điện số 1")
        page.click("text=Gửi người khác duyệt")
        address = page.url
    with eyes.look(chromium, scripts=False, cookies=signed_in(chromium, house, "nga")) as sight:
        sight.goto(address)
        assert "Nghỉ bão" in sight.page.inner_text("main")
        sight.page.click("text=Duyệt thay đổi")
        assert "Đã duyệt" in sight.page.inner_text("main")
    assert day in work_calendar().days_off
