"""Silences that stand beside the dossier: a visit without record, news that nobody got, dead jobs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from motcua.core import queue
from motcua.dossiers.models import Alarm, Dossier, Move, Verification, WatchMark
from motcua.dossiers.rules.silence import GRACE, TOLD_WITHIN, Marks
from motcua.dossiers.types import AlarmKind
from motcua.dossiers.workflow import Status, Step
from motcua.notices.queries import lost_news, still_lost, written

if TYPE_CHECKING:
    from motcua.dossiers.silence_facts import Beside

BATCH = 500
TOLD_SINCE = timedelta(days=7)  # how far the first look goes back, or one after a long rest
SEEN_TWICE = timedelta(hours=1)  # what somebody was working on while the watch passed by
K = AlarmKind
READY = (Step.ISSUE, Step.REISSUE, Step.SETTLE_AT_ONCE)
OF = "dossier:"
Found = Iterator[tuple[AlarmKind, "Beside"]]


def beside(marks: Marks) -> Found:
    """Everything there is beside the dossiers, a batch of one kind at a time."""
    for rows in _visits(marks):
        yield K.VISIT, rows
    for rows in _untold(marks):
        yield K.UNTOLD, rows
    for rows in _lost():
        yield K.UNREACHED, rows
    for rows in _dead(marks.now):
        yield K.DEAD_JOB, rows


def still_beside(kind: AlarmKind, numbers: Collection[int]) -> set[int]:
    """Which of these findings of a kind are there still, by their number."""
    if kind is K.DEAD_JOB:
        return queue.still_dead(numbers)
    if kind is K.VISIT:
        rows = Verification.objects.filter(pk__in=numbers, recorded_at=None, called_off_at=None)
        return set(rows.values_list("pk", flat=True))
    keys = {_key(number): number for number in numbers}
    if kind is K.UNREACHED:
        return {keys[key] for key in still_lost(keys)}
    there = written(keys)
    return {number for key, number in keys.items() if key not in there}


def _key(move_id: int) -> str:
    """Under what the news about a move was written; see jobs.tell_applicant."""
    return f"move:{move_id}"


def _visits(marks: Marks) -> Iterator[Beside]:
    late = Verification.objects.filter(
        recorded_at=None, called_off_at=None, visit_at__lte=marks.ago[GRACE]
    )
    rest = late.order_by("visit_at", "pk")
    while rows := list(rest.values_list("visit_at", "pk", "dossier_id")[:BATCH]):
        yield {dossier: [(K.VISIT, pk, at)] for at, pk, dossier in rows}
        place = "(visit_at, dossiers_verification.id) > (%s, %s)"
        rest = late.order_by("visit_at", "pk").extra(where=[place], params=rows[-1][:2])


def _untold(marks: Marks) -> Iterator[Beside]:
    """Results nobody was written to about: those known of, then what came since the last look."""
    known = Alarm.objects.filter(kind=K.UNTOLD, closed_at=None).order_by("pk")
    found: Beside = defaultdict(list)
    for dossier, occasion, since in known.values_list("dossier_id", "occasion", "due_at"):
        found[dossier] = [(K.UNTOLD, occasion, since)]
    if found:
        yield found
    until = marks.now - TOLD_WITHIN
    seen = WatchMark.objects.filter(kind=K.UNTOLD).values_list("seen_until", flat=True).first()
    since = max(seen - SEEN_TWICE, marks.now - TOLD_SINCE) if seen else marks.now - TOLD_SINCE
    yield from _results_untold(since, until)
    WatchMark.objects.update_or_create(kind=K.UNTOLD, defaults={"seen_until": until})


def _results_untold(last: datetime, until: datetime) -> Iterator[Beside]:
    """Results of these days about which nothing was written."""
    ready = Dossier.objects.filter(
        status=Status.RESULT_READY, changed_at__gte=last, changed_at__lte=until
    )
    rest = ready.order_by("changed_at", "pk")
    while rows := list(rest.values_list("changed_at", "pk", "submitter_id", "applicant")[:BATCH]):
        known = [pk for _, pk, filer, owner in rows if filer or _has_place(owner)]
        moves = Move.objects.filter(dossier__in=known, step__in=READY)
        newest = {dossier: (pk, at) for dossier, pk, at in moves.order_by("pk").values_list(
            "dossier_id", "pk", "at"
        )}  # fmt: skip
        told = written([_key(pk) for pk, _ in newest.values()])
        missing = {d: move for d, move in newest.items() if _key(move[0]) not in told}
        if missing:
            yield {d: [(K.UNTOLD, pk, at)] for d, (pk, at) in missing.items()}
        place = "(changed_at, dossiers_dossier.id) > (%s, %s)"
        rest = ready.order_by("changed_at", "pk").extra(where=[place], params=rows[-1][:2])


def _has_place(owner: dict[str, str]) -> bool:
    """Whether whoever the dossier is about said where to write to."""
    return bool(owner.get("email") or owner.get("phone"))


def _lost() -> Iterator[Beside]:
    """News about a step that came back on every channel."""
    after = 0
    while rows := lost_news(after, BATCH):
        after = rows[-1][0]
        since = {
            int(key.removeprefix("move:")): at for _, key, at in rows if key.startswith("move:")
        }
        yield _of_moves(K.UNREACHED, {pk: (pk, at) for pk, at in since.items()})


def _dead(now: datetime) -> Iterator[Beside]:
    """Jobs given up, as far as one can see which dossier they were for."""
    after = 0
    while jobs := queue.dead_jobs(after, BATCH):
        after = jobs[-1].id
        found: Beside = defaultdict(list)
        moves: dict[int, tuple[int, datetime]] = {}
        for job in jobs:
            if dossier := _dossier_of(job):
                found[dossier].append((K.DEAD_JOB, job.id, now))
            elif isinstance(move := job.facts.get("move_id"), int):
                moves[move] = (job.id, now)
        for dossier, rows in _of_moves(K.DEAD_JOB, moves).items():
            found[dossier] += rows
        yield found


def _dossier_of(job: queue.DeadJob) -> int:
    """The number of the dossier that a job was for; 0 when neither its facts nor its lock say."""
    named = job.facts.get("dossier_id")
    if isinstance(named, int):
        return named
    number = job.subject.removeprefix(OF)
    return int(number) if job.subject.startswith(OF) and number.isdigit() else 0


def _of_moves(kind: AlarmKind, moves: dict[int, tuple[int, datetime]]) -> Beside:
    """What was found about moves, by the dossier of each."""
    found: Beside = defaultdict(list)
    rows = Move.objects.filter(pk__in=moves).order_by("pk")
    for pk, dossier in rows.values_list("pk", "dossier_id"):
        found[dossier].append((kind, *moves[pk]))
    return found
