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

from motcua.core.events import publish
from motcua.dossiers.actions.raising import WATCH, say
from motcua.dossiers.events import LateWithoutLetter
from motcua.dossiers.models import Alarm, Approval, Dossier, WatchMark
from motcua.dossiers.models.alarms import BEGUN, DAILY, begins_again, has_readers
from motcua.dossiers.rules.seats import to_decide, to_tell
from motcua.dossiers.rules.silence import BESIDE, Facts, Silence, level_of, silences
from motcua.dossiers.silence_beside import beside, still_beside
from motcua.dossiers.silence_facts import Beside, Round, a_round, facts_of
from motcua.dossiers.silence_queries import BATCH, batches, looks
from motcua.dossiers.types import AlarmKind, AlarmLevel

ELSEWHERE = (  # closed by their own steps
    AlarmKind.ANSWER, AlarmKind.OPINION, AlarmKind.LATE_AHEAD, AlarmKind.STATION, AlarmKind.IDLE,
)  # fmt: skip
Told = dict[AlarmLevel, datetime]


def break_silence() -> int:
    """Tìm hồ sơ im lặng: close what is over, raise what is there; says how many were told."""
    round_ = a_round()
    WatchMark.objects.get_or_create(kind=BEGUN, defaults={"seen_until": round_.marks.now})
    close_over(round_)
    raised = tell_unheard(round_)
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
    batch = facts_of(ids, round_, rows)
    if kind in DAILY:  # asked for first: a watch that dies in between tells all the same
        _tell_daily({facts.agency_id for facts in batch}, round_)
    for facts in batch:
        every = silences(facts, round_.marks)
        found = [each for each in every if each.kind is kind and not each.is_quiet]
        for silence in found[:1]:  # one at a time: the next when this one is over
            before = told[facts.id]
            if kind in DAILY:
                before = {}  # told anew every day: the row of today says whether it was
            level = level_of(silence, before, round_.marks)
            if level is not None:
                raised += _raise(facts, silence, level, round_, is_first=not before)
    return raised


@transaction.atomic
def _tell_daily(agencies: Collection[int], round_: Round) -> None:
    """What is told once a day, all dossiers of an agency in one message; asked twice is told once.

    Before the alarms about it: those say that it was told, and of what joined it since as well.
    """
    for agency in sorted(agencies):
        day = round_.marks.today.toordinal()
        publish(LateWithoutLetter(agency, day, subject=f"agency:{agency}"))


def _told(kind: AlarmKind, ids: Collection[int]) -> defaultdict[int, Told]:
    """What was told of these dossiers in this kind, and is not over."""
    found: defaultdict[int, Told] = defaultdict(dict)
    rows = Alarm.objects.filter(dossier__in=ids, kind=kind, closed_at=None)
    for dossier, level, at in rows.values_list("dossier_id", "level", "raised_at"):
        found[dossier][AlarmLevel(level)] = at
    return found


@transaction.atomic
def _raise(
    facts: Facts, silence: Silence, level: AlarmLevel, round_: Round, *, is_first: bool
) -> bool:
    """Raise one alarm if the dossier is as it was when it was looked at; True if it is told."""
    dossier, now = _locked(facts), round_.marks.now
    if dossier is None:
        return False
    posts = _posts((silence.kind, silence.occasion), level, facts, round_)
    if not posts and not is_first:
        return False  # nobody heard of the level before either: first that one
    due_at = silence.head_at or silence.since
    alarm, fresh = Alarm.objects.get_or_create(
        dossier=dossier, kind=silence.kind, occasion=silence.occasion, level=level,
        defaults={"due_at": due_at, "raised_at": now},
    )  # fmt: skip
    if not fresh and not begins_again(alarm, due_at, now):
        return False
    say(alarm, dossier, posts)
    return True


def _locked(facts: Facts) -> Dossier | None:
    """The dossier, if it is as it was and nobody is working on it at this moment."""
    free = Dossier.objects.select_for_update(skip_locked=True, of=("self",))
    return free.filter(pk=facts.id, revision=facts.revision).first()


def _posts(
    what: tuple[AlarmKind, int], level: AlarmLevel, facts: Facts, round_: Round
) -> list[int]:
    """Who is told of this occasion: somebody of its agency, else the keepers of the house."""
    kind, occasion = what
    seats = round_.seats[facts.agency_id]
    if kind is AlarmKind.UNDECIDED:
        asked = Approval.objects.get(pk=occasion)
        found = to_decide(level, asked.decider, asked.asker_id, facts.unit_id, seats)
    else:
        found = to_tell(kind, level, facts.status, facts.unit_id, facts.assignee_id, seats)
    return found or round_.keepers()


def tell_unheard(round_: Round) -> int:
    """Tell of the alarms that nobody in office was told of, as soon as there is somebody; how many."""
    waiting, told, last = Alarm.objects.filter(~has_readers(), closed_at=None), 0, 0
    while True:
        rows = waiting.filter(pk__gt=last).order_by("pk")
        batch = list(rows.values_list("pk", "dossier_id", "kind", "occasion", "level")[:BATCH])
        if not batch:
            return told
        last = batch[-1][0]
        facts = {each.id: each for each in facts_of({row[1] for row in batch}, round_)}
        _tell_daily({facts[row[1]].agency_id for row in batch if row[2] in DAILY}, round_)
        for pk, dossier, kind, occasion, level in batch:
            what, about = (AlarmKind(kind), occasion), facts[dossier]
            posts = _posts(what, AlarmLevel(level), about, round_)
            told += bool(posts) and _tell_now(pk, about, posts, round_)


@transaction.atomic
def _tell_now(alarm_id: int, facts: Facts, posts: list[int], round_: Round) -> bool:
    """Tell of one alarm that waited for a reader, as if it were raised now; False: somebody did."""
    dossier = _locked(facts)
    alarm = Alarm.objects.filter(~has_readers(), pk=alarm_id, closed_at=None).first()
    if dossier is None or alarm is None:
        return False
    alarm.raised_at = round_.marks.now
    alarm.save(update_fields=["raised_at"])
    alarm.raised_to.clear()  # whoever was told has left
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
