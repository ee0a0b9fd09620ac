"""Registers that were asked for: made in the background, kept for a few days."""

from __future__ import annotations

from django.db import models


class RegisterOrder(models.Model):
    """Somebody asked for the register of dossiers as a file (sổ theo dõi hồ sơ)."""

    post = models.ForeignKey("agencies.Post", models.PROTECT, related_name="+")
    wanted = models.JSONField("bộ lọc", default=dict)
    scope = models.TextField("bộ lọc bằng lời")
    form = models.CharField(max_length=4, choices=[("pdf", "PDF"), ("xlsx", "XLSX")])
    reason = models.CharField("lý do", max_length=500, blank=True)  # of a large one
    asked_at = models.DateTimeField()
    total = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    ready_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField("tải lần đầu", null=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("post", "-id"), name="register_order_post"),
            models.Index(
                fields=("digest",), name="register_order_file", condition=~models.Q(digest="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.form}"
