"""The figures of the year on the portal and at the desk: said rightly, and never counted anew."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.models import YearCount
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_year_counts import AUTUMN, LAST_SECOND, WAY, a_row, led
from motcua.dossiers.types import Channel
from motcua.testing.cast import Cast

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
    assert "100 % (2 đúng hạn hoặc sớm hơn, 0 quá hạn)" in shown
    assert f"{cast.ward.name} 1.004 2 2 2 (100 %) 1.002" in shown
    assert cast.commune.name not in shown
    one = words(client, f"/thong-ke/{cast.ward.code}/")
    assert f"{cast.hoa.unit.name} 1.002 0 0 0 1.002" in one
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
        "đang giải quyết 1"
    )
    assert panel in words(desk, "/can-bo/danh-sach/cho-tiep-nhan/")
    shown = words(desk, "/can-bo/thong-ke/")
    assert f"{cast.hoa.unit.name} 1 0 0 0 0 1" in shown
    assert cast.hoa.unit.name not in words(desk_of(cast.sau), "/can-bo/thong-ke/")


def test_pages_read_rollups_only_however_many_dossiers_there_are(
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
            assert not [q for q in captured if "dossiers_dossier" in q["sql"]]
            counts.append(len(captured))
    assert counts[:3] == counts[3:]
    assert counts[0] <= 3


def test_every_page_of_the_portal_leads_there(client: Client, cast: Cast) -> None:
    assert 'href="/thong-ke/"' in client.get("/tra-cuu/").content.decode()
    assert 'href="/thong-ke/"' in client.get("/so-do-cong/").content.decode().split("<footer")[0]
    assert "/thong-ke/</loc>" in client.get("/sitemap.xml").content.decode()
