"""Figures of the year, written with every step, are what a count of the dossiers gives."""

import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.core.actors import Actor
from motcua.dossiers import statistics
from motcua.dossiers.models import Dossier, YearCount
from motcua.dossiers.models.rollups import Place, count_year, counted
from motcua.dossiers.statistics import Figures
from motcua.dossiers.types import Channel
from motcua.dossiers.workflow import CLOSED, TRANSITIONS, Status, Step
from motcua.procedures.queries import published_terms
from motcua.testing.by_hand import by_hand
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH, a_dossier
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
AUTUMN = datetime(2026, 9, 1, 8, tzinfo=HANOI)
LAST_SECOND = datetime(2026, 12, 31, 23, 59, 59, tzinfo=HANOI)


def a_row(cast: Cast, channel: str = Channel.ONLINE, at: datetime = AUTUMN) -> Dossier:
    """A draft without form or papers: these stories are about what steps count."""
    return Dossier.objects.create(
        reference=f"T-{uuid.uuid4().hex[:16]}", applicant={}, agency=cast.ward, channel=channel,
        procedure_version_id=published_terms(BIRTH).version_id, procedure_code=BIRTH,
        created_at=at, changed_at=at, since_at=at,
    )  # fmt: skip


def step_on(dossier: Dossier, step: Step, at: datetime, **changes: Any) -> None:
    """Take a step as somebody who may, with what acceptance and issue write."""
    here = Status(dossier.status)
    row = next(r for r in TRANSITIONS if r.step is step and here in r.sources)
    if row.target is Status.ACCEPTED and dossier.accepted_at is None:
        due = at + timedelta(days=3)
        changes = {"accepted_at": at, "due_at": due, "legal_due_at": due} | changes
    if row.target is Status.RESULT_READY:
        changes = {"accepted_at": dossier.accepted_at or at, "finished_at": at} | changes
    dossier.take(step, by=Actor(sorted(row.roles)[0], "post:1", "Ai đó"), at=at, **changes)


def figures(cast: Cast, year: int) -> Figures:
    return statistics.of_agency(cast.ward.pk, year)


