"""The journal of a dossier on the desk: in pages, the newest first, nothing twice and nothing lost."""

import re

import pytest

from motcua.audit.actions import record
from motcua.core import clock
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_desk_pages import page
from motcua.dossiers.web.desk_papers import ENTRIES
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier

pytestmark = pytest.mark.django_db


def numbers(html: str) -> list[int]:
    return [int(n) for n in re.findall(r'<td class="num">(\d+)</td>', html)]


def test_leafing_through_the_journal_meets_every_deed_once(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.ACCEPTED)
    for _ in range(2 * ENTRIES):
        record(cast.hung.actor, "dossier.read", dossier.reference, at=clock.now(), what="page")
    desk, address = desk_of(cast.hung), f"{page(dossier)}nhat-ky/"

    met, where = [], "?"
    while where:
        html = desk.get(address + where).content.decode()
        assert len(numbers(html)) <= ENTRIES
        met += numbers(html)
        following = re.search(r'rel="next" href="(\?truoc=\d+)"', html)
        where = following[1] if following else ""

    assert met == list(range(met[0], 0, -1))
    assert len(met) > 2 * ENTRIES


@pytest.mark.parametrize("typed", ["x", "-1", "²", "9" * 40, "0"])
def test_a_page_that_is_none_is_the_newest(cast: Cast, typed: str) -> None:
    dossier = a_dossier(cast, Status.ACCEPTED)

    answer = desk_of(cast.hung).get(f"{page(dossier)}nhat-ky/", {"truoc": typed})

    assert answer.status_code == 200
    assert numbers(answer.content.decode())[-1] == 1


def test_lans_own_download_is_told_in_words(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.RESULT_READY)
    record(cast.lan.actor, "dossier.download", dossier.reference, at=clock.now(), what="result")

    shown = desk_of(cast.hung).get(f"{page(dossier)}nhat-ky/").content.decode()

    assert "Người nộp tải kết quả" in shown
