"""One change of the calendar at a time, and an edition of it after each."""

from datetime import datetime

from django.db import connection

from motcua.core.events import publish
from motcua.workdays.events import CalendarApproved
from motcua.workdays.models import CalendarEdition, DayOff, OfficeHours, Stamp, SwapDay, WorkYear
from motcua.workdays.queries import present_rows
from motcua.workdays.rules import changes
from motcua.workdays.types.changes import CalendarRows, slots_to_json

ONE_AT_A_TIME = 4_217_071  # an advisory lock, held to the end of the transaction


def rows_alone() -> CalendarRows:
    """The calendar's rows; until this transaction ends nobody else changes them through an action."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    return present_rows()


def put(before: CalendarRows, after: CalendarRows) -> None:
    """Write the difference between two calendars into the tables, and nothing else."""
    for table, old, new in (
        (DayOff, before.days_off, after.days_off),
        (SwapDay, before.swapped_in, after.swapped_in),
    ):
        table.objects.filter(day__in=old.keys() - new.keys()).delete()
        for day in (day for day in new if old.get(day) != new[day]):
            table.objects.update_or_create(day=day, defaults={"name": new[day]})
    WorkYear.objects.filter(year__in=before.years.keys() - after.years.keys()).delete()
    for year in (year for year in after.years if before.years.get(year) != after.years[year]):
        WorkYear.objects.update_or_create(year=year, defaults={"confirmed": after.years[year]})
    for gone in {*before.hours} - {*after.hours}:
        OfficeHours.objects.filter(owner=gone.owner, since=gone.since).delete()
    for own in {*after.hours} - {*before.hours}:
        slots = {"slots": slots_to_json(own.slots), "saturday": slots_to_json(own.saturday)}
        OfficeHours.objects.update_or_create(owner=own.owner, since=own.since, defaults=slots)


def make_edition(
    *, at: datetime, by: str, before: CalendarRows, draft_id: int | None = None
) -> int:
    """Keep the calendar as it now stands, and tell the house; returns the edition's number."""
    after = present_rows()
    last = CalendarEdition.objects.values_list("number", flat=True).first() or 0
    edition = CalendarEdition.objects.create(
        number=last + 1,
        snapshot=after.to_json(),
        stamp=Stamp.objects.values_list("number", flat=True).first() or 0,
        made_at=at,
        made_by=by,
        draft_id=draft_id,
        changed=changes.changed(before, after),
    )
    publish(CalendarApproved(edition.number, subject="calendar"))
    return edition.number
