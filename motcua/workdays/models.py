"""The calendar as it is published: one row per configured year, exceptional day and office's hours.

A trigger moves `Stamp` whenever one of these rows changes, so that every process knows at once
that the calendar it holds is old. Every change that was meant makes a `CalendarEdition`.
"""

from django.db import models
from django.db.models import Q

from motcua.workdays.types.changes import (
    Change,
    DraftFacts,
    DraftStatus,
    EditionFacts,
    OwnHours,
    slots_from_json,
)


class WorkYear(models.Model):
    """A year whose calendar has been entered; unconfirmed while days are still computed ones."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    confirmed = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.year}"


class DayOff(models.Model):
    """A public holiday, or a day off in exchange for a Saturday worked."""

    day = models.DateField(primary_key=True)
    name = models.CharField(max_length=150)

    class Meta:
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class SwapDay(models.Model):
    """A Saturday or Sunday worked to make up for a day off."""

    day = models.DateField(primary_key=True)
    name = models.CharField(max_length=150)

    class Meta:
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class OfficeHours(models.Model):
    """The hours of the authority (""), of "agency:<id>" or "unit:<id>", from a day on.

    Without slots the owner keeps the hours of the one above it again.
    """

    owner = models.CharField(max_length=40, blank=True)
    since = models.DateField()
    slots = models.JSONField(default=list)
    saturday = models.JSONField(default=list)

    class Meta:
        ordering = ("owner", "since")
        constraints = [
            models.UniqueConstraint(fields=["owner", "since"], name="hours_once_from_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.owner or 'authority'} {self.since}"

    @property
    def own(self) -> OwnHours:
        """The row as rules read it."""
        slots, saturday = slots_from_json(self.slots), slots_from_json(self.saturday)
        return OwnHours(self.owner, self.since, slots, saturday)


class Stamp(models.Model):
    """The number of the present calendar; the database alone writes it."""

    number = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.number}"


class CalendarDraft(models.Model):
    """Changes that one person asks for and another agrees to; `changes` as `Change.to_json`."""

    year = models.PositiveSmallIntegerField()
    changes = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=1)
    status = models.CharField(max_length=10, choices=[(s, s) for s in DraftStatus])
    note = models.CharField(max_length=500, blank=True)
    drafted_by = models.CharField(max_length=200)
    drafted_by_key = models.CharField(max_length=100)
    drafted_by_person = models.CharField(max_length=100)
    drafted_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_by_key = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["year", "drafted_by_person"],
                condition=Q(status="drafting"),
                name="calendar_one_draft_each",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.year}"

    @property
    def asked(self) -> tuple[Change, ...]:
        """The lines of the draft."""
        return tuple(Change.from_json(told) for told in self.changes)

    @property
    def facts(self) -> DraftFacts:
        """The draft as pages show it."""
        return DraftFacts(
            number=self.pk,
            year=self.year,
            status=DraftStatus(self.status),
            changes=self.asked,
            revision=self.revision,
            note=self.note,
            drafted_by=self.drafted_by,
            drafted_by_person=self.drafted_by_person,
            drafted_at=self.drafted_at,
            sent_at=self.sent_at,
            decided_by=self.decided_by,
            decided_at=self.decided_at,
            reason=self.reason,
        )


class CalendarEdition(models.Model):
    """The whole calendar as it was from `made_at` on; `snapshot` as `CalendarRows.to_json`."""

    number = models.PositiveIntegerField(primary_key=True)
    snapshot = models.JSONField()
    stamp = models.BigIntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    draft = models.ForeignKey(CalendarDraft, models.PROTECT, null=True, blank=True)
    changed = models.JSONField(default=list)

    class Meta:
        ordering = ("-number",)

    def __str__(self) -> str:
        return f"edition {self.number}"

    @property
    def facts(self) -> EditionFacts:
        """The edition in a list."""
        return EditionFacts(
            self.number, self.made_at, self.made_by, self.draft_id, tuple(self.changed)
        )
