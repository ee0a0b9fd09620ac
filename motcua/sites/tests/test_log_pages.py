"""What the public may see of the log: its last checkpoint, its files, and how to check a proof."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.html import escape

from motcua.audit.actions import record
from motcua.audit.log_state import log_state
from motcua.audit.models import Checkpoint, Outsider
from motcua.core import clock
from motcua.core.actors import Actor, Role
from motcua.sites.backoffice.findings import Finding
from motcua.sites.backoffice.journal_findings import sealed, vouched
from motcua.testing.sealed import log_of_its_own, seal_all
from motcua.tlog import note
from motcua.tlog.tree import Frontier

LAN = Actor(Role.CITIZEN, "person:1", "Nguyễn Thị Lan")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def log() -> Iterator[None]:
    """A log of this test's own."""
    with log_of_its_own():
        yield


def grow(count: int) -> Checkpoint:
    for _ in range(count):
        record(LAN, "dossier.submit", "dossier:7", at=clock.now())
    seal_all()
    return Checkpoint.objects.order_by("-size")[0]


def test_the_page_names_the_checkpoint_the_key_and_who_vouches(client: Client) -> None:
    empty = client.get("/nhat-ky/").content.decode()
    assert "Sổ chưa có mục nào được niêm phong" in empty
    grow(2)
    html, state = client.get("/nhat-ky/").content.decode(), log_state()
    for told in (str(state.size), escape(state.root), state.keys[0].fingerprint, state.origin):
        assert told in html
    assert "Chưa có người làm chứng nào" in html
    assert "Chưa đóng dấu thời gian" in html
    assert "Lan" not in html


def test_the_checkpoint_is_the_signed_file(client: Client) -> None:
    assert client.get("/nhat-ky/checkpoint").status_code == 404
    last = grow(3)
    answer = client.get("/nhat-ky/checkpoint")
    assert answer.content == bytes(last.note)
    assert answer["Cache-Control"] == "public, max-age=1"
    assert not answer.cookies


def test_from_the_tiles_anybody_makes_the_root_again(client: Client) -> None:
    last = grow(300)
    full = client.get("/nhat-ky/tile/0/000")
    narrow = client.get(f"/nhat-ky/tile/0/001.p/{last.size - 256}")
    assert "immutable" in full["Cache-Control"]
    hashes = full.content + narrow.content
    edge = Frontier()
    for at in range(0, len(hashes), 32):
        edge.append(hashes[at : at + 32])
    assert edge.root() == note.Checkpoint.parse(note.parse(bytes(last.note)).text).root


def test_a_narrow_tile_stays_what_it_was_when_the_tile_has_grown(client: Client) -> None:
    first = grow(5)
    address = f"/nhat-ky/tile/0/000.p/{first.size}"
    before = client.get(address).content
    grow(3)
    assert client.get(address).content == before
    grow(300)
    assert client.get(address).content == before


@pytest.mark.parametrize(
    "tile",
    ["0/001", "0/000.p/0", "0/000.p/256", "0/0", "0/x000/000", "../checkpoint", "00/000", "64/000",
     "0/000.p/99", "0/000/", "0/٠٠٠"],
)  # fmt: skip
def test_what_is_no_tile_is_not_there(client: Client, tile: str) -> None:
    grow(3)
    assert client.get(f"/nhat-ky/tile/{tile}").status_code == 404


def test_the_verifier_is_a_file_to_keep(client: Client) -> None:
    answer = client.get("/nhat-ky/kiem-tra/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"<script" in answer.content


def found() -> tuple[Finding, Finding]:
    return sealed(), vouched()


def test_the_health_page_tells_of_a_log_that_is_behind_and_of_who_refuses() -> None:
    assert not sealed().well
    grow(1)
    assert [each.well for each in found()] == [True, True]
    record(LAN, "dossier.submit", "dossier:7", at=clock.now() - timedelta(hours=1))
    Outsider.objects.create(name="tsa", trouble="Cấp dấu thời gian: không nối được")
    late, away = found()
    assert not late.well
    assert "chờ niêm phong" in late.text
    assert "không nối được" in away.text
