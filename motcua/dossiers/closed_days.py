"""The clocks that a recount leaves as they are: how many end on a day off, and which first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.timezone import localdate

from motcua.core import clock
from motcua.dossiers.models import Consultation, Dossier, Verification
from motcua.dossiers.silence_queries import MOST
from motcua.dossiers.workflow import Status
from motcua.workdays.queries import work_calendar
from motcua.workdays.types import WorkCalendar, at_time

if TYPE_CHECKING:
    from typing import Any

    from django.db.models import QuerySet

AHEAD = 31  # days: a calendar that changes suddenly changes the days to come
NAMED = 10  # dossiers of each clock that are named: somebody has to see to them
CLOCKS = (
    ("Hạn trả lời tiếp nhận", (Status.SUBMITTED, Status.SUPPLEMENTED)),
    ("Hạn bàn giao", (Status.ACCEPTED, Status.TRANSFERRING)),
    ("Hạn người nộp bổ sung", (Status.SUPPLEMENT,)),
    ("Ngày hứa có kết quả cấp lại", (Status.CORRECTING,)),
)
OPINIONS = "Hạn đơn vị khác cho ý kiến"
VISITS = "Ngày hẹn xác minh thực địa"


@dataclass(frozen=True)
class Clock:
    """One kind of clock, how many of them end on a closed day (at most `MOST`), and the first."""

    name: str
    count: int
    first: list[str]

    @property
    def is_more(self) -> bool:
        """There may be more than were counted."""
        return self.count >= MOST

    @property
    def unnamed(self) -> int:
        """How many of those that were counted are not named."""
        return self.count - len(self.first)


def clocks_left() -> list[Clock]:
    """Every clock that a recount does not set anew, with those that now end on a day off.

    Dates are only ever counted onto working days: one on a day off was counted before it was one.
    A visit may have been agreed for a day off; its officer knows.
    """
    now = clock.now()
    days = closed_days(localdate(now), work_calendar())
    asked = Consultation.objects.filter(closed_at=None, late_told_at=None)
    visits = Verification.objects.filter(recorded_at=None, called_off_at=None)
    return [
        *(_clock(name, _dossiers(statuses, now, days), "") for name, statuses in CLOCKS),
        _clock(OPINIONS, _due(asked, now, days), "dossier__"),
        _clock(
            VISITS, visits.filter(visit_at__gte=now, visit_at__date__in=days).order_by("visit_at"),
            "dossier__",
        ),
    ]  # fmt: skip


def closed_days(today: date, calendar: WorkCalendar) -> list[date]:
    """The days from today on, as far ahead as is looked, on which the offices are closed."""
    ahead = (today + timedelta(days=n) for n in range(AHEAD))
    return [day for day in ahead if day.year in calendar.years and not calendar.is_open(day)]


def _clock(name: str, found: QuerySet[Any], of: str) -> Clock:
    """`of` leads from a row to its dossier, which is named by its code, else its number."""
    shown = Coalesce(NullIf(f"{of}code", Value("")), f"{of}reference")
    named = list(found.values_list(shown, flat=True)[:MOST])
    return Clock(name, len(named), named[:NAMED])


def _dossiers(statuses: tuple[Status, ...], now: datetime, days: list[date]) -> QuerySet[Dossier]:
    """By the index of the watch: people are warned before a clock ends, never after."""
    until = at_time(localdate(now) + timedelta(days=AHEAD), datetime.min.time())
    found = Dossier.objects.filter(
        status__in=statuses, warn_at__lt=until, clock_at__gte=now, clock_at__date__in=days
    )
    return found.order_by("warn_at", "pk")


def _due(rows: QuerySet[Any], now: datetime, days: list[date]) -> QuerySet[Any]:
    return rows.filter(due_at__gte=now, due_at__date__in=days).order_by("due_at", "pk")
