"""An end set for a step, a delay explained, the letter that says it: on a phone and on a desk."""

import os
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize

from motcua.core import clock
from motcua.dossiers.actions import processing
from motcua.dossiers.actions.explaining import explain_delay
from motcua.dossiers.models import Dossier
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from motcua.workdays.queries import work_calendar
from motcua.workdays.rules import add_working_hours
from tests.browser import eyes
from tests.browser.test_pages import judge, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PICTURES = os.environ.get("MOTCUA_PICTURES", "")
MARRIAGE = "1.004884"


def late(cast: Cast) -> Dossier:
    """A dossier that Hòa gave to Mai with an end, whose promised hour has gone by."""
    dossier = a_dossier(cast, Status.ASSIGNING, MARRIAGE)
    processing.assign_dossier(
        post=cast.hoa, reference=dossier.reference, assignee_id=cast.mai.pk,
        finish_by=add_working_hours(clock.now(), 6, work_calendar()),
    )  # fmt: skip
    Dossier.objects.filter(pk=dossier.pk).update(due_at=clock.now() - timedelta(hours=1))
    return dossier


@pytest.mark.parametrize("size", [eyes.PHONE, eyes.DESKTOP], ids=["phone", "desktop"])
def test_ends_and_explanations_are_read_on_any_screen(
    chromium: Browser, house: str, people: Cast, size: ViewportSize
) -> None:
    dossier, fresh = late(people), a_dossier(people, Status.ASSIGNING, MARRIAGE)
    one, other = f"/can-bo/ho-so/{dossier.reference}/", f"/can-bo/ho-so/{fresh.reference}/"
    found = seen(chromium, house, size, "mai", [one, f"{one}giai-trinh/"])
    found |= seen(chromium, house, size, "hoa", [other, "/can-bo/danh-sach/dang-xu-ly/"])
    explain_delay(
        post=people.mai, reference=dossier.reference, cause="opinion",
        text="Công an xã hẹn trả lời ngày 27/11.",
    )  # fmt: skip
    found |= seen(chromium, house, size, "binh", [f"{one}thu-xin-loi/", "/can-bo/thong-ke/"])
    found |= seen(
        chromium, house, size, "lan", [f"/ho-so/{dossier.reference}/", "/thu-tuc/1.004884/"]
    )

    assert found == {}


def seen(
    chromium: Browser, house: str, size: ViewportSize, who: str, paths: Sequence[str]
) -> dict[str, object]:
    """What is wrong with these pages as somebody sees them; pictures where they are asked for."""
    cookies, found = signed_in(chromium, house, who), {}
    for n, path in enumerate(paths):
        if faults := judge(chromium, f"{house}{path}", cookies, size):
            found[f"{who} {path}"] = faults
        if PICTURES:
            with eyes.look(chromium, size=size, cookies=cookies) as sight:
                sight.goto(f"{house}{path}")
                sight.picture(Path(PICTURES) / f"delay-{who}-{n}-{size['width']}.png")
    return found
