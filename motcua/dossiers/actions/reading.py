"""Saying why one reads a dossier that is not one's own to work on; forgetting what was counted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from motcua.core import clock
from motcua.core.errors import refuse_if
from motcua.core.events import publish
from motcua.dossiers import access, readings
from motcua.dossiers.events import ReadByOthers
from motcua.dossiers.models import Reading, ReadingTally
from motcua.dossiers.rules import reading as rules

if TYPE_CHECKING:
    from motcua.agencies.models import Post

NIGHTS = 3  # that are told again: one on which nobody worked here is made good
KEPT = timedelta(days=30)  # of who read what on which day; the journal keeps every look


@transaction.atomic
def give_reason(*, post: Post, reference: str, why: str, note: str) -> None:
    """Nêu lý do xem hồ sơ: counts for this dossier until the day is over, journalled with each look.

    What was said first stands: the journal has told it. Nothing is read yet, so nothing is journalled.
    """
    dossier = access.to_see(access.shown_to(post), reference)
    refuse_if(rules.reason_objections(why, note))
    now = clock.now()
    theirs = readings.is_work_of(post, dossier, now, is_guest=access.is_guest(post, dossier))
    Reading.objects.get_or_create(
        post=post, dossier=dossier, day=localdate(now),
        defaults={"is_theirs": theirs, "why": why, "note": note},
    )  # fmt: skip


@transaction.atomic
def tell_owners() -> int:
    """Tell the owners of dossiers that others than their officials read lately; says of how many.

    Of yesterday and the two days before, in case a night was missed: a message goes out once.
    """
    today = localdate(clock.now())
    since = today - timedelta(days=NIGHTS)
    read = Reading.objects.filter(is_theirs=False, first_at__isnull=False)
    read = read.filter(day__gte=since, day__lt=today)
    found = read.order_by("day", "dossier_id").values_list("day", "dossier_id").distinct()
    told = 0
    for day, dossier_id in found.iterator(2000):
        publish(ReadByOthers(dossier_id, day.toordinal(), subject=f"dossier:{dossier_id}"))
        told += 1
    return told


def sweep_readings() -> int:
    """Forget who read what some weeks ago: the rows only serve the day; says how many went."""
    now = clock.now()
    gone, _ = Reading.objects.filter(day__lt=localdate(now) - KEPT).delete()
    hours, _ = ReadingTally.objects.filter(hour__lt=now - KEPT).delete()
    return gone + hours
