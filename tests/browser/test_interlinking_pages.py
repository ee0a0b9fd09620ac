"""Interlinked settling and passing a dossier on, seen by a real browser on a phone and on a desk."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize

from motcua.dossiers.actions import stationing
from motcua.dossiers.actions.passing_on import pass_on
from motcua.dossiers.models import Dossier, Station, TransferList
from motcua.dossiers.types import Channel
from motcua.dossiers.workflow import Status
from motcua.testing.cast import PASSWORD, Cast
from motcua.testing.consulting import a_unit_asked
from motcua.testing.dossiers import a_dossier
from motcua.testing.linking import linked, passed_on_paper
from tests.browser import eyes
from tests.browser.test_pages import judge, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PICTURES = os.environ.get("MOTCUA_PICTURES", "")
FIVE_DAYS = "1.004222"


def shared_with_others(people: Cast) -> dict[str, Dossier]:
    """One settled by wire, one on paper, one that nobody else works on, one to be passed on."""
    found = {n: a_dossier(people, Status.EXAMINING, FIVE_DAYS) for n in ("wire", "paper", "mine")}
    linked(people, found["wire"])
    stationing.answer_station(
        post=a_unit_asked(people), reference=found["wire"].reference, answer="Ở đúng nơi khai."
    )
    passed_on_paper(people, found["paper"])
    found["sent"] = a_dossier(people, Status.SUBMITTED)
    found["gone"] = a_dossier(people, Status.SUBMITTED, channel=Channel.COUNTER)
    pass_on(
        post=people.hung, reference=found["gone"].reference, agency_id=people.commune.pk,
        note="Nơi cư trú ở xã Tân Hòa.",
    )  # fmt: skip
    return found


@pytest.mark.parametrize("size", [eyes.PHONE, eyes.DESKTOP], ids=["phone", "desktop"])
def test_what_is_settled_together_is_read_on_any_screen(
    chromium: Browser, house: str, people: Cast, size: ViewportSize
) -> None:
    dossiers = shared_with_others(people)
    one = {name: f"/can-bo/ho-so/{d.reference}/" for name, d in dossiers.items()}
    papers = f"/can-bo/ban-giao/{TransferList.objects.get(lines__dossier=dossiers['gone']).pk}/"
    doors = {
        "mai": (one["wire"], f"{one['wire']}lien-thong/", f"{one['mine']}lien-thong/"),
        "luc": ("/can-bo/danh-sach/lien-thong/", one["wire"], one["paper"]),
        "hung": (f"{one['sent']}chuyen-co-quan/", one["sent"], papers),
        "sau": (papers, "/can-bo/danh-sach/cho-nhan-ban-giao/", "/can-bo/ban-giao/", one["gone"]),
        "lan": (f"/ho-so/{dossiers['wire'].reference}/",),
    }
    found = {}
    for who, paths in doors.items():
        cookies = signed_in(chromium, house, who)
        for path in paths:
            found[who, path] = judge(chromium, f"{house}{path}", cookies, size)
            if PICTURES:
                with eyes.look(chromium, size=size, cookies=cookies) as sight:
                    sight.goto(f"{house}{path}")
                    name = f"{who}-{path.strip('/').replace('/', '-')[:60]}-{size['width']}.png"
                    sight.picture(Path(PICTURES) / name)

    assert {key: said for key, said in found.items() if said} == {}


def test_a_plan_is_written_without_javascript(chromium: Browser, house: str, people: Cast) -> None:
    dossier, phuc = a_dossier(people, Status.EXAMINING, FIVE_DAYS), a_unit_asked(people)
    with eyes.look(chromium, size=eyes.DESKTOP, scripts=False) as sight:
        page = sight.page
        page.goto(
            f"{house}/tai-khoan/dang-nhap/?next=/can-bo/ho-so/{dossier.reference}/lien-thong/"
        )
        page.fill("[name=login]", "mai")
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.select_option("#unit-1", str(phuc.unit_id))
        page.fill("#task-1", "Xác nhận nơi cư trú.")
        page.fill("#amount-1", "4")
        page.select_option("#per-1", "working_hour")
        page.fill("#task-3", "Tổng hợp, trình ký.")
        page.fill("#amount-3", "1")
        page.get_by_role("button", name="Báo việc cho các đơn vị").click()
        assert "Đã báo việc cho các đơn vị." in page.locator("body").inner_text()
        assert sight.broken == []

    assert [row.unit_id for row in Station.objects.filter(dossier=dossier)] == [
        phuc.unit_id, people.mai.unit_id,
    ]  # fmt: skip
