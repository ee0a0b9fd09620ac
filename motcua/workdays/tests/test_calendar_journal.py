"""Who changed the calendar, and how, stands in the journal: promised dates hang on it."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
import time_machine

from motcua.audit.queries import deeds_on, entries_of
from motcua.core.actors import Actor, Role
from motcua.core.errors import Refused
from motcua.workdays.actions import keeping as actions
from motcua.workdays.queries import latest_edition
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
QUAN = Actor(Role.KEEPER, "post:9", "Bùi Minh Quân")


def test_every_change_of_a_year_is_written_down() -> None:
    actions.seed_year(year=2031)
    actions.set_day_off(day=date(2031, 12, 1), name="Nghỉ bão", by=QUAN)
    actions.set_swap_day(day=date(2031, 12, 6), name="Làm bù", by=QUAN)
    actions.make_ordinary(day=date(2031, 12, 1), by=QUAN)
    actions.confirm_year(year=2031, by=QUAN)

    assert deeds_on("calendar:2031") == [
        "calendar.seed",
        "calendar.day_off",
        "calendar.swap_day",
        "calendar.ordinary",
        "calendar.confirm",
    ]
    seed, off, *_ = entries_of("calendar:2031")
    assert seed.actor.startswith("machine:")
    assert (off.actor_name, off.facts) == (
        "Bùi Minh Quân",
        {"day": "2031-12-01", "name": "Nghỉ bão", "edition": latest_edition() - 3},
    )


def test_a_year_that_is_there_already_is_not_written_down_again() -> None:
    before = deeds_on("calendar:2026")

    assert not actions.seed_year(year=2026)

    assert deeds_on("calendar:2026") == before


def test_a_change_that_changes_nothing_makes_no_edition_and_is_not_written_down() -> None:
    actions.seed_year(year=2031)
    actions.confirm_year(year=2031, by=QUAN)
    edition, deeds = latest_edition(), deeds_on("calendar:2031")

    actions.confirm_year(year=2031, by=QUAN)

    assert (latest_edition(), deeds_on("calendar:2031")) == (edition, deeds)


@pytest.mark.parametrize(
    ("change", "day", "says"),
    [
        (actions.set_day_off, date(2026, 1, 5), "đã qua"),
        (actions.set_swap_day, date(2031, 12, 3), "thứ Bảy"),
    ],
)
def test_at_the_machine_too_a_day_gone_by_stays_and_only_a_weekend_is_worked_instead(
    change: Callable[..., None], day: date, says: str
) -> None:
    actions.seed_year(year=2031)
    edition = latest_edition()

    with (
        time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=HANOI)),
        pytest.raises(Refused, match=says),
    ):
        change(day=day, name="Thử", by=QUAN)

    assert latest_edition() == edition
