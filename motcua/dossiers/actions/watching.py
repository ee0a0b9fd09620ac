"""The watch: every few minutes it finds dossiers that wait too long, and tells somebody by name.

It may run twice, and at the same moment in two places: an alarm is one row of its dossier, kind,
occasion and level, and whoever comes second finds it there. A dossier that somebody is working on
at this moment is left for the next round.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from motcua.agencies.queries import acting_posts, receiving_posts
from motcua.core import clock
from motcua.core.actors import Role
from motcua.dossiers import rules
from motcua.dossiers.actions.raising import say
from motcua.dossiers.actions.watching_parts import watch_parts, who_settles
from motcua.dossiers.models import Alarm, Consultation, Dossier, Station
from motcua.dossiers.types import AlarmKind, AlarmLevel
from motcua.dossiers.workflow import LINKED, Status

if TYPE_CHECKING:
    from motcua.agencies.types import SeatFacts

BATCH = 500
ACTING = (Role.DESK_OFFICER,)
HEADS = (Role.UNIT_HEAD, Role.APPROVER)
# What other units owe, and where a dossier stands while they do.
LATE: dict[AlarmKind, type[Consultation] | type[Station]] = {
    AlarmKind.OPINION: Consultation,
    AlarmKind.STATION: Station,
}
ANSWERED_IN = {AlarmKind.OPINION: (Status.CONSULTING,), AlarmKind.STATION: tuple(LINKED)}


def raise_alarms() -> int:
    """Báo hồ sơ sắp, đã quá hạn trả lời và ý kiến trễ: each alarm in a transaction of its own; says how many."""
    now = clock.now()
    return (
        watch_parts(now)
        + sum(_late_answers(now, kind) for kind in LATE)
        + sum(
            _raise(dossier_id, now, seats)
            for batch in _batches(now)
            for seats in [_seats(batch)]
            for dossier_id, _ in batch
        )
    )


def _late_answers(now: datetime, kind: AlarmKind) -> int:
    """Tell which units asked, or doing their part, have not answered in time; each once (WF-03)."""
    late = LATE[kind].objects.filter(closed_at=None, late_told_at=None, due_at__lt=now)
    table = LATE[kind]._meta.db_table
    rest, raised = late.order_by("due_at", "id"), 0
    while True:
        rows = list(rest.values_list("pk", "dossier_id", "dossier__agency_id", "due_at")[:BATCH])
        if not rows:
            return raised
        seats = _seats([(dossier, agency) for _, dossier, agency, _ in rows])
        raised += sum(_raise_answer(kind, pk, dossier, now, seats) for pk, dossier, _, _ in rows)
        last = [rows[-1][3], rows[-1][0]]
        place = f"({table}.due_at, {table}.id) > (%s, %s)"
        rest = late.order_by("due_at", "id").extra(where=[place], params=last)


@transaction.atomic
def _raise_answer(
    kind: AlarmKind, number: int, dossier_id: int, now: datetime, seats: dict[int, list[SeatFacts]]
) -> bool:
    """Raise one late answer if it still is; what somebody is working on waits for the next round."""
    free = Dossier.objects.select_for_update(skip_locked=True, of=("self",))
    dossier = free.filter(pk=dossier_id, status__in=ANSWERED_IN[kind]).first()
    asked = LATE[kind].objects.filter(pk=number, closed_at=None, late_told_at=None).first()
    if dossier is None or asked is None or asked.due_at is None:
        return False
    asked.late_told_at = now
    asked.save(update_fields=["late_told_at"])
    alarm, fresh = Alarm.objects.get_or_create(
        dossier=dossier, kind=kind, occasion=asked.pk, level=AlarmLevel.PASSED,
        defaults={"due_at": asked.due_at, "raised_at": now},
    )  # fmt: skip
    if fresh:
        told = _told(AlarmLevel.PASSED, dossier, seats[dossier.agency_id])
        say(alarm, dossier, sorted({*told, *_who_answers(asked, dossier)}))
    return fresh


def _who_answers(asked: Consultation | Station, dossier: Dossier) -> list[int]:
    """Who answers for a late part: whoever takes work in at its unit, and who settles the dossier.

    Of a late opinion only the head of the desk is told.
    """
    if isinstance(asked, Consultation):
        return []
    there = receiving_posts([asked.unit_id]).get(asked.unit_id, [])
    return [*there, *who_settles(dossier)]


Found = tuple[int, int]  # a dossier and its agency


def _batches(now: datetime) -> Iterator[list[Found]]:
    """The dossiers whose desk has little time left or none, without those told to the head already.

    By the index, from one batch to the next: however many there are, no more are held than a batch.
    What is due on each, `rules.level_to_raise` says; these are the ones worth asking about.
    """
    told = Alarm.objects.filter(
        dossier=OuterRef("pk"), kind=AlarmKind.ANSWER, occasion=OuterRef("since_revision")
    )
    waiting = Dossier.objects.filter(
        Q(answer_due_at__lt=now) & ~Exists(told.filter(level=AlarmLevel.PASSED))
        | Q(answer_due_at__gte=now) & ~Exists(told),
        status=Status.SUBMITTED, warn_at__lte=now,
    ).order_by("warn_at", "pk")  # fmt: skip
    rest = waiting
    while True:
        rows = list(rest.values_list("pk", "agency_id", "warn_at")[:BATCH])
        if rows:
            yield [(pk, agency_id) for pk, agency_id, _ in rows]
        if len(rows) < BATCH:
            return
        last = [rows[-1][2], rows[-1][0]]
        rest = waiting.extra(where=["(warn_at, dossiers_dossier.id) > (%s, %s)"], params=last)


def _seats(batch: list[Found]) -> dict[int, list[SeatFacts]]:
    """Who can be told, by agency: one question for a whole batch."""
    found = defaultdict(list)
    for seat in acting_posts({agency_id for _, agency_id in batch}, (*ACTING, *HEADS)):
        found[seat.agency_id].append(seat)
    return found


@transaction.atomic
def _raise(dossier_id: int, now: datetime, seats: dict[int, list[SeatFacts]]) -> bool:
    """Raise what is due on one dossier, if it still is; True if something was raised."""
    dossier = (
        Dossier.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(pk=dossier_id, status=Status.SUBMITTED)
        .first()
    )
    if dossier is None or dossier.warn_at is None or dossier.answer_due_at is None:
        return False
    earlier = dossier.alarms.filter(kind=AlarmKind.ANSWER, occasion=dossier.since_revision)
    raised = {AlarmLevel(level) for level in earlier.values_list("level", flat=True)}
    level = rules.level_to_raise(now, dossier.warn_at, dossier.answer_due_at, raised)
    if level is None:
        return False
    alarm, fresh = Alarm.objects.get_or_create(
        dossier=dossier, kind=AlarmKind.ANSWER, occasion=dossier.since_revision, level=level,
        defaults={"due_at": dossier.answer_due_at, "raised_at": now},
    )  # fmt: skip
    if fresh:
        say(alarm, dossier, _told(level, dossier, seats[dossier.agency_id]))
    return fresh


def _told(level: AlarmLevel, dossier: Dossier, seats: list[SeatFacts]) -> list[int]:
    """The posts that are told: the first of these groups in which there is anybody.

    A warning goes to whoever has the dossier, else to the officers of the desk; what is passed, and
    what nobody can be warned of, to the head of the desk, else to those who lead the agency.
    """
    heads = [
        [s for s in seats if s.role in HEADS and s.at_desk],
        [s for s in seats if s.role is Role.APPROVER],
    ]
    acting = [
        [s for s in seats if s.id == dossier.assignee_id],
        [s for s in seats if s.role in ACTING],
    ]
    groups = [*acting, *heads] if level is AlarmLevel.WARNING else heads
    return next(([seat.id for seat in group] for group in groups if group), [])
