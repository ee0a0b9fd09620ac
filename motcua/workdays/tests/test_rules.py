"""Counting working time: the vectors of requirements 6.5, and what holds on any calendar."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.workdays import rules
from motcua.workdays.types import (
    HANOI,
    Method,
    Pause,
    Standing,
    TimeLimit,
    Unit,
    WorkCalendar,
    YearNotConfigured,
)

OFF_2026 = {
    date(2026, 1, 1),
    *(date(2026, 2, d) for d in range(16, 21)),
    date(2026, 4, 27),
    date(2026, 4, 30),
    date(2026, 5, 1),
    date(2026, 9, 1),
    date(2026, 9, 2),
    date(2026, 11, 24),
}
CAL = WorkCalendar(frozenset({2026, 2027}), frozenset(OFF_2026))
SWAPPED = WorkCalendar(
    CAL.years, CAL.days_off | {date(2026, 8, 31)}, frozenset({date(2026, 8, 22)})
)


def at(day: int, month: int, hour: int = 9, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=HANOI)


def days(count: int) -> TimeLimit:
    return TimeLimit(count, Unit.WORKING_DAY, Method.DAY)


EIGHT_HOURS = TimeLimit(8, Unit.WORKING_HOUR, Method.HOUR)


@pytest.mark.parametrize(
    ("vector", "sent", "due"),
    [
        ("V1", at(20, 11, 16), at(23, 11, 16)),
        ("V2", at(21, 11, 9), at(23, 11, 17, 30)),
        ("V3", at(22, 11, 23, 10), at(23, 11, 17, 30)),
        ("V4", at(23, 11, 12, 15), at(25, 11, 11, 30)),
        ("V5", at(23, 11, 15, 30), at(25, 11, 15, 30)),
    ],
)
def test_eight_working_hours_run_over_lunch_weekends_and_holidays(
    vector: str, sent: datetime, due: datetime
) -> None:
    assert rules.due_at(sent, EIGHT_HOURS, CAL) == due
    assert rules.add_working_hours(sent, 8, CAL) == due


@pytest.mark.parametrize(
    ("vector", "accepted", "limit", "due"),
    [
        ("V6", at(20, 11), 3, at(26, 11, 17, 30)),
        ("V7", at(23, 11), 3, at(27, 11, 17, 30)),
        ("V8", at(23, 11), 5, at(1, 12, 17, 30)),
        ("V9", at(23, 11), 15, at(15, 12, 17, 30)),
        ("V10", at(13, 2), 5, at(27, 2, 17, 30)),
        ("V11", at(24, 4), 3, at(4, 5, 17, 30)),
        ("V12", at(28, 8), 5, at(8, 9, 17, 30)),
        ("V13", at(9, 11), 10, at(23, 11, 17, 30)),
        ("V14", at(16, 11), 10, at(1, 12, 17, 30)),
    ],
)
def test_the_day_of_acceptance_does_not_count_and_the_last_day_ends_at_closing(
    vector: str, accepted: datetime, limit: int, due: datetime
) -> None:
    assert rules.due_at(accepted, days(limit), CAL) == due


def test_v15_a_pause_adds_the_working_days_it_swallowed() -> None:
    pause = Pause(at(11, 11), at(16, 11))

    assert rules.due_at(at(9, 11), days(10), CAL, [pause]) == at(27, 11, 17, 30)


def test_v16_the_letter_of_apology_leaves_a_working_day_before() -> None:
    assert rules.apology_by(at(27, 11, 17, 30), CAL) == at(26, 11, 17, 30)


def test_v17_after_three_in_the_afternoon_papers_are_handed_over_next_morning() -> None:
    assert rules.transfer_by(at(23, 11, 15, 20), CAL) == at(25, 11, 7, 30)
    assert rules.transfer_by(at(23, 11, 15, 0), CAL) == at(23, 11, 17, 30)


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
        rules.due_at(at(30, 12, year=2027), days(5), CAL)

    assert alarm.value.year == 2028
    assert "2028" in alarm.value.reasons[0].text
    with pytest.raises(YearNotConfigured):
        rules.add_working_hours(at(31, 12, 16, year=2027), 8, CAL)
    with pytest.raises(YearNotConfigured):
        rules.due_at(at(1, 6, year=2024), days(1), CAL)


def test_working_time_left_is_negative_once_the_date_has_gone_by() -> None:
    due = at(25, 11, 11, 30)

    assert rules.working_time_left(at(23, 11, 16, 30), due, CAL) == timedelta(hours=5)
    assert rules.working_time_left(at(25, 11, 15, 30), due, CAL) == timedelta(hours=-2)


moments = st.datetimes(datetime(2026, 1, 5), datetime(2026, 9, 1)).map(
    lambda naive: naive.replace(tzinfo=HANOI)
)
some_days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
calendars = st.builds(
    lambda off: WorkCalendar(CAL.years, CAL.days_off | off), st.frozensets(some_days, max_size=15)
)
limits = st.builds(
    TimeLimit,
    st.integers(0, 60),
    st.sampled_from([Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.WORKING_HOUR]),
    st.sampled_from([Method.DAY, Method.DAY_AS_8H, Method.IN_DAY]),
)


@given(moments, limits, calendars)
def test_a_due_moment_is_always_a_working_moment_after_the_start(
    start: datetime, limit: TimeLimit, calendar: WorkCalendar
) -> None:
    due = rules.due_at(start, limit, calendar)

    assert due >= start
    assert calendar.is_open(due.date())
    assert any(
        slot.start <= due.timetz().replace(tzinfo=None) <= slot.end
        for slot in calendar.slots_on(due.date())
    )


@given(moments, limits, calendars, some_days)
def test_one_more_holiday_never_makes_anything_due_earlier(
    start: datetime, limit: TimeLimit, calendar: WorkCalendar, holiday: date
) -> None:
    longer = WorkCalendar(calendar.years, calendar.days_off | {holiday})

    if limit.method != Method.IN_DAY:
        assert rules.due_at(start, limit, longer) >= rules.due_at(start, limit, calendar)


@given(moments, st.integers(1, 60), calendars)
def test_a_longer_limit_is_never_due_earlier(
    start: datetime, count: int, calendar: WorkCalendar
) -> None:
    assert rules.due_at(start, days(count + 1), calendar) > rules.due_at(
        start, days(count), calendar
    )


@given(moments, st.timedeltas(timedelta(0), timedelta(days=3)), limits, calendars)
def test_who_comes_later_is_never_served_earlier(
    start: datetime, wait: timedelta, limit: TimeLimit, calendar: WorkCalendar
) -> None:
    assert rules.due_at(start + wait, limit, calendar) >= rules.due_at(start, limit, calendar)


@given(moments, st.integers(1, 400), calendars)
def test_the_hours_that_were_added_are_the_hours_that_are_left(
    start: datetime, hours: int, calendar: WorkCalendar
) -> None:
    due = rules.add_working_hours(start, hours, calendar)

    assert rules.working_time_left(start, due, calendar) == timedelta(hours=hours)


@given(moments, st.integers(0, 60), calendars)
def test_the_prefix_sums_agree_with_counting_on_fingers(
    start: datetime, count: int, calendar: WorkCalendar
) -> None:
    day, left = start.date(), count
    while left:
        day += timedelta(days=1)
        left -= calendar.is_open(day)

    assert rules.add_workdays(start.date(), count, calendar) == day
