"""Two watches at the same moment, and a desk that answers meanwhile: told once, nothing left open."""

import threading
import uuid
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection

from motcua.audit.models import Entry
from motcua.dossiers.actions.filing import file_at_counter
from motcua.dossiers.actions.intake import reject_dossier
from motcua.dossiers.actions.silence import break_silence
from motcua.dossiers.actions.watching import raise_alarms
from motcua.dossiers.models import Alarm, Dossier
from motcua.dossiers.tests.test_costs import like
from motcua.dossiers.types import Applicant
from motcua.procedures.queries import published_terms
from motcua.testing.answers import valid_answers
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_pdf
from tests.crash.making import CERTIFIED_COPY

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]
LONG_AGO = datetime(2026, 11, 2, 2, tzinfo=UTC)
MANY = 40


def waiting(cast: Cast) -> list[Dossier]:
    """As many dossiers as `MANY`, all unanswered since long ago."""
    terms = published_terms(CERTIFIED_COPY)
    first = file_at_counter(
        post=cast.hung, key=uuid.uuid4(), procedure_code=CERTIFIED_COPY,
        owner=Applicant(name="H' Hen Niê"), answers=valid_answers(terms.form),
        papers=[(terms.slots[0].code, "ban-chinh.pdf", a_pdf("một"))],
    )  # fmt: skip
    like(first, MANY - 1)
    Dossier.objects.update(warn_at=LONG_AGO, answer_due_at=LONG_AGO, clock_at=LONG_AGO)
    return list(Dossier.objects.order_by("pk"))


def at_once(*deeds: Callable[[], object]) -> None:
    """Do all of this at the same moment."""
    gate, trouble = threading.Barrier(len(deeds), timeout=60), list[BaseException]()

    def hand(deed: Callable[[], object]) -> None:
        try:
            gate.wait()
            deed()
        except BaseException as caught:
            trouble.append(caught)
        finally:
            connection.close()

    hands = [threading.Thread(target=hand, args=(deed,)) for deed in deeds]
    for thread in hands:
        thread.start()
    for thread in hands:
        thread.join()
    assert trouble == []


def test_three_watches_at_once_raise_each_alarm_once(stage: Cast) -> None:
    waiting(stage)

    at_once(raise_alarms, raise_alarms, raise_alarms)
    raise_alarms()  # what one of them had in hand, the others left

    assert Alarm.objects.count() == MANY
    assert Entry.objects.filter(deed="dossier.alarm").count() == MANY
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE args->>'job' LIKE '%tell_officials'"
        )
        assert cursor.fetchone() == (MANY,)


def test_what_the_desk_answers_while_the_watch_looks_keeps_no_open_alarm(stage: Cast) -> None:
    dossiers = waiting(stage)

    def answer() -> None:
        for dossier in reversed(dossiers):
            reject_dossier(
                post=stage.hung, reference=dossier.reference, reason="Sai", legal_basis="Điều 1"
            )

    at_once(raise_alarms, answer)

    assert Dossier.objects.filter(status="rejected").count() == MANY
    assert not Alarm.objects.filter(closed_at=None).exists()


def test_three_watches_over_everything_else_raise_each_silence_once(stage: Cast) -> None:
    waiting(stage)
    Dossier.objects.update(clock_at=None, warn_at=None)  # nothing runs: silent in one way each

    at_once(break_silence, break_silence, break_silence)
    break_silence()

    assert Alarm.objects.filter(kind="no_clock", closed_at=None).count() == MANY
    assert Entry.objects.filter(deed="dossier.alarm").count() == MANY
