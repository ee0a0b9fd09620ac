"""The clocks that a recount leaves as they are, and how many of them end on a day off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from motcua.core import clock
from motcua.dossiers.models import Consultation, Dossier
from motcua.dossiers.silence_queries import MOST
from motcua.dossiers.workflow import Status
from motcua.workdays.queries import work_calendar
from motcua.workdays.types import WorkCalendar, at_time

AHEAD = 31  # days: a calendar that changes suddenly changes the days to come
CLOCKS = (
    ("Hạn trả lời tiếp nhận", (Status.SUBMITTED, Status.SUPPLEMENTED)),
    ("Hạn bàn giao", (Status.ACCEPTED, Status.TRANSFERRING)),
    ("Hạn người nộp bổ sung", (Status.SUPPLEMENT,)),
)
OPINIONS = "Hạn đơn vị khác cho ý kiến"


@dataclass(frozen=True)
class Clock:
    """One kind of clock, and how many of them end on a closed day (at most `MOST`)."""

    name: str
    count: int

    @property
    def is_more(self) -> bool:
        """There may be more than were counted."""
        return self.count >= MOST


def clocks_left() -> list[Clock]:
    """Every clock that a recount does not set anew, with those that now end on a day off.

    Dates are only ever counted onto working days: one on a day off was counted before it was one.
    """
    now = clock.now()
    days = closed_days(localdate(now), work_calendar())
    return [
        *(Clock(name, _dossiers(statuses, now, days)) for name, statuses in CLOCKS),
        Clock(OPINIONS, _opinions(now, days)),
    ]


def closed_days(today: date, calendar: WorkCalendar) -> list[date]:
    """The days from today on, as far ahead as is looked, on which the offices are closed."""
    ahead = (today + timedelta(days=n) for n in range(AHEAD))
    return [day for day in ahead if day.year in calendar.years and not calendar.is_open(day)]


def _dossiers(statuses: tuple[Status, ...], now: datetime, days: list[date]) -> int:
    """By the index of the watch: people are warned before a clock ends, never after."""
    until = at_time(localdate(now) + timedelta(days=AHEAD), datetime.min.time())
    found = Dossier.objects.filter(
        status__in=statuses, warn_at__lt=until, clock_at__gte=now, clock_at__date__in=days
    )
    return found[:MOST].count()


def _opinions(now: datetime, days: list[date]) -> int:
    waiting = Consultation.objects.filter(closed_at=None, late_told_at=None)
    found = waiting.filter(due_at__gte=now, due_at__date__in=days)
    return found[:MOST].count()
