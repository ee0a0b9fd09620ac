"""At the machine: seeding a year, changing the days of one, putting back what was changed by hand."""

from datetime import date
from typing import Any

from django.db import transaction

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Actor, at_the_machine
from motcua.core.errors import NotFound, refuse_if
from motcua.core.text import clean
from motcua.workdays import seeds
from motcua.workdays.actions.editions import make_edition, put, rows_alone
from motcua.workdays.models import WorkYear
from motcua.workdays.queries import latest_edition, present_rows, rows_of_edition
from motcua.workdays.rules import changes
from motcua.workdays.types.changes import CalendarRows, Change, ChangeKind


@transaction.atomic
def seed_year(*, year: int, again: bool = False) -> bool:
    """Enter a year as far as it is known; leaves a year that is there already, unless `again`."""
    before = rows_alone()
    if year in before.years and not again:
        return False
    off, swapped = seeds.known_days(year)
    put(
        before,
        CalendarRows(
            {year: year in seeds.ANNOUNCED, **before.years},
            {**dict(off), **before.days_off},
            {**dict(swapped), **before.swapped_in},
            before.hours,
        ),
    )
    if year not in before.years:
        WorkYear.objects.filter(year=year).update(note=seeds.note(year))
    _note(None, "seed_again" if year in before.years else "seed", year, before)
    return True


@transaction.atomic
def set_day_off(*, day: date, name: str, by: Actor | None = None) -> None:
    """Thêm ngày nghỉ: the offices are closed on `day`."""
    _change(Change(ChangeKind.DAY_OFF, day, clean(name)), by, name=clean(name))


@transaction.atomic
def set_swap_day(*, day: date, name: str, by: Actor | None = None) -> None:
    """Thêm ngày làm bù: the offices work on `day`, a Saturday or a Sunday."""
    _change(Change(ChangeKind.SWAP_DAY, day, clean(name)), by, name=clean(name))


@transaction.atomic
def make_ordinary(*, day: date, by: Actor | None = None) -> None:
    """Bỏ ngày đặc biệt: `day` is again what its weekday makes it."""
    _change(Change(ChangeKind.ORDINARY, day), by)


@transaction.atomic
def confirm_year(*, year: int, by: Actor | None = None) -> None:
    """Xác nhận lịch: the days of the year agree with what was published."""
    before = rows_alone()
    if year not in before.years:
        raise NotFound
    put(before, changes.applied(before, [Change(ChangeKind.CONFIRM, date(year, 1, 1))]))
    _note(by, "confirm", year, before)


@transaction.atomic
def restore_edition(*, by: Actor | None = None) -> list[str]:
    """Trả lịch về bản đã duyệt: undo what was changed in the tables by hand; what that was."""
    before, number = rows_alone(), latest_edition()
    if not number:
        raise NotFound
    after = rows_of_edition(number)
    put(before, after)
    undone = changes.changed(before, after)
    _note(by, "restore", clock.now().year, before, undone=undone, kept=number)
    return undone


def _change(change: Change, by: Actor | None, **facts: Any) -> None:
    before = rows_alone()
    if change.day.year not in before.years:
        raise NotFound
    refuse_if(changes.objections([change], before, change.day.year, clock.now().date()))
    put(before, changes.applied(before, [change]))
    _note(by, str(change.kind), change.day.year, before, day=change.day, **facts)


def _note(by: Actor | None, deed: str, year: int, before: CalendarRows, **facts: Any) -> None:
    """A date promised hangs on the calendar: who changed it, and how, is never forgotten."""
    if present_rows() == before:  # nothing was changed: no new edition, nothing to recount
        return
    actor, at = by or at_the_machine(), clock.now()
    edition = make_edition(at=at, by=actor.name, before=before)
    record(actor, f"calendar.{deed}", f"calendar:{year}", at=at, edition=edition, **facts)
