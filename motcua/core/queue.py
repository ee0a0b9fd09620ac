"""The queue: one task that runs the jobs of `reactions.py`, kept in the database itself."""

from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.utils.module_loading import import_string
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager

from motcua.core.errors import TryLater

# 4 s, 16 s, 64 s … about a day in all, then a person looks at it.
_RETRY = RetryStrategy(max_attempts=9, exponential_wait=4, retry_exceptions={TryLater})


@app.task(name="house.run", retry=_RETRY)
def run(job: str, facts: dict[str, Any]) -> None:
    """Run one job. It may run twice; each job sees to it that twice is once."""
    import_string(job)(**facts)


def enqueue(job: str, facts: dict[str, Any]) -> None:
    """Put a job in the queue, inside the transaction under way; jobs of one fact keep order."""
    lock = "-".join(f"{name}{value}" for name, value in sorted(facts.items()))
    later = run.configure(lock=lock)
    # Inside a worker the app speaks over a connection of its own: a job queued there is seen, and
    # run, before the transaction that it belongs to is committed.
    later.job_manager = JobManager(DjangoConnector(alias=DEFAULT_DB_ALIAS))
    later.defer(job=job, facts=facts)


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
