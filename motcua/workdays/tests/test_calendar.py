"""The calendar kept in the database: seeded, edited, noticed at once."""

from datetime import date, datetime

import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries

from motcua.core.errors import NotFound
from motcua.workdays import rules
from motcua.workdays.actions import keeping as actions
from motcua.workdays.models import DayOff, WorkYear
from motcua.workdays.queries import calendar_alarms, calendar_tasks, work_calendar
from motcua.workdays.types import HANOI, TimeLimit, YearNotConfigured

pytestmark = pytest.mark.django_db


@pytest.fixture
def seeded() -> None:
    DayOff.objects.all().delete()
    WorkYear.objects.all().delete()
    call_command("seed_calendar", verbosity=0)


@pytest.mark.usefixtures("seeded")
def test_the_seed_knows_the_holidays_and_the_swaps_of_2026() -> None:
    calendar = work_calendar()

    for day in (1, 2):
        assert not calendar.is_open(date(2026, 1, day))
    assert calendar.is_open(date(2026, 1, 10))
    assert calendar.is_open(date(2026, 8, 22))
    assert not calendar.is_open(date(2026, 8, 31))
    assert not calendar.is_open(date(2026, 4, 27))
    assert not calendar.is_open(date(2026, 11, 24))
    assert calendar.is_open(date(2025, 11, 24))
    assert not calendar.is_open(date(2027, 11, 24))


@pytest.mark.usefixtures("seeded")
def test_seeding_twice_leaves_what_the_keeper_changed() -> None:
    actions.make_ordinary(day=date(2026, 11, 24))

    call_command("seed_calendar", verbosity=0)

    assert work_calendar().is_open(date(2026, 11, 24))


@pytest.mark.usefixtures("seeded")
def test_a_change_is_seen_at_once_and_an_unchanged_calendar_is_not_read_again(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    before = work_calendar()
    with django_assert_num_queries(1):
        assert work_calendar() is before

    actions.set_day_off(day=date(2026, 12, 1), name="Nghỉ bão")
    assert not work_calendar().is_open(date(2026, 12, 1))
    actions.set_swap_day(day=date(2026, 12, 5), name="Làm bù")
    assert work_calendar().is_open(date(2026, 12, 5))


@pytest.mark.usefixtures("seeded")
def test_a_year_nobody_entered_raises_an_alarm_rather_than_a_guess() -> None:
    with pytest.raises(YearNotConfigured):
        rules.due_at(datetime(2028, 1, 3, 9, tzinfo=HANOI), TimeLimit(3), work_calendar())
    with pytest.raises(NotFound):
        actions.set_day_off(day=date(2030, 1, 1), name="Tết Dương lịch")


@pytest.mark.usefixtures("seeded")
def test_the_keeper_is_told_in_october_that_next_year_is_missing() -> None:
    assert calendar_alarms(date(2026, 6, 1)) == []
    assert calendar_alarms(date(2026, 11, 22)) == []
    assert [r.code for r in calendar_alarms(date(2027, 11, 22))] == [
        "year_not_confirmed",
        "year_not_configured",
    ]
    assert calendar_alarms(date(2027, 9, 1))[0].code == "year_not_confirmed"


@pytest.mark.usefixtures("seeded")
def test_a_provisional_year_is_a_task_with_its_day_and_an_alarm_only_after_it() -> None:
    assert calendar_tasks(date(2026, 9, 30)) == []
    (task,) = calendar_tasks(date(2026, 11, 22))
    assert task.by == date(2026, 12, 15)
    assert "xác nhận" in task.text
    assert calendar_tasks(date(2026, 12, 15)) == []
    assert "15/12/2026" in calendar_alarms(date(2026, 12, 15))[0].text

    actions.confirm_year(year=2027)

    assert calendar_tasks(date(2026, 11, 22)) == []
    assert calendar_alarms(date(2026, 12, 31)) == []


def test_without_any_calendar_nothing_is_promised() -> None:
    WorkYear.objects.all().delete()

    with pytest.raises(YearNotConfigured):
        work_calendar().is_open(date(2026, 11, 20))
