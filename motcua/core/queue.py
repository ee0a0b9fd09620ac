"""The queue: one task that runs the jobs of `reactions.py`, kept in the database itself."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.utils.module_loading import import_string
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Job
from procrastinate.manager import JobManager

from motcua.core.errors import IN_VAIN, TryLater

LAST_TRY = 28  # the waits below make a day of it, then a person looks at it
LONGEST_WAIT = 3600  # seconds: once the cause is gone, nothing waits longer than this
ASIDE_AFTER = 3  # tries of a job that fails by our own fault, before others overtake it


class Patience(BaseRetryStrategy):
    """Tries again whatever went wrong (4 s, 16 s, … 1 h), unless trying again cannot help."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When to try again, if at all."""
        if isinstance(exception, IN_VAIN) or job.attempts >= LAST_TRY - 1:
            return None
        wait = min(4 ** (job.attempts + 1), LONGEST_WAIT)
        ours = not isinstance(exception, TryLater)
        if ours and job.attempts + 1 >= ASIDE_AFTER:  # a fault of ours must not hold the rest up
            return RetryDecision(retry_in={"seconds": wait}, lock=f"aside-{job.id}")
        return RetryDecision(retry_in={"seconds": wait})


@app.task(name="house.run", retry=Patience())
def run(job: str, facts: dict[str, Any], subject: str = "") -> None:
    """Run one job. It may run twice; each job sees to it that twice is once.

    `subject` is kept for whoever asks later what a job given up was for: its lock changes by then.
    """
    import_string(job)(**facts)


def enqueue(job: str, facts: dict[str, Any], subject: str = "") -> None:
    """Put a job in the queue, inside the transaction under way; jobs of one subject keep order."""
    lock = subject or "-".join(f"{name}{value}" for name, value in sorted(facts.items()))
    later = run.configure(lock=lock)
    # Inside a worker the app speaks over a connection of its own: a job queued there is seen, and
    # run, before the transaction that it belongs to is committed.
    later.job_manager = JobManager(DjangoConnector(alias=DEFAULT_DB_ALIAS))
    later.defer(job=job, facts=facts, subject=subject)


@dataclass(frozen=True)
class QueueState:
    """How many jobs wait, wait too long, hang with a dead worker or were given up; and who works."""

    waiting: int
    overdue: int
    stalled: int
    failed: int
    workers: int


_STATE = """
    SELECT count(*) FILTER (WHERE status = 'todo'),
           count(*) FILTER (WHERE status = 'todo' AND since < now() - interval '10 minutes'),
           count(*) FILTER (WHERE status = 'doing' AND NOT EXISTS (
               SELECT FROM procrastinate_workers w WHERE w.id = worker_id
               AND w.last_heartbeat > now() - interval '10 minutes')),
           count(*) FILTER (WHERE status = 'failed'),
           (SELECT count(*) FROM procrastinate_workers
            WHERE last_heartbeat > now() - interval '1 minute')
    FROM (SELECT status, worker_id, coalesce(scheduled_at, (
              SELECT min(at) FROM procrastinate_events e WHERE e.job_id = j.id)) AS since
          FROM procrastinate_jobs j WHERE status IN ('todo', 'doing', 'failed')) AS unfinished
"""


def state() -> QueueState:
    """How the queue is now."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        return QueueState(*cursor.fetchone())


@dataclass(frozen=True)
class DeadJob:
    """A job that was given up: nobody will try it again unless a person has it tried."""

    id: int
    name: str
    facts: dict[str, Any]
    subject: str
    at: datetime
    event: int  # which of its ends this was


_DEAD = """
    SELECT j.id, coalesce(args ->> 'job', task_name), coalesce(args -> 'facts', '{}'::jsonb),
           coalesce(args ->> 'subject', lock, ''), e.at, e.id
    FROM procrastinate_events e JOIN procrastinate_jobs j ON j.id = e.job_id
    WHERE e.type = 'failed' AND (e.at, e.id) > (%s, %s) AND j.status = 'failed'
    ORDER BY e.at, e.id LIMIT %s
"""


def dead_jobs(after: tuple[datetime, int], size: int) -> list[DeadJob]:
    """The jobs given up after a moment (and after an event of it), as they were given up."""
    with connection.cursor() as cursor:
        cursor.execute(_DEAD, [*after, size])
        return [
            DeadJob(number, name, json.loads(facts) if isinstance(facts, str) else facts, *rest)
            for number, name, facts, *rest in cursor.fetchall()
        ]


def still_dead(numbers: Collection[int]) -> set[int]:
    """Which of these jobs are given up still."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM procrastinate_jobs WHERE status = 'failed' AND id = ANY(%s)",
            [list(numbers)],
        )
        return {number for (number,) in cursor.fetchall()}