@contextmanager
def thrown_away() -> Iterator[None]:
    """One example of hypothesis, without a trace for the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


WAY = (Step.SUBMIT, Step.ACCEPT, Step.TRANSFER, Step.ASSIGN, Step.PROPOSE, Step.DECIDE, Step.ISSUE)


def led(dossier: Dossier, steps: tuple[Step, ...], at: datetime, **changes: Any) -> Dossier:
    for step in steps:
        step_on(dossier, step, at, **(changes if step is Step.ACCEPT else {}))
    return dossier


def test_the_dossiers_of_the_cast_are_counted_by_real_actions(cast: Cast) -> None:
    for status in (Status.DRAFT, Status.SUBMITTED, Status.REJECTED, Status.WITHDRAWN):
        a_dossier(cast, status)
    assert YearCount.objects.count() == 0
    year = a_dossier(cast, Status.ACCEPTED).created_at.astimezone(HANOI).year
    a_dossier(cast, Status.EXAMINING, channel=Channel.COUNTER)
    a_dossier(cast, Status.DELIVERED)
    assert figures(cast, year) == Figures(
        received=3, received_online=2, solved=1, solved_online=1, on_time=1, on_time_online=1,
        waiting=2,
    )  # fmt: skip
    units = {line.name: line.figures.received for line in statistics.of_units(cast.ward.pk, year)}
    assert units == {cast.hung.unit.name: 1, cast.hoa.unit.name: 2}
    assert statistics.differences() == []


@pytest.mark.parametrize("status", Status)
def test_whatever_way_a_dossier_went_it_is_counted_where_it_stands(
    cast: Cast, status: Status
) -> None:
    dossier = a_dossier(cast, status)
    assert statistics.differences() == []
    received = figures(cast, dossier.changed_at.astimezone(HANOI).year).received
    assert received == (dossier.accepted_at is not None)


def test_received_in_the_last_second_of_a_year_and_solved_in_the_next(cast: Cast) -> None:
    dossier = led(a_row(cast), WAY[:2], LAST_SECOND, legal_due_at=LAST_SECOND)
    led(dossier, WAY[2:], LAST_SECOND + timedelta(seconds=1))

    assert figures(cast, 2026) == Figures(received=1, received_online=1, waiting=1)
    assert figures(cast, 2027) == Figures(solved=1, solved_online=1, late=1, late_online=1)
    assert statistics.years() == [2027, 2026]
    assert statistics.differences() == []


def test_the_date_of_the_law_decides_who_was_on_time(cast: Cast) -> None:
    late = AUTUMN + timedelta(days=9)
    moved = led(a_row(cast, Channel.COUNTER), WAY[:2], AUTUMN, due_at=late + timedelta(days=9))
    led(moved, WAY[2:], late)
    led(led(a_row(cast), WAY[:2], AUTUMN, legal_due_at=late), WAY[2:], late)  # the last moment
    without = {"due_at": None, "legal_due_at": None}
    led(led(a_row(cast), WAY[:2], AUTUMN, **without), WAY[2:], late)

    found = figures(cast, 2026)
    assert (found.solved, found.on_time, found.late, found.waiting) == (3, 1, 1, 0)
    assert (found.percent, found.percent_online) == ("50\u00a0%", "100\u00a0%")
    assert statistics.differences() == []


@pytest.mark.parametrize("finished_at", [None, AUTUMN])
def test_a_dossier_that_ended_without_a_result_is_neither_solved_nor_waiting(
    cast: Cast, finished_at: datetime | None
) -> None:
    dossier = led(a_row(cast), WAY[:2], AUTUMN)
    was = counted(dossier)
    dossier.status, dossier.changed_at = Status.WITHDRAWN, LAST_SECOND + timedelta(seconds=1)
    dossier.finished_at = finished_at
    with by_hand():
        dossier.save()
    count_year(was, counted(dossier))

    assert figures(cast, 2026) == Figures(received=1, received_online=1, waiting=1)
    assert figures(cast, 2027) == Figures()
    assert YearCount.objects.get(year=2027).closed == 1
    assert statistics.differences() == []


def test_what_came_from_another_system_came_in_electronically(cast: Cast) -> None:
    for channel in Channel:
        led(a_row(cast, channel), WAY[:2], AUTUMN)
    assert (figures(cast, 2026).received, figures(cast, 2026).received_online) == (4, 2)


def test_a_percentage_is_never_rounded_up(cast: Cast) -> None:
    assert Figures(on_time=9999, late=1).percent == "99,9\u00a0%"
    assert Figures(on_time=3).percent == "100\u00a0%"
    assert Figures(solved=3).percent == ""


MOVES = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 99), st.integers(0, 60 * 24 * 40)), max_size=60
)


@given(MOVES)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_after_any_history_the_figures_are_a_raw_count(
    cast: Cast, moves: list[tuple[int, int, int]]
) -> None:
    units = (cast.hung.unit_id, cast.hoa.unit_id, None)
    with thrown_away():
        dossiers = [a_row(cast, channel) for channel in Channel]
        now = AUTUMN
        for which, choice, minutes in moves:
            now += timedelta(minutes=minutes)
            dossier = dossiers[which]
            open_steps = [r.step for r in TRANSITIONS if dossier.status in r.sources]
            if open_steps:
                unit = {"unit_id": units[choice % 3]} if dossier.accepted_at else {}
                step_on(dossier, open_steps[choice % len(open_steps)], now, **unit)
        assert statistics.differences() == []
        by_hand = _by_hand(dossiers)
        for year in (2026, 2027):
            found = figures(cast, year)
            assert (found.received, found.solved) == (by_hand["in", year], by_hand["out", year])
        assert figures(cast, 2030).waiting == by_hand["waiting"]


def _by_hand(dossiers: list[Dossier]) -> Counter[Any]:
    found: Counter[Any] = Counter()
    for dossier in dossiers:
        if dossier.accepted_at:
            found["in", dossier.accepted_at.year] += 1
            given_up = dossier.status in CLOSED and dossier.status != Status.DELIVERED
            found["waiting"] += not given_up and dossier.finished_at is None
            if dossier.finished_at and not given_up:
                found["out", dossier.finished_at.year] += 1
    return found


def test_two_who_move_dossiers_in_opposite_directions_take_the_rows_in_one_order(
    cast: Cast,
) -> None:
    here = Counter({(Place(cast.ward.pk, cast.hung.unit_id, 2026, "online"), "received"): 1})
    there = Counter({(Place(cast.ward.pk, cast.hoa.unit_id, 2026, "online"), "received"): 1})
    with CaptureQueriesContext(connection) as captured:
        count_year(here, there)
        count_year(there, here)
        count_year(here, here)
    orders = [
        [query["sql"].index(f"{cast.ward.pk}, {unit}, 2026") for unit in units]
        for query in captured
        for units in [sorted([cast.hung.unit_id, cast.hoa.unit_id])]
    ]
    assert len(orders) == 2
    assert all(order == sorted(order) for order in orders)


def test_figures_that_went_wrong_are_found_and_written_anew(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    led(a_row(cast), WAY, AUTUMN)
    led(a_row(cast), WAY[:2], AUTUMN)
    right = figures(cast, 2026)
    YearCount.objects.update(received=7)
    YearCount.objects.create(agency=cast.commune, year=2025, channel="post", solved=1)
    with pytest.raises(CommandError, match="2 dòng số liệu không khớp"):
        call_command("verify_statistics")
    assert "tiếp nhận ghi 7, đếm 2" in capsys.readouterr().out

    call_command("verify_statistics", rebuild=True)

    assert (figures(cast, 2026), statistics.years()) == (right, [2026])
