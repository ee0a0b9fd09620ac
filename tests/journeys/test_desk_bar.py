"""The bar above the desk says who works there and where, whole, on the screens that offices have."""

import pytest
from playwright.sync_api import Browser

from motcua.agencies.models import Agency
from motcua.testing.cast import Cast
from tests.browser import eyes
from tests.browser.test_pages import signed_in

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", ["hung", "quan"])
def test_who_works_where_is_read_whole(
    chromium: Browser, house: str, people: Cast, name: str
) -> None:
    Agency.objects.update(name="Trung tâm Phục vụ hành chính công đặc khu Hòn Khoai Thượng")
    cookies = signed_in(chromium, house, name)
    with eyes.look(chromium, size=eyes.DESKTOP, cookies=cookies) as sight:
        for width in (1280, 1366, 1920):
            sight.page.set_viewport_size({"width": width, "height": 768})
            sight.goto(f"{house}/can-bo/thong-bao/")

            seen = sight.page.locator(".dk-bar__in > span")

            assert seen.inner_text().endswith("Hòn Khoai Thượng")
            cut = "e => e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight"
            assert not seen.evaluate(cut), f"cut off at {width}"
            assert not sight.scrolls_sideways()
