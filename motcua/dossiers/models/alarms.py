"""What the watch found: a dossier that somebody named must look at now."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models

from motcua.core.actors import Actor
from motcua.dossiers.types import ALARM_NAMES, LEVEL_NAMES, AlarmKind, AlarmLevel
from motcua.dossiers.workflow import CLOSED, RUNNING, Status

if TYPE_CHECKING:
    from motcua.dossiers.models.dossier import Dossier

# These go on whatever step is taken: the watch closes them, or the end of the dossier.
OUTLIVING = (
    AlarmKind.RESULT, AlarmKind.NO_LETTER, AlarmKind.UNTOLD, AlarmKind.UNREACHED,
    AlarmKind.DEAD_JOB, AlarmKind.LATE_AHEAD, AlarmKind.STEP_DATE, AlarmKind.UNDECIDED,
    AlarmKind.STATION, AlarmKind.IDLE,  # a part goes on beside an opinion, a visit, a supplement
)  # fmt: skip
OF_THE_DATE = (AlarmKind.RESULT, AlarmKind.NO_LETTER)
OF_THE_HOLDER = (AlarmKind.RESULT, AlarmKind.STEP_DATE)  # whoever has it is warned
DAILY = (AlarmKind.NO_LETTER,)  # told to a post once a day, all dossiers in one message
BEGUN = "begun"  # the mark of since when the watch looks at all
READDRESSED_WITHIN = timedelta(minutes=15)  # the next round of the watch, and some patience


class Alarm(models.Model):
    """One finding of the watch, raised once per level to named posts (cảnh báo).

    `occasion` is the move after which the dossier waits (`Dossier.since_revision`): asked for a
    supplement and handed in again, it waits anew and may give the same alarm again; urged or given
    another date meanwhile, it goes on waiting. Of a late opinion it is the consultation: each unit
    is told of once, whatever the others answer meanwhile. An alarm without readers in office waits
    for some.
    """

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="alarms")
    kind = models.CharField(max_length=20, choices=list(ALARM_NAMES.items()))
    level = models.CharField(max_length=10, choices=list(LEVEL_NAMES.items()))
    occasion = models.IntegerField()
    due_at = models.DateTimeField("hạn lúc báo")
    raised_at = models.DateTimeField()
    raised_to = models.ManyToManyField("agencies.Post", related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField("hết do", max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("dossier", "kind", "occasion", "level"), name="alarm_once"
            ),
        )
        indexes = (
            models.Index(
                fields=("kind", "level"), name="alarm_open", condition=models.Q(closed_at=None)
            ),
            models.Index(fields=("-id",), name="alarm_newest", condition=models.Q(closed_at=None)),
        )

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.kind} {self.level}"


class WatchMark(models.Model):
    """How far the watch has looked, of a kind whose answer never changes once it was good.

    `BEGUN` is the moment of its first round.
    """

    kind = models.CharField(max_length=20, primary_key=True)
    seen_until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind}: {self.seen_until}"


def begins_again(alarm: Alarm, due_at: datetime, at: datetime) -> bool:
    """Open an alarm that was over and is there anew, to be told from the start; False if it stands."""
    if alarm.closed_at is None:
        return False
    alarm.closed_at, alarm.closed_by = None, ""
    alarm.raised_at, alarm.due_at = at, due_at
    alarm.save(update_fields=["closed_at", "closed_by", "raised_at", "due_at"])
    alarm.raised_to.clear()
    return True


def has_readers() -> models.Exists:
    """That somebody was told of an alarm who is in office still, as a condition."""
    told = Alarm.raised_to.through.objects.filter(alarm_id=models.OuterRef("pk"))
    return models.Exists(told.filter(post__is_active=True))


def unheard(now: datetime) -> models.Q:
    """That nobody in office was told of an alarm, nor is about to be: the next round does it."""
    just_now = models.Q(raised_at__range=(now - READDRESSED_WITHIN, now))
    return ~models.Q(has_readers()) & ~just_now


def withdraw_warnings(
    dossier: Dossier, held_by: tuple[int | None, int | None], at: datetime
) -> None:
    """Come to other hands, it is no more of whoever was warned of its date: the watch warns those."""
    if (dossier.unit_id, dossier.assignee_id) == held_by:
        return
    rows = Alarm.objects.filter(
        dossier=dossier, kind__in=OF_THE_HOLDER,
        level=AlarmLevel.WARNING, closed_at=None,
    )  # fmt: skip
    for alarm in rows:
        alarm.raised_to.clear()
        alarm.raised_at = at
        alarm.save(update_fields=["raised_at"])


def close_alarms(dossier: Dossier, source: Status, by: Actor, at: datetime) -> None:
    """After a step from `source`: what it did not do any more is done, and by whom."""
    target = Status(dossier.status)
    if target is source or source is Status.DRAFT:
        return
    kept = set(OUTLIVING)
    if dossier.step_due_at is None:
        kept.remove(AlarmKind.STEP_DATE)
    if target not in RUNNING:
        kept -= set(OF_THE_DATE)
    if target in CLOSED:
        # The draft of a letter is dropped together with its alarm; a dead job stays dead.
        kept = {AlarmKind.LATE_AHEAD, AlarmKind.DEAD_JOB}
    Alarm.objects.filter(dossier=dossier, closed_at=None).exclude(kind__in=kept).update(
        closed_at=at, closed_by=by.name
    )
