"""When the desk of an agency receives people, and whether today is otherwise."""

from dataclasses import dataclass

from django.utils.timezone import localdate

from motcua.agencies.models import Unit
from motcua.core import clock
from motcua.workdays.queries import work_calendar
from motcua.workdays.rules.reception import reception_text, today_text


@dataclass(frozen=True)
class Reception:
    """The hours of a usual week, and what is otherwise today; empty where nothing is."""

    hours: str
    today: str


def reception_of(agency_id: int | None) -> Reception:
    """The hours of an agency's desk; without an agency those that all keep who have no own."""
    desk = (
        Unit.objects.filter(agency_id=agency_id, is_desk=True) if agency_id else Unit.objects.none()
    )
    unit_id = desk.order_by("pk").values_list("pk", flat=True).first()
    calendar, day = work_calendar(agency_id, unit_id), localdate(clock.now())
    return Reception(reception_text(calendar, day), today_text(calendar, day))
