"""Figures that are kept rather than counted: each unit's year, and how long things usually take."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import NamedTuple, Protocol

from django.db import connection, models

from motcua.dossiers.workflow import CLOSED, Status
from motcua.workdays.rules import standing
from motcua.workdays.types import Standing, local

# How a dossier may end without a result: it was accepted, and is neither solved nor waiting.
WITHOUT_RESULT = CLOSED - {Status.DELIVERED}
COLUMNS = ("received", "solved", "on_time", "late", "closed", "apologies")


class YearCount(models.Model):
    """What an agency's unit received, solved and closed in a year, by channel (CH-12).

    `apologies` are the letters signed while the unit had the dossier; they stay with it (ST-14).

    The unit is the one that has the dossier, or had it last. Who was solved without a promised date
    is in `solved` and in neither `on_time` nor `late`.
    """

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(
        "agencies.Unit", models.PROTECT, null=True, related_name="+", db_index=False
    )
    year = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=10)
    received = models.BigIntegerField(default=0)
    solved = models.BigIntegerField(default=0)
    on_time = models.BigIntegerField(default=0)
    late = models.BigIntegerField(default=0)
    closed = models.BigIntegerField(default=0)
    apologies = models.BigIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("agency", "unit", "year", "channel"),
                name="year_count",
                nulls_distinct=False,
            ),
        )

    def __str__(self) -> str:
        return f"{self.agency_id}/{self.unit_id} {self.year} {self.channel}: {self.received}"


class SolvingTime(models.Model):
    """How long a finished dossier was worked on: acceptance to result, what it waited left out."""

    dossier = models.OneToOneField(
        "dossiers.Dossier", models.CASCADE, primary_key=True, related_name="+"
    )
    finished_at = models.DateTimeField(db_index=True)  # of the finish that was measured
    worked = models.DurationField()

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.worked}"


class UsualTime(models.Model):
    """How long a procedure usually takes at a unit, or at its whole agency, in working time.

    Moonshot 3.
    """

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(  # none: the whole agency
        "agencies.Unit", models.PROTECT, null=True, related_name="+", db_index=False
    )
    procedure_code = models.CharField(max_length=20)
    case = models.TextField(blank=True)
    n = models.IntegerField()
    low = models.DurationField()
    mid = models.DurationField()
    high = models.DurationField()
    data_on = models.DateField()  # the last day that is in the figures

    class Meta:
        indexes = (models.Index(fields=("agency", "procedure_code"), name="usual_time"),)

    def __str__(self) -> str:
        return f"{self.agency_id} {self.procedure_code}: {self.mid}"


class Countable(Protocol):
    """What of a dossier decides where it is counted."""

    agency_id: int
    unit_id: int | None
    channel: str
    status: str
    accepted_at: datetime | None
    legal_due_at: datetime | None
    finished_at: datetime | None
    changed_at: datetime


class Place(NamedTuple):
    """Where a figure stands."""

    agency_id: int
    unit_id: int | None
    year: int
    channel: str


Counts = Counter[tuple[Place, str]]


def counted(dossier: Countable) -> Counts:
    """Where this dossier is counted, as it is now; nowhere before it is accepted.

    A result counts against the date that the law gave it, whatever was promised later.

    Law: CH-12, DL-11
    """
    found: Counts = Counter()

    def add(at: datetime, *columns: str) -> None:
        here = Place(dossier.agency_id, dossier.unit_id, local(at).year, dossier.channel)
        found.update((here, column) for column in columns)

    if dossier.accepted_at is None:
        return found
    add(dossier.accepted_at, "received")
    if dossier.status in WITHOUT_RESULT:
        add(dossier.changed_at, "closed")
    elif dossier.finished_at and dossier.legal_due_at:
        late = standing(dossier.legal_due_at, dossier.finished_at) is Standing.LATE
        add(dossier.finished_at, "solved", "late" if late else "on_time")
    elif dossier.finished_at:
        add(dossier.finished_at, "solved")
    return found


def count_letter(dossier: Countable, at: datetime) -> None:
    """Count a letter of apology that was signed, where the dossier lies at that moment.

    Law: ST-14
    """
    here = Place(dossier.agency_id, dossier.unit_id, local(at).year, dossier.channel)
    count_year(Counter(), Counter({(here, "apologies"): 1}))


def count_year(before: Counts, after: Counts) -> None:
    """Move a dossier from where it was counted to where it is; in a fixed order, against deadlock."""
    changed: dict[Place, dict[str, int]] = {}
    for place, column in before | after:
        if change := after[place, column] - before[place, column]:
            changed.setdefault(place, dict.fromkeys(COLUMNS, 0))[column] = change
    if not changed:
        return
    rows = sorted(changed, key=lambda place: (place.agency_id, place.unit_id or 0, *place[2:]))
    values = [value for place in rows for value in (*place, *changed[place].values())]
    sums = ", ".join(f"{c} = dossiers_yearcount.{c} + EXCLUDED.{c}" for c in COLUMNS)
    row = ", ".join(["%s"] * (len(Place._fields) + len(COLUMNS)))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO dossiers_yearcount (agency_id, unit_id, year, channel, {', '.join(COLUMNS)})"
            f" VALUES {', '.join([f'({row})'] * len(rows))}"
            f" ON CONFLICT (agency_id, unit_id, year, channel) DO UPDATE SET {sums}",
            values,
        )
