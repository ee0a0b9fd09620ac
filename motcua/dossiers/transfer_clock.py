"""Until when the desk must have handed an accepted dossier to the unit that settles it."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localtime

from motcua.agencies.queries import agency_facts
from motcua.law.queries import profile_on
from motcua.workdays.queries import work_calendar
from motcua.workdays.rules import transfer_by


def hand_over_by(agency_id: int, unit_id: int, at: datetime, due: datetime | None) -> datetime:
    """The same day, or the start of the next one after the cut-off; never later than the result.

    Counted by the hours of the desk that received it and the cut-off of the law of that day.

    Law: RCV-09, ST-06, DL-05
    """
    law = profile_on(localtime(at).date(), agency_facts(agency_id).code)
    calendar = work_calendar(agency_id, unit_id)
    until = transfer_by(at, calendar, law.limits.transfer_cutoff_time)
    return min(until, due) if due else until
