"""From when on a clock turns yellow: so many working hours before it strikes."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.workdays.rules import add_working_hours, working_hours_before, working_time_left
from motcua.workdays.types import HANOI, WorkCalendar

CALENDAR = WorkCalendar(years=frozenset(range(2025, 2029)), days_off=frozenset(), swapped_in=frozenset())  # fmt: skip


@pytest.mark.parametrize(
    ("due", "hours", "warn"),
    [
        (datetime(2026, 11, 23, 8, 30), 2, datetime(2026, 11, 20, 16, 30)),  # a weekend
        (datetime(2026, 11, 20, 17), 2, datetime(2026, 11, 20, 15)),
        (datetime(2026, 11, 20, 17), 8, datetime(2026, 11, 19, 17)),
    ],
)
def test_the_warning_skips_what_is_not_worked(due: datetime, hours: int, warn: datetime) -> None:
    found = working_hours_before(due.replace(tzinfo=HANOI), hours, CALENDAR)

    assert working_time_left(found, due.replace(tzinfo=HANOI), CALENDAR) == timedelta(hours=hours)
    assert found == warn.replace(tzinfo=HANOI)


@given(start=st.datetimes(datetime(2026, 1, 5), datetime(2027, 6, 1)), hours=st.integers(1, 16))
def test_so_many_working_hours_are_left_at_the_warning(start: datetime, hours: int) -> None:
    due = add_working_hours(start.replace(tzinfo=HANOI), 20, CALENDAR)

    warn = working_hours_before(due, hours, CALENDAR)

    assert warn < due
    assert working_time_left(warn, due, CALENDAR) == timedelta(hours=hours)
