"""What was done on a dossier, what is to be done next, and the forms issued on the way."""

from __future__ import annotations

from django.db import models


class Move(models.Model):
    """A step that was taken. The moves of a dossier, in order, are its control sheet."""

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="moves")
    seq = models.IntegerField()
    step = models.CharField(max_length=20)
    source = models.CharField(max_length=20)
    target = models.CharField(max_length=20)
    by = models.CharField("người thực hiện", max_length=200)
    by_key = models.CharField(max_length=40)
    unit = models.ForeignKey(  # where the hand sits
        "agencies.Unit", models.PROTECT, null=True, related_name="+"
    )
    to_unit = models.ForeignKey(  # which unit has the dossier afterwards
        "agencies.Unit", models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()
    facts = models.JSONField("như lúc đó", default=dict)
    note = models.TextField("ý kiến", blank=True)

    class Meta:
        ordering = ("seq",)
        constraints = (models.UniqueConstraint(fields=("dossier", "seq"), name="move_seq"),)

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.step}"


class Task(models.Model):
    """What somebody has to do next on a dossier (việc)."""

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="tasks")
    title = models.CharField(max_length=200)
    role = models.CharField(max_length=20)
    status = models.CharField(max_length=20)
    unit = models.ForeignKey("agencies.Unit", models.PROTECT, null=True, related_name="+")
    assignee = models.ForeignKey("agencies.Post", models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=200, blank=True)
    done_step = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index(
                fields=("dossier",), name="task_open", condition=models.Q(done_at__isnull=True)
            ),
        )

    def __str__(self) -> str:
        return self.title


class Slip(models.Model):
    """A form issued on a dossier, kept exactly as it was issued (FRM-09)."""

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="slips")
    move = models.ForeignKey(Move, models.PROTECT, related_name="slips")
    kind = models.CharField(max_length=30)  # the number of the form: 01, 02, 03, 06
    number = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    issued_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("move", "kind"), name="slip_once"),)
        indexes = (models.Index(fields=("digest",), name="slip_digest"),)

    def __str__(self) -> str:
        return self.number
