"""What the night measures and counts: solving times, usual times, the figures of the year anew."""

from __future__ import annotations

import logging
from datetime import datetime, time, timedelta
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Q

from motcua.core import clock
from motcua.core.errors import Refused
from motcua.dossiers import statistics
from motcua.dossiers.models import Move
from motcua.dossiers.models.rollups import COLUMNS, WITHOUT_RESULT, SolvingTime
from motcua.dossiers.usual import QUANTILES, WAITS, clock_events, worked
from motcua.workdays.queries import work_calendar
from motcua.workdays.types import WorkCalendar, at_time, local

BATCH = 1000
ONE_YEAR = timedelta(days=365)
log = logging.getLogger(__name__)

# Finished in the window and not measured, or finished once more since.
UNMEASURED = """
SELECT d.id, d.agency_id, d.unit_id, d.accepted_at, d.finished_at
FROM dossiers_dossier d
LEFT JOIN dossiers_solvingtime s ON s.dossier_id = d.id AND s.finished_at = d.finished_at
WHERE d.finished_at >= %s AND d.finished_at < %s AND (d.finished_at, d.id) > (%s, %s)
  AND d.accepted_at IS NOT NULL AND s.dossier_id IS NULL
ORDER BY d.finished_at, d.id LIMIT %s
"""
USUAL = f"""
INSERT INTO dossiers_usualtime
    (agency_id, unit_id, procedure_code, "case", n, low, mid, high, data_on)
SELECT agency_id, unit_id, procedure_code, "case", n, q[1], q[2], q[3], %s FROM (
    SELECT d.agency_id, d.unit_id, d.procedure_code, d."case", count(*) AS n,
           grouping(d.unit_id) AS is_whole,
           percentile_disc(ARRAY[{", ".join(map(str, QUANTILES))}]) WITHIN GROUP (ORDER BY s.worked) AS q
    FROM dossiers_solvingtime s
    JOIN dossiers_dossier d ON d.id = s.dossier_id AND d.finished_at = s.finished_at
    WHERE s.finished_at >= %s AND s.finished_at < %s AND NOT d.status = ANY(%s)
    GROUP BY d.agency_id, d.procedure_code, d."case", GROUPING SETS ((), (d.unit_id))
) measured WHERE is_whole = 1 OR unit_id IS NOT NULL
"""


class Finished(NamedTuple):
    """A dossier whose solving time is to be measured."""

    id: int
    agency_id: int
    unit_id: int | None
    accepted_at: datetime
    finished_at: datetime


def count_usual_times(now: datetime | None = None) -> int:
    """Measure what was finished since, then take the quantiles of the year up to last midnight.

    May run twice: the second time there is nothing to measure, and the figures are the same.
    """
    until = at_time(local(now or clock.now()).date(), time.min)
    since = until - ONE_YEAR
    measured = _measure(since, until)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE dossiers_usualtime IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("DELETE FROM dossiers_usualtime")
        last_day = (until - timedelta(days=1)).date()
        cursor.execute(USUAL, [last_day, since, until, [s.value for s in WITHOUT_RESULT]])
    SolvingTime.objects.filter(finished_at__lt=since).delete()
    return measured


def _measure(since: datetime, until: datetime) -> int:
    """Write the solving time of every dossier that has none yet, a batch at a time."""
    measured, place = 0, (since, 0)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(UNMEASURED, [since, until, *place, BATCH])
            batch = [Finished(*row) for row in cursor.fetchall()]
        if not batch:
            return measured
        times = _times(batch)
        SolvingTime.objects.bulk_create(
            times, update_conflicts=True, unique_fields=["dossier"],
            update_fields=["finished_at", "worked"],
        )  # fmt: skip
        measured += len(times)
        place = (batch[-1].finished_at, batch[-1].id)


def _times(batch: list[Finished]) -> list[SolvingTime]:
    """The solving times of a batch, each by the calendar of the unit that settled."""
    waited = Q(source__in=WAITS) | Q(target__in=WAITS)
    rows = Move.objects.filter(waited, dossier_id__in=[row.id for row in batch])
    rows = rows.only("dossier_id", "source", "target", "at").order_by("dossier_id", "seq")
    moves = {pk: list(group) for pk, group in groupby(rows, attrgetter("dossier_id"))}
    units = {(row.agency_id, row.unit_id) for row in batch}
    calendars = {unit: work_calendar(*unit) for unit in units}
    times = (
        _time(row, moves.get(row.id, []), calendars[row.agency_id, row.unit_id]) for row in batch
    )
    return [one for one in times if one]


def _time(row: Finished, moves: list[Move], calendar: WorkCalendar) -> SolvingTime | None:
    """One dossier's solving time; nothing where its moments make no sense or no calendar is there."""
    try:
        events = clock_events(row.accepted_at, row.finished_at, moves)
        length = worked(events, calendar)
    except Refused as fault:
        log.warning("Solving time of dossier %s cannot be measured: %s", row.id, fault)
        return None
    return SolvingTime(dossier_id=row.id, finished_at=row.finished_at, worked=length)


def rebuild_statistics() -> int:
    """Write the figures of all years anew from the dossiers; how many rows there are.

    Steps wait meanwhile: what they would add is neither lost nor counted twice.
    """
    names = ", ".join(("agency_id", "unit_id", "channel", "year", *COLUMNS))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE dossiers_yearcount IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("DELETE FROM dossiers_yearcount")
        cursor.execute(f"INSERT INTO dossiers_yearcount ({names}) {statistics.RAW}")
        return int(cursor.rowcount)
