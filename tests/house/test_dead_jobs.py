"""Whatever job died over a dossier, after its queue let others overtake it: Quân and Nga hear of it."""

import re
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import motcua
from motcua.core.events import Event, publish
from motcua.core.queue import DeadJob
from motcua.dossiers import events, jobs
from motcua.dossiers.dead_jobs import dossiers_for
from motcua.dossiers.models import Dossier, Recount, RecountLine, UrgedLine, UrgingDocument
from motcua.dossiers.tests.test_silence_clocks import HOUR, MONDAY, looked, since_monday, told
from motcua.dossiers.tests.test_silence_nobody import NGA, QUAN
from motcua.dossiers.types import AlarmKind
from motcua.dossiers.workflow import Status
from motcua.law import events as law
from motcua.notices import events as notice
from motcua.notices.models import Message, Unreached
from motcua.people import events as people
from motcua.reactions import REACTIONS
from motcua.testing.cast import Cast
from motcua.workdays import events as workdays

pytestmark = pytest.mark.django_db
K, S = AlarmKind, Status
KEEPERS = [("warning", [QUAN, NGA])]


def last_move(dossier: Dossier) -> int:
    return dossier.moves.order_by("-seq").values_list("pk", flat=True)[0]


def a_letter(cast: Cast, dossier: Dossier) -> Event:
    jobs.tell_applicant(last_move(dossier))
    return notice.MessageQueued(Message.objects.get(channel="email").pk, subject="letters:person:1")


def somebody(cast: Cast, dossier: Dossier) -> Event:
    found = Unreached.objects.create(person=cast.lan, opened_at=MONDAY, failures=3, trouble="550")
    return notice.PersonUnreached(found.pk, subject=f"unreached:{found.pk}")


def a_document(cast: Cast, dossier: Dossier) -> int:
    row = UrgingDocument.objects.create(
        agency=cast.ward, unit=cast.hoa.unit, year=2026, order=1, answer_by=MONDAY.date(),
        signed_at=MONDAY, signer=cast.binh,
    )  # fmt: skip
    UrgedLine.objects.create(document=row, dossier=dossier, code=dossier.code or "")
    return row.pk


def a_batch(cast: Cast, dossier: Dossier) -> Event:
    row = Recount.objects.create(edition=1, state="moving", asked_at=MONDAY)
    line = RecountLine.objects.create(
        recount=row, dossier=dossier, old=MONDAY, new=MONDAY + HOUR, state="moved",
        move_id=last_move(dossier),
    )  # fmt: skip
    return events.DossiersRecounted(row.pk, line.pk - 1, line.pk)


def late(cast: Cast, dossier: Dossier) -> Event:
    Dossier.objects.filter(pk=dossier.pk).update(due_at=MONDAY - HOUR, clock_at=MONDAY - HOUR)
    looked(MONDAY)
    return events.LateWithoutLetter(cast.ward.pk, MONDAY.toordinal(), subject="agency:1")


SEVERAL: dict[type[Event], Callable[[Cast, Dossier], Event]] = {
    notice.MessageQueued: a_letter,
    notice.PersonUnreached: somebody,
    events.UnitUrged: lambda c, d: events.UnitUrged(a_document(c, d), subject="urging:1"),
    events.UnitAnswered: lambda c, d: events.UnitAnswered(a_document(c, d), subject="urging:1"),
    events.AnswerLate: lambda c, d: events.AnswerLate(a_document(c, d), subject="urging:1"),
    events.DossiersRecounted: a_batch,
    events.LateWithoutLetter: late,
    events.ReadByOthers: lambda c, d: events.ReadByOthers(d.pk, MONDAY.toordinal()),
}
# Of the house itself, on pages that show how far they are.
OF_THE_HOUSE = {
    events.RegisterAsked, events.RecountAsked, events.RecountApproved, events.RecountReady,
    events.FormDrafted, events.MuchRead, workdays.CalendarSent, law.ProfileDrafted,
    people.RemovalAsked, people.AccountChanged,
}  # fmt: skip


def happened(cast: Cast, event: type[Event], dossier: Dossier) -> Event:
    if event in SEVERAL:
        return SEVERAL[event](cast, dossier)
    if issubclass(event, events.DossierEvent):
        return event(last_move(dossier), dossier.pk)
    numbers = [1 for field in fields(event) if field.type is int or field.type == "int"]
    return event(*numbers, subject=f"dossier:{dossier.pk}")


def dies(event: Event) -> None:
    """What follows it is tried in vain until it is given up: others overtook it long before."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
        publish(event)
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'failed', lock = 'aside-' || id RETURNING id"
        )
        dead = cursor.fetchall()
        assert len(dead) == len(REACTIONS[type(event)])
        cursor.execute("DELETE FROM procrastinate_events WHERE type = 'failed'")
        for (number,) in dead:
            cursor.execute(
                "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'failed', %s)",
                [number, MONDAY],
            )


@pytest.mark.parametrize("event", [each for each in REACTIONS if each not in OF_THE_HOUSE])
def test_the_dossier_is_known_of_every_job_that_died(cast: Cast, event: type[Event]) -> None:
    dossier = since_monday(cast, S.EXAMINING)
    dies(happened(cast, event, dossier))

    looked(MONDAY + HOUR)

    assert told(dossier, K.DEAD_JOB) == KEEPERS


def test_what_happens_to_a_dossier_is_published_with_its_number() -> None:
    known = {each.__name__ for each in (*OF_THE_HOUSE, *SEVERAL)}
    beside = {
        each.__name__ for each in REACTIONS if not issubclass(each, events.DossierEvent)
    } - known
    said = set()
    for path in Path(motcua.__file__).parent.glob("*/**/*.py"):
        for name, rest in re.findall(r"publish\(\s*(\w+)\((.*)", path.read_text()):
            if name in beside and "tests" not in path.parts:
                assert 'subject=f"dossier:{' in rest, (path, name)
                said.add(name)
    assert said == beside


def test_a_job_that_says_nothing_of_a_dossier_costs_no_question(cast: Cast) -> None:
    dead = [DeadJob(n, "house.run", {"key": "form:3"}, "", MONDAY, n) for n in range(20)]

    with CaptureQueriesContext(connection) as asked:
        assert dossiers_for(dead) == {n: [] for n in range(20)}

    assert len(asked) == 0


def test_what_was_queued_before_subjects_were_kept_is_known_by_its_lock_or_its_step(
    cast: Cast,
) -> None:
    dossier = since_monday(cast, S.EXAMINING)
    facts = {"move_id": last_move(dossier)}
    with_lock = DeadJob(1, "x", {"alarm_id": 3}, f"dossier:{dossier.pk}", MONDAY, 1)

    assert dossiers_for([with_lock, DeadJob(2, "x", facts, "aside-2", MONDAY, 2)]) == {
        1: [dossier.pk], 2: [dossier.pk],
    }  # fmt: skip
