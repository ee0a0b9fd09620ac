"""The words of the forms: one row per version. What was approved is never changed."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from motcua.dossiers.slips.forms import SlipKind
from motcua.law.types import FormSet, ProfileStatus


class FormTemplate(models.Model):
    """One version of the template of one paper of one set (FRM-09)."""

    form_set = models.CharField(max_length=20, choices=[(s, s) for s in FormSet])
    kind = models.CharField(max_length=30, choices=[(k, k) for k in SlipKind])
    version = models.PositiveIntegerField()
    html = models.TextField()
    valid_from = models.DateField()
    status = models.CharField(max_length=10, choices=[(s, s) for s in ProfileStatus])
    note = models.CharField(max_length=500, blank=True)
    drafted_by = models.CharField(max_length=200)
    drafted_by_key = models.CharField(max_length=100)
    drafted_by_person = models.CharField(max_length=100)
    drafted_at = models.DateTimeField()
    decided_by = models.CharField(max_length=200, blank=True)
    decided_by_key = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("form_set", "kind", "-version")
        constraints = [
            models.UniqueConstraint(
                fields=["form_set", "kind", "version"], name="form_template_version_once"
            ),
            models.UniqueConstraint(
                fields=["form_set", "kind"],
                condition=Q(status="draft"),
                name="form_template_one_draft",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="approved_form_template_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__status="approved"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.form_set} {self.kind} v{self.version}"
