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

from motcua.agencies.queries import acting_posts
from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Actor, Role
from motcua.core.events import publish
from motcua.dossiers import rules
from motcua.dossiers.events import AlarmRaised
from motcua.dossiers.models import Alarm, Consultation, Dossier
from motcua.dossiers.types import AlarmKind, AlarmLevel
from motcua.dossiers.workflow import Status

if TYPE_CHECKING:
    from motcua.agencies.types import SeatFacts

WATCH = Actor(Role.SYSTEM, "system:watch", "Hệ thống theo dõi thời hạn")
BATCH = 500
ACTING = (Role.DESK_OFFICER,)
HEADS = (Role.UNIT_HEAD, Role.APPROVER)


def raise_alarms() -> int:
    """Báo hồ sơ sắp, đã quá hạn trả lời và ý kiến trễ: each alarm in a transaction of its own; says how many."""
    now = clock.now()
    return _late_opinions(now) + sum(
        _raise(dossier_id, now, seats)
        for batch in _batches(now)
        for seats in [_seats(batch)]
        for dossier_id, _ in batch
    )


def _late_opinions(now: datetime) -> int:
    """Tell the head of the desk which units asked have not answered in time; each once (WF-03)."""
    late = Consultation.objects.filter(closed_at=None, late_told_at=None, due_at__lt=now)
    rest, raised = late.order_by("due_at", "id"), 0
    while True:
        rows = list(rest.values_list("pk", "dossier_id", "dossier__agency_id", "due_at")[:BATCH])
        if not rows:
            return raised
        seats = _seats([(dossier, agency) for _, dossier, agency, _ in rows])
        raised += sum(_raise_opinion(pk, dossier, now, seats) for pk, dossier, _, _ in rows)
        last = [rows[-1][3], rows[-1][0]]
        place = "(dossiers_consultation.due_at, dossiers_consultation.id) > (%s, %s)"
        rest = late.order_by("due_at", "id").extra(where=[place], params=last)


@transaction.atomic
def _raise_opinion(
    number: int, dossier_id: int, now: datetime, seats: dict[int, list[SeatFacts]]
) -> bool:
    """Raise one late opinion if it still is; what somebody is working on waits for the next round."""
    free = Dossier.objects.select_for_update(skip_locked=True, of=("self",))
    dossier = free.filter(pk=dossier_id, status=Status.CONSULTING).first()
    asked = Consultation.objects.filter(pk=number, closed_at=None, late_told_at=None).first()
    if dossier is None or asked is None:
        return False
    asked.late_told_at = now
    asked.save(update_fields=["late_told_at"])
    alarm, fresh = Alarm.objects.get_or_create(
        dossier=dossier, kind=AlarmKind.OPINION, occasion=asked.pk, level=AlarmLevel.PASSED,
        defaults={"due_at": asked.due_at, "raised_at": now},
    )  # fmt: skip
    if fresh:
        say(alarm, dossier, _told(AlarmLevel.PASSED, dossier, seats[dossier.agency_id]))
    return fresh


Found = tuple[int, int]  # a dossier and its agency


def _batches(now: datetime) -> Iterator[list[Found]]:
    """The dossiers whose desk has little time left or none, without those told to the head already.

    By the index, from one batch to the next: however many there are, no more are held than a batch.
    What is due on each, `rules.level_to_raise` says; these are the ones worth asking about.
    """
    told = Alarm.objects.filter(
        dossier=OuterRef("pk"), kind=AlarmKind.ANSWER, occasion=OuterRef("revision")
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
    earlier = dossier.alarms.filter(kind=AlarmKind.ANSWER, occasion=dossier.revision)
    raised = {AlarmLevel(level) for level in earlier.values_list("level", flat=True)}
    level = rules.level_to_raise(now, dossier.warn_at, dossier.answer_due_at, raised)
    if level is None:
        return False
    alarm, fresh = Alarm.objects.get_or_create(
        dossier=dossier, kind=AlarmKind.ANSWER, occasion=dossier.revision, level=level,
        defaults={"due_at": dossier.answer_due_at, "raised_at": now},
    )  # fmt: skip
    if fresh:
        say(alarm, dossier, _told(level, dossier, seats[dossier.agency_id]))
    return fresh


def say(alarm: Alarm, dossier: Dossier, posts: list[int]) -> None:
    """Write down who is told, in the row and in the journal, and have them told."""
    alarm.raised_to.add(*posts)
    record(
        WATCH, "dossier.alarm", dossier.reference, at=alarm.raised_at,
        kind=alarm.kind, level=alarm.level, posts=posts,
    )  # fmt: skip
    publish(AlarmRaised(alarm.pk, subject=f"dossier:{dossier.pk}"))


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
