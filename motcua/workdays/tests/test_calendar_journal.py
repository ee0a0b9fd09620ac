"""Who changed the calendar, and how, stands in the journal: promised dates hang on it."""

from datetime import date

import pytest

from motcua.audit.queries import deeds_on, entries_of
from motcua.core.actors import Actor, Role
from motcua.workdays.actions import keeping as actions
from motcua.workdays.queries import latest_edition

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
