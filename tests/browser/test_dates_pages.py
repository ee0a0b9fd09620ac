"""Dates as citizens and officials read them, on a phone and on a desk: nothing covered, nothing hidden."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page

from motcua.core import clock
from motcua.dossiers.actions.urging_documents import sign_urging
from motcua.dossiers.models import Dossier, UrgingDocument
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from motcua.testing.questions import asked_to_change
from motcua.workdays.queries import work_calendar
from motcua.workdays.rules import add_workdays
from tests.browser import eyes
from tests.browser.test_pages import judge, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MARRIAGE = "1.004884"
LONG_NAME = "Cấp giấy phép xây dựng mới đối với công trình cấp III, cấp IV " * 4
END_OF_LETTERS = """span => {
    const letters = document.createRange(); letters.selectNodeContents(span)
    return letters.getBoundingClientRect().bottom }"""
HIDDEN = "box => box.scrollHeight - box.clientHeight"


def late(cast: Cast, count: int = 1) -> list[Dossier]:
    """Dossiers with Mai whose promised day has gone by."""
    found = [a_dossier(cast, Status.EXAMINING, MARRIAGE) for _ in range(count)]
    ago = clock.now() - timedelta(days=20)
    Dossier.objects.filter(pk__in=[each.pk for each in found]).update(
        due_at=ago, clock_at=ago, warn_at=ago, procedure_name=LONG_NAME
    )
    return found


def a_document(cast: Cast, count: int) -> UrgingDocument:
    """One that names so many of them."""
    day = add_workdays(clock.now().date(), 3, work_calendar())
    return sign_urging(
        post=cast.binh, unit_id=cast.hoa.unit_id, text="Đề nghị khẩn trương.", answer_by=day,
        chosen={each.reference for each in late(cast, count)},
    )  # fmt: skip


def test_dates_are_read_on_any_screen(chromium: Browser, house: str, people: Cast) -> None:
    [dossier], asked = late(people), a_dossier(people, Status.EXAMINING)
    asked_to_change(people, asked)
    pages = {
        "": ["/", "/thong-ke/"],
        "lan": ["/ho-so/", f"/ho-so/{dossier.reference}/", f"/ho-so/{asked.reference}/bo-sung/"],
        "hung": ["/", "/can-bo/danh-sach/qua-han/"],
        "mai": [f"/can-bo/ho-so/{each.reference}/" for each in (dossier, asked)],
    }
    found = {}
    for who, paths in pages.items():
        cookies = signed_in(chromium, house, who) if who else []
        for path in paths:
            for size in (eyes.PHONE, eyes.DESKTOP):
                if faults := judge(chromium, f"{house}{path}", cookies, size):
                    found[f"{who} {path} {size['width']}"] = faults

    assert found == {}


def test_on_a_phone_nothing_covers_mais_name_and_what_she_has_to_do_is_one_tap_away(
    chromium: Browser, house: str, people: Cast
) -> None:
    [dossier] = late(people)
    place = f"{house}/can-bo/ho-so/{dossier.reference}/"
    cookies = signed_in(chromium, house, "mai")
    with eyes.look(chromium, cookies=cookies) as sight:
        sight.goto(place)
        end_of_name = sight.page.locator(".dk-bar__in > span").evaluate(END_OF_LETTERS)
        assert end_of_name + 2 <= top_of(sight.page, ".dk-bar__search")
        sight.page.get_by_role("link", name="Đến việc cần làm").click()
        assert top_of(sight.page, "#quyet-dinh") < eyes.PHONE["height"] / 2
    with eyes.look(chromium, size=eyes.DESKTOP, cookies=cookies) as sight:
        sight.goto(place)
        assert not sight.page.get_by_role("link", name="Đến việc cần làm").is_visible()


def top_of(page: Page, place: str) -> float:
    """How far below the upper edge of the window something stands."""
    box = page.locator(place).bounding_box()
    assert box is not None
    return box["y"]


def test_the_last_of_many_dossiers_is_not_hidden_below_the_edge_of_its_table(
    chromium: Browser, house: str, people: Cast
) -> None:
    document = a_document(people, 15)
    with eyes.look(
        chromium, size=eyes.DESKTOP, cookies=signed_in(chromium, house, "binh")
    ) as sight:
        sight.goto(f"{house}/can-bo/don-doc/{document.pk}/")
        assert sight.page.locator(".dk-table tbody tr").count() == 15
        assert sight.page.locator(".dk-scroll").evaluate(HIDDEN) <= 2  # its border


def test_a_long_name_does_not_push_other_dossiers_off_the_list(
    chromium: Browser, house: str, people: Cast
) -> None:
    late(people, 4)
    with eyes.look(
        chromium, size=eyes.DESKTOP, cookies=signed_in(chromium, house, "hung")
    ) as sight:
        sight.goto(f"{house}/can-bo/danh-sach/qua-han/")
        heights = [row.bounding_box() for row in sight.page.locator("tr[data-row]").all()]
        assert len(heights) == 4
        assert all(each and each["height"] < 140 for each in heights)
