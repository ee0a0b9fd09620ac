"""Looking through the journal by deed or by who acted, a page at a time, the newest first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from motcua.audit.models import Entry
from motcua.audit.queries import _facts
from motcua.audit.types import EntryFacts


@dataclass(frozen=True)
class Acted:
    """One deed with what it was done to, and where a page that ends with it goes on."""

    subject: str
    entry: EntryFacts
    cursor: str


def latest_of(subject: str, deeds: Collection[str], most: int, before: int = 0) -> list[EntryFacts]:
    """The last of these deeds on `subject`, the newest first; those before number `before`."""
    rows = Entry.objects.filter(subject=subject, deed__in=deeds).order_by("-seq")
    if before:
        rows = rows.filter(seq__lt=before)
    return [_facts(entry) for entry in rows[:most]]


def acted_by(
    actor: str,
    deeds: Collection[str],
    between: tuple[datetime, datetime],
    most: int,
    cursor: str = "",
) -> list[Acted]:
    """What `actor` did of these deeds in a time, the newest first; after `cursor`, where it is one."""
    rows = Entry.objects.filter(actor=actor, deed__in=deeds, at__gte=between[0], at__lt=between[1])
    if place := _place(cursor):
        at, pk = place
        rows = rows.filter(Q(at__lt=at) | Q(at=at, pk__lt=pk), at__lte=at)
    found = rows.order_by("-at", "-pk")[:most]
    return [Acted(e.subject, _facts(e), f"{e.at.isoformat()}_{e.pk}") for e in found]


def _place(cursor: str) -> tuple[datetime, int] | None:
    """The moment and the number that a cursor names; None for what no page of ours links to."""
    written, _, number = cursor.rpartition("_")
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return None
    good = at.tzinfo is not None and number.isascii() and number.isdigit() and len(number) <= 18
    return (at, int(number)) if good else None
