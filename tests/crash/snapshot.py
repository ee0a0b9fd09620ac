"""What the house has: its rows, read table by table, and where the bytes of its papers lie."""

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from motcua.audit.models import Entry
from motcua.dossiers.events import DossierSubmitted
from motcua.dossiers.models import Document, Dossier, Move, Task, WorklistCount
from motcua.files import shelf
from motcua.files.models import StoredBlob
from motcua.reactions import REACTIONS
from tests.crash.ledger import mark_in

JOBS = """
SELECT (args->'facts'->>'move_id')::bigint, args->>'job', count(*)
FROM procrastinate_jobs WHERE args->'facts' ? 'move_id' GROUP BY 1, 2
"""
UNDER_WAY = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
TROUBLED = (
    "SELECT count(*) FROM procrastinate_jobs WHERE status NOT IN ('todo', 'doing', 'succeeded')"
)


@dataclass(frozen=True)
class KeptPaper:
    """A paper of a dossier and the place of its bytes."""

    id: int
    slot: str
    digest: str
    size: int
    path: Path


@dataclass(frozen=True)
class Kept:
    """A dossier with the number of everything that came with its submission."""

    reference: str
    mark: str
    status: str
    owner: str
    procedure: str
    agency: str
    answers: dict[str, Any]
    papers: list[KeptPaper]
    moves: int
    deeds: int
    jobs: int  # whole sets
    open_tasks: int


@dataclass(frozen=True)
class Snapshot:
    """The whole house at one moment."""

    dossiers: list[Kept]
    counters: dict[tuple[str, str], int]
    journalled: set[str]
    unrecorded: set[str]  # kept files that no row speaks of


def look() -> Snapshot:
    """Read everything."""
    moves = Counter(Move.objects.filter(step="submit").values_list("dossier_id", flat=True))
    entries = Entry.objects.filter(deed="dossier.submit")
    deeds = Counter(entries.values_list("subject", flat=True))
    tasks = Counter(Task.objects.filter(done_at=None).values_list("dossier_id", flat=True))
    jobs, papers = _jobs(), _papers()
    kept = [
        Kept(
            reference=d.reference,
            mark=mark_in(d.answers),
            status=d.status,
            owner=f"partner:{d.partner_id}" if d.partner_id else f"person:{d.submitter_id}",
            procedure=d.procedure_code,
            agency=d.agency.code,
            answers=d.answers,
            papers=papers.get(d.pk, []),
            moves=moves[d.pk],
            deeds=deeds[d.reference],
            jobs=jobs.get(d.pk, 0),
            open_tasks=tasks[d.pk],
        )
        for d in Dossier.objects.select_related("agency").order_by("pk")
    ]
    counts = WorklistCount.objects.values_list("agency__code", "status", "number")
    counters = {(agency, status): number for agency, status, number in counts}
    return Snapshot(kept, counters, set(deeds), _unrecorded())


def _unrecorded() -> set[str]:
    on_disk = {path.name for path in shelf.aged(older_than=-60)}  # all: even those of this second
    return on_disk - set(StoredBlob.objects.values_list("digest", flat=True))


def _papers() -> Mapping[int, list[KeptPaper]]:
    papers: dict[int, list[KeptPaper]] = {}
    for row in Document.objects.filter(removed_at=None).order_by("pk"):
        paper = KeptPaper(row.pk, row.slot, row.digest, row.size, shelf.place(row.digest))
        papers.setdefault(row.dossier_id, []).append(paper)
    return papers


def _jobs() -> dict[int, int]:
    """For each dossier, how many times the jobs of a submission were queued; -1 if not evenly."""
    due = Counter(f"{j.__module__}.{j.__qualname__}" for j in REACTIONS[DossierSubmitted])
    queued: dict[int, Counter[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(JOBS)
        for move, job, number in cursor.fetchall():
            queued.setdefault(move, Counter())[job] = number
    sets: dict[int, int] = Counter()
    for move, dossier in Move.objects.values_list("pk", "dossier_id"):
        jobs = queued.get(move, Counter())
        times = max(jobs.values(), default=0)
        even = jobs == Counter({job: number * times for job, number in due.items()})
        sets[dossier] = sets[dossier] + times if even else -1
    return sets


def number(query: str) -> int:
    """The one number that a query tells."""
    with connection.cursor() as cursor:
        cursor.execute(query)
        row = cursor.fetchone()
    return int(row[0])


def until_quiet(patience: float = 150.0) -> None:
    """Wait until the worker has nothing left to do."""
    until = time.monotonic() + patience
    while number(UNDER_WAY):
        assert time.monotonic() < until, f"{number(UNDER_WAY)} jobs are still waiting"
        time.sleep(0.2)
