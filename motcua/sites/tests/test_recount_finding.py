"""The health page asks for a recount until the dates of running dossiers are those of the calendar."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from motcua.dossiers import recounts
from motcua.dossiers.actions import recounting
from motcua.dossiers.models import Recount
from motcua.dossiers.tests.test_recounts import MONDAY, WHY, agreed, counted, running, storm
from motcua.sites.backoffice import findings
from motcua.testing.cast import Cast
from motcua.testing.drafts import hand
from motcua.workdays.actions import keeping

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday(db: None) -> Any:
    with time_machine.travel(MONDAY, tick=False):
        yield


def test_the_health_page_asks_for_a_recount_until_a_whole_list_was_settled(cast: Cast) -> None:
    running(cast)
    assert findings.recounted().well
    edition = storm(cast)
    owed = findings.recounted()
    assert (owed.well, owed.page) == (False, f"/quan-tri/lich/ban/{edition}/")
    assert f"Bản lịch số {edition} chưa tính lại: 1 hồ sơ" in owed.text

    dead = recounting.ask_recount(hand=hand(cast.quan), edition=edition, reason=WHY)
    assert findings.recounted().task == f"duyệt hoặc bỏ lần tính lại số {dead}"
    with time_machine.travel(MONDAY + timedelta(days=2), tick=False):
        stuck = findings.recounted()
    assert (stuck.well, stuck.page) == (False, f"/quan-tri/lich/tinh-lai/{dead}/")
    recounting.drop_recount(hand=hand(cast.quan), number=dead)
    assert not findings.recounted().well  # nobody has seen the list

    seen = counted(cast, edition)
    recounting.drop_recount(hand=hand(cast.nga), number=seen, reason="Hẹn lại từng hồ sơ.")
    assert findings.recounted().well
    keeping.confirm_year(year=2027)  # a newer edition, on which every date is the same
    assert findings.recounted().well


def test_a_list_broken_off_by_an_edition_that_moves_nothing_is_owed_still(cast: Cast) -> None:
    running(cast)
    number = counted(cast, storm(cast))
    agreed(cast, number)
    keeping.confirm_year(year=2027)
    recounting.move_recount(number)
    assert recounts.recount(number).left == 1
    assert not findings.recounted().well


def test_a_recounted_house_owes_nothing(cast: Cast) -> None:
    running(cast)
    number = counted(cast, storm(cast))
    agreed(cast, number)
    recounting.move_recount(number)
    assert findings.recounted().well
    Recount.objects.all().delete()
    assert findings.recounted().well  # every running dossier was counted on it
