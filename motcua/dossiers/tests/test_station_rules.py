"""A plan of interlinked settling: what is refused, line by line, and whose turn it is."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.rules.stations import (
    needs_of,
    one_after_another,
    past_the_date,
    plan_reasons,
    ready,
    still_open,
)
from motcua.dossiers.stations import (
    Per,
    Planned,
    StationState,
    Told,
    limit_text,
    state_of,
    told_text,
)

LEAD, PLACES = 100, {n: f"Phòng {n}" for n in range(1, 9)}
NOON = datetime(2026, 11, 20, 5, tzinfo=UTC)


def member(unit: int, *needs: int, amount: int = 2, per: str = Per.DAY) -> Planned:
    return Planned(unit, "Xác nhận", amount, per, needs=frozenset(needs))


def lead(*needs: int) -> Planned:
    return Planned(LEAD, "Tổng hợp", 1, Per.DAY, is_lead=True, needs=frozenset(needs))


def said(plan: dict[int, Planned]) -> list[tuple[str, str]]:
    return [(reason.code, reason.field) for reason in plan_reasons(plan, PLACES, LEAD)]


def test_a_sound_plan_is_not_refused() -> None:
    assert said({1: member(1), 2: member(2, 1), 3: lead()}) == []


@pytest.mark.parametrize(
    ("plan", "code", "field"),
    [
        ({}, "nobody_planned", "unit-1"),
        ({1: lead()}, "nobody_planned", "unit-1"),
        ({1: member(1), 2: member(2)}, "lead_missing", "role-2"),
        ({1: member(1), 2: lead(), 3: lead()}, "lead_twice", "role-3"),
        ({1: member(1), 2: member(77), 3: lead()}, "unit_unknown", "unit-2"),
        ({1: member(1), 2: member(1), 3: lead()}, "unit_twice", "unit-2"),
        ({1: member(LEAD), 2: lead()}, "lead_as_member", "unit-1"),
        ({1: member(1, amount=0), 2: lead()}, "limit_missing", "amount-1"),
        ({1: member(1, amount=91), 2: lead()}, "limit_missing", "amount-1"),
        ({1: member(1, per=""), 2: lead()}, "limit_unit_missing", "per-1"),
        ({1: member(1, 1), 2: lead()}, "need_wrong", "needs-1"),
        ({1: member(1, 9), 2: lead()}, "need_wrong", "needs-1"),
        ({1: member(1, 2), 2: lead()}, "need_wrong", "needs-1"),
        ({1: member(1, 2), 2: member(2, 1), 3: lead()}, "needs_ring", "needs-1"),
        ({1: member(1), 2: member(2, 3), 3: member(3, 2), 4: lead()}, "needs_ring", "needs-2"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(
    plan: dict[int, Planned], code: str, field: str
) -> None:
    found = said(plan)
    assert (code, field) in found
    number = field.split("-")[1]
    texts = [r.text for r in plan_reasons(plan, PLACES, LEAD) if r.field == field]
    assert code == "nobody_planned" or any(f"Dòng {number}" in text for text in texts)


def test_a_lead_that_is_not_who_settles_is_refused() -> None:
    elsewhere = Planned(5, "Tổng hợp", 1, Per.DAY, is_lead=True)
    assert ("lead_elsewhere", "unit-2") in said({1: member(1), 2: elsewhere})


def test_a_ring_names_its_lines_and_not_those_that_wait_for_it() -> None:
    plan = {1: member(1, 2), 2: member(2, 1), 3: member(3, 1), 4: lead()}
    (reason,) = plan_reasons(plan, PLACES, LEAD)
    assert "dòng 1, dòng 2 chờ nhau" in reason.text


def test_a_line_may_wait_for_one_that_has_begun_before() -> None:
    assert plan_reasons({3: member(3, 1), 4: lead()}, PLACES, LEAD, {1, 2}, [1, 2]) == []
    twice = plan_reasons({3: member(1), 4: lead()}, PLACES, LEAD, {1, 2}, [1, 2])
    assert [reason.code for reason in twice] == ["unit_twice"]


# any plan in which a line waits for earlier ones only, whatever order those are told in
plans = st.integers(2, 7).flatmap(
    lambda size: st.tuples(
        *[st.frozensets(st.integers(1, n - 1) if n > 1 else st.nothing()) for n in range(1, size)]
    )
)


def _plan(needs: tuple[frozenset[int], ...]) -> dict[int, Planned]:
    lines = {n: member(n, *wanted) for n, wanted in enumerate(needs, start=1)}
    return lines | {len(needs) + 1: lead()}


@given(plans)
def test_a_plan_without_a_ring_always_comes_to_its_lead_last(
    needs: tuple[frozenset[int], ...],
) -> None:
    plan = _plan(needs)
    assert said(plan) == []
    waits, over, order = needs_of(plan), set[int](), list[int]()
    while begun := ready(waits, over, over):
        assert all(waits[n] <= over for n in begun)
        order += begun
        over |= set(begun)
    assert sorted(order) == sorted(plan)
    assert order[-1] == max(plan)


@given(plans, st.data())
def test_closing_a_plan_into_a_ring_is_always_seen(
    needs: tuple[frozenset[int], ...], data: st.DataObject
) -> None:
    plan = _plan(needs)
    last = max(plan)
    first, second = 1, data.draw(st.integers(1, last - 1))
    if second == first:
        return
    plan[first] = member(first, second)
    plan[second] = member(second, *needs[second - 1], first)
    assert "needs_ring" in [code for code, _ in said(plan)]


@given(plans)
def test_on_paper_one_begins_at_a_time(needs: tuple[frozenset[int], ...]) -> None:
    plan = one_after_another(_plan(needs))
    waits, over = needs_of(plan), set[int]()
    while begun := ready(waits, over, over):
        assert len(begun) == 1
        over |= set(begun)
    assert over == set(plan)


def test_what_ends_after_the_result_is_due_is_refused_while_that_is_ahead() -> None:
    ends = {1: NOON, 2: NOON + timedelta(days=2)}
    due = NOON + timedelta(days=1)
    (reason,) = past_the_date(ends, due, NOON - timedelta(hours=1))
    assert reason.field == "amount-2"
    assert past_the_date(ends, due, due + timedelta(hours=1)) == []
    assert past_the_date(ends, None, NOON) == []


def test_nothing_is_proposed_while_a_part_is_open() -> None:
    assert still_open([]) == []
    assert "Phòng 1; Phòng 2" in still_open(["Phòng 1", "Phòng 2"])[0].text


def test_a_station_waits_runs_is_late_is_done() -> None:
    day, after = timedelta(days=1), NOON + timedelta(days=2)
    assert state_of(None, None, None, None, NOON) is StationState.WAITING
    assert state_of(NOON, NOON + day, None, None, NOON) is StationState.RUNNING
    assert state_of(NOON, NOON + day, None, None, after) is StationState.LATE
    assert state_of(NOON, NOON + day, after, after, after) is StationState.DONE
    assert state_of(NOON, NOON + day, None, after, after) is StationState.CLOSED


def test_the_applicant_reads_one_sentence() -> None:
    told = [
        Told("Sở A", StationState.DONE, datetime(2026, 11, 12, tzinfo=UTC)),
        Told("xã B", StationState.RUNNING, datetime(2026, 11, 20, tzinfo=UTC)),
        Told("Phòng C", StationState.WAITING, None),
        Told("Phòng D", StationState.CLOSED, None),
    ]
    assert told_text(told) == (
        "Đang giải quyết liên thông: Sở A (xong 12/11), xã B (đang làm, đến 20/11), "
        "Phòng C (chờ đến lượt)"
    )
    assert told_text([]) == ""
    assert limit_text(8, Per.HOUR) == "8 giờ làm việc"
