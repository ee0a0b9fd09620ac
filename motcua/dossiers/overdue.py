"""How many running dossiers are past the date promised to their owner, counted now.

Figures of results say nothing of what is still lying there. Only dossiers whose warning has begun
are looked at, by the indexes of the worklists: what is late or nearly so, never the whole table.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from django.core.cache import cache
from django.db.models import Count, QuerySet

from motcua.dossiers.models import Dossier
from motcua.dossiers.workflow import RUNNING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from motcua.dossiers.statistics import Line

AHEAD = sorted(RUNNING)
MINUTE = timedelta(minutes=1)
T = TypeVar("T")


def in_all(now: datetime, agency_id: int | None = None) -> int:
    """In an agency, or everywhere."""
    here = {"agency_id": agency_id} if agency_id is not None else {}
    return _overdue(now).filter(**here).count()


def within_the_minute(now: datetime, agency_id: int) -> int:
    """In an agency, as it was counted at most a minute ago: for what stands under every worklist."""
    return kept_a_minute(f"overdue:{agency_id}", now, lambda: in_all(now, agency_id))


def kept_a_minute(key: str, now: datetime, count: Callable[[], T]) -> T:
    """What was counted at most a minute ago, else what `count` says now."""
    known: tuple[datetime, T] | None = cache.get(key)
    if known and timedelta() <= now - known[0] < MINUTE:  # nor what a clock set back left behind
        return known[1]
    counted = count()
    cache.set(key, (now, counted), MINUTE.total_seconds())
    return counted


def with_agencies(lines: Iterable[Line], now: datetime) -> list[Line]:
    """The lines of agencies, each with how many of its dossiers are overdue."""
    return _with(lines, _overdue(now), "agency__code")


def with_units(lines: Iterable[Line], agency_id: int, now: datetime) -> list[Line]:
    """The lines of an agency's units, each with how many of its dossiers are overdue."""
    return _with(lines, _overdue(now).filter(agency_id=agency_id), "unit__code")


def _overdue(now: datetime) -> QuerySet[Dossier]:
    return Dossier.objects.filter(status__in=AHEAD, warn_at__lt=now, due_at__lt=now)


def _with(lines: Iterable[Line], overdue: QuerySet[Dossier], by: str) -> list[Line]:
    counts = dict(overdue.values_list(by).annotate(n=Count("id")).order_by())
    return [replace(line, overdue=counts.get(line.code or None, 0)) for line in lines]
