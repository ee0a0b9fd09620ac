"""When a letter of apology is due, and which new date it proposes; by the calendar alone."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.rules import apologies as rules
from motcua.workdays.rules import counted_from
from motcua.workdays.types import HANOI, OFFICE_HOURS, Hours, WorkCalendar

CALENDAR = WorkCalendar(
    years=frozenset({2026, 2027}), days_off=frozenset(), swapped_in=frozenset(),
    hours=(Hours(date.min, OFFICE_HOURS),),
)  # fmt: skip


def test_v16_a_result_due_on_friday_needs_its_letter_by_thursday() -> None:
    due = datetime(2026, 11, 27, 16, tzinfo=HANOI)

    assert rules.sign_by(due, 1, CALENDAR) == datetime(2026, 11, 26, 17, 30, tzinfo=HANOI)


def test_a_dossier_accepted_on_the_day_before_its_date_has_half_of_what_is_left() -> None:
    accepted = datetime(2026, 11, 23, 9, tzinfo=HANOI)  # Monday
    due = datetime(2026, 11, 24, 17, tzinfo=HANOI)

    half = datetime(2026, 11, 23, 14, 15, tzinfo=HANOI)
    assert rules.draft_from(accepted, due, 1, CALENDAR) == half


def test_a_dossier_promised_for_the_same_day_never_has_time_for_a_letter() -> None:
    accepted = datetime(2026, 11, 23, 9, tzinfo=HANOI)
    due = datetime(2026, 11, 23, 17, tzinfo=HANOI)

    assert rules.draft_from(accepted, due, 1, CALENDAR) is None


def test_who_promises_another_date_for_a_result_of_the_same_day_reads_that_it_cannot_be() -> None:
    accepted = datetime(2026, 11, 23, 9, tzinfo=HANOI)
    last = rules.sign_by(datetime(2026, 11, 23, 17, tzinfo=HANOI), 1, CALENDAR)
    later = accepted + timedelta(hours=1)

    said = rules.in_time_to_promise(later, last, accepted)[0]
    assert "trong ngày" in said.text
    assert "20/11/2026" not in said.text  # a day before it was received
    usual = rules.in_time_to_promise(later, last, accepted - timedelta(days=14))[0]
    assert "20/11/2026" in usual.text


moments = st.datetimes(datetime(2026, 1, 5), datetime(2026, 10, 30), timezones=st.just(HANOI)).map(
    lambda moment: counted_from(moment, CALENDAR)
)


@given(moments, st.integers(0, 40), st.integers(1, 3))
def test_a_draft_is_written_before_the_last_moment_for_signing_and_that_before_the_date(
    accepted: datetime, days: int, before: int
) -> None:
    due = counted_from(accepted + timedelta(days=days, hours=1), CALENDAR)

    last = rules.sign_by(due, before, CALENDAR)
    start = rules.draft_from(accepted, due, before, CALENDAR)

    assert last.date() < due.date()
    assert start is None or accepted <= start <= last


@given(moments, st.integers(0, 40))
def test_the_date_a_draft_proposes_is_a_working_moment_after_the_old_one(
    accepted: datetime, days: int
) -> None:
    due = counted_from(accepted + timedelta(days=days), CALENDAR)

    new = rules.proposed(accepted, due, CALENDAR)

    assert new > due
    assert counted_from(new, CALENDAR) == new
