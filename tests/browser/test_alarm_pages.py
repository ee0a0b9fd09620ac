"""The list of alarms, on a phone and at a desk: no fault, and it leads to the dossier without scripts."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from motcua.agencies.models import Post
from motcua.dossiers.actions.silence import break_silence
from motcua.dossiers.models import Dossier
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from tests.browser import eyes
from tests.browser.test_pages import judge, signed_in

pytestmark = pytest.mark.browser


def silent(people: Cast) -> Dossier:
    """Two dossiers nobody minds: one whose officer has left, one that lost its clock."""
    dossier = a_dossier(people, Status.EXAMINING, "1.004746")
    other = a_dossier(people, Status.ASSIGNING, "1.004746")
    Dossier.objects.filter(pk=other.pk).update(clock_at=None, warn_at=None)
    Post.objects.filter(pk=people.mai.pk).update(is_active=False)
    break_silence()
    return dossier


@pytest.mark.parametrize("size", [eyes.PHONE, eyes.DESKTOP], ids=["phone", "desk"])
def test_the_lists_of_alarms_have_no_faults(
    chromium: Browser, house: str, people: Cast, size: Any
) -> None:
    silent(people)
    for name, path in (("hoa", "can-bo/canh-bao/"), ("quan", "quan-tri/canh-bao/")):
        cookies = signed_in(chromium, house, name)
        assert judge(chromium, f"{house}/{path}", cookies, size) == []


def test_hoa_goes_from_the_list_to_the_dossier_without_scripts(
    chromium: Browser, house: str, people: Cast
) -> None:
    dossier = silent(people)
    with eyes.look(chromium, scripts=False, cookies=signed_in(chromium, house, "hoa")) as sight:
        sight.goto(f"{house}/can-bo/")
        sight.page.click("text=Cảnh báo")
        assert "Người thụ lý không còn ở vị trí" in sight.page.inner_text("main")
        sight.page.click(f"text={dossier.code}")
        assert "Đang thẩm định" in sight.page.inner_text("main")
