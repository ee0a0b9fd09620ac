"""Results opened again, settled at once, papers entered late: on a phone and on a desk."""

import os
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from motcua.dossiers.types import Channel
from motcua.dossiers.workflow import Status
from motcua.procedures.actions.succeeding import set_at_once
from motcua.testing.asking_again import slip_asked_again
from motcua.testing.cast import Cast
from motcua.testing.correcting import reissued, reopened, reopening_asked
from motcua.testing.dossiers import BIRTH, a_dossier, a_pdf
from tests.browser import eyes
from tests.browser.test_pages import judge, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PICTURES = os.environ.get("MOTCUA_PICTURES", "")


def doors_of(people: Cast) -> dict[str, tuple[str, ...]]:
    """What each of them opens: a result asked about, one in correction, one replaced, one at once."""
    asked, wrong, right = (a_dossier(people, Status.DELIVERED) for _ in range(3))
    approval = reopening_asked(people, asked)
    reopened(people, wrong)
    old = right.result_number
    reopened(people, right)
    file = BytesIO(a_pdf("Kết quả đúng"))
    file.name = "dung.pdf"
    reissued(people, right, file)
    set_at_once(code=BIRTH, at_once=True, decision="15/QĐ-UBND")
    brought = a_dossier(people, Status.SUBMITTED, channel=Channel.COUNTER)
    again = slip_asked_again(people, a_dossier(people, Status.SUPPLEMENTED))
    desk = "/can-bo/ho-so/{}/"
    return {
        "": (
            "/kiem-tra-ket-qua/", f"/kiem-tra-ket-qua/?ma={right.code}&so={old}",
            f"/kiem-tra-ket-qua/?ma={wrong.code}&so={wrong.result_number}",
            "/kiem-tra-ket-qua/?ma=&so=",
        ),
        "lan": (f"/ho-so/{wrong.reference}/", f"/ho-so/{right.reference}/"),
        "hung": (
            desk.format(right.reference) + "de-nghi/reopen/", desk.format(brought.reference),
            f"/can-bo/nop-tai-quay/{BIRTH}/", desk.format(right.reference),
        ),
        "binh": (
            desk.format(asked.reference) + f"duyet/{approval.pk}/",
            desk.format(again.dossier.reference) + f"duyet/{again.pk}/",
        ),
        "yen": ("/can-bo/danh-sach/dinh-chinh/", desk.format(wrong.reference)),
    }  # fmt: skip


@pytest.mark.parametrize("size", [eyes.PHONE, eyes.DESKTOP], ids=["phone", "desktop"])
def test_what_went_otherwise_than_usual_is_read_on_any_screen(
    chromium: Browser, house: str, people: Cast, size: eyes.ViewportSize
) -> None:
    found = {}
    for who, paths in doors_of(people).items():
        cookies = signed_in(chromium, house, who) if who else ()
        for number, path in enumerate(paths):
            found[who, path] = judge(chromium, f"{house}{path}", cookies, size)
            if PICTURES:
                with eyes.look(chromium, size=size, cookies=cookies) as sight:
                    sight.goto(f"{house}{path}")
                    sight.page.evaluate(
                        "document.querySelectorAll('details').forEach(d => d.open = true)"
                    )
                    sight.picture(Path(PICTURES) / f"{who or 'all'}-{number}-{size['width']}.png")

    assert {key: said for key, said in found.items() if said} == {}
