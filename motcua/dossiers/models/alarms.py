"""What the watch found: a dossier that somebody named must look at now."""

from __future__ import annotations

from django.db import models

from motcua.dossiers.types import ALARM_NAMES, LEVEL_NAMES, AlarmKind
from motcua.dossiers.workflow import Status

# In which status a dossier can give which alarm; leaving it closes what was raised.
WATCHED = {Status.SUBMITTED: AlarmKind.ANSWER, Status.CONSULTING: AlarmKind.OPINION}


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
        )

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.kind} {self.level}"
