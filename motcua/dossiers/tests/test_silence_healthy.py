"""A house in which everybody does their work is not disturbed; and nothing is told to be well that is not."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.agencies.models import Post
from motcua.core import clock
from motcua.dossiers import jobs
from motcua.dossiers.actions.silence import break_silence
from motcua.dossiers.models import Alarm, Dossier, Move
from motcua.dossiers.rules.silence import silences
from motcua.dossiers.silence_facts import a_round, facts_of
from motcua.dossiers.silence_queries import looks, unheld
from motcua.dossiers.tests.test_costs import like
from motcua.dossiers.tests.test_silence_clocks import DAY, HOUR, MONDAY, looked, since_monday
from motcua.dossiers.types import AlarmKind
from motcua.dossiers.workflow import Status
from motcua.testing import demo
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier

pytestmark = pytest.mark.django_db
K = AlarmKind


@pytest.mark.parametrize("status", Status)
def test_a_dossier_that_came_to_its_place_an_hour_ago_is_left_in_peace(
    cast: Cast, status: Status
) -> None:
    with time_machine.travel(MONDAY, tick=True):
        a_dossier(cast, status, "1.004746")

    assert looked(MONDAY + HOUR / 2) == 0
    assert unheld() == 0


def test_a_healthy_demonstration_shows_no_silence(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every story begun this morning, none that is told to be late; everybody hears of each step."""
    tuesday = MONDAY + DAY
    monkeypatch.setattr(demo, "LATE", ())
    monkeypatch.setattr(demo, "_open_days", lambda wanted: [tuesday.date()] * wanted)
    with time_machine.travel(tuesday + 2 * HOUR, tick=True):
        demo.play(cast, 20)
        for move in Move.objects.order_by("pk"):
            jobs.tell_applicant(move.pk)
    assert Dossier.objects.values("status").distinct().count() == 19

    assert looked(tuesday + HOUR + HOUR / 2) == 0
    assert unheld() == 0


def test_what_the_demonstration_tells_to_be_late_is_found(cast: Cast) -> None:
    with time_machine.travel(MONDAY, tick=True):
        demo.play(cast, 12)
    looked(MONDAY + HOUR)

    kinds = set(Alarm.objects.values_list("kind", flat=True))
    assert {K.RESULT, K.NO_LETTER, K.HAND_OVER, K.UNASSIGNED, K.UNSIGNED} <= kinds


def test_many_that_need_nothing_cost_no_more_than_one(cast: Cast) -> None:
    dossier = since_monday(cast, Status.EXAMINING)

    def cost() -> int:
        with (
            time_machine.travel(MONDAY + HOUR, tick=False),
            CaptureQueriesContext(connection) as said,
        ):
            assert break_silence() == 0
        return len(said)

    cost()  # from now on the calendar is known
    one = cost()
    like(dossier, 30)
    assert cost() == one


def test_batches_find_all_of_them(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from motcua.dossiers import silence_queries

    monkeypatch.setattr(silence_queries, "BATCH", 4)
    dossier = since_monday(cast, Status.EXAMINING)
    like(dossier, 14)
    Post.objects.filter(pk=cast.mai.pk).update(is_active=False)
    assert dossier.warn_at is not None

    looked(dossier.warn_at)

    found = Alarm.objects.values_list("kind", flat=True)
    assert sorted(set(found)) == ["gone", "result"]
    assert len(found) == 30


@pytest.mark.parametrize("weeks", [0, 1, 2, 4])
def test_what_the_looks_find_is_what_the_rules_say(cast: Cast, weeks: int) -> None:
    """Each look by its index, and the rules over every dossier there is, agree."""
    with time_machine.travel(MONDAY, tick=True):
        for status in Status:
            a_dossier(cast, status, "1.004746")
    Post.objects.filter(pk__in=[cast.mai.pk, cast.yen.pk]).update(is_active=False)
    Dossier.objects.filter(status=Status.SUBMITTED).update(clock_at=None, warn_at=None)

    with time_machine.travel(MONDAY + timedelta(weeks=weeks, hours=1), tick=False):
        round_ = a_round()
        by_index = {
            (pk, look.kind)
            for look in looks()
            for pk in look.rows(round_.marks).values_list("pk", flat=True)
        }
        every = Dossier.objects.values_list("pk", flat=True)
        by_rules = {
            (facts.id, silence.kind)
            for facts in facts_of(set(every), round_)
            for silence in silences(facts, round_.marks)
            if not silence.is_quiet
        }
        assert clock.now() == round_.marks.now

    ready = {pair for pair in by_index if pair[1] is K.GONE} & {
        pair for pair in by_rules if pair[1] is K.UNOWNED
    }
    assert by_index == by_rules
    assert not ready


def test_each_look_goes_by_an_index(cast: Cast) -> None:
    like(since_monday(cast, Status.EXAMINING), 50)
    with time_machine.travel(MONDAY + HOUR, tick=False):
        marks = a_round().marks
    for look in looks():
        order = [look.by, "pk"] if look.by else ["pk"]
        with connection.cursor() as cursor, CaptureQueriesContext(connection) as said:
            cursor.execute("SET LOCAL enable_seqscan = off")
            list(look.rows(marks).order_by(*order).values_list("pk")[:500])
            if len(said) < 2:
                continue  # nothing to ask: an office with everybody in their seats
            cursor.execute("EXPLAIN " + said[-1]["sql"])
            plan = "\n".join(row[0] for row in cursor.fetchall())
        assert "Seq Scan on dossiers_dossier" not in plan, (look.kind, plan)
        assert "OFFSET" not in said[-1]["sql"]
