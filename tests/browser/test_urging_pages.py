"""Urging documents, seen by a real browser on a phone and on a desk."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize

from motcua.core import clock
from motcua.dossiers.actions.urging_documents import sign_urging
from motcua.dossiers.models import Dossier
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from tests.browser import eyes
from tests.browser.test_pages import judge, signed_in
from tests.house.beside import next_open_day

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PICTURES = os.environ.get("MOTCUA_PICTURES", "")
PAGE = "/can-bo/don-doc/"


@pytest.mark.parametrize("size", [eyes.PHONE, eyes.DESKTOP], ids=["phone", "desktop"])
def test_a_unit_is_urged_and_answers_on_any_screen(
    chromium: Browser, house: str, people: Cast, size: ViewportSize
) -> None:
    slow = [a_dossier(people, status) for status in (Status.ASSIGNING, Status.EXAMINING)]
    passed = clock.now() - timedelta(minutes=1)
    Dossier.objects.filter(pk__in=[each.pk for each in slow]).update(clock_at=passed)
    document = sign_urging(
        post=people.binh, unit_id=people.hoa.unit_id, chosen={slow[0].reference},
        text="Đề nghị khẩn trương giải quyết.", answer_by=next_open_day(people),
    )  # fmt: skip
    one, make = f"{PAGE}{document.pk}/", f"{PAGE}lap/"
    doors = {
        "binh": (PAGE, make, f"{make}?don-vi={people.hoa.unit_id}", one, "/can-bo/danh-sach/qua-han/"),
        "hoa": (PAGE, one),
    }  # fmt: skip
    found = {}
    for who, paths in doors.items():
        cookies = signed_in(chromium, house, who)
        for path in paths:
            found[who, path] = judge(chromium, f"{house}{path}", cookies, size)
            if PICTURES:
                with eyes.look(chromium, size=size, cookies=cookies) as sight:
                    sight.goto(f"{house}{path}")
                    name = f"{who}-{path.strip('/').replace('/', '-')[-30:]}-{size['width']}.png"
                    sight.picture(Path(PICTURES) / name.replace("?", "_"))

    assert {key: said for key, said in found.items() if said} == {}
