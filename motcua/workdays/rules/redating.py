"""Whether a new edition of the calendar can give a running dossier another date."""

from motcua.workdays.types.changes import CalendarRows


def moves_dates(before: CalendarRows, after: CalendarRows) -> bool:
    """True if days or hours that dates were counted on are others now.

    A year that was not there before gave nobody a date; the name of a holiday, the confirmation of a
    year and the reception on Saturdays count no hour.

    Law: CAL-01, CAL-07
    """
    return _counted(before, before) != _counted(after, before)


def _counted(rows: CalendarRows, known: CalendarRows) -> tuple[object, ...]:
    """What dates hang on, in the years that were `known`."""
    days = (rows.days_off, rows.swapped_in)
    off, swapped = (frozenset(day for day in some if day.year in known.years) for some in days)
    return off, swapped, frozenset((row.owner, row.since, row.slots) for row in rows.hours)
