"""What was received on paper while the system could not be used, and entered later (nhập muộn)."""

from __future__ import annotations

from django.db import models


class LateEntry(models.Model):
    """That a dossier was entered after it was received: since when it counts, why, by whom (RCV-22)."""

    dossier = models.OneToOneField(
        "dossiers.Dossier", models.PROTECT, primary_key=True, related_name="late_entry"
    )
    received_at = models.DateTimeField("nhận bản giấy lúc")
    book = models.CharField("số trong sổ giấy", max_length=100)
    reason = models.TextField("vì sao nhập muộn")
    entered_by = models.CharField("người nhập", max_length=200)
    entered_by_key = models.CharField(max_length=40)
    entered_at = models.DateTimeField("nhập lúc")

    class Meta:
        indexes = (models.Index(fields=("entered_at",), name="late_entry_entered"),)

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.received_at}"
