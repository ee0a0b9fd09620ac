"""What other units do for a dossier, in which order and until when (giải quyết liên thông)."""

from __future__ import annotations

from django.db import models

from motcua.dossiers.stations import PER_NAMES


class Station(models.Model):
    """The part of one unit in settling a dossier; it begins when all that it `needs` is over.

    Only while it runs does its unit see the dossier. The lead's own station is the last: it waits
    for all the others, and is done when the result is proposed. A station given back to be planned
    anew stays, closed, and keeps its number.
    """

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="stations")
    order = models.PositiveSmallIntegerField("số dòng")
    unit = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", db_index=False)
    is_lead = models.BooleanField("chủ trì", default=False)
    by_paper = models.BooleanField("chuyển bản giấy", default=False)
    task = models.TextField("việc phải làm")
    amount = models.PositiveSmallIntegerField("thời hạn")
    per = models.CharField(max_length=20, choices=list(PER_NAMES.items()))
    needs = models.JSONField("chờ kết quả của", default=list)  # numbers of lines of this dossier
    planned_at = models.DateTimeField()
    planned_by = models.CharField(max_length=200)
    started_at = models.DateTimeField("bắt đầu", null=True)
    due_at = models.DateTimeField("hạn", null=True)  # none: its calendar could not say yet
    warn_at = models.DateTimeField("báo sắp hết hạn từ", null=True)
    done_at = models.DateTimeField("xong", null=True)
    done_by = models.CharField(max_length=200, blank=True)
    done_by_key = models.CharField(max_length=40, blank=True)
    answer = models.TextField("kết quả", blank=True)
    digest = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    closed_at = models.DateTimeField("hết chờ", null=True)  # done, or no longer waited for
    closed_by = models.CharField(max_length=200, blank=True)
    reason = models.TextField("vì sao thôi chờ", blank=True)
    late_told_at = models.DateTimeField("báo trễ lúc", null=True)
    slip = models.CharField("số phiếu chuyển", max_length=30, blank=True)
    given_by = models.CharField("bên giao", max_length=200, blank=True)
    received_at = models.DateTimeField("nhận giấy tờ lúc", null=True)
    received_by = models.CharField("bên nhận", max_length=200, blank=True)

    class Meta:
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=("dossier", "order"), name="station_number"),)
        indexes = (
            models.Index(
                fields=("unit", "dossier"),
                name="station_open",
                condition=models.Q(closed_at=None),
            ),
            models.Index(
                fields=("due_at", "id"),
                name="station_late",
                condition=models.Q(closed_at=None, late_told_at=None),
            ),
            models.Index(fields=("digest",), name="station_file", condition=~models.Q(digest="")),
        )

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.order} → {self.unit_id}"
