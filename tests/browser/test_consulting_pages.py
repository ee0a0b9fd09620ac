"""Hand-over lists, opinions, visits and urgings, seen by a real browser on a phone and on a desk."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize

from motcua.dossiers.actions import urging
from motcua.dossiers.models import Dossier, TransferList
from motcua.dossiers.types import Channel
from motcua.dossiers.workflow import Status
from motcua.testing.cast import PASSWORD, Cast
from motcua.testing.dossiers import a_dossier
from tests.browser import eyes
from tests.browser.test_pages import judge, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PICTURES = os.environ.get("MOTCUA_PICTURES", "")


def outside(people: Cast) -> dict[str, Dossier]:
    """A dossier in each of the statuses that involve somebody outside the desk."""
    found = {
        status.value: a_dossier(people, status, channel=Channel.COUNTER)
        for status in (Status.ACCEPTED, Status.TRANSFERRING, Status.EXAMINING)
    }
    found |= {s.value: a_dossier(people, s) for s in (Status.CONSULTING, Status.VERIFYING)}
    for name in ("consulting", "verifying"):
        urging.urge(post=people.binh, reference=found[name].reference, note="Mời khẩn trương.")
    return found


@pytest.mark.parametrize("size", [eyes.PHONE, eyes.DESKTOP], ids=["phone", "desktop"])
def test_what_goes_on_outside_the_desk_is_read_on_any_screen(
    chromium: Browser, house: str, people: Cast, size: ViewportSize
) -> None:
    dossiers = outside(people)
    one = {name: f"/can-bo/ho-so/{d.reference}/" for name, d in dossiers.items()}
    paper = f"/can-bo/ban-giao/{TransferList.objects.get(lines__settled_at=None).pk}/"
    doors = {
        "hung": ("/can-bo/danh-sach/cho-chuyen/", "/can-bo/ban-giao/", paper, one["accepted"]),
        "hoa": (paper, one["transferring"], one["consulting"]),
        "phuc": ("/can-bo/danh-sach/cho-y-kien/", one["consulting"]),
        "mai": (one["examining"], f"{one['examining']}lay-y-kien/", one["verifying"]),
        "binh": (one["verifying"],),
        "lan": tuple(f"/ho-so/{dossiers[n].reference}/" for n in ("consulting", "verifying")),
    }
    found = {}
    for who, paths in doors.items():
        cookies = signed_in(chromium, house, who)
        for path in paths:
            found[who, path] = judge(chromium, f"{house}{path}", cookies, size)
            if PICTURES:
                with eyes.look(chromium, size=size, cookies=cookies) as sight:
                    sight.goto(f"{house}{path}")
                    name = f"{who}-{path.strip('/').replace('/', '-')[:40]}-{size['width']}.png"
                    sight.picture(Path(PICTURES) / name)

    assert {key: said for key, said in found.items() if said} == {}


def test_a_list_is_made_and_confirmed_without_javascript(
    chromium: Browser, house: str, people: Cast
) -> None:
    waiting = a_dossier(people, Status.ACCEPTED, channel=Channel.COUNTER)
    with eyes.look(chromium, size=eyes.DESKTOP, scripts=False) as sight:
        page = sight.page
        page.goto(f"{house}/tai-khoan/dang-nhap/?next=/can-bo/danh-sach/cho-chuyen/")
        page.fill("[name=login]", "hung")
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.get_by_label(f"Chọn {waiting.code}").check()
        page.get_by_role("button", name="Lập giấy bàn giao…").click()
        page.get_by_label("Đơn vị nhận").select_option(label=people.hoa.unit.name)
        page.get_by_role("button", name="Bàn giao", exact=True).click()
        assert "Chờ xác nhận" in page.locator("main").inner_text()
        assert sight.broken == []

    waiting.refresh_from_db()
    assert waiting.status == Status.TRANSFERRING
