"""A recount whose job died is dropped or goes on; one whose calendar became another is broken off."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection

from motcua.audit.queries import deeds_on
from motcua.core.errors import Refused
from motcua.dossiers import ledger, recounts
from motcua.dossiers.actions import recounting
from motcua.dossiers.closed_days import clocks_left
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_recounts import (
    AFTER_THE_STORM,
    DUE,
    MONDAY,
    WHY,
    agreed,
    counted,
    due_of,
    running,
    storm,
)
from motcua.dossiers.types import LineState, RecountState
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from motcua.testing.drafts import hand
from motcua.workdays.actions import keeping
from motcua.workdays.edition_queries import last_that_moves_dates
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday(db: None) -> Any:
    with time_machine.travel(MONDAY, tick=False):
        yield


def queued() -> list[tuple[str, str]]:
    """The jobs of recounts that wait, and what they wait behind."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT args ->> 'job', lock FROM procrastinate_jobs ORDER BY id")
        return [(job.rpartition(".")[2], lock) for job, lock in cursor if "recount" in job]


def asked(cast: Cast, edition: int) -> int:
    return recounting.ask_recount(hand=hand(cast.quan), edition=edition, reason=WHY)


def test_a_recount_that_died_while_counting_is_dropped_and_another_begins(cast: Cast) -> None:
    dossier, edition = running(cast), storm(cast)
    dead = asked(cast, edition)
    page = desk_of(cast.quan).get(f"/quan-tri/lich/tinh-lai/{dead}/").content.decode()
    assert "Bỏ lần tính lại này" in page
    recounting.drop_recount(hand=hand(cast.nga), number=dead)

    recounting.count_recount(dead)  # the job wakes up after all
    assert recounts.recount(dead).state is RecountState.DROPPED
    assert recounts.recount(dead).looked_at == 0
    number = counted(cast, edition)
    agreed(cast, number)
    recounting.move_recount(number)
    assert due_of(dossier) == AFTER_THE_STORM


def test_a_recount_that_died_while_moving_goes_on_behind_no_dead_job(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossiers = [running(cast), running(cast)]
    number = counted(cast, storm(cast))
    agreed(cast, number)
    monkeypatch.setattr(recounting, "BATCH", 1)
    assert recounting._move_batch(number, ledger.Counting())
    with pytest.raises(Refused, match="đổi trạng thái"):
        recounting.drop_recount(hand=hand(cast.nga), number=number)
    before = queued()
    quan, here = desk_of(cast.quan), f"/quan-tri/lich/tinh-lai/{number}/"
    assert "Bỏ lần tính lại này" not in quan.get(here).content.decode()
    assert quan.post(here, {"do": "go_on"}).status_code == 302

    assert queued()[len(before) :] == [("move_recount", f"recount:{number}:again")]
    recounting.move_recount(number)
    recounting.move_recount(number)
    assert [due_of(each) for each in dossiers] == [AFTER_THE_STORM] * 2
    assert [each.due_changes.count() for each in dossiers] == [1, 1]
    assert "recount.go_on" in deeds_on(f"recount:{number}")
    with pytest.raises(Refused, match="không còn chạy"):
        recounting.go_on(hand=hand(cast.quan), number=number)


def test_a_calendar_changed_while_dates_move_leaves_the_rest_and_says_so(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = running(cast), running(cast)
    number = counted(cast, storm(cast))
    agreed(cast, number)
    monkeypatch.setattr(recounting, "BATCH", 1)
    assert recounting._move_batch(number, ledger.Counting())
    keeping.set_day_off(day=date(2026, 12, 2), name="Nghỉ lũ")
    recounting.move_recount(number)

    assert (due_of(first), due_of(second)) == (AFTER_THE_STORM, DUE)
    page = recounts.recount(number)
    assert (page.state, page.moved, page.stayed, page.left) == (RecountState.DONE, 1, 0, 1)
    assert [line.state for line in page.lines] == [LineState.MOVED, LineState.SKIPPED]
    latest = last_that_moves_dates()
    assert f"bản số {latest}" in page.lines[1].note
    assert deeds_on(f"recount:{number}")[-1] == "recount.stop"
    shown = desk_of(cast.nga).get(f"/quan-tri/lich/tinh-lai/{number}/").content.decode()
    assert "Đã dừng giữa chừng" in shown
    assert f"/quan-tri/lich/ban/{latest}/" in shown
    again = counted(cast, latest)
    agreed(cast, again)
    recounting.move_recount(again)
    assert due_of(first) == due_of(second) == AFTER_THE_STORM + timedelta(days=1)


def test_who_agrees_reads_which_clocks_stay_and_how_many_end_on_the_day_off(cast: Cast) -> None:
    friday = datetime(2026, 11, 27, 16, 30, tzinfo=HANOI)
    with time_machine.travel(friday, tick=False):
        sent, taken = a_dossier(cast, Status.SUBMITTED), running(cast, Status.ACCEPTED)
    for dossier in (sent, taken):
        assert dossier.clock_at is not None
        assert dossier.clock_at.astimezone(HANOI).date() == date(2026, 11, 30)
    assert [each.count for each in clocks_left()] == [0] * 6
    number = counted(cast, storm(cast))
    assert [(each.name, each.count) for each in clocks_left()] == [
        ("Hạn trả lời tiếp nhận", 1),
        ("Hạn bàn giao", 1),
        ("Hạn người nộp bổ sung", 0),
        ("Ngày hứa có kết quả cấp lại", 0),
        ("Hạn đơn vị khác cho ý kiến", 0),
        ("Ngày hẹn xác minh thực địa", 0),
    ]
    assert clocks_left()[0].first == [sent.reference]
    assert clocks_left()[1].first == [taken.code]
    page = desk_of(cast.nga).get(f"/quan-tri/lich/tinh-lai/{number}/").content.decode()
    named = f"hồ sơ hết hạn vào ngày nghỉ: {sent.reference}<"
    assert f"Hạn trả lời tiếp nhận: <strong>1</strong> {named}" in page
    assert "Hạn người nộp bổ sung: không hồ sơ nào" in page

    tuesday = datetime(2026, 12, 1, 9, tzinfo=HANOI)
    Dossier.objects.filter(pk=sent.pk).update(clock_at=tuesday)
    assert clocks_left()[0].count == 0
