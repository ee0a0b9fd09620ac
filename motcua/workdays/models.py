"""The calendar as it is published: one row per configured year and per exceptional day.

A trigger moves `Stamp` whenever one of the rows changes, so that every process knows at once
that the calendar it holds is old.
"""

from django.db import models


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


class Stamp(models.Model):
    """The number of the present calendar; the database alone writes it."""

    number = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.number}"
