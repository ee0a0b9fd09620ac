"""What a draft of the calendar may ask for, line by line; and what becomes of it."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.workdays.rules import add_workdays, changes, reading
from motcua.workdays.types import OFFICE_HOURS, Hours, Slot
from motcua.workdays.types.changes import CalendarRows, Change, ChangeKind, OwnHours

OFF, SWAP, ORDINARY, ENTER, CONFIRM, HOURS = (
    ChangeKind.DAY_OFF, ChangeKind.SWAP_DAY, ChangeKind.ORDINARY,
    ChangeKind.ENTER, ChangeKind.CONFIRM, ChangeKind.HOURS,
)  # fmt: skip
TODAY = date(2026, 11, 22)
HOLIDAY = date(2026, 11, 24)
ROWS = CalendarRows({2026: True, 2027: False}, {HOLIDAY: "Ngày Văn hóa Việt Nam"})
EARLY = (Slot(time(7), time(11, 30)), Slot(time(13, 30), time(17)))


def told(*lines: Change, year: int = 2026, rows: CalendarRows = ROWS) -> list[str]:
    return [reason.text for reason in changes.objections(lines, rows, year, TODAY)]


def codes(*lines: Change, year: int = 2026) -> list[tuple[str, str]]:
    return [(r.field, r.code) for r in changes.objections(lines, ROWS, year, TODAY)]


def test_a_sound_draft_has_nothing_against_it() -> None:
    assert (
        told(
            Change(OFF, date(2026, 12, 31), "Nghỉ hoán đổi"),
            Change(SWAP, date(2026, 12, 26), "Làm bù cho ngày 31/12"),
            Change(ORDINARY, HOLIDAY),
            Change(HOURS, date(2026, 12, 1), owner="unit:3", slots=EARLY),
        )
        == []
    )


def test_each_line_that_is_wrong_is_named_by_its_number() -> None:
    assert told(
        Change(OFF, date(2026, 12, 1), "Nghỉ bão"),
        Change(OFF, date(2026, 11, 20), "Nghỉ bão"),
        Change(SWAP, date(2026, 12, 2), "Làm bù"),
        Change(ORDINARY, date(2026, 12, 1)),
        Change(OFF, date(2027, 1, 1), "Tết Dương lịch"),
    ) == [
        "Dòng 2: ngày 20/11/2026 đã qua, hồ sơ đã được tính theo lịch cũ.",
        "Dòng 3: ngày 02/12/2026 là ngày trong tuần; chỉ thứ Bảy, Chủ nhật mới làm bù.",
        "Dòng 4: ngày 01/12/2026 đã có ở dòng 1.",
        "Dòng 5: ngày 01/01/2027 không thuộc năm 2026.",
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (Change(OFF, date(2026, 12, 1)), "name_missing"),
        (Change(OFF, date(2026, 12, 1), "x" * 151), "too_long"),
        (Change(OFF, HOLIDAY, "Ngày Văn hóa Việt Nam"), "already_so"),
        (Change(ORDINARY, date(2026, 12, 1)), "ordinary_already"),
        (Change(CONFIRM, date(2026, 1, 1)), "year_confirmed"),
        (Change(ENTER, date(2026, 1, 1)), "year_known"),
        (Change(HOURS, TODAY, slots=EARLY), "hours_past"),
        (Change(HOURS, date(2026, 12, 1)), "slots_missing"),
        (Change(HOURS, date(2026, 12, 1), owner="unit:1", saturday=EARLY), "slots_missing"),
        (Change(HOURS, date(2026, 12, 1), slots=EARLY[:1]), "hours_not_eight"),
        (
            Change(HOURS, date(2026, 12, 1), slots=(EARLY[0], Slot(time(11), time(14, 30)))),
            "slots_overlap",
        ),
        (
            Change(HOURS, date(2026, 12, 1), slots=(Slot(time(17), time(7)),)),
            "slot_ends_before_start",
        ),
        (
            Change(HOURS, date(2026, 12, 1), slots=EARLY, saturday=(EARLY[0], EARLY[0])),
            "saturday_slots_overlap",
        ),
    ],
)
def test_a_line_that_makes_no_sense_is_refused(line: Change, code: str) -> None:
    assert codes(line) == [("line-1", code)]


def test_overlapping_hours_say_which_slot_overlaps_which() -> None:
    line = Change(HOURS, date(2026, 12, 1), slots=(EARLY[0], Slot(time(11), time(14, 30))))

    assert told(line) == [
        "Dòng 1: trong các khung giờ, khung 2 (11:00–14:30): chồng lên khung 1 (07:00–11:30)."
    ]


def test_a_year_nobody_entered_takes_no_days_before_it_is_entered() -> None:
    day = Change(OFF, date(2028, 1, 1), "Tết Dương lịch")

    assert codes(day, year=2028) == [("line-1", "year_not_configured")]
    assert codes(Change(CONFIRM, date(2028, 1, 1)), year=2028) == [
        ("line-1", "year_not_configured")
    ]
    assert codes(Change(ENTER, date(2028, 1, 1)), day, year=2028) == []
    assert codes(Change(ENTER, date(2025, 1, 1)), year=2025) == [("line-1", "year_past")]


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
lines = st.builds(
    Change, st.sampled_from([OFF, SWAP, ORDINARY]), days, st.text("abc", min_size=1, max_size=5)
)


@given(st.lists(lines, max_size=8))
def test_a_draft_nobody_objects_to_changes_just_its_days_and_no_day_gone_by(
    asked: list[Change],
) -> None:
    if told(*asked):
        return
    before, after = changes.calendar_from(ROWS), changes.calendar_from(changes.applied(ROWS, asked))
    day = date(2026, 1, 1)
    while day.year == 2026:
        if before.is_open(day) != after.is_open(day):
            assert day in {each.day for each in asked}
            assert day >= TODAY
        day += timedelta(days=1)


@given(days, st.dates(date(2026, 1, 1), date(2026, 10, 1)), st.integers(1, 15))
def test_one_more_day_off_never_brings_a_date_forward(off: date, start: date, count: int) -> None:
    more = changes.applied(ROWS, [Change(OFF, off, "Nghỉ")])

    before = add_workdays(start, count, changes.calendar_from(ROWS))

    assert add_workdays(start, count, changes.calendar_from(more)) >= before


@given(st.lists(lines, max_size=8))
def test_an_edition_keeps_the_calendar_to_the_letter(asked: list[Change]) -> None:
    rows = changes.applied(ROWS, [*asked, Change(HOURS, TODAY, owner="unit:3", slots=EARLY)])

    assert CalendarRows.from_json(rows.to_json()) == rows
    assert [Change.from_json(each.to_json()) for each in asked] == asked
    assert changes.changed(rows, rows) == []


def test_what_differs_between_two_calendars_is_told_in_words() -> None:
    after = changes.applied(
        ROWS,
        [
            Change(ORDINARY, HOLIDAY),
            Change(SWAP, date(2026, 12, 26), "Làm bù"),
            Change(CONFIRM, date(2027, 1, 1)),
            Change(HOURS, date(2027, 1, 1), slots=EARLY),
        ],
    )

    assert changes.changed(ROWS, after) == [
        "Năm 2027 đã xác nhận",
        "24/11/2026: nghỉ, Ngày Văn hóa Việt Nam → ngày thường",
        "26/12/2026: ngày thường → làm bù, Làm bù",
        "thêm giờ làm việc từ 01/01/2027: 07:00–11:30, 13:30–17:00",
    ]


def test_a_unit_works_by_its_own_hours_its_agencys_or_the_common_ones_through_time() -> None:
    rows = [
        OwnHours("", date(2026, 7, 1), OFFICE_HOURS, EARLY[:1]),
        OwnHours("agency:1", date(2027, 1, 1), EARLY),
        OwnHours("unit:2", date(2027, 3, 1), OFFICE_HOURS),
        OwnHours("unit:2", date(2027, 6, 1), ()),  # as the agency again
        OwnHours("unit:9", date(2027, 6, 1), EARLY),
    ]
    first = Hours(date.min, OFFICE_HOURS)
    july = Hours(date(2026, 7, 1), OFFICE_HOURS, EARLY[:1])
    agency = Hours(date(2027, 1, 1), EARLY)

    assert changes.hours_of(rows, ("",)) == (first, july)
    assert changes.hours_of(rows, ("", "agency:1")) == (first, july, agency)
    assert changes.hours_of(rows, ("", "agency:1", "unit:2")) == (
        first,
        july,
        agency,
        Hours(date(2027, 3, 1), OFFICE_HOURS),
        Hours(date(2027, 6, 1), EARLY),
    )


def test_lines_are_read_as_people_write_them() -> None:
    found, reasons = reading.days_from_lines(
        "30/4/2027 nghỉ Ngày Giải phóng\n\n08.05.2027; LÀM BÙ: cho ngày 30/4\n01-01-2027 ngày thường"
    )

    assert reasons == []
    assert found == [
        Change(OFF, date(2027, 4, 30), "Ngày Giải phóng"),
        Change(SWAP, date(2027, 5, 8), "cho ngày 30/4"),
        Change(ORDINARY, date(2027, 1, 1)),
    ]


def test_a_line_that_cannot_be_read_is_told_with_its_number() -> None:
    found, reasons = reading.days_from_lines(
        "30/04/2027 nghỉ Lễ\n31/02/2027 nghỉ x\nnghỉ Tết\n01/12/2027 nghı Tết"
    )

    assert len(found) == 1
    assert [reason.text.split("”")[0] for reason in reasons] == [
        "Dòng 2 “31/02/2027 nghỉ x",
        "Dòng 3 “nghỉ Tết",
        "Dòng 4 “01/12/2027 nghı Tết",
    ]


def test_what_is_far_too_long_is_told_at_once() -> None:
    assert reading.days_from_lines("x" * 20_001)[1][0].code == "too_long"
    assert reading.days_from_lines("; " * 9_000)[1][0].code == "line_unreadable"
    assert reading.slots_of("07:00-11:30," * 100, "slots")[1][0].code == "too_long"


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_told(text: str) -> None:
    reading.days_from_lines(text)
    slots, reasons = reading.slots_of(text, "slots")
    assert not (slots and reasons)


def test_hours_are_read_as_people_write_them() -> None:
    assert reading.slots_of("7h00-11h30; 13:30 – 17:00", "slots") == (EARLY, [])
    assert reading.slots_of("", "slots") == ((), [])
    for wrong in ("7-11", "25:00-26:00", "07:00-11:77", "sáng"):
        assert reading.slots_of(wrong, "slots")[1][0].field == "slots"
