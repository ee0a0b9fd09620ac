"""A holiday added tomorrow takes along what ends with the result: the step of Mai, the parts of others."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.core.errors import Refused
from motcua.dossiers.actions import approving, recounting
from motcua.dossiers.actions.interlinking import interlink
from motcua.dossiers.letters import calendar_of
from motcua.dossiers.models import Dossier, Station
from motcua.dossiers.models.batch import STEP
from motcua.dossiers.rules.step_dates import carried_over, latest, pulled_in
from motcua.dossiers.stations import Per, Planned
from motcua.dossiers.tests.test_approvals import ask_date, decide, why_not
from motcua.dossiers.tests.test_recounts import MONDAY, agreed, counted, running, storm
from motcua.testing.cast import Cast
from motcua.testing.consulting import a_unit_asked
from motcua.workdays.types import HANOI, WorkCalendar

db = pytest.mark.django_db
STORM = datetime(2026, 11, 30, 16, tzinfo=HANOI)  # the day that is closed later
NEXT = STORM + timedelta(days=1)
OPEN = WorkCalendar(years=frozenset({2026}))
CLOSED = WorkCalendar(years=frozenset({2026}), days_off=frozenset({date(2026, 11, 30)}))


@pytest.fixture(autouse=True)
def _monday() -> Any:
    with time_machine.travel(MONDAY, tick=False):
        yield


def until(dossier: Dossier, end: datetime) -> Dossier:
    """Mai was given until then, and is warned of it a day before."""
    warn = end - timedelta(days=3)  # over the week-end
    Dossier.objects.filter(pk=dossier.pk).update(step_due_at=end, step_warn_at=warn)
    dossier.tasks.filter(done_at=None).update(due_at=end)
    dossier.refresh_from_db()
    return dossier


def shared(cast: Cast, days: int) -> Dossier:
    """Phúc does his part within so many days, then Mai's unit hers."""
    dossier = running(cast)
    plan = {
        1: Planned(a_unit_asked(cast).unit_id, "Xác nhận nơi cư trú.", days, Per.DAY),
        2: Planned(cast.mai.unit_id, "Tổng hợp, trình ký.", 1, Per.HOUR, is_lead=True),
    }
    interlink(post=cast.mai, reference=dossier.reference, plan=plan)
    dossier.refresh_from_db()
    return dossier


def part(dossier: Dossier) -> datetime:
    due = Station.objects.get(dossier=dossier, order=1).due_at
    assert due is not None
    return due.astimezone(HANOI)


def moved(cast: Cast) -> None:
    number = counted(cast, storm(cast, STORM.date()))
    agreed(cast, number)
    recounting.move_recount(number)


def test_as_much_work_is_left_before_an_end_that_is_carried_over() -> None:
    due = datetime(2026, 12, 2, 17, 30, tzinfo=HANOI)

    assert carried_over(STORM, MONDAY, due, OPEN, CLOSED) == NEXT
    assert carried_over(STORM, MONDAY, due, OPEN, OPEN) == STORM
    assert carried_over(STORM, MONDAY, STORM - timedelta(days=3), OPEN, CLOSED) < STORM
    assert carried_over(MONDAY, NEXT, due, OPEN, CLOSED) == MONDAY


def test_a_step_is_pulled_in_before_an_earlier_date_with_time_to_sign() -> None:
    friday = datetime(2026, 11, 27, 16, tzinfo=HANOI)

    assert pulled_in(STORM, MONDAY, friday, OPEN) == datetime(2026, 11, 26, 16, tzinfo=HANOI)
    assert pulled_in(friday, MONDAY, STORM, OPEN) == friday


@db
@pytest.mark.parametrize("beside", [False, True])
def test_the_step_of_mai_goes_from_the_closed_day_to_the_next(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, beside: bool
) -> None:
    dossier, other = until(running(cast), STORM), until(running(cast), NEXT)
    if beside:  # one by one, as where a letter or an asking lies open
        monkeypatch.setattr(recounting, "_with_asides", set)
    moved(cast)

    for each in (dossier, other):
        each.refresh_from_db()
    assert (dossier.step_due_at, other.step_due_at) == (NEXT, NEXT)  # one of them stayed
    assert dossier.step_warn_at == STORM - timedelta(days=3)
    assert dossier.tasks.get(done_at=None).due_at == NEXT
    assert dossier.moves.get(step=STEP).facts["step_due_at"] == NEXT.isoformat()
    assert "step_due_at" not in other.moves.get(step=STEP).facts


@db
def test_the_part_of_another_unit_is_counted_anew_with_all_its_days(cast: Cast) -> None:
    dossier = shared(cast, 4)
    assert part(dossier).date() == STORM.date()
    moved(cast)

    assert part(dossier).date() == NEXT.date()
    assert dossier.moves.get(step=STEP).facts["station_ends"] == {"1": part(dossier).isoformat()}


@db
def test_a_part_that_is_over_before_the_closed_day_or_late_stays(cast: Cast) -> None:
    short, late = shared(cast, 2), shared(cast, 4)
    long_ago = MONDAY - timedelta(hours=1)
    Station.objects.filter(dossier=late, order=1).update(due_at=long_ago)
    before = part(short)
    moved(cast)

    assert (part(short), part(late)) == (before, long_ago)


@db
def test_of_a_batch_all_parts_are_asked_for_and_written_at_once(cast: Cast) -> None:
    for _ in range(3):
        shared(cast, 4)
    number = counted(cast, storm(cast, STORM.date()))
    agreed(cast, number)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        recounting.move_recount(number)

    told = [query["sql"] for query in asked if "dossiers_station" in query["sql"]]
    assert [text.split()[0] for text in told] == ["SELECT", "UPDATE"]


@db
def test_an_earlier_date_pulls_the_step_of_mai_in(cast: Cast) -> None:
    dossier = until(running(cast), STORM)
    friday = datetime(2026, 11, 27, 16, tzinfo=HANOI)
    decide(approving.grant, cast.binh, ask_date(cast.mai, dossier, friday))

    dossier.refresh_from_db()
    last = latest(MONDAY, friday, calendar_of(dossier))
    assert (dossier.due_at, dossier.step_due_at) == (friday, last)
    assert dossier.tasks.get(done_at=None).due_at == dossier.step_due_at


@db
def test_no_date_is_moved_before_the_end_that_another_unit_was_given(cast: Cast) -> None:
    dossier = shared(cast, 4)
    with pytest.raises(Refused) as early:
        ask_date(cast.mai, dossier, datetime(2026, 11, 27, 16, tzinfo=HANOI))

    assert why_not(early) == ["parts_after"]
    assert "Văn phòng" in early.value.reasons[0].text
