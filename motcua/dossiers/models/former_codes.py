"""Codes that dossiers had before two persons corrected them: they still find the dossier."""

from __future__ import annotations

from django.db import models


class FormerCode(models.Model):
    """A code that was given out and corrected; nobody else ever gets it."""

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="former_codes")
    code = models.CharField(max_length=60, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code
