"""What a dossier needs from outside its case officer: opinions, a visit, a word to hurry."""

from __future__ import annotations

from django.db import models


class Consultation(models.Model):
    """What one unit was asked about a dossier, until when, and what it answered (lấy ý kiến).

    It stays open until it is answered or the case officer closes the asking without the answer.
    Only while it is open does the unit asked see the dossier.
    """

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="consultations")
    unit = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", db_index=False)
    content = models.TextField("nội dung hỏi")
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    asked_by_key = models.CharField(max_length=40)
    due_at = models.DateTimeField("hạn cho ý kiến")
    replied_at = models.DateTimeField(null=True)
    replied_by = models.CharField(max_length=200, blank=True)
    answer = models.TextField("ý kiến", blank=True)
    digest = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    closed_at = models.DateTimeField("hết chờ", null=True)  # answered, or no longer waited for
    late_told_at = models.DateTimeField("báo trễ lúc", null=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("dossier", "unit"),
                name="consultation_open_once",
                condition=models.Q(closed_at=None),
            ),
        )
        indexes = (
            models.Index(
                fields=("unit", "dossier"),
                name="consultation_asked",
                condition=models.Q(closed_at=None),
            ),
            models.Index(
                fields=("due_at", "id"),
                name="consultation_late",
                condition=models.Q(closed_at=None, late_told_at=None),
            ),
            models.Index(
                fields=("digest",), name="consultation_file", condition=~models.Q(digest="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.dossier_id} → {self.unit_id}"


class Verification(models.Model):
    """A visit to the place, as it was announced and as it went (xác minh thực địa)."""

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="verifications")
    visit_at = models.DateTimeField("thời gian")
    place = models.CharField("địa điểm", max_length=300)
    participants = models.TextField("thành phần")
    content = models.TextField("nội dung")
    needs_applicant = models.BooleanField("người nộp phải có mặt", default=False)
    announced_at = models.DateTimeField()
    announced_by = models.CharField(max_length=200)
    record = models.TextField("biên bản", blank=True)
    present = models.TextField("những người có mặt", blank=True)
    called_off_at = models.DateTimeField("không tiến hành từ", null=True)
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=255, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("dossier",),
                name="verification_open_once",
                condition=models.Q(recorded_at=None, called_off_at=None),
            ),
        )
        indexes = (
            models.Index(
                fields=("visit_at", "id"),
                name="verification_open",
                condition=models.Q(recorded_at=None, called_off_at=None),
            ),
            models.Index(
                fields=("digest",), name="verification_file", condition=~models.Q(digest="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.visit_at}"


class Urging(models.Model):
    """A leader urges the unit that has a dossier, and what that unit answered (đôn đốc)."""

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="urgings")
    unit = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", db_index=False)
    text = models.TextField("nội dung")
    urged_at = models.DateTimeField()
    urged_by = models.CharField(max_length=200)
    recipients = models.ManyToManyField("agencies.Post", related_name="+")
    answer = models.TextField("trả lời", blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.dossier_id} → {self.unit_id}"
