"""Why one reads, who has read, and what one post has read: on a phone and on a desk, without scripts too."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize

from motcua.dossiers.models import Dossier
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from tests.browser import eyes
from tests.browser.test_pages import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PICTURES = os.environ.get("MOTCUA_PICTURES", "")
SIZES = pytest.mark.parametrize("size", [eyes.PHONE, eyes.DESKTOP], ids=["phone", "desktop"])


def judged(sight: eyes.Sight, name: str, size: ViewportSize) -> None:
    """Axe, the policy, nothing wider than the screen, and on demand a picture."""
    if PICTURES:
        sight.picture(Path(PICTURES) / f"reading-{name}-{size['width']}.png")
    assert sight.faults() == []
    assert sight.broken == []
    assert not sight.scrolls_sideways()


@pytest.fixture
def fresh(people: Cast) -> Dossier:
    """With Mai, and its date far away."""
    dossier = a_dossier(people, Status.EXAMINING)
    Dossier.objects.filter(pk=dossier.pk).update(clock_at=None, warn_at=None)
    return dossier


@SIZES
def test_binh_says_why_lan_sees_who_read_and_binh_reviews_it(
    chromium: Browser, house: str, people: Cast, fresh: Dossier, size: ViewportSize
) -> None:
    here, binh = f"{house}/can-bo/ho-so/{fresh.reference}/", signed_in(chromium, house, "binh")
    with eyes.look(chromium, size=size, cookies=binh) as sight:
        sight.page.goto(here, wait_until="networkidle")
        judged(sight, "why", size)
        sight.page.get_by_role("button", name="Xem hồ sơ", exact=True).click()
        assert "Mời anh/chị chọn lý do" in sight.page.inner_text("main")
        judged(sight, "why-refused", size)
        sight.say_why()
        assert "Nguyễn Thị Lan" in sight.page.inner_text("main")
        for n, path in enumerate(("", f"?vi-tri={people.binh.pk}")):
            sight.goto(f"{house}/can-bo/luot-xem/{path}")
            judged(sight, f"review-{n}", size)
        assert "Chỉ đạo, kiểm tra tiến độ" in sight.page.inner_text("main")
    with eyes.look(chromium, size=size, cookies=signed_in(chromium, house, "lan")) as sight:
        sight.goto(f"{house}/ho-so/{fresh.reference}/ai-da-xem/")
        judged(sight, "readers", size)
        assert "Phạm Văn Bình" in sight.page.inner_text("main")
    with eyes.look(chromium, size=size, cookies=signed_in(chromium, house, "quan")) as sight:
        sight.goto(f"{house}/quan-tri/luot-xem/?vi-tri={people.binh.pk}")
        judged(sight, "keeper", size)


def test_without_scripts_what_was_typed_goes_on_once_the_reason_is_given(
    chromium: Browser, house: str, people: Cast, fresh: Dossier
) -> None:
    here, binh = f"{house}/can-bo/ho-so/{fresh.reference}/", signed_in(chromium, house, "binh")
    with eyes.look(chromium, size=eyes.DESKTOP, cookies=binh, scripts=False) as sight:
        sight.goto(here)
        form = sight.page.locator('form[action*="/buoc/urge/"]').last
        folded = sight.page.locator("details:not([open])", has=form)
        if folded.count():
            folded.locator("summary").first.click()
        form.locator("[name=note]").fill("Mời làm gấp.")
        fresh.readings.all().delete()  # the day is over before the button is pressed
        form.locator("button").last.click()
        assert "để làm gì?" in sight.page.inner_text("main")
        sight.say_why()

    assert fresh.urgings.get().text == "Mời làm gấp."
