"""What the watch found: a dossier that somebody named must look at now."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

from motcua.core.actors import Actor
from motcua.dossiers.types import ALARM_NAMES, LEVEL_NAMES, AlarmKind
from motcua.dossiers.workflow import CLOSED, RUNNING, Status

if TYPE_CHECKING:
    from motcua.dossiers.models.dossier import Dossier

# These go on whatever step is taken: the watch closes them, or the end of the dossier.
OUTLIVING = (
    AlarmKind.RESULT, AlarmKind.NO_LETTER, AlarmKind.UNTOLD, AlarmKind.UNREACHED,
    AlarmKind.DEAD_JOB, AlarmKind.LATE_AHEAD,
)  # fmt: skip
OF_THE_DATE = (AlarmKind.RESULT, AlarmKind.NO_LETTER)


class Alarm(models.Model):
    """One finding of the watch, raised once per level to named posts (cảnh báo).

    `occasion` is the move after which the dossier waits (`Dossier.revision`): asked for a
    supplement and handed in again, it waits anew and may give the same alarm again. Of a late
    opinion it is the consultation: each unit is told of once, whatever the others answer meanwhile.
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
    """How far the watch has looked, of a kind whose answer never changes once it was good."""

    kind = models.CharField(max_length=20, primary_key=True)
    seen_until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind}: {self.seen_until}"


def close_alarms(dossier: Dossier, source: Status, by: Actor, at: datetime) -> None:
    """After a step from `source`: what it did not do any more is done, and by whom."""
    target = Status(dossier.status)
    if target is source or source is Status.DRAFT:
        return
    kept = set(OUTLIVING)
    if target not in RUNNING:
        kept -= set(OF_THE_DATE)
    if target in CLOSED:
        kept = {AlarmKind.LATE_AHEAD}  # its draft is dropped together with it
    Alarm.objects.filter(dossier=dossier, closed_at=None).exclude(kind__in=kept).update(
        closed_at=at, closed_by=by.name
    )
