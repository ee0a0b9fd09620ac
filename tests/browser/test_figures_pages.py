"""Figures of the year and usual times, seen by a real browser on a phone and on a desk."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, ViewportSize

from motcua.dossiers.models import UsualTime, YearCount
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH, a_dossier
from tests.browser import eyes
from tests.browser.test_pages import judge, signed_in

pytestmark = pytest.mark.browser


def figures(people: Cast) -> str:
    """Figures of a large place, and how long a birth takes there; the number of Lan's dossier."""
    dossier = a_dossier(people, Status.SUBMITTED)
    now = timezone.localtime()
    for agency, unit in ((people.ward, people.hoa.unit), (people.commune, people.sau.unit)):
        YearCount.objects.create(
            agency=agency, unit=unit, year=now.year, channel="online", received=123_456,
            solved=120_001, on_time=119_000, late=1_001,
        )  # fmt: skip
        hours = [timedelta(hours=each) for each in (9, 12, 30)]
        UsualTime.objects.create(
            agency=agency, procedure_code=BIRTH, case=dossier.case, n=126, data_on=now.date(),
            low=hours[0], mid=hours[1], high=hours[2],
        )  # fmt: skip
    return str(dossier.reference)


@pytest.mark.parametrize("size", [eyes.PHONE, eyes.DESKTOP], ids=["phone", "desktop"])
def test_figures_and_usual_times_are_read_on_any_screen(
    chromium: Browser, house: str, people: Cast, size: ViewportSize
) -> None:
    reference = figures(people)
    ward = people.ward.code
    public = ("/thong-ke/", f"/thong-ke/{ward}/", f"/thu-tuc/{BIRTH}/?co-quan={ward}")
    own = (f"/ho-so/{reference}/", f"/ho-so/{reference}/da-nop/")
    desk = ("/can-bo/thong-ke/", "/can-bo/danh-sach/cho-tiep-nhan/")
    lan, hung = (signed_in(chromium, house, who) for who in ("lan", "hung"))
    doors = [(public, ()), (own, lan), (desk, hung)]
    found = {
        path: judge(chromium, f"{house}{path}", cookies, size)
        for paths, cookies in doors
        for path in paths
    }
    assert found == {path: [] for path in (*public, *own, *desk)}
