"""Counting working time: single days and hours, and what holds on any calendar."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.workdays import rules
from motcua.workdays.tests.ground import CAL, at, calendars, limits, moments
from motcua.workdays.types import (
    Method,
    Standing,
    TimeLimit,
    Unit,
    WorkCalendar,
    YearNotConfigured,
)

patiently = settings(deadline=None)  # the machine may be busy

SWAPPED = WorkCalendar(
    CAL.years, CAL.days_off | {date(2026, 8, 31)}, frozenset({date(2026, 8, 22)})
)


def days(count: int) -> TimeLimit:
    return TimeLimit(count, Unit.WORKING_DAY, Method.DAY)


def test_a_swapped_saturday_is_worked_and_its_monday_is_not() -> None:
    assert rules.due_at(at(21, 8), days(1), SWAPPED) == at(22, 8, 17, 30)
    assert rules.due_at(at(28, 8), days(1), SWAPPED) == at(3, 9, 17, 30)


def test_eight_hours_a_day_keeps_the_hour_of_acceptance() -> None:
    limit = TimeLimit(2, Unit.WORKING_DAY, Method.DAY_AS_8H)

    assert rules.due_at(at(20, 11, 10), limit, CAL) == at(25, 11, 10)


def test_calendar_days_that_end_on_a_rest_day_end_on_the_next_working_day() -> None:
    limit = TimeLimit(2, Unit.CALENDAR_DAY)

    assert rules.due_at(at(19, 11), limit, CAL) == at(23, 11, 17, 30)
    assert rules.due_at(at(22, 4), TimeLimit(5, Unit.CALENDAR_DAY), CAL) == at(28, 4, 17, 30)


def test_a_month_ends_on_the_same_day_or_the_last_one_of_a_shorter_month() -> None:
    assert rules.due_at(at(30, 1), TimeLimit(1, Unit.MONTH), CAL) == at(2, 3, 17, 30)
    assert rules.due_at(at(9, 12), TimeLimit(1, Unit.MONTH), CAL) == at(11, 1, 17, 30, 2027)


def test_in_the_day_means_today_until_three_and_tomorrow_after() -> None:
    limit = TimeLimit(0, Unit.WORKING_DAY, Method.IN_DAY)

    assert rules.due_at(at(20, 11, 15, 0), limit, CAL) == at(20, 11, 17, 30)
    assert rules.due_at(at(20, 11, 15, 1), limit, CAL) == at(23, 11, 17, 30)
    assert rules.due_at(at(21, 11, 8, 0), limit, CAL) == at(23, 11, 17, 30)


def test_what_comes_in_at_night_counts_from_the_next_working_morning() -> None:
    assert rules.counted_from(at(20, 11, 20), CAL) == at(23, 11, 7, 30)
    assert rules.counted_from(at(23, 11, 12), CAL) == at(23, 11, 13, 30)
    assert rules.counted_from(at(23, 11, 6), CAL) == at(23, 11, 7, 30)


def test_a_result_is_early_on_time_or_late_against_its_date() -> None:
    due = at(26, 11, 17, 30)

    assert rules.standing(due, at(25, 11, 23, 59)) is Standing.EARLY
    assert rules.standing(due, at(26, 11, 8)) is Standing.ON_TIME
    assert rules.standing(due, at(26, 11, 17, 31)) is Standing.LATE
    assert rules.running(due, due) is Standing.IN_TIME
    assert rules.running(due, at(26, 11, 17, 31)) is Standing.OVERDUE


def test_no_date_is_promised_in_a_year_nobody_entered() -> None:
    with pytest.raises(YearNotConfigured) as alarm:
        rules.due_at(at(30, 12, year=2028), days(5), CAL)

    assert alarm.value.year == 2029
    assert "2029" in alarm.value.reasons[0].text
    with pytest.raises(YearNotConfigured):
        rules.add_working_hours(at(31, 12, 16, year=2028), 8, CAL)
    with pytest.raises(YearNotConfigured):
        rules.due_at(at(1, 6, year=2024), days(1), CAL)


def test_working_time_left_is_negative_once_the_date_has_gone_by() -> None:
    due = at(25, 11, 11, 30)

    assert rules.working_time_left(at(23, 11, 16, 30), due, CAL) == timedelta(hours=5)
    assert rules.working_time_left(at(25, 11, 15, 30), due, CAL) == timedelta(hours=-2)


@patiently
@given(moments, st.integers(1, 60), calendars)
def test_a_longer_limit_is_never_due_earlier(
    start: datetime, count: int, calendar: WorkCalendar
) -> None:
    assert rules.due_at(start, days(count + 1), calendar) > rules.due_at(
        start, days(count), calendar
    )


@patiently
@given(moments, st.timedeltas(timedelta(0), timedelta(days=3)), limits, calendars)
def test_who_comes_later_is_never_served_earlier(
    start: datetime, wait: timedelta, limit: TimeLimit, calendar: WorkCalendar
) -> None:
    assert rules.due_at(start + wait, limit, calendar) >= rules.due_at(start, limit, calendar)


@patiently
@given(moments, st.integers(1, 400), calendars)
def test_the_hours_that_were_added_are_the_hours_that_are_left(
    start: datetime, hours: int, calendar: WorkCalendar
) -> None:
    due = rules.add_working_hours(start, hours, calendar)

    assert rules.working_time_left(start, due, calendar) == timedelta(hours=hours)


@patiently
@given(moments, st.integers(0, 60), calendars)
def test_the_prefix_sums_agree_with_counting_on_fingers(
    start: datetime, count: int, calendar: WorkCalendar
) -> None:
    day, left = start.date(), count
    while left:
        day += timedelta(days=1)
        left -= calendar.is_open(day)

    assert rules.add_workdays(start.date(), count, calendar) == day
