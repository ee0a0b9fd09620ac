"""The clock where clocks are got wrong: at lunch, over Tết, and from one year into the next."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.by_hand import due_by_hand
from motcua.workdays import rules
from motcua.workdays.tests.ground import (
    CAL,
    TET,
    Story,
    around_tet,
    at,
    at_lunch,
    at_year_end,
    calendars,
    gaps,
    in_tet,
    limits,
    office_hours,
    stories,
)
from motcua.workdays.types import (
    ClockDeed,
    ClockEvent,
    ClockRule,
    Pause,
    TimeLimit,
    Unit,
    Waiting,
    WorkCalendar,
    YearNotConfigured,
)

patiently = settings(deadline=None)
DAY = timedelta(days=1)
EDGES = {"lunch": at_lunch, "Tết": around_tet, "the end of the year": at_year_end}
worked_limits = limits.filter(lambda limit: limit.unit in (Unit.WORKING_DAY, Unit.WORKING_HOUR))
houses = office_hours.map(lambda hours: replace(CAL, hours=hours))  # closed on the days of 2026


def due(calendar: WorkCalendar, limit: TimeLimit, *moments: datetime) -> datetime | None:
    """The date of a clock that starts, and is stopped and set going again in turn."""
    deeds = (ClockDeed.START, ClockDeed.ASK_SUPPLEMENT, ClockDeed.SUPPLEMENTED)
    events = [ClockEvent(*said) for said in zip(deeds, moments, strict=False)]
    return rules.fold(events, ClockRule(limit, Waiting.PAUSE, Waiting.PAUSE), calendar).due_at


@pytest.mark.parametrize("edge", EDGES)
def test_the_look_ups_agree_there_with_counting_on_fingers(edge: str) -> None:
    @patiently
    @given(EDGES[edge], limits, calendars, gaps, gaps)
    def agree(
        start: datetime, limit: TimeLimit, calendar: WorkCalendar, used: timedelta, wait: timedelta
    ) -> None:
        found, pause = (
            rules.due_at(start, limit, calendar),
            Pause(start + used, start + used + wait),
        )
        assert found == due_by_hand(start, limit, calendar)
        if pause.start < found:
            paused = rules.due_at(start, limit, calendar, [pause])
            assert paused == due_by_hand(start, limit, calendar, pause)

    agree()


@pytest.mark.parametrize("edge", EDGES)
def test_whatever_begins_there_is_promised_for_a_working_moment_after_it(edge: str) -> None:
    @patiently
    @given(stories(starts=EDGES[edge]), calendars)
    def is_worked(story: Story, calendar: WorkCalendar) -> None:
        found = rules.fold(story.events, story.rule, calendar).original_due_at
        assert found is not None
        assert found >= rules.counted_from(story.events[0].at, calendar) > story.events[0].at - DAY
        assert calendar.is_open(found.date())
        hour = found.time()
        assert any(slot.start <= hour <= slot.end for slot in calendar.slots_on(found.date()))

    is_worked()


@patiently
@given(at_lunch, limits, houses)
def test_what_is_brought_at_lunch_counts_from_the_afternoon(
    lunch: datetime, limit: TimeLimit, calendar: WorkCalendar
) -> None:
    afternoon = lunch.replace(hour=13, minute=30, second=0, microsecond=0)

    assert due(calendar, limit, lunch) == due(calendar, limit, afternoon)


@patiently
@given(at_lunch, worked_limits, houses, st.timedeltas(timedelta(), timedelta(days=9)))
def test_papers_that_come_within_the_lunch_they_were_asked_for_in_give_nothing_back(
    lunch: datetime, limit: TimeLimit, calendar: WorkCalendar, before: timedelta
) -> None:
    start = max(lunch - before, at(1, 1, 0))  # no calendar reaches further back
    end = lunch.replace(hour=13, minute=29, second=59)

    assert due(calendar, limit, start, lunch, end) == due(calendar, limit, start)


@patiently
@given(in_tet, limits, houses)
def test_what_is_brought_at_tet_counts_from_the_first_morning_after_it(
    moment: datetime, limit: TimeLimit, calendar: WorkCalendar
) -> None:
    morning = rules.opening(at(23, 2).date(), calendar)

    assert due(calendar, limit, moment) == due(calendar, limit, morning)


@patiently
@given(around_tet, in_tet, in_tet, worked_limits, houses)
def test_what_was_waited_for_at_tet_only_is_not_waited_for(
    start: datetime, one: datetime, other: datetime, limit: TimeLimit, calendar: WorkCalendar
) -> None:
    asked, answered = sorted((one, other))
    start = min(start, asked)

    assert due(calendar, limit, start, asked, answered) == due(calendar, limit, start)


def test_tet_is_a_run_of_nine_days_that_no_working_limit_ends_in() -> None:
    days = [TET[0].date() + timedelta(days=n) for n in range(9)]
    assert not any(CAL.is_open(day) for day in days)
    for working_days in range(6):
        found = due(CAL, TimeLimit(working_days), at(12, 2, 9))
        assert found
        assert found.date() not in days


@patiently
@given(at_year_end, st.integers(2, 30), houses)
def test_a_limit_from_the_last_days_of_a_year_ends_in_january_or_later_of_the_next(
    start: datetime, days: int, calendar: WorkCalendar
) -> None:
    found = due(calendar, TimeLimit(days + 1), start)

    assert found
    assert found.year == 2027
    assert (
        rules.workdays_between(rules.counted_from(start, calendar).date(), found.date(), calendar)
        == days + 1
    )


@patiently
@given(st.sampled_from([0, 999_999]), limits, houses)
def test_what_is_brought_in_the_last_second_of_a_year_counts_from_the_first_morning_of_the_next(
    fraction: int, limit: TimeLimit, calendar: WorkCalendar
) -> None:
    last = at(31, 12, 23, 59).replace(second=59, microsecond=fraction)
    day = next(d for n in range(1, 9) if calendar.is_open(d := (last + n * DAY).date()))

    assert day.year == 2027
    assert due(calendar, limit, last) == due(calendar, limit, rules.opening(day, calendar))


@patiently
@given(at_year_end, st.timedeltas(timedelta(days=3), timedelta(days=40)), worked_limits, houses)
def test_a_wait_over_new_year_is_given_back_in_the_new_year(
    asked: datetime, wait: timedelta, limit: TimeLimit, calendar: WorkCalendar
) -> None:
    start = at(28, 12, 8)
    pause = Pause(asked, asked + wait)
    plain = due(calendar, limit, start)
    assert plain
    if pause.start < plain:
        found = due(calendar, limit, start, pause.start, pause.end)
        assert found == due_by_hand(start, limit, calendar, pause)
        assert found.year == 2027


@patiently
@given(at_year_end, st.integers(3, 30), houses)
def test_into_a_year_nobody_has_entered_no_date_is_promised(
    start: datetime, days: int, calendar: WorkCalendar
) -> None:
    with pytest.raises(YearNotConfigured):
        due(replace(calendar, years=frozenset({2026})), TimeLimit(days), start)
