"""Keeping the calendar: seeding a year, adding and removing exceptional days, confirming."""

from datetime import date

from django.db import transaction

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
    WorkYear.objects.get_or_create(
        year=year, defaults={"confirmed": year in seeds.ANNOUNCED, "note": seeds.note(year)}
    )
    DayOff.objects.bulk_create([DayOff(day=d, name=n) for d, n in off], ignore_conflicts=True)
    SwapDay.objects.bulk_create([SwapDay(day=d, name=n) for d, n in swapped], ignore_conflicts=True)
    return True


@transaction.atomic
def set_day_off(*, day: date, name: str) -> None:
    """Thêm ngày nghỉ: the offices are closed on `day`."""
    _configured(day)
    SwapDay.objects.filter(day=day).delete()
    DayOff.objects.update_or_create(day=day, defaults={"name": clean(name)})


@transaction.atomic
def set_swap_day(*, day: date, name: str) -> None:
    """Thêm ngày làm bù: the offices work on `day`, a Saturday or a Sunday."""
    _configured(day)
    DayOff.objects.filter(day=day).delete()
    SwapDay.objects.update_or_create(day=day, defaults={"name": clean(name)})


@transaction.atomic
def make_ordinary(*, day: date) -> None:
    """Bỏ ngày đặc biệt: `day` is again what its weekday makes it."""
    DayOff.objects.filter(day=day).delete()
    SwapDay.objects.filter(day=day).delete()


@transaction.atomic
def confirm_year(*, year: int) -> None:
    """Xác nhận lịch: the days of the year agree with what was published."""
    if not WorkYear.objects.filter(year=year).update(confirmed=True):
        raise NotFound


def _configured(day: date) -> None:
    if not WorkYear.objects.filter(year=day.year).exists():
        raise NotFound
