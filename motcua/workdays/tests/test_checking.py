"""Bad office hours and pauses are refused with the line that is wrong."""

from datetime import date, time

import pytest

from motcua.core.errors import Refused
from motcua.workdays import rules
from motcua.workdays.tests.ground import CAL, QUANG_NGAI, at
from motcua.workdays.types import (
    OFFICE_HOURS,
    Hours,
    Pause,
    Slot,
    TimeLimit,
    Unit,
    WorkCalendar,
)


def slots(*words: str) -> tuple[Slot, ...]:
    """“7:30-11:30” and so on."""
    found = []
    for word in words:
        start, end = (time.fromisoformat(f"{hour:0>5}") for hour in word.split("-"))
        found.append(Slot(start, end))
    return tuple(found)


@pytest.mark.parametrize("good", [OFFICE_HOURS, QUANG_NGAI, slots("8:00-16:00")])
def test_hours_in_order_that_come_to_eight_are_good(good: tuple[Slot, ...]) -> None:
    assert rules.hours_reasons(good) == []


@pytest.mark.parametrize(
    ("typed", "code", "line", "sentence"),
    [
        (("7:30-11:30", "11:00-15:00"), "slots_overlap", 2, "chồng lên dòng 1 (07:30–11:30)"),
        (("13:30-17:30", "7:30-11:30"), "slots_unordered", 2, "phải đứng trước dòng 1"),
        (("7:30-11:30", "17:30-13:30"), "slot_ends_before_start", 2, "sau giờ bắt đầu"),
        (("7:30-7:30", "8:00-16:00"), "slot_ends_before_start", 1, "Dòng 1 (07:30–07:30)"),
        (("7:30-11:30", "13:30-17:00"), "hours_not_eight", 2, "7 giờ 30 phút, phải đủ 8 giờ"),
        (("7:30-11:30", "13:30-18:00"), "hours_not_eight", 2, "8 giờ 30 phút"),
    ],
)
def test_the_line_that_is_wrong_is_named(
    typed: tuple[str, ...], code: str, line: int, sentence: str
) -> None:
    [reason] = rules.hours_reasons(slots(*typed))

    assert (reason.code, reason.field) == (code, f"slots.{line}")
    assert sentence in reason.text


def test_a_day_without_hours_is_no_working_day() -> None:
    assert [reason.code for reason in rules.hours_reasons(())] == ["hours_empty"]


def test_saturday_morning_need_not_come_to_eight_hours_but_may_not_overlap() -> None:
    assert rules.slot_reasons(slots("7:30-11:30")) == []
    assert [r.code for r in rules.slot_reasons(slots("7:30-9:30", "9:00-11:30"))] == [
        "slots_overlap"
    ]


def test_a_pause_that_ends_before_it_starts_is_refused_by_its_number() -> None:
    pauses = [Pause(at(10, 11), at(11, 11)), Pause(at(16, 11), at(13, 11))]

    with pytest.raises(Refused) as no:
        rules.due_at(at(9, 11), TimeLimit(10), CAL, pauses)

    [reason] = no.value.reasons
    assert (reason.code, reason.field) == ("pause_ends_before_start", "pauses.2")
    assert "Khoảng dừng thứ 2 kết thúc (09:00 13/11/2026)" in reason.text


def test_pauses_that_overlap_stop_the_clock_once() -> None:
    pauses = [Pause(at(12, 11), at(16, 11)), Pause(at(10, 11), at(13, 11))]

    assert rules.due_at(at(9, 11), TimeLimit(10), CAL, pauses) == rules.due_at(
        at(9, 11), TimeLimit(10), CAL, [Pause(at(10, 11), at(16, 11))]
    )


def test_office_hours_change_on_their_day_and_not_before() -> None:
    hours = (Hours(date.min, OFFICE_HOURS), Hours(date(2026, 11, 23), QUANG_NGAI))
    calendar = WorkCalendar(CAL.years, CAL.days_off, hours=hours)
    limit = TimeLimit(8, Unit.WORKING_HOUR)

    assert rules.due_at(at(19, 11), TimeLimit(1), calendar) == at(20, 11, 17, 30)
    assert rules.due_at(at(20, 11), TimeLimit(1), calendar) == at(23, 11, 17)
    assert rules.due_at(at(20, 11, 16), limit, calendar) == at(23, 11, 15, 30)
    assert calendar.opening_on(date(2026, 11, 22)) == time(7, 30)
    assert calendar.opening_on(date(2026, 11, 23)) == time(7)


def test_saturday_reception_is_never_counted() -> None:
    hours = (Hours(date.min, OFFICE_HOURS, saturday=slots("7:30-11:30")),)
    calendar = WorkCalendar(CAL.years, CAL.days_off, hours=hours)

    assert rules.counted_from(at(21, 11), calendar) == at(23, 11, 7, 30)
    assert rules.due_at(at(21, 11), TimeLimit(8, Unit.WORKING_HOUR), calendar) == at(23, 11, 17, 30)
