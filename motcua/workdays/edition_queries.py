"""Which editions of the calendar changed when somebody works."""

from motcua.workdays.models import CalendarEdition
from motcua.workdays.queries import EDITIONS_SHOWN, rows_of_edition
from motcua.workdays.rules.redating import moves_dates
from motcua.workdays.types.changes import CalendarRows


def last_that_moves_dates() -> int:
    """The last edition after which promised dates may be others; 0 when none of the last ones is.

    Reads back to that one only: most editions change a day or hours.
    """
    numbers = list(CalendarEdition.objects.values_list("number", flat=True)[: EDITIONS_SHOWN + 1])
    after: CalendarRows | None = None
    for place, number in enumerate(numbers[:-1]):
        after = after or rows_of_edition(number)
        before = rows_of_edition(numbers[place + 1])
        if moves_dates(before, after):
            return number
        after = before
    return 0
