"""Reading the journal. `verifying.py` checks that it is the one that was written."""

import json
from collections.abc import Collection
from typing import Any

from motcua.audit.models import Entry, Head
from motcua.audit.types import EntryFacts


def entries_of(subject: str) -> list[EntryFacts]:
    """What was done to `subject`, in order."""
    return [_facts(entry) for entry in Entry.objects.filter(subject=subject).order_by("seq")]


def latest_entries(subject: str, most: int, before: int = 0) -> list[EntryFacts]:
    """The last deeds on `subject`, the newest first; those before number `before`, when there is one."""
    rows = Entry.objects.filter(subject=subject).order_by("-seq")
    if before:
        rows = rows.filter(seq__lt=before)
    return [_facts(entry) for entry in rows[:most]]


def deeds_on(subject: str) -> list[str]:
    """The names of the deeds on `subject`, in order."""
    rows = Entry.objects.filter(subject=subject).order_by("seq")
    return list(rows.values_list("deed", flat=True))


def _told(entry: Entry) -> dict[str, Any] | None:
    """What the body says; None where somebody wrote over it: its chain says so."""
    try:
        told = json.loads(bytes(entry.body))
    except (ValueError, RecursionError):
        return None
    is_ours = isinstance(told, dict) and isinstance(told.get("facts", {}), dict)
    return told if is_ours else None


def _facts(entry: Entry) -> EntryFacts:
    """The deed as its columns and its body tell; an unreadable body tells nothing."""
    return _with(entry, _told(entry) or {})


def _with(entry: Entry, told: dict[str, Any]) -> EntryFacts:
    return EntryFacts(
        seq=entry.seq,
        at=entry.at,
        actor=entry.actor,
        actor_name=told.get("actor_name", ""),
        deed=entry.deed,
        facts=told.get("facts", {}),
        hash=bytes(entry.hash).hex(),
    )


def told_of(subjects: Collection[str], deeds: Collection[str]) -> list[tuple[str, EntryFacts]]:
    """These deeds on these subjects, subject by subject, in order; unreadable bodies tell nothing."""
    rows = Entry.objects.filter(subject__in=subjects, deed__in=deeds).order_by("subject", "seq")
    return [
        (entry.subject, _with(entry, told)) for entry in rows if (told := _told(entry)) is not None
    ]


def subjects_like(start: str, after: str, most: int) -> list[str]:
    """The subjects that begin with `start`, in order, behind `after`."""
    rows = Head.objects.filter(subject__startswith=start, subject__gt=after).order_by("subject")
    return list(rows.values_list("subject", flat=True)[:most])
