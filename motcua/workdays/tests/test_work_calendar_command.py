"""The keeper enters and confirms a year on the command line."""

from datetime import date, datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from motcua.workdays.queries import calendar_alarms, latest_edition, work_calendar
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db


def _told(*words: str) -> str:
    said = StringIO()
    call_command("work_calendar", *words, stdout=said)
    return said.getvalue()


def test_a_year_that_was_compared_and_confirmed_alarms_no_more() -> None:
    assert calendar_alarms(date(2027, 3, 1)) != []

    told = _told(
        "2027", "--off", "2027-04-30=Nghỉ bù", "--swap", "2027-05-08=Làm bù", "--confirm"
    )  # fmt: skip

    assert "30/04/2027  nghỉ     Nghỉ bù" in told
    assert date(2027, 5, 8) in work_calendar().swapped_in
    assert calendar_alarms(date(2027, 3, 1)) == []


def test_a_day_is_made_ordinary_again() -> None:
    _told("2027", "--off", "2027-04-29=Nghỉ bù")

    assert "29/04/2027" not in _told("2027", "--ordinary", "2027-04-29")


def test_a_year_that_was_never_entered_is_not_confirmed() -> None:
    with pytest.raises(CommandError, match="seed_calendar 2031"):
        _told("2031", "--confirm")


@pytest.mark.parametrize("words", [["--off", "2028-01-03=x"], ["--off", "2027-04-29"]])
def test_a_day_of_another_year_or_without_a_name_is_refused(words: list[str]) -> None:
    with pytest.raises(CommandError):
        _told("2027", *words)


@pytest.mark.parametrize("option", ["--off", "--swap", "--ordinary"])
def test_a_day_gone_by_is_refused_and_named_and_nothing_is_changed(option: str) -> None:
    edition = latest_edition()
    first, gone = (
        ("2026-12-28", "2026-11-10") if option == "--ordinary" else ("2026-12-28=x", "2026-11-10=y")
    )
    with (
        time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=HANOI)),
        pytest.raises(CommandError, match=rf"{option} thứ 2 \(2026-11-10\): ngày đã qua"),
    ):
        _told("2026", option, first, option, gone)
    assert latest_edition() == edition
