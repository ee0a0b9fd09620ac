"""What applicants are asked to put right: the catalogue of reasons, each slip's items, second askings."""

from __future__ import annotations

from django.db import models


class CorrectionReason(models.Model):
    """An everyday reason why something must be put right, with the law it stands on; data of the desk."""

    code = models.SlugField(max_length=40, unique=True)
    text = models.CharField("lý do", max_length=300)
    legal_basis = models.CharField("căn cứ pháp lý", max_length=300, blank=True)
    for_papers = models.BooleanField(default=True)
    for_questions = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    place = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("place", "code")

    def __str__(self) -> str:
        return self.text


class CorrectionItem(models.Model):
    """One thing that was asked for with a move: a paper or a question, why, and when it was right."""

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="corrections")
    move = models.ForeignKey("dossiers.Move", models.PROTECT, related_name="corrections")
    slot = models.CharField(max_length=60, blank=True)
    question = models.CharField(max_length=200, blank=True)
    name = models.TextField()
    reason = models.CharField(max_length=40, blank=True)  # its code in the catalogue
    text = models.TextField()
    legal_basis = models.TextField(blank=True)
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.name}"
