"""The queue: one task that runs the jobs of `reactions.py`, kept in the database itself."""

from typing import Any

from django.utils.module_loading import import_string
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

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
    run.configure(lock=lock).defer(job=job, facts=facts)
