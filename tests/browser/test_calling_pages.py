"""A call to an applicant whom no message reached, seen by a real browser on a phone and on a desk."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize

from motcua.dossiers import jobs
from motcua.dossiers.actions.calling import note_call
from motcua.dossiers.models import Dossier
from motcua.dossiers.workflow import Status
from motcua.notices.models import Delivery
from motcua.notices.types import DeliveryStatus
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from tests.browser import eyes
from tests.browser.test_pages import judge, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PICTURES = os.environ.get("MOTCUA_PICTURES", "")


def unheard(cast: Cast) -> Dossier:
    """An examined dossier, the last news of which came back; Hùng tried to phone once."""
    dossier = a_dossier(cast, Status.EXAMINING)
    applicant = dossier.applicant | {"phone": "0912345678"}
    Dossier.objects.filter(pk=dossier.pk).update(applicant=applicant)
    for move in dossier.moves.all():
        jobs.tell_applicant(move.pk)
    Delivery.objects.update(status=DeliveryStatus.FAILED, trouble="550 no such user")
    said = "Chuông đổ, không ai nghe máy; sẽ gọi lại buổi chiều."
    note_call(
        post=cast.hung, reference=dossier.reference, to="owner", outcome="no_answer", note=said
    )
    return dossier


@pytest.mark.parametrize("size", [eyes.PHONE, eyes.DESKTOP], ids=["phone", "desktop"])
def test_a_call_is_written_down_and_told_on_any_screen(
    chromium: Browser, house: str, people: Cast, size: ViewportSize
) -> None:
    dossier = unheard(people)
    desk = f"/can-bo/ho-so/{dossier.reference}/"
    call, cookies, found = f"{desk}goi-dien/", signed_in(chromium, house, "hung"), {}
    for n, path in enumerate((desk, call)):
        found[path] = judge(chromium, f"{house}{path}", cookies, size)
        with eyes.look(chromium, size=size, cookies=cookies) as sight:
            sight.goto(f"{house}{path}")
            if PICTURES:
                sight.picture(Path(PICTURES) / f"call-{n}-{size['width']}.png")

    note_call(
        post=people.mai, reference=dossier.reference, to="owner", outcome="told",
        note="Đã báo hồ sơ đang được thẩm định.",
    )  # fmt: skip
    path = f"/ho-so/{dossier.reference}/"
    mine = signed_in(chromium, house, "lan")
    found[path] = judge(chromium, f"{house}{path}", mine, size)
    if PICTURES:
        with eyes.look(chromium, size=size, cookies=mine) as sight:
            sight.goto(f"{house}{path}")
            sight.picture(Path(PICTURES) / f"call-lan-{size['width']}.png")

    assert {key: said for key, said in found.items() if said} == {}
