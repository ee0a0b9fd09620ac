"""A list whose dates should move is put away by a second keeper with a word why; what it leaves is named."""

from datetime import datetime
from html import unescape
from typing import Any

import pytest
import time_machine

from motcua.audit.queries import deeds_on, entries_of
from motcua.core.errors import Refused
from motcua.dossiers import ledger, recounts
from motcua.dossiers.actions import recounting, visiting
from motcua.dossiers.closed_days import VISITS, clocks_left
from motcua.dossiers.models import Dossier, Recount
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_recounts import (
    AFTER_THE_STORM,
    MONDAY,
    WHY,
    agreed,
    counted,
    due_of,
    running,
    storm,
)
from motcua.dossiers.types import RecountState, Visit
from motcua.dossiers.workflow import Status
from motcua.testing.by_hand import by_hand
from motcua.testing.cast import Cast
from motcua.testing.drafts import hand
from motcua.workdays.actions import keeping
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
STORM_DAY = datetime(2026, 11, 30, 8, 30, tzinfo=HANOI)
BECAUSE = "Bão tan, các cơ quan vẫn làm việc."


@pytest.fixture(autouse=True)
def _monday(db: None) -> Any:
    with time_machine.travel(MONDAY, tick=False):
        yield


def test_quan_who_asked_cannot_put_the_list_away_and_nga_says_why(cast: Cast) -> None:
    running(cast)
    number = counted(cast, storm(cast))
    with pytest.raises(Refused, match="không tự bỏ được"):
        recounting.drop_recount(hand=hand(cast.quan), number=number, reason=BECAUSE)
    with pytest.raises(Refused, match="vì sao bỏ"):
        recounting.drop_recount(hand=hand(cast.nga), number=number, reason=" ")
    owed = recounts.unsettled()
    assert owed is not None
    assert owed.recount == number

    recounting.drop_recount(hand=hand(cast.nga), number=number, reason=BECAUSE)
    assert recounts.recount(number).state is RecountState.DROPPED
    assert entries_of(f"recount:{number}")[-1].facts["reason"] == BECAUSE
    assert recounts.unsettled() is None


def test_a_list_counted_whole_is_a_list_before_the_job_says_so(cast: Cast) -> None:
    running(cast)
    number = counted(cast, storm(cast))
    Recount.objects.filter(pk=number).update(state=RecountState.COUNTING)
    with pytest.raises(Refused, match="không tự bỏ được"):
        recounting.drop_recount(hand=hand(cast.quan), number=number, reason=BECAUSE)


def test_a_newer_calendar_that_moves_nothing_does_not_let_him_either(cast: Cast) -> None:
    running(cast)
    number = counted(cast, storm(cast))
    keeping.confirm_year(year=2027)
    with pytest.raises(Refused, match="không tự bỏ được"):
        recounting.drop_recount(hand=hand(cast.quan), number=number, reason=BECAUSE)


def test_a_list_of_yesterdays_calendar_and_one_without_dossiers_he_drops_alone(cast: Cast) -> None:
    running(cast)
    old = counted(cast, storm(cast))
    latest = storm(cast, datetime(2026, 12, 1, tzinfo=HANOI).date())
    recounting.drop_recount(hand=hand(cast.quan), number=old)
    with by_hand():
        Dossier.objects.update(status=Status.RESULT_READY)
    empty = recounting.ask_recount(hand=hand(cast.quan), edition=latest, reason=WHY)
    recounting.count_recount(empty)
    recounting.drop_recount(hand=hand(cast.quan), number=empty)
    assert recounts.recount(empty).state is RecountState.DROPPED


def test_on_the_page_quan_has_no_button_and_nga_is_told_beside_the_field(cast: Cast) -> None:
    running(cast)
    here = f"/quan-tri/lich/tinh-lai/{counted(cast, storm(cast))}/"
    quan, nga = desk_of(cast.quan), desk_of(cast.nga)
    assert "Bỏ lần tính lại này" not in unescape(quan.get(here).content.decode())

    refused = nga.post(here, {"do": "drop"})
    shown = unescape(refused.content.decode())
    assert refused.status_code == 422
    assert shown.count("Mời nêu vì sao bỏ danh sách này") == 2
    assert nga.post(here, {"do": "drop", "why": BECAUSE}).status_code == 302
    assert f"Lý do bỏ:</strong> {BECAUSE}" in unescape(quan.get(here).content.decode())


def test_a_calendar_changed_after_the_last_date_moved_makes_it_done_and_not_stopped(
    cast: Cast,
) -> None:
    dossier = running(cast)
    number = counted(cast, storm(cast))
    agreed(cast, number)
    assert recounting._move_batch(number, ledger.Counting())
    keeping.confirm_year(year=2027)
    recounting.move_recount(number)
    assert due_of(dossier) == AFTER_THE_STORM
    page = recounts.recount(number)
    assert (page.state, page.left) == (RecountState.DONE, 0)
    assert deeds_on(f"recount:{number}")[-1] == "recount.done"


def test_a_visit_and_a_promise_of_a_right_result_on_the_closed_day_are_named(cast: Cast) -> None:
    visited, corrected = running(cast), running(cast, Status.RESULT_READY)
    visit = Visit(STORM_DAY, "Ấp Tân Hòa", "Mai", "Hiện trạng")
    visiting.verify(post=cast.mai, reference=visited.reference, visit=visit)
    with by_hand():
        Dossier.objects.filter(pk=corrected.pk).update(
            status=Status.CORRECTING, correct_by=STORM_DAY, clock_at=STORM_DAY, warn_at=MONDAY
        )
    storm(cast)
    told = {each.name: each.first for each in clocks_left()}
    assert told[VISITS] == [visited.code]
    assert told["Ngày hứa có kết quả cấp lại"] == [corrected.code]
