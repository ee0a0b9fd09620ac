"""Every change of a promised date, and recounts of many dates after the calendar changed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models

from motcua.dossiers.types import LineState, RecountState
from motcua.dossiers.workflow import STEP_TEXTS, Step

if TYPE_CHECKING:
    from motcua.dossiers.models.dossier import Dossier
    from motcua.dossiers.models.moves import Move


class DueChange(models.Model):
    """A promised date became another one, with the step that did it and why (DL-15, lịch sử hạn).

    `new` is empty where the clock stopped. Written by `Dossier.take` and the recount, never changed.
    """

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="due_changes")
    move = models.OneToOneField("dossiers.Move", models.PROTECT, related_name="due_change")
    kind = models.CharField(max_length=20)  # the step
    at = models.DateTimeField()
    old = models.DateTimeField(null=True)
    new = models.DateTimeField(null=True)
    reason = models.TextField()
    approved_by = models.CharField("người duyệt", max_length=200, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.old} → {self.new}"


def note_change(
    dossier: Dossier,
    move: Move,
    was: tuple[datetime | None, datetime | None],
    facts: dict[str, Any],
) -> None:
    """Keep that a promised date became another one; after a wait, what it was before it.

    `was` is what was promised before the step, and when the dossier was accepted.
    """
    promised, accepted_at = was
    if accepted_at is None or promised == dossier.due_at:
        return
    before = None if promised else dossier.due_changes.last()
    DueChange.objects.create(
        dossier=dossier, move=move, kind=move.step, at=move.at,
        old=before.old if before else promised, new=dossier.due_at,
        reason=facts.get("reason") or move.note or STEP_TEXTS[Step(move.step)],
        approved_by=facts.get("approved_by", ""),
    )  # fmt: skip


class Recount(models.Model):
    """Running dossiers counted anew on an edition of the calendar: asked by one, agreed by another.

    `cursor` is how far the job under way has come: a dossier while counting, a line while moving.
    A job that was killed goes on from there.
    """

    edition = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in RecountState])
    reason = models.CharField("lý do", max_length=500)
    asked_by = models.CharField(max_length=200)
    asked_by_key = models.CharField(max_length=100)
    asked_by_person = models.CharField(max_length=100)
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=200, blank=True)
    decided_by_key = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(null=True)
    cursor = models.BigIntegerField(default=0)
    to_look_at = models.PositiveIntegerField(default=0)
    looked_at = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField("sẽ đổi", default=0)
    moved = models.PositiveIntegerField(default=0)
    stayed = models.PositiveIntegerField("đã duyệt mà giữ nguyên", default=0)
    skipped = models.PositiveIntegerField("không tính lại được", default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(  # two at once would answer the same question twice
                models.Value(1),
                name="one_recount_at_a_time",
                condition=models.Q(state__in=("counting", "ready", "moving")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.edition}: {self.state}"


class RecountLine(models.Model):
    """One dossier whose date would move, as it was shown to whoever agreed; then what became of it.

    The promise may stay (`old` is `new`) where only the date by which the result is judged moves.
    `revision` is the one that was counted: a dossier that still has it need not be counted again.
    """

    recount = models.ForeignKey(Recount, models.CASCADE, related_name="lines", db_index=False)
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="+")
    old = models.DateTimeField()
    new = models.DateTimeField()
    legal_old = models.DateTimeField(null=True)
    legal_new = models.DateTimeField(null=True)
    revision = models.IntegerField(default=-1)
    move = models.ForeignKey(
        "dossiers.Move", models.PROTECT, null=True, related_name="+", db_index=False
    )
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in LineState])
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("recount", "dossier"), name="recounted_once"),
        )
        indexes = (models.Index(fields=("recount", "id"), name="recount_lines"),)

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.old} → {self.new}"
