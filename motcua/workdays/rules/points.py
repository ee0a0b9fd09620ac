"""The points of a result in the index by which agencies are judged."""

from datetime import datetime

from motcua.workdays.rules.counting import standing
from motcua.workdays.types import Standing

POINTS = {Standing.EARLY: 2, Standing.ON_TIME: 1, Standing.LATE: 0}


def time_points(legal: datetime, finished: datetime) -> int:
    """Two points where it took less than the legal time, one where it took that, none for more.

    Told by days, as everywhere: what is ready on the last day took the legal time.

    Law: DL-12
    """
    return POINTS[standing(legal, finished)]
