"""Numbers that are kept rather than counted: orders of the day, lengths of the worklists."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, models

from motcua.dossiers.workflow import Status


class CodeCounter(models.Model):
    """The last order number that an agency gave on a day (COD-06)."""

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    day = models.DateField()
    last = models.IntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("agency", "day"), name="code_counter_day"),)

    def __str__(self) -> str:
        return f"{self.agency_id} {self.day}: {self.last}"


class WorklistCount(models.Model):
    """How many dossiers of an agency stand in a status, written with every step."""

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    status = models.CharField(max_length=20)
    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("agency", "status"), name="worklist_count"),)

    def __str__(self) -> str:
        return f"{self.agency_id} {self.status}: {self.number}"


def count_move(agency_id: int, source: Status, target: Status) -> None:
    """Move one dossier from counter to counter, in a fixed order so that no two can deadlock."""
    if source is target:
        return
    changes = sorted([(source.value, -1), (target.value, 1)])
    if source is Status.DRAFT:
        changes = [(target.value, 1)]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO dossiers_worklistcount (agency_id, status, number) VALUES "
            + ", ".join(["(%s, %s, %s)"] * len(changes))
            + " ON CONFLICT (agency_id, status) DO UPDATE"
            " SET number = dossiers_worklistcount.number + EXCLUDED.number",
            [value for status, n in changes for value in (agency_id, status, n)],
        )


def count_passed(origin: int, agency_id: int, status: Status) -> None:
    """A dossier went to another agency as it is: out of the one list, into the other."""
    changes = sorted([(origin, -1), (agency_id, 1)])
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO dossiers_worklistcount (agency_id, status, number) VALUES"
            " (%s, %s, %s), (%s, %s, %s) ON CONFLICT (agency_id, status) DO UPDATE"
            " SET number = dossiers_worklistcount.number + EXCLUDED.number",
            [value for agency, n in changes for value in (agency, status.value, n)],
        )


def next_order(agency_id: int, day: datetime) -> int:
    """The next order number of an agency on a day; safe against two desks at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO dossiers_codecounter (agency_id, day, last) VALUES (%s, %s, 1)"
            " ON CONFLICT (agency_id, day) DO UPDATE SET last = dossiers_codecounter.last + 1"
            " RETURNING last",
            [agency_id, day.date()],
        )
        row = cursor.fetchone()
        return int(row[0])
