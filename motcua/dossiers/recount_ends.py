"""What else of a dossier ends by a calendar that changed: its officer's step, the parts of other units.

A recount takes them along with the date of the result: an end would else fall on the day that is
closed now, or after the promise.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import F

from motcua.agencies.queries import unit_names
from motcua.core import clock
from motcua.dossiers.models import Station
from motcua.dossiers.rules.step_dates import carried_over, fits, warned_from
from motcua.workdays.rules import due_at
from motcua.workdays.types import TimeLimit, WorkCalendar, YearNotConfigured, local

if TYPE_CHECKING:
    from collections.abc import Collection

    from motcua.dossiers.ledger import Counting
    from motcua.dossiers.models import Dossier
    from motcua.dossiers.recount_rows import Waiting

Known = dict[tuple[object, ...], tuple[datetime, datetime]]  # what was counted before in this batch
WRITE_STATIONS = """
UPDATE dossiers_station station SET due_at = new.due, warn_at = new.warn
FROM json_to_recordset(%s::json) AS new(id bigint, due timestamptz, warn timestamptz)
WHERE station.id = new.id
"""


def move_ends(lines: Collection[Waiting], edition: int, counting: Counting, now: datetime) -> None:
    """Put down where steps and stations of these dossiers end on the new calendar.

    Steps are written with their lines. Of all the stations it asks once; where one moves, they are
    written in one statement. What moves, the move of the dossier keeps.
    """
    known: Known = {}
    for line in lines:
        if line.step_due_at is not None and line.step_due_at > now:
            with suppress(YearNotConfigured):  # as it was, rather than on a guess
                _move_step(line, line.step_due_at, edition, counting, now, known)
    moved = {line.id: line for line in lines}
    rows = Station.objects.filter(
        dossier_id__in=list(moved), closed_at=None, started_at__isnull=False, due_at__gt=now
    )
    written = []
    for station in rows.annotate(agency=F("unit__agency_id")):
        calendar = counting.calendar(edition, station.agency, station.unit_id)
        ends = _part_ends(station, calendar, known)
        if ends is not None and station.due_at != ends[0] > now:
            due, warn = (each.isoformat() for each in ends)
            moved[station.dossier_id].told.setdefault("station_ends", {})[str(station.order)] = due
            written.append({"id": station.pk, "due": due, "warn": warn})
    if written:
        with connection.cursor() as cursor:
            cursor.execute(WRITE_STATIONS, [json.dumps(written)])


def _move_step(
    line: Waiting, end: datetime, edition: int, counting: Counting, now: datetime, known: Known
) -> None:
    """The step of one dossier, when it has to move; it is warned of as long before as it was."""
    after = counting.calendar(edition, line.agency_id, line.unit_id)
    if fits(end, line.new, after):
        return
    number = edition if line.edition is None else line.edition
    before = counting.calendar(number, line.agency_id, line.unit_id)
    warn = line.step_warn_at or end
    key = (end, warn, line.new, id(before), id(after))
    if key not in known:
        known[key] = (
            carried_over(end, now, line.new, before, after),
            carried_over(warn, now, line.new, before, after),
        )
    line.step_due_at, line.step_warn_at = known[key]
    line.told["step_due_at"] = line.step_due_at.isoformat()


def _part_ends(
    station: Station, calendar: WorkCalendar, known: Known
) -> tuple[datetime, datetime] | None:
    """The end of a part and when it is warned of: its own limit from its beginning; None without a year."""
    start = station.started_at
    assert start is not None
    key = (start, station.amount, station.per, id(calendar))
    if key not in known:
        try:
            due = due_at(start, TimeLimit(station.amount, station.per), calendar)
            known[key] = due, warned_from(start, due, calendar)
        except YearNotConfigured:
            return None
    return known[key]


def ends_of_parts(dossier: Dossier) -> list[tuple[str, datetime]]:
    """Until when the other units have their parts that run and are not late, by the names of these."""
    rows = dossier.stations.filter(closed_at=None, is_lead=False, due_at__gt=clock.now())
    ends = [(unit, local(due)) for unit, due in rows.values_list("unit_id", "due_at") if due]
    names = unit_names({unit for unit, _ in ends}, dossier.agency_id)
    return [(names[unit], due) for unit, due in ends]
