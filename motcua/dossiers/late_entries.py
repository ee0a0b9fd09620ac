"""Dossiers that were received on paper and entered later: since when they count, and who did it.

The result is due by the hour of the paper. What officials owe one another, the answer and the hand-over,
runs from the entry: nobody could have done it before.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings

from motcua.audit.actions import record
from motcua.core.actors import Actor
from motcua.core.errors import Reason
from motcua.dossiers.models import Dossier, LateEntry
from motcua.dossiers.rules.late_entries import late_entry_reasons
from motcua.dossiers.types import Channel
from motcua.dossiers.workflow import Step
from motcua.workdays.queries import work_calendar

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from motcua.agencies.models import Post
    from motcua.dossiers.types import PaperReception

SHOWN = timedelta(days=31)  # how long a head finds it in the list


def faults(late: PaperReception | None, post: Post, now: datetime) -> list[Reason]:
    """Why nothing can be entered with this time; none where it is entered as it is received.

    The hours are those of the desk at which it is entered.
    """
    if late is None:
        return []
    calendar = work_calendar(post.agency_id, post.unit_id)
    return late_entry_reasons(late, now, settings.LATE_ENTRY_WORKDAYS, calendar)


def keep(dossier: Dossier, late: PaperReception, by: Actor, now: datetime) -> LateEntry:
    """Flag a dossier as entered late, on record with its real hour."""
    record(
        by, "dossier.late_entry", dossier.reference, at=now,
        received_at=late.received_at.isoformat(), book=late.book, reason=late.reason,
        **({"while_closed": True} if late.was_closed else {}),
    )  # fmt: skip
    return LateEntry.objects.create(
        dossier=dossier, received_at=late.received_at, book=late.book.strip(),
        reason=late.reason.strip(), entered_by=by.name, entered_by_key=by.key, entered_at=now,
    )  # fmt: skip


def late_entry_of(dossier_id: int) -> LateEntry | None:
    """How this dossier was entered late, if it was."""
    return LateEntry.objects.filter(pk=dossier_id).first()


def reception_of(dossier: Dossier, step: Step) -> LateEntry | None:
    """How a dossier that is handed in now had been received on paper; only the counter enters any."""
    at_counter = step is Step.SUBMIT and dossier.channel == Channel.COUNTER
    return late_entry_of(dossier.pk) if at_counter else None


def late_entry_at(reference: str) -> LateEntry | None:
    """The same by the number of a dossier that the caller may see."""
    return LateEntry.objects.filter(dossier__reference=reference).first()


def received_on_paper(dossier: Dossier) -> datetime | None:
    """Since when its acceptance counts, where the paper that was received was complete (RCV-22).

    What had to be supplemented is accepted when it is full, like any other.
    """
    if dossier.supplements_asked:
        return None
    late = late_entry_of(dossier.pk)
    return late.received_at if late else None


def told_of(late: LateEntry | None) -> dict[str, Any]:
    """What the move of the entry keeps: it was made later than it counts."""
    if late is None:
        return {}
    return {"late_entry": {"received_at": late.received_at.isoformat(), "book": late.book,
                           "reason": late.reason}}  # fmt: skip


def entered_late(rows: QuerySet[Dossier], now: datetime) -> QuerySet[Dossier]:
    """Those of `rows` that were entered late in the last month, for the head to look at."""
    return rows.filter(late_entry__entered_at__gte=now - SHOWN)
