"""The watch over everything that may fall silent: told by name, then to the head, then closed.

Runs every few minutes beside `actions.watching`, which minds the answer to a filing and opinions.
It may run twice, and at the same moment in two places: an alarm is one row of its dossier, kind,
occasion and level. What somebody is working on at this moment is left for the next round.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from motcua.dossiers.actions.watching import WATCH, say
from motcua.dossiers.models import Alarm, Dossier
from motcua.dossiers.rules.seats import to_tell
from motcua.dossiers.rules.silence import BESIDE, Facts, Silence, level_of, silences
from motcua.dossiers.silence_beside import beside, still_beside
from motcua.dossiers.silence_facts import Beside, Round, a_round, facts_of
from motcua.dossiers.silence_queries import BATCH, batches, looks
from motcua.dossiers.types import AlarmKind, AlarmLevel

ELSEWHERE = (AlarmKind.ANSWER, AlarmKind.OPINION, AlarmKind.LATE_AHEAD)  # closed by their own steps
Told = dict[AlarmLevel, datetime]


def break_silence() -> int:
    """Tìm hồ sơ im lặng: close what is over, raise what is there; says how many were raised."""
    round_ = a_round()
    close_over(round_)
    raised = 0
    for look in looks():
        for batch in batches(look, round_.marks):
            raised += _raise_all(look.kind, batch, round_)
    for kind, rows in beside(round_.marks):
        raised += _raise_all(kind, rows.keys(), round_, rows)
    return raised


def _raise_all(
    kind: AlarmKind, ids: Collection[int], round_: Round, rows: Beside | None = None
) -> int:
    """Raise what is due of one kind on a batch of dossiers."""
    told, raised = _told(kind, ids), 0
    for facts in facts_of(ids, round_, rows):
        found = [each for each in silences(facts, round_.marks) if each.kind is kind]
        for silence in found[:1]:  # one at a time: the next when this one is over
            before = told[facts.id]
            if kind is AlarmKind.NO_LETTER:
                before = {}  # told anew every day: the row of today says whether it was
            level = level_of(silence, before, round_.marks)
            if level is not None:
                raised += _raise(facts, silence, level, round_)
    return raised


def _told(kind: AlarmKind, ids: Collection[int]) -> defaultdict[int, Told]:
    """What was told of these dossiers in this kind, and is not over."""
    found: defaultdict[int, Told] = defaultdict(dict)
    rows = Alarm.objects.filter(dossier__in=ids, kind=kind, closed_at=None)
    for dossier, level, at in rows.values_list("dossier_id", "level", "raised_at"):
        found[dossier][AlarmLevel(level)] = at
    return found


@transaction.atomic
def _raise(facts: Facts, silence: Silence, level: AlarmLevel, round_: Round) -> bool:
    """Raise one alarm if the dossier is as it was when it was looked at; True if it is new."""
    free = Dossier.objects.select_for_update(skip_locked=True, of=("self",))
    dossier = free.filter(pk=facts.id, revision=facts.revision).first()
    if dossier is None:
        return False
    now = round_.marks.now
    alarm, fresh = Alarm.objects.get_or_create(
        dossier=dossier, kind=silence.kind, occasion=silence.occasion, level=level,
        defaults={"due_at": silence.head_at or silence.since, "raised_at": now},
    )  # fmt: skip
    if not fresh:
        if alarm.closed_at is not None:  # it fell silent again: seen again, not told again
            alarm.closed_at, alarm.closed_by = None, ""
            alarm.save(update_fields=["closed_at", "closed_by"])
        return False
    posts = to_tell(
        silence.kind, level, facts.status, facts.unit_id, facts.assignee_id,
        round_.seats[facts.agency_id],
    )  # fmt: skip
    say(alarm, dossier, posts)
    return True


def close_over(round_: Round) -> int:
    """Close the alarms whose silence is over, though no step closed them; says how many."""
    closed, last = 0, 0
    while True:
        rows = Alarm.objects.filter(closed_at=None, pk__gt=last).exclude(kind__in=ELSEWHERE)
        batch = list(
            rows.order_by("pk").values_list("pk", "dossier_id", "kind", "occasion")[:BATCH]
        )
        if not batch:
            return closed
        last = batch[-1][0]
        closed += _close_batch(batch, round_)


def _close_batch(batch: list[tuple[int, int, str, int]], round_: Round) -> int:
    there = _still_there(batch)
    known: Beside = defaultdict(list)
    for pk, dossier, kind, occasion in batch:
        if pk in there:
            known[dossier].append((AlarmKind(kind), occasion, there[pk]))
    shown: dict[int, set[tuple[AlarmKind, int]]] = {
        facts.id: {(s.kind, s.occasion) for s in silences(facts, round_.marks)}
        for facts in facts_of({row[1] for row in batch}, round_, known)
    }
    over = [
        pk for pk, dossier, kind, occasion in batch
        if (AlarmKind(kind), occasion) not in shown.get(dossier, set())
        and not (kind == AlarmKind.NO_LETTER and not round_.marks.is_workday)
    ]  # fmt: skip
    return _close(Alarm.objects.filter(pk__in=over, closed_at=None), round_.marks.now)


def _still_there(batch: list[tuple[int, int, str, int]]) -> dict[int, datetime]:
    """The alarms about what stands beside a dossier and stands there still, since when."""
    found: dict[int, datetime] = {}
    for kind in BESIDE:
        mine = {pk: occasion for pk, _, of, occasion in batch if of == kind}
        if not mine:
            continue
        numbers = still_beside(kind, set(mine.values()))
        since = dict(Alarm.objects.filter(pk__in=mine).values_list("pk", "due_at"))
        found |= {pk: since[pk] for pk, number in mine.items() if number in numbers}
    return found


def _close(rows: QuerySet[Alarm], now: datetime) -> int:
    return rows.update(closed_at=now, closed_by=WATCH.name)
