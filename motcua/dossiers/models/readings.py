"""Who read which dossier on which day and why, how much a post read, and who read too much."""

from __future__ import annotations

from django.db import models

from motcua.dossiers.rules.reading import WHY_NAMES


class Reading(models.Model):
    """That a post reads a dossier on a day (lượt xem): one row, however often it looks.

    The journal tells each look. This row says whether to ask why, and whether the look just before
    is the same page view; it is swept after some weeks. `first_at` is empty while only the reason
    was given.
    """

    post = models.ForeignKey("agencies.Post", models.PROTECT, related_name="+", db_index=False)
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="readings")
    day = models.DateField()
    is_theirs = models.BooleanField("việc của vị trí này")
    why = models.CharField("lý do", max_length=20, blank=True, choices=list(WHY_NAMES.items()))
    note = models.CharField("nói rõ", max_length=500, blank=True)
    first_at = models.DateTimeField(null=True)
    noted_at = models.DateTimeField(null=True)  # the last page view that stands in the journal

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("post", "dossier", "day"), name="reading_once_a_day"),
        )
        indexes = (
            models.Index(fields=("day",), name="reading_swept"),
            models.Index(
                fields=("day", "dossier"),
                name="reading_not_theirs",
                condition=models.Q(is_theirs=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.post_id} → {self.dossier_id}, {self.day}"


class ReadingTally(models.Model):
    """How much a post read within one hour: counted as it happens, never counted up."""

    post = models.ForeignKey("agencies.Post", models.PROTECT, related_name="+", db_index=False)
    hour = models.DateTimeField()
    opened = models.PositiveIntegerField(default=0)
    listed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("post", "hour"), name="tally_of_an_hour"),)
        indexes = (models.Index(fields=("hour",), name="tally_swept"),)

    def __str__(self) -> str:
        return f"{self.post_id}, {self.hour}: {self.opened}"


class MassReading(models.Model):
    """That a post read more on a day than its work explains: told once to a named person.

    From then until the day is over each further dossier needs a reason.
    """

    post = models.ForeignKey("agencies.Post", models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    found_at = models.DateTimeField()
    words = models.CharField("vượt mức nào", max_length=200)
    told_to = models.ManyToManyField("agencies.Post", related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("post", "day"), name="mass_once_a_day"),)

    def __str__(self) -> str:
        return f"{self.post_id}, {self.day}: {self.words}"
