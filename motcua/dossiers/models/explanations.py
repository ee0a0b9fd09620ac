"""What the unit that is late tells the one-stop desk: why (giải trình lý do trễ hẹn)."""

from __future__ import annotations

from django.db import models

from motcua.dossiers.rules.explanations import CAUSE_NAMES


class Explanation(models.Model):
    """Why one dossier is not, or will not be, ready at one promised date; the latest one counts."""

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="explanations")
    old_due_at = models.DateTimeField("hạn đã hẹn")
    cause = models.CharField("lý do", max_length=20, choices=list(CAUSE_NAMES.items()))
    text = models.TextField("nói rõ", blank=True)
    unit = models.ForeignKey("agencies.Unit", models.PROTECT, null=True, related_name="+")
    explained_at = models.DateTimeField()
    explained_by = models.CharField("người giải trình", max_length=200)
    explained_by_key = models.CharField(max_length=40)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.cause}"
