"""Two persons agree in the same moment: one edition each, none lost, none twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.core.management import call_command
from django.db import connection

from motcua.core import clock
from motcua.core.actors import Actor, Role
from motcua.core.errors import Refused
from motcua.core.two_persons import Hand
from motcua.workdays import queries
from motcua.workdays.actions.drafting import add_changes, approve_draft, open_draft, send_draft
from motcua.workdays.types.changes import Change, ChangeKind

pytestmark = pytest.mark.django_db(transaction=True)
QUAN, NGA, TAM = (
    Hand(Actor(Role.KEEPER, f"post:{n}", name), f"account:{n}")
    for n, name in enumerate(("Quân", "Nga", "Tâm"), 1)
)
ROUNDS = 3


@pytest.fixture(autouse=True)
def _house() -> None:
    call_command("seed_calendar", verbosity=0)


def _sent(hand: Hand, day: date) -> int:
    number = open_draft(hand=hand, year=day.year)
    revision = queries.draft(number).revision
    change = Change(ChangeKind.DAY_OFF, day, "Nghỉ bão")
    add_changes(hand=hand, number=number, revision=revision, changed=[change])
    send_draft(hand=hand, number=number, revision=revision + 1, note="Công điện")
    return number


def _at_once(*deeds: Callable[[], int]) -> list[int | None]:
    """What each came to: the edition, or None for whoever was refused."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], int]) -> int | None:
        start.wait()
        try:
            return deed()
        except Refused:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def test_of_two_who_agree_to_one_draft_in_the_same_moment_one_is_told_it_is_done() -> None:
    for turn in range(1, ROUNDS + 1):
        number = _sent(QUAN, clock.now().date() + timedelta(days=turn))
        seen, revision = queries.latest_edition(), queries.draft(number).revision

        def agree(hand: Hand, at: tuple[int, int, int] = (number, revision, seen)) -> int:
            return approve_draft(hand=hand, number=at[0], revision=at[1], edition=at[2])

        made = _at_once(lambda: agree(NGA), lambda: agree(TAM))

        assert sorted(made, key=str) == [seen + 1, None]
        assert queries.latest_edition() == seen + 1


def test_of_two_drafts_agreed_to_in_the_same_moment_the_second_is_looked_at_again() -> None:
    day = clock.now().date() + timedelta(days=5)
    first, second = _sent(QUAN, day), _sent(NGA, day)
    seen = queries.latest_edition()
    revisions = {number: queries.draft(number).revision for number in (first, second)}

    made = _at_once(
        *(
            lambda n=number: approve_draft(hand=TAM, number=n, revision=revisions[n], edition=seen)
            for number in (first, second)
        )
    )

    assert sorted(made, key=str) == [seen + 1, None]
    assert queries.calendar_drift() == []
