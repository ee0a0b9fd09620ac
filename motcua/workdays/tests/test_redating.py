"""Which editions of the calendar can give a running dossier another date."""

from dataclasses import replace
from datetime import date, time

import pytest

from motcua.workdays.rules.redating import moves_dates
from motcua.workdays.types import Slot
from motcua.workdays.types.changes import CalendarRows, OwnHours

MORNING = (Slot(time(8), time(12)),)
ROWS = CalendarRows(
    {2026: True},
    {date(2026, 9, 2): "Quốc khánh"},
    {date(2026, 8, 22): "Làm bù"},
    (OwnHours("", date(2026, 1, 1), MORNING, ()),),
)


@pytest.mark.parametrize(
    "after",
    [
        replace(ROWS, days_off={**ROWS.days_off, date(2026, 11, 30): "Nghỉ bão"}),
        replace(ROWS, days_off={}),
        replace(ROWS, swapped_in={}),
        replace(ROWS, hours=(*ROWS.hours, OwnHours("unit:1", date(2026, 12, 1), MORNING, ()))),
    ],
)
def test_a_day_or_an_hour_more_or_less_moves_dates(after: CalendarRows) -> None:
    assert moves_dates(ROWS, after)


@pytest.mark.parametrize(
    "after",
    [
        ROWS,
        replace(ROWS, years={2026: False}),
        replace(ROWS, days_off={date(2026, 9, 2): "Lễ Quốc khánh"}),
        replace(ROWS, years={2026: True, 2027: False}, days_off={**ROWS.days_off, date(2027, 1, 1): "Tết"}),
        replace(ROWS, hours=(OwnHours("", date(2026, 1, 1), MORNING, MORNING),)),
    ],
)  # fmt: skip
def test_a_new_year_a_name_a_confirmation_or_a_reception_moves_none(after: CalendarRows) -> None:
    assert not moves_dates(ROWS, after)
