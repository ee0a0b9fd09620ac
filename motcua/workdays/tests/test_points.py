"""Shorter than the legal time is two points, the legal time one, longer none."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.workdays.rules.points import time_points
from motcua.workdays.types import HANOI

DUE = datetime(2026, 11, 25, 16, tzinfo=HANOI)


@pytest.mark.parametrize(
    ("finished", "points"),
    [
        (datetime(2026, 11, 24, 23, 59, tzinfo=HANOI), 2),
        (datetime(2026, 11, 25, 0, 0, tzinfo=HANOI), 1),
        (DUE, 1),
        (DUE + timedelta(microseconds=1), 0),
        (datetime(2026, 11, 24, 16, 59, tzinfo=HANOI), 2),
    ],
)
def test_the_last_day_is_the_legal_time_the_day_before_is_less(
    finished: datetime, points: int
) -> None:
    assert time_points(DUE, finished) == points


@given(st.timedeltas(timedelta(days=-60), timedelta(days=60)), st.timedeltas(timedelta(0)))
def test_whoever_is_slower_never_gets_more(gap: timedelta, more: timedelta) -> None:
    more = min(more, timedelta(days=60))
    assert time_points(DUE, DUE + gap + more) <= time_points(DUE, DUE + gap)
