"""Which files are kept. The content stands on disk under its fingerprint."""

from django.db import models


class StoredBlob(models.Model):
    """One content, however often and under whatever names it was handed in."""

    digest = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=40)
    pages = models.PositiveIntegerField()
    stored_at = models.DateTimeField()
    stored_by = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return f"{self.digest[:12]} {self.kind}"
