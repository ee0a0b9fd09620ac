"""Silences that stand beside the dossier: a visit without record, news that nobody got, dead jobs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from motcua.core import queue
from motcua.dossiers import lost_news
from motcua.dossiers.acts import ApprovalState
from motcua.dossiers.dead_jobs import dossiers_for
from motcua.dossiers.lost_news import News, has_place, key_of
from motcua.dossiers.models import Alarm, Approval, Dossier, Move, Verification, WatchMark
from motcua.dossiers.rules.calling import ENDED_WATCHED
from motcua.dossiers.rules.silence import DECIDED_IN, GRACE, TOLD_WITHIN, Marks
from motcua.dossiers.types import AlarmKind, AlarmLevel
from motcua.dossiers.workflow import Status, Step
from motcua.notices.queries import written

if TYPE_CHECKING:
    from motcua.dossiers.silence_facts import Beside

BATCH = 500
TOLD_SINCE = timedelta(days=7)  # how far the first look goes back
SEEN_TWICE = timedelta(hours=1)  # what somebody was working on while the watch passed by
K = AlarmKind
READY = (Step.ISSUE, Step.REISSUE, Step.SETTLE_AT_ONCE)
Found = Iterator[tuple[AlarmKind, "Beside"]]


def beside(marks: Marks) -> Found:
    """Everything there is beside the dossiers, a batch of one kind at a time."""
    for rows in _visits(marks):
        yield K.VISIT, rows
    for rows in _undecided(marks):
        yield K.UNDECIDED, rows
    for rows in _untold(marks):
        yield K.UNTOLD, rows
    for rows in _lost(marks):
        yield K.UNREACHED, rows
    for rows in _dead(marks):
        yield K.DEAD_JOB, rows


def still_beside(kind: AlarmKind, numbers: Collection[int]) -> set[int]:
    """Which of these findings of a kind are there still, by their number."""
    if kind is K.DEAD_JOB:
        return queue.still_dead(numbers)
    if kind is K.VISIT:
        rows = Verification.objects.filter(pk__in=numbers, recorded_at=None, called_off_at=None)
        return set(rows.values_list("pk", flat=True))
    if kind is K.UNDECIDED:
        asked = Approval.objects.filter(pk__in=numbers, state=ApprovalState.OPEN)
        return set(asked.values_list("pk", flat=True))
    if kind is K.UNREACHED:
        return lost_news.still_unheard(numbers)
    return _still_untold(numbers)


def _still_untold(numbers: Collection[int]) -> set[int]:
    """Which of these results nobody wrote about, or phoned about, up to now."""
    there = written([key_of(number) for number in numbers])
    rows = Move.objects.filter(pk__in=[n for n in numbers if key_of(n) not in there])
    news = [News(pk, d, at) for pk, d, at in rows.values_list("pk", "dossier_id", "at")]
    return {each.number for each in lost_news.uncalled(news)}


def _known(kind: AlarmKind, marks: Marks) -> Iterator[Beside]:
    """What was told so long ago that the head is to hear of it; it was there when the round began."""
    told = Alarm.objects.filter(kind=kind, closed_at=None)
    head = told.filter(dossier=OuterRef("dossier"), level=AlarmLevel.PASSED)
    long = told.filter(~Exists(head), level=AlarmLevel.WARNING, raised_at__lte=marks.ago[GRACE])
    rest, columns = long.order_by("pk"), ("pk", "dossier_id", "occasion", "due_at")
    while rows := list(rest.values_list(*columns)[:BATCH]):
        yield {dossier: [(kind, occasion, since)] for _, dossier, occasion, since in rows}
        rest = long.filter(pk__gt=rows[-1][0]).order_by("pk")


def _seen(kind: AlarmKind, marks: Marks, most: timedelta | None = None) -> datetime:
    """From when on what is there may not have been looked at: however long the watch was at rest.

    `most`: how far back at most, of what nobody is told any more after a while.
    """
    rows = WatchMark.objects.filter(kind=kind).values_list("seen_until", flat=True)
    seen = rows.first()
    if seen is None:
        return marks.now - TOLD_SINCE
    return max(seen - SEEN_TWICE, marks.now - most) if most else seen - SEEN_TWICE


def _look_from(kind: AlarmKind, until: datetime) -> None:
    """The next round looks at what comes from this moment on."""
    WatchMark.objects.update_or_create(kind=kind, defaults={"seen_until": until})


def _visits(marks: Marks) -> Iterator[Beside]:
    late = Verification.objects.filter(
        recorded_at=None, called_off_at=None, visit_at__lte=marks.ago[GRACE]
    )
    rest = late.order_by("visit_at", "pk")
    while rows := list(rest.values_list("visit_at", "pk", "dossier_id")[:BATCH]):
        yield {dossier: [(K.VISIT, pk, at)] for at, pk, dossier in rows}
        place = "(visit_at, dossiers_verification.id) > (%s, %s)"
        rest = late.order_by("visit_at", "pk").extra(where=[place], params=rows[-1][:2])


def _undecided(marks: Marks) -> Iterator[Beside]:
    """What was asked of a second person and lies there: few, in an index of what is open."""
    asked = Approval.objects.filter(state=ApprovalState.OPEN, asked_at__lte=marks.ago[DECIDED_IN])
    rest = asked.order_by("pk")
    while rows := list(rest.values_list("pk", "dossier_id", "asked_at")[:BATCH]):
        found: Beside = defaultdict(list)
        for pk, dossier, at in rows:
            found[dossier].append((K.UNDECIDED, pk, at))
        yield found
        rest = asked.filter(pk__gt=rows[-1][0]).order_by("pk")


def _untold(marks: Marks) -> Iterator[Beside]:
    """Results nobody was written to about: those known of, then what came since the last look."""
    yield from _known(K.UNTOLD, marks)
    until = marks.now - TOLD_WITHIN
    yield from _results_untold(_seen(K.UNTOLD, marks), until)
    _look_from(K.UNTOLD, until)


def _results_untold(last: datetime, until: datetime) -> Iterator[Beside]:
    """Results of these days about which nothing was written."""
    ready = Dossier.objects.filter(
        status=Status.RESULT_READY, since_at__gte=last, since_at__lte=until
    )
    rest = ready.order_by("since_at", "pk")
    while rows := list(rest.values_list("since_at", "pk", "submitter_id", "applicant")[:BATCH]):
        known = [pk for _, pk, filer, owner in rows if filer or has_place(owner)]
        moves = Move.objects.filter(dossier__in=known, step__in=READY)
        newest = {dossier: (pk, at) for dossier, pk, at in moves.order_by("pk").values_list(
            "dossier_id", "pk", "at"
        )}  # fmt: skip
        told = written([key_of(pk) for pk, _ in newest.values()])
        missing = [News(pk, d, at) for d, (pk, at) in newest.items() if key_of(pk) not in told]
        yield _by_dossier(K.UNTOLD, lost_news.uncalled(missing))
        place = "(since_at, dossiers_dossier.id) > (%s, %s)"
        rest = ready.order_by("since_at", "pk").extra(where=[place], params=rows[-1][:2])


def _lost(marks: Marks) -> Iterator[Beside]:
    """News that came back on every channel: known of, then what was given up since the last look."""
    yield from _known(K.UNREACHED, marks)
    for news in lost_news.lost_between(_seen(K.UNREACHED, marks), marks.now):
        yield _by_dossier(K.UNREACHED, news)
    _look_from(K.UNREACHED, marks.now)


def _by_dossier(kind: AlarmKind, news: list[News]) -> Beside:
    found: Beside = defaultdict(list)
    for each in news:
        found[each.dossier_id].append((kind, each.number, each.since))
    return found


def _dead(marks: Marks) -> Iterator[Beside]:
    """Jobs given up: known of, then since the last look, as far as their dossier can be told.

    Of two on one dossier the second is told when the first is over: until then the mark stays.
    """
    yield from _known(K.DEAD_JOB, marks)
    after, waiting = (_seen(K.DEAD_JOB, marks, ENDED_WATCHED), 0), marks.now
    while jobs := queue.dead_jobs(after, BATCH):
        after = jobs[-1].at, jobs[-1].event
        found = _dead_of(jobs, marks.now)
        yield found
        waiting = min([waiting, *_not_told(found)])
    _look_from(K.DEAD_JOB, waiting)


def _dead_of(jobs: list[queue.DeadJob], now: datetime) -> Beside:
    found: Beside = defaultdict(list)
    dossiers = dossiers_for(jobs)
    for job in jobs:
        for dossier in dossiers[job.id]:
            found[dossier].append((K.DEAD_JOB, job.id, min(job.at, now)))  # another clock said when
    return found


def _not_told(found: Beside) -> list[datetime]:
    """Since when those are there that wait until another one of their dossier is over."""
    rows = Alarm.objects.filter(dossier__in=found, kind=K.DEAD_JOB, closed_at=None)
    told: dict[int, set[int]] = defaultdict(set)
    for dossier, occasion in rows.values_list("dossier_id", "occasion"):
        told[dossier].add(occasion)
    return [
        since for dossier, occasions in told.items()
        for _, number, since in found[dossier] if number not in occasions
    ]  # fmt: skip
