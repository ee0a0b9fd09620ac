"""A job that was to tell a thousand applicants of their new date is not given up in silence."""

from collections.abc import Callable

import pytest
import time_machine

from motcua.core.errors import GiveUp, NotFound, TryLater
from motcua.dossiers import jobs
from motcua.dossiers.actions import recounting
from motcua.dossiers.models import Dossier, Recount
from motcua.dossiers.models.batch import STEP
from motcua.dossiers.tests.test_recounts import MONDAY, agreed, counted, running, storm
from motcua.dossiers.tests.test_silence_clocks import HOUR, MINUTE, looked, told
from motcua.dossiers.tests.test_silence_nobody import NGA, QUAN, a_dead_job
from motcua.dossiers.types import AlarmKind
from motcua.notices.models import Message
from motcua.testing.cast import Cast

pytestmark = pytest.mark.django_db


def moved(cast: Cast, number: int) -> tuple[list[Dossier], dict[str, int]]:
    """So many dossiers that were moved by a recount, and the facts of the job that tells of it."""
    with time_machine.travel(MONDAY, tick=False):
        dossiers = [running(cast) for _ in range(number)]
        recount = counted(cast, storm(cast))
        agreed(cast, recount)
        recounting.move_recount(recount)
    lines = Recount.objects.get(pk=recount).lines.order_by("pk")
    ends = {"after": lines[0].pk - 1, "until": lines[number - 1].pk}
    return dossiers, {"recount_id": recount, **ends}


def failing(*errors: Exception | None) -> Callable[[int], None]:
    """`tell_applicant`, of which the calls end so, one after the other."""
    tell, left = jobs.tell_applicant, list(errors)

    def told_or_not(move_id: int) -> None:
        if error := left.pop(0):
            raise error
        tell(move_id)

    return told_or_not


@pytest.mark.parametrize(
    ("errors", "raised"),
    [
        ((GiveUp("no"), TryLater("busy"), None), TryLater),
        ((NotFound(), None, ValueError("ours")), ValueError),
        ((GiveUp("no"), None, NotFound()), GiveUp),
    ],
)
def test_it_is_tried_again_while_that_can_help_anybody(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, errors: list[Exception | None], raised: type
) -> None:
    _, facts = moved(cast, 3)
    monkeypatch.setattr(jobs, "tell_applicant", failing(*errors))

    with pytest.raises(raised):
        jobs.tell_recounted(**facts)

    assert Message.objects.filter(template_code="due_date_moved", channel="inbox").count() == 1


def test_given_up_it_is_an_alarm_on_every_dossier_that_nobody_was_told_of(cast: Cast) -> None:
    (heard, unheard, nowhere), facts = moved(cast, 3)
    jobs.tell_applicant(heard.moves.get(step=STEP).pk)
    Dossier.objects.filter(pk=nowhere.pk).update(submitter=None, applicant={"name": "Ai đó"})
    a_dead_job(facts, at=MONDAY)

    looked(MONDAY + HOUR)
    looked(MONDAY + HOUR + MINUTE)

    assert told(unheard, AlarmKind.DEAD_JOB) == [("warning", [QUAN, NGA])]
    assert told(heard, AlarmKind.DEAD_JOB) == told(nowhere, AlarmKind.DEAD_JOB) == []
