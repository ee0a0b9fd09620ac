"""The journal: who did what to what, and the log that seals it. Rows are added, never changed."""

import pgtrigger
from django.db import models

# TRUNCATE has its own triggers, in the migrations: row triggers do not see it.
ONLY_GROWS = pgtrigger.Update | pgtrigger.Delete


class Head(models.Model):
    """How far a subject's chain has come: the row that is locked while an entry joins it."""

    subject = models.CharField(max_length=100, primary_key=True)
    seq = models.PositiveIntegerField()
    hash = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.subject} #{self.seq}"


class Entry(models.Model):
    """One deed. `body` holds, byte for byte, the canonical JSON that `hash` covers.

    The table has one column more, `xact`, that the database fills by itself: the transaction that
    wrote the row. By it a dossier that changes is held to its entry (docs/decisions/0021).
    """

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
        triggers = [pgtrigger.Protect(name="journal_only_grows", operation=ONLY_GROWS)]

    def __str__(self) -> str:
        return f"{self.subject} #{self.seq} {self.deed}"


class Leaf(models.Model):
    """The place of an entry in the log over all chains.

    No foreign key in the database: a leaf outlives an entry that somebody took away, and tells of it.
    """

    index = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, models.DO_NOTHING, related_name="leaf", db_constraint=False)
    hash = models.BinaryField()

    class Meta:
        triggers = [pgtrigger.Protect(name="leaves_only_grow", operation=ONLY_GROWS)]

    def __str__(self) -> str:
        return f"leaf {self.index}"


class LogKey(models.Model):
    """A public key of the log, and the size of the log from which on it signs."""

    vkey = models.CharField(max_length=300, unique=True)
    from_size = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        triggers = [pgtrigger.Protect(name="log_keys_only_grow", operation=ONLY_GROWS)]

    def __str__(self) -> str:
        return f"{self.vkey} from {self.from_size}"


class Checkpoint(models.Model):
    """What was signed of the log: its size and root. Entries up to number `settled` are all in it.

    A whole one ended a round: nothing committed was waiting behind it. Only those bound an hour.
    """

    size = models.BigIntegerField(unique=True)
    root = models.BinaryField()
    note = models.BinaryField()
    settled = models.BigIntegerField()
    is_whole = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        triggers = [pgtrigger.Protect(name="checkpoints_only_grow", operation=ONLY_GROWS)]

    def __str__(self) -> str:
        return f"checkpoint {self.size}"


class Cosignature(models.Model):
    """The line that a witness put below a checkpoint."""

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="cosignatures")
    witness = models.CharField(max_length=300)
    line = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["witness", "checkpoint"], name="cosigned_once")
        ]
        triggers = [pgtrigger.Protect(name="cosignatures_only_grow", operation=ONLY_GROWS)]

    def __str__(self) -> str:
        return f"{self.witness} {self.checkpoint_id}"


class TimeStamp(models.Model):
    """The RFC 3161 token over the text of a checkpoint."""

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="timestamps")
    token = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        triggers = [pgtrigger.Protect(name="timestamps_only_grow", operation=ONLY_GROWS)]

    def __str__(self) -> str:
        return f"time stamp {self.at} {self.checkpoint_id}"


class Outsider(models.Model):
    """How it stands with a witness or the time-stamping authority: what went wrong, since when."""

    name = models.CharField(max_length=300, primary_key=True)
    size = models.BigIntegerField(default=0)  # of the log, the last time all was well
    trouble = models.TextField(blank=True)
    refuses = models.BooleanField(default=False)  # it answered, and said no
    since = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name}: {self.trouble or self.size}"
