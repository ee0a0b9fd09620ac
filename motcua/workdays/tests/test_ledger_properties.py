"""What holds for every clock on every calendar: hypothesis tells the stories."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.by_hand import due_by_hand
from motcua.core.errors import Refused
from motcua.workdays import rules
from motcua.workdays.tests.ground import (
    CAL,
    QUANG_NGAI,
    Story,
    at,
    calendars,
    gaps,
    limits,
    moments,
    some_days,
    stories,
)
from motcua.workdays.types import (
    ClockDeed,
    ClockEvent,
    ClockRule,
    Hours,
    LineKind,
    Method,
    Pause,
    TimeLimit,
    Unit,
    Waiting,
    WorkCalendar,
)

patiently = settings(deadline=None)  # the machine may be busy


@patiently
@given(moments, limits, calendars)
def test_the_look_ups_agree_with_counting_on_fingers(
    start: datetime, limit: TimeLimit, calendar: WorkCalendar
) -> None:
    assert rules.due_at(start, limit, calendar) == due_by_hand(start, limit, calendar)


@patiently
@given(moments, limits, calendars, gaps, gaps)
def test_a_pause_is_given_back_as_on_fingers(
    start: datetime, limit: TimeLimit, calendar: WorkCalendar, used: timedelta, wait: timedelta
) -> None:
    pause = Pause(start + used, start + used + wait)
    if pause.start < rules.due_at(start, limit, calendar):
        found = rules.due_at(start, limit, calendar, [pause])
        assert found == due_by_hand(start, limit, calendar, pause)


@patiently
@given(stories(), calendars)
def test_a_date_is_always_a_working_moment(story: Story, calendar: WorkCalendar) -> None:
    ledger = rules.fold(story.events, story.rule, calendar)

    for due in (ledger.due_at, ledger.original_due_at):
        if due:
            hour = due.replace(tzinfo=None).time()
            assert calendar.is_open(due.date())
            assert any(slot.start <= hour <= slot.end for slot in calendar.slots_on(due.date()))


@patiently
@given(stories(), calendars, some_days)
def test_one_more_holiday_never_brings_a_date_forward(
    story: Story, calendar: WorkCalendar, holiday: date
) -> None:
    more = replace(calendar, days_off=calendar.days_off | {holiday})
    ledger, later = (rules.fold(story.events, story.rule, each) for each in (calendar, more))

    assert (ledger.due_at is None) == (later.due_at is None)
    if ledger.due_at and later.due_at:
        assert later.due_at >= ledger.due_at
    if ledger.original_due_at and later.original_due_at:
        assert later.original_due_at >= ledger.original_due_at


@patiently
@given(stories(), calendars, st.data())
def test_a_pause_of_no_length_changes_nothing(
    story: Story, calendar: WorkCalendar, data: st.DataObject
) -> None:
    rule = replace(story.rule, on_supplement=Waiting.PAUSE)
    place = data.draw(st.integers(1, len(story.events)))
    before = story.events[:place]
    if before[-1].deed is ClockDeed.FINISH or _is_waiting(before):
        return
    moment = before[-1].at
    nothing = (
        ClockEvent(ClockDeed.ASK_SUPPLEMENT, moment),
        ClockEvent(ClockDeed.SUPPLEMENTED, moment),
    )

    with_it = rules.fold(before + nothing + story.events[place:], rule, calendar)

    assert with_it == rules.fold(story.events, rule, calendar)


def _is_waiting(events: tuple[ClockEvent, ...]) -> bool:
    deeds = [event.deed for event in events]
    return deeds.count(ClockDeed.ASK_SUPPLEMENT) > deeds.count(ClockDeed.SUPPLEMENTED)


@patiently
@given(stories(), calendars)
def test_what_judges_a_result_is_the_date_as_if_nobody_had_given_another(
    story: Story, calendar: WorkCalendar
) -> None:
    ungiven = [event for event in story.events if event.deed is not ClockDeed.NEW_DATE]
    ledger = rules.fold(story.events, story.rule, calendar)

    assert ledger.legal_due_at == rules.fold(ungiven, story.rule, calendar).due_at


@patiently
@given(stories(), calendars)
def test_the_lines_end_at_the_date_that_is_stored(story: Story, calendar: WorkCalendar) -> None:
    lines = rules.explain(story.events, story.rule, calendar)
    due = rules.fold(story.events, story.rule, calendar).due_at

    assert lines[0].kind is LineKind.START
    assert (lines[-1].kind is LineKind.DUE) == (due is not None)
    if due:
        assert lines[-1].at == due
    days = [line.day for line in lines[:-1]]
    assert days == sorted(days)


@patiently
@given(stories(dates=False), calendars)
def test_the_lines_add_up_to_the_limit(story: Story, calendar: WorkCalendar) -> None:
    lines = rules.explain(story.events, story.rule, calendar)
    if lines[-1].kind is not LineKind.DUE:
        return
    fresh = max(
        n for n, line in enumerate(lines) if line.kind in (LineKind.START, LineKind.RESTART)
    )

    counted = sum((line.counted for line in lines[fresh:]), Fraction(0))

    assert counted == lines[-1].so_far == _size(story.rule.limit, lines[fresh].at, calendar)


def _size(limit: TimeLimit | None, start: datetime | None, calendar: WorkCalendar) -> int:
    assert limit and start
    if limit.method == Method.IN_DAY:
        return 0
    if limit.unit == Unit.MONTH:
        begin = rules.counted_from(start, calendar).date()
        first = begin.replace(day=1)
        for _ in range(limit.value):
            first = (first + timedelta(days=31)).replace(day=1)
        following = (first + timedelta(days=31)).replace(day=1)
        return (
            min(first + timedelta(days=begin.day - 1), following - timedelta(days=1)) - begin
        ).days
    in_hours = limit.unit == Unit.WORKING_DAY and limit.method != Method.DAY
    return limit.value * (8 if in_hours else 1)


@patiently
@given(stories(dates=False), calendars, gaps)
def test_a_restart_is_the_count_again_from_the_day_of_full_papers(
    story: Story, calendar: WorkCalendar, wait: timedelta
) -> None:
    rule = replace(story.rule, on_supplement=Waiting.RESTART)
    events = story.events[:1]
    full = events[-1].at + wait
    asked = ClockEvent(ClockDeed.ASK_SUPPLEMENT, events[-1].at)
    answered = ClockEvent(ClockDeed.SUPPLEMENTED, full)

    ledger = rules.fold((*events, asked, answered), rule, calendar)

    assert rule.limit
    assert ledger.due_at == rules.due_at(full, rule.limit, calendar)


@patiently
@given(stories(), calendars, st.sampled_from(["UTC", "America/New_York", "Australia/Lord_Howe"]))
def test_the_zone_a_moment_is_written_in_changes_nothing(
    story: Story, calendar: WorkCalendar, name: str
) -> None:
    zone = ZoneInfo(name)
    elsewhere = tuple(
        replace(event, at=event.at.astimezone(zone), due=event.due and event.due.astimezone(zone))
        for event in story.events
    )

    assert rules.fold(elsewhere, story.rule, calendar) == rules.fold(
        story.events, story.rule, calendar
    )


@patiently
@given(stories(), calendars, st.data())
def test_a_clock_set_back_is_refused_until_it_is_steadied(
    story: Story, calendar: WorkCalendar, data: st.DataObject
) -> None:
    place = data.draw(st.integers(1, len(story.events)))
    jump = data.draw(st.timedeltas(timedelta(seconds=1), timedelta(hours=2)))
    events = [
        replace(event, at=event.at - jump) if n >= place else event
        for n, event in enumerate(story.events)
    ]
    steady = rules.steadied(events)

    assert all(one.at <= other.at for one, other in pairwise(steady))
    rules.fold(steady, story.rule, calendar)
    if list(steady) != events:
        assert any(event.recorded_at for event in steady)
        with pytest.raises(Refused, match="Sự kiện thứ"):
            rules.fold(events, story.rule, calendar)


@patiently
@given(stories(), calendars)
def test_a_stop_never_brings_a_date_forward(story: Story, calendar: WorkCalendar) -> None:
    rule = replace(story.rule, on_supplement=Waiting.PAUSE)
    for change in rules.fold(story.events, rule, calendar).changes:
        is_given = any(
            event.deed is ClockDeed.NEW_DATE and event.at == change.at for event in story.events
        )
        assert is_given or (change.old and change.new > change.old)


@patiently
@given(stories(), calendars, moments, gaps)
def test_a_new_date_stays_on_its_day_whenever_that_day_is_worked(
    story: Story, calendar: WorkCalendar, moment: datetime, wait: timedelta
) -> None:
    given_at = max(moment, story.events[0].at)
    letter = ClockEvent(ClockDeed.NEW_DATE, given_at, given_at + wait)

    due = rules.fold((story.events[0], letter), story.rule, calendar).due_at

    assert due and letter.due
    if calendar.is_open(letter.due.date()):
        assert due.date() == letter.due.date()
        assert due <= rules.closing(due.date(), calendar)
    else:
        assert due.date() > letter.due.date()


def test_hours_that_become_shorter_take_from_a_promise_its_last_minutes_and_not_its_day() -> None:
    shorter = replace(CAL, hours=(*CAL.hours, Hours(date(2026, 12, 1), QUANG_NGAI)))
    friday, morning = at(4, 12, 17, 30), at(4, 12, 6, 30)
    noon, rule = at(4, 12, 12), ClockRule(TimeLimit(10))

    for promised, kept in {
        friday: at(4, 12, 17), morning: at(4, 12, 7), noon: at(4, 12, 13, 30),
    }.items():  # fmt: skip
        letter = ClockEvent(ClockDeed.NEW_DATE, at(20, 11), promised)
        events = (ClockEvent(ClockDeed.START, at(9, 11)), letter)
        assert rules.fold(events, rule, shorter).due_at == kept
        assert rules.explain(events, rule, shorter)[-1].at == kept
