"""What went wrong with a result or a paper, and the results that were replaced (NĐ 61 Đ21)."""

from __future__ import annotations

from django.db import models

from motcua.dossiers.incident_words import (
    FAULT_NAMES,
    KIND_NAMES,
    SUBJECT_NAMES,
    Subject,
)


class Incident(models.Model):
    """The record of one incident: what, whose fault, who bears the cost, how it was put right."""

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="incidents")
    subject = models.CharField(
        max_length=10, choices=list(SUBJECT_NAMES.items()), default=Subject.RESULT
    )
    kind = models.CharField(max_length=10, choices=list(KIND_NAMES.items()))
    fault = models.CharField("lỗi thuộc về", max_length=10, choices=list(FAULT_NAMES.items()))
    what = models.TextField("điều đã xảy ra")
    apology = models.TextField("lời xin lỗi", blank=True)
    is_free = models.BooleanField("người dân không phải trả phí")
    reported_by = models.CharField("người lập", max_length=200)
    reported_at = models.DateTimeField()
    approved_by = models.CharField("người duyệt", max_length=200, blank=True)
    must_by = models.DateTimeField("hạn khắc phục", null=True)
    settled_at = models.DateTimeField("khắc phục xong", null=True)
    settled_by = models.CharField(max_length=200, blank=True)
    settled_how = models.TextField("đã khắc phục thế nào", blank=True)

    class Meta:
        ordering = ("id",)
        indexes = (  # the watch: of what was an applicant to hear lately
            models.Index(
                fields=("reported_at",),
                name="papers_reported",
                condition=models.Q(subject="papers"),
            ),
            models.Index(
                fields=("settled_at",), name="papers_settled", condition=models.Q(subject="papers")
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("dossier", "subject"),
                name="incident_open_once",
                condition=models.Q(settled_at=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.subject} {self.kind}"


class EarlierResult(models.Model):
    """A result that another one replaced: kept as it was issued, and known to be replaced."""

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="earlier_results")
    incident = models.OneToOneField(Incident, models.PROTECT, related_name="earlier")
    number = models.CharField(max_length=60)
    issued_on = models.DateField(null=True)
    digest = models.CharField(max_length=64)
    replaced_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("digest",), name="earlier_result_file"),)

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.number}"
