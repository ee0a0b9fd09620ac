"""The result reaches its owner: as the kind of file it is, and written down."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from PIL import Image

from motcua.audit.queries import deeds_on
from motcua.core.errors import Refused
from motcua.dossiers.actions import settlement
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import desk_of, signed_in
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db


def a_picture(kind: str) -> BytesIO:
    file = BytesIO()
    Image.new("RGB", (40, 60), "white").save(file, kind)
    file.name = f"ket-qua.{kind.lower()}"
    file.seek(0)
    return file


def issued(cast: Cast, upload: BytesIO, on: date | None = None) -> Dossier:
    dossier = a_dossier(cast, Status.APPROVED)
    return settlement.issue_result(
        post=cast.yen, reference=dossier.reference, number="7/KS", upload=upload,
        issued_on=on or datetime.now(HANOI).date(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "served", "ending", "starts"),
    [("JPEG", "image/jpeg", ".jpg", b"\xff\xd8"), ("PNG", "image/png", ".png", b"\x89PNG")],
)
def test_a_result_that_is_a_picture_is_handed_out_as_a_picture(
    cast: Cast, kind: str, served: str, ending: str, starts: bytes
) -> None:
    dossier = issued(cast, a_picture(kind))

    mine = signed_in(cast.lan).get(f"/ho-so/{dossier.reference}/ket-qua/")
    theirs = desk_of(cast.hung).get(f"/can-bo/ho-so/{dossier.reference}/ket-qua/")

    for answer in (mine, theirs):
        assert answer["Content-Type"] == served
        assert f'{ending}"' in answer["Content-Disposition"]
        assert answer.content.startswith(starts)


def receive(lan: Client, dossier: Dossier) -> None:
    answer = lan.post(f"/ho-so/{dossier.reference}/ket-qua/", follow=True)
    assert answer.content.startswith(b"%PDF")


def test_lan_receives_online_once_and_every_download_is_written_down(
    lan: Client, cast: Cast
) -> None:
    dossier = a_dossier(cast, Status.RESULT_READY)
    shown = lan.get(f"/ho-so/{dossier.reference}/").content.decode()
    assert "Nhận kết quả</button>" in shown

    receive(lan, dossier)
    receive(lan, dossier)

    dossier.refresh_from_db()
    assert dossier.status == Status.DELIVERED
    assert dossier.delivered_at is not None
    assert dossier.moves.filter(step="deliver").count() == 1
    assert deeds_on(dossier.reference).count("dossier.download") == 2
    after = lan.get(f"/ho-so/{dossier.reference}/").content.decode()
    assert "Nhận kết quả</button>" not in after
    assert "Tải kết quả" in after


def test_a_link_that_is_only_followed_hands_out_the_file_and_closes_nothing(
    lan: Client, cast: Cast
) -> None:
    dossier = a_dossier(cast, Status.RESULT_READY)

    lan.get(f"/ho-so/{dossier.reference}/ket-qua/")

    dossier.refresh_from_db()
    assert dossier.status == Status.RESULT_READY
    assert deeds_on(dossier.reference)[-1] == "dossier.download"


def test_who_chose_to_come_to_the_desk_downloads_and_is_still_waited_for(
    lan: Client, cast: Cast
) -> None:
    dossier = a_dossier(cast, Status.RESULT_READY)
    Dossier.objects.filter(pk=dossier.pk).update(delivery="counter")

    receive(lan, dossier)

    dossier.refresh_from_db()
    assert dossier.status == Status.RESULT_READY


def test_thu_receives_nothing_of_lans(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.RESULT_READY)

    assert signed_in(cast.thu).post(f"/ho-so/{dossier.reference}/ket-qua/").status_code == 404

    dossier.refresh_from_db()
    assert dossier.status == Status.RESULT_READY


@pytest.mark.parametrize(("days", "code"), [(-1, "date_before_acceptance"), (1, "date_in_future")])
def test_a_result_is_dated_between_acceptance_and_today(cast: Cast, days: int, code: str) -> None:
    # Just after midnight in Việt Nam, when it is still yesterday in Greenwich.
    with time_machine.travel(datetime(2026, 11, 24, 0, 30, tzinfo=HANOI), tick=False):
        with pytest.raises(Refused) as refusal:
            issued(cast, a_picture("PNG"), date(2026, 11, 24) + timedelta(days=days))
        assert refusal.value.reasons[0].code == code
        issued(cast, a_picture("PNG"), date(2026, 11, 24))
