"""The figures of the year on the portal and at the desk: said rightly, and never counted anew."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.models import Dossier, YearCount
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_year_counts import AUTUMN, LAST_SECOND, WAY, a_row, led
from motcua.dossiers.types import Channel
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _winter() -> Iterator[None]:
    with time_machine.travel(LAST_SECOND.replace(hour=12), tick=False):
        yield


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def some(cast: Cast, count: int = 1) -> None:
    for _ in range(count):
        led(a_row(cast), WAY, AUTUMN)
        led(a_row(cast, Channel.COUNTER), WAY[:3], AUTUMN, unit_id=cast.hoa.unit_id)


def test_anybody_reads_what_every_agency_did_since_the_start_of_the_year(
    client: Client, cast: Cast
) -> None:
    assert "Năm 2026 chưa có hồ sơ nào được tiếp nhận" in words(client, "/thong-ke/")
    some(cast, 2)
    YearCount.objects.filter(channel=Channel.COUNTER).update(received=1002)
    shown = words(client, "/thong-ke/")
    assert "Tính từ 01/01/2026 đến 12:59 ngày 31/12/2026" in shown
    assert "1.004 hồ sơ, trong đó 2 nộp trực tuyến" in shown
    assert "100 % số hồ sơ đã giải quyết (2 đúng hạn hoặc sớm hơn, 0 quá hạn)" in shown
    assert f"{cast.ward.name} 1.004 2 2 2 (100 %) 1.002 2" in shown
    assert cast.commune.name not in shown
    one = words(client, f"/thong-ke/{cast.ward.code}/")
    assert f"{cast.hoa.unit.name} 1.002 0 0 0 1.002 2" in one
    assert client.get("/thong-ke/H99.77/").status_code == 404


def test_last_year_stays_to_be_read_and_a_year_without_figures_is_this_one(
    client: Client, cast: Cast
) -> None:
    led(a_row(cast), WAY, AUTUMN.replace(year=2025), due_at=AUTUMN, legal_due_at=None)
    led(a_row(cast), WAY[:2], AUTUMN.replace(year=2025))
    assert "Còn lại cuối năm 1 hồ sơ" in words(client, "/thong-ke/?nam=2025")
    for typed in ("2024", "abc", "", "٢٠٢٥", "9" * 50):
        assert "hồ sơ năm 2026" in words(client, f"/thong-ke/?nam={typed}")
    assert "Đang giải quyết 1 hồ sơ" in words(client, "/thong-ke/")


def test_the_desk_sees_its_own_agency_and_each_of_its_units(cast: Cast) -> None:
    some(cast)
    desk = desk_of(cast.hung)
    panel = (
        "Từ đầu năm 2026: tiếp nhận 2 (trực tuyến 1) · đã giải quyết 1 · đúng hạn 100 % · "
        "đang giải quyết 1 , trong đó 1 đã quá ngày hẹn"
    )
    assert panel in words(desk, "/can-bo/danh-sach/cho-tiep-nhan/")
    shown = words(desk, "/can-bo/thong-ke/")
    assert f"{cast.hoa.unit.name} 1 0 0 0 0 0 1 1" in shown
    assert cast.hoa.unit.name not in words(desk_of(cast.sau), "/can-bo/thong-ke/")


def test_pages_read_rollups_and_what_is_nearly_late_however_many_dossiers_there_are(
    client: Client, cast: Cast
) -> None:
    desk = desk_of(cast.hung)
    places = [
        (client, "/thong-ke/"), (client, f"/thong-ke/{cast.ward.code}/"), (desk, "/can-bo/thong-ke/")
    ]  # fmt: skip
    counts = []
    for more in (1, 6):
        some(cast, more)
        for who, address in places:
            with CaptureQueriesContext(connection) as captured:
                words(who, address)
            asked = [q["sql"] for q in captured if "dossiers_dossier" in q["sql"]]
            assert len(asked) <= 1
            assert all('"warn_at" <' in sql for sql in asked)  # by the index of what is nearly late
            counts.append(len(captured))
    assert counts[:3] == counts[3:]
    assert counts[0] <= 4


def test_a_worklist_counts_what_is_late_once_a_minute(cast: Cast) -> None:
    desk, place = desk_of(cast.hung), "/can-bo/danh-sach/cho-phan-cong/"
    none, one = "trong đó 0 đã quá ngày hẹn", "trong đó 1 đã quá ngày hẹn"
    with time_machine.travel(AUTUMN, tick=False):
        late = a_dossier(cast, Status.EXAMINING)
    assert late.due_at
    assert one in words(desk, place)
    Dossier.objects.filter(pk=late.pk).update(due_at=LAST_SECOND)
    with CaptureQueriesContext(connection) as captured:
        assert one in words(desk, place)
    assert not [q for q in captured if '"warn_at" <' in q["sql"]]
    with time_machine.travel(LAST_SECOND.replace(hour=12, minute=2), tick=False):
        assert none in words(desk, place)
    with time_machine.travel(AUTUMN, tick=False):  # a clock set back finds nothing from later
        assert none in words(desk, place)


def test_every_page_of_the_portal_leads_there(client: Client, cast: Cast) -> None:
    assert 'href="/thong-ke/"' in client.get("/tra-cuu/").content.decode()
    assert 'href="/thong-ke/"' in client.get("/so-do-cong/").content.decode().split("<footer")[0]
    assert "/thong-ke/</loc>" in client.get("/sitemap.xml").content.decode()


def test_what_is_lying_late_is_said_beside_the_share_that_was_in_time(
    client: Client, cast: Cast
) -> None:
    with time_machine.travel(AUTUMN, tick=False):
        late = a_dossier(cast, Status.EXAMINING)
        a_dossier(cast, Status.SUPPLEMENT)  # its clock stands still
        a_dossier(cast, Status.RESULT_READY)
    assert late.due_at and late.due_at < LAST_SECOND
    running = "trong đó 1 đã quá ngày hẹn"
    assert running in words(client, "/thong-ke/")
    assert running in words(client, "/")
    assert running in words(desk_of(cast.hung), "/can-bo/thong-ke/")
    assert running in words(desk_of(cast.hung), "/can-bo/danh-sach/cho-tiep-nhan/")
    assert "trong đó 0 đã quá" in words(desk_of(cast.sau), "/can-bo/danh-sach/cho-tiep-nhan/")
    with time_machine.travel(late.due_at, tick=False):
        assert "trong đó 0 đã quá ngày hẹn" in words(client, "/")
