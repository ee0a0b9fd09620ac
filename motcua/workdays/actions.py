"""Keeping the calendar: seeding a year, adding and removing exceptional days, confirming."""

from datetime import date
from typing import Any

from django.db import transaction

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Actor, at_the_machine
from motcua.core.errors import NotFound
from motcua.core.text import clean
from motcua.workdays import seeds
from motcua.workdays.models import DayOff, SwapDay, WorkYear


@transaction.atomic
def seed_year(*, year: int, again: bool = False) -> bool:
    """Enter a year as far as it is known; leaves a year that is there already, unless `again`."""
    if WorkYear.objects.filter(year=year).exists() and not again:
        return False
    off, swapped = seeds.known_days(year)
    _, fresh = WorkYear.objects.get_or_create(
        year=year, defaults={"confirmed": year in seeds.ANNOUNCED, "note": seeds.note(year)}
    )
    DayOff.objects.bulk_create([DayOff(day=d, name=n) for d, n in off], ignore_conflicts=True)
    SwapDay.objects.bulk_create([SwapDay(day=d, name=n) for d, n in swapped], ignore_conflicts=True)
    _note(None, "seed" if fresh else "seed_again", year)
    return True


@transaction.atomic
def set_day_off(*, day: date, name: str, by: Actor | None = None) -> None:
    """Thêm ngày nghỉ: the offices are closed on `day`."""
    _configured(day)
    SwapDay.objects.filter(day=day).delete()
    DayOff.objects.update_or_create(day=day, defaults={"name": clean(name)})
    _note(by, "day_off", day.year, day=day, name=clean(name))


@transaction.atomic
def set_swap_day(*, day: date, name: str, by: Actor | None = None) -> None:
    """Thêm ngày làm bù: the offices work on `day`, a Saturday or a Sunday."""
    _configured(day)
    DayOff.objects.filter(day=day).delete()
    SwapDay.objects.update_or_create(day=day, defaults={"name": clean(name)})
    _note(by, "swap_day", day.year, day=day, name=clean(name))


@transaction.atomic
def make_ordinary(*, day: date, by: Actor | None = None) -> None:
    """Bỏ ngày đặc biệt: `day` is again what its weekday makes it."""
    DayOff.objects.filter(day=day).delete()
    SwapDay.objects.filter(day=day).delete()
    _note(by, "ordinary", day.year, day=day)


@transaction.atomic
def confirm_year(*, year: int, by: Actor | None = None) -> None:
    """Xác nhận lịch: the days of the year agree with what was published."""
    if not WorkYear.objects.filter(year=year).update(confirmed=True):
        raise NotFound
    _note(by, "confirm", year)


def _note(by: Actor | None, deed: str, year: int, **facts: Any) -> None:
    """A date promised hangs on the calendar: who changed it, and how, is never forgotten."""
    actor = by or at_the_machine()
    record(actor, f"calendar.{deed}", f"calendar:{year}", at=clock.now(), **facts)


def _configured(day: date) -> None:
    if not WorkYear.objects.filter(year=day.year).exists():
        raise NotFound
