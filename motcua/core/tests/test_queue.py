"""A job that fails is tried again, whatever the reason; jobs of one subject keep their order."""

from dataclasses import dataclass

import pytest
from django.db import connection
from django.utils.timezone import now
from procrastinate import RetryDecision
from procrastinate.jobs import Job

from motcua.core import events
from motcua.core.errors import GiveUp, NotFound, TryLater
from motcua.core.queue import LAST_TRY, LONGEST_WAIT, Patience, enqueue


def _after(error: Exception, attempts: int) -> RetryDecision | None:
    """What follows when a job that was tried so often before fails once more."""
    job = Job(
        id=7, queue="default", lock=None, queueing_lock=None, task_name="x", attempts=attempts
    )
    return Patience().get_retry_decision(exception=error, job=job)


def _wait(error: Exception, attempts: int) -> float | None:
    decision = _after(error, attempts)
    if decision is None or decision.retry_at is None:
        return None
    return (decision.retry_at - now()).total_seconds()


@pytest.mark.parametrize("error", [TryLater("bận"), ZeroDivisionError(), OSError("đĩa đầy")])
def test_whatever_went_wrong_is_tried_again_for_a_day_and_then_left(error: Exception) -> None:
    waits = [_wait(error, attempts) for attempts in range(LAST_TRY)]

    assert waits[-1] is None
    told = [wait for wait in waits if wait is not None]
    assert len(told) == LAST_TRY - 1
    assert max(told) <= LONGEST_WAIT
    assert 20 * 3600 < sum(told) < 30 * 3600


@pytest.mark.parametrize("error", [GiveUp("không có hộp thư"), NotFound()])
def test_what_cannot_help_is_not_tried_again(error: Exception) -> None:
    assert _wait(error, 0) is None


def test_our_own_fault_steps_aside_and_a_busy_world_does_not() -> None:
    ours, theirs = _after(ZeroDivisionError(), 2), _after(TryLater(), 2)
    first = _after(ZeroDivisionError(), 0)

    assert ours is not None
    assert ours.lock == "aside-7"
    assert theirs is not None
    assert theirs.lock is None
    assert first is not None
    assert first.lock is None


def _fetched() -> dict[str, object] | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT (procrastinate_fetch_job_v2(NULL, NULL)).args")
        row = cursor.fetchone()
    return row[0] if row else None


def _facts(fetched: object) -> object:
    import json

    told = json.loads(fetched) if isinstance(fetched, str) else fetched
    return told["facts"] if isinstance(told, dict) else None


@pytest.mark.django_db
def test_a_notice_waits_for_the_one_before_it_and_for_no_other_dossiers() -> None:
    for move, dossier in ((1, 7), (2, 7), (3, 8)):
        enqueue("motcua.x.tell", {"move_id": move}, f"dossier:{dossier}")

    assert _facts(_fetched()) == {"move_id": 1}
    assert _facts(_fetched()) == {"move_id": 3}  # the second of dossier 7 waits for the first
    assert _facts(_fetched()) is None


@dataclass(frozen=True)
class Moved(events.Event):
    move_id: int


def tell(move_id: int) -> None:
    """A job."""


def test_the_subject_of_a_fact_orders_its_jobs_and_is_not_handed_to_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    queued: list[tuple[str, dict[str, object], str]] = []
    monkeypatch.setattr(events, "_reactions", {Moved: (tell,)})
    monkeypatch.setattr(events, "_enqueue", [lambda *job: queued.append(job)])

    events.publish(Moved(1, subject="dossier:7"))

    assert queued == [(f"{__name__}.tell", {"move_id": 1}, "dossier:7")]
