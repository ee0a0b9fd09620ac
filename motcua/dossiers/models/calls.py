"""That an official told the applicant by telephone or face to face, what no message had brought."""

from __future__ import annotations

from django.db import models

NUMBER, WHOSE = 30, 200  # characters that are kept


class PhoneCall(models.Model):
    """One call: to which number of the dossier, whether anybody answered, what was said.

    An empty number: the applicant was told in person. What was lost before a call that was
    answered has been told by it.
    """

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="calls")
    number = models.CharField("số đã gọi", max_length=NUMBER, blank=True)
    whose = models.CharField("số của", max_length=WHOSE, blank=True)
    is_reached = models.BooleanField("đã báo được")
    note = models.TextField("đã nói gì")
    called_at = models.DateTimeField()
    called_by = models.CharField("người gọi", max_length=200)
    called_by_key = models.CharField(max_length=40)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.called_at}"
