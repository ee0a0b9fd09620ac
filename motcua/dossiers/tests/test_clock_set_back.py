"""The machine's clock is set back: no code is given twice, and the order of a day stays the order of its deeds."""

from datetime import datetime, timedelta

import pytest
import time_machine

from motcua.dossiers.due_checks import differing_dates
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import desk_dossier, dossier_page
from motcua.dossiers.workflow import Status, Step
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH, a_dossier, accepted, filed_at_counter
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 9, tzinfo=HANOI)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def taken_in(cast: Cast, moment: datetime) -> str:
    with time_machine.travel(moment, tick=False):
        return str(accepted(cast, filed_at_counter(cast, BIRTH)).code)


def test_codes_are_unique_and_in_the_order_in_which_they_were_given(cast: Cast) -> None:
    jumps = [0 * HOUR, 6 * HOUR, -1 * HOUR, 2 * DAY, -2 * HOUR, 2 * DAY - HOUR, 0 * HOUR, 3 * DAY]

    codes = [taken_in(cast, MONDAY + jump) for jump in jumps]

    assert len(set(codes)) == len(codes)
    days: dict[str, list[int]] = {}
    for code in codes:
        _, day, order = code.rsplit("-", 2)
        days.setdefault(day, []).append(int(order))
    assert days == {"261123": [1, 2, 3, 4, 5], "261125": [1, 2], "261126": [1]}


def test_a_day_that_comes_again_goes_on_where_it_stopped(cast: Cast) -> None:
    first = taken_in(cast, MONDAY)
    taken_in(cast, MONDAY + DAY)

    again = taken_in(cast, MONDAY - HOUR)

    assert first.endswith("-261123-0001")
    assert again.endswith("-261123-0002")


def test_what_follows_on_one_dossier_follows_though_the_clock_says_otherwise(cast: Cast) -> None:
    with time_machine.travel(MONDAY, tick=False):
        dossier = a_dossier(cast, Status.SUBMITTED)
    with time_machine.travel(MONDAY - 10 * MINUTE, tick=False):
        accepted(cast, dossier)
    with time_machine.travel(MONDAY - 20 * MINUTE, tick=False):
        other = taken_in(cast, MONDAY - 20 * MINUTE)

    kept = Dossier.objects.get(pk=dossier.pk)
    steps = [move.step for move in kept.moves.order_by("seq")]
    assert steps.index(Step.SUBMIT) < steps.index(Step.ACCEPT)
    assert str(kept.code) < other
    assert list(differing_dates()) == []
    for told in (
        dossier_page(cast.lan, kept.reference),
        desk_dossier(cast.hung, kept.reference).page,
    ):
        read = [item.step for item in told.timeline if item.state == "done"]
        assert read.index(Step.SUBMIT) < read.index(Step.ACCEPT)
