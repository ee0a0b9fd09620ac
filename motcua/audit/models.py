"""The journal: who did what to what. Rows are added, never changed."""

import pgtrigger
from django.db import models


class Head(models.Model):
    """How far a subject's chain has come: the row that is locked while an entry joins it."""

    subject = models.CharField(max_length=100, primary_key=True)
    seq = models.PositiveIntegerField()
    hash = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.subject} #{self.seq}"


class Entry(models.Model):
    """One deed. `body` holds, byte for byte, the canonical JSON that `hash` covers."""

    subject = models.CharField(max_length=100)
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=100)
    deed = models.CharField(max_length=60)
    body = models.BinaryField()
    salt = models.BinaryField()
    prev = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["subject", "seq"], name="entry_once_in_its_chain")
        ]
        indexes = [models.Index(fields=["actor", "-at"], name="entry_by_actor")]
        # TRUNCATE has its own trigger, in the migration: row triggers do not see it.
        triggers = [
            pgtrigger.Protect(
                name="journal_only_grows", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} #{self.seq} {self.deed}"
