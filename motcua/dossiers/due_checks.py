"""Does every stored date say what the moves of its dossier say?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from motcua.core.errors import Refused
from motcua.dossiers import ledger
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.clock import ClockMove, events_of

BATCH = 2000


@dataclass(frozen=True)
class Differing:
    """A dossier whose stored date is not what its moves make of it."""

    reference: str
    stored: datetime | None
    counted: datetime | None
    why: str = ""


def differing_dates(looked_at: Callable[[int], None] = lambda count: None) -> Iterator[Differing]:
    """Fold every accepted dossier over the calendar stored with it; those that differ.

    A batch of dossiers at a time, by number: memory does not grow with their count (DL-15).
    """
    counting, last, count = ledger.Counting(), 0, 0
    while batch := list(_accepted_after(last)):
        moves = ledger.clock_moves(dossier.pk for dossier in batch)
        for dossier in batch:
            if found := _difference(dossier, moves.get(dossier.pk, []), counting):
                yield found
        last, count = batch[-1].pk, count + len(batch)
        looked_at(count)


def _accepted_after(last: int) -> "Iterator[Dossier]":
    rows = Dossier.objects.filter(pk__gt=last, accepted_at__isnull=False).order_by("pk")
    yield from rows.only(
        "id", "reference", "agency_id", "procedure_version_id", "case", "accepted_at",
        "created_at", "due_at", "legal_due_at", "profile_id", "calendar_edition",
    )[:BATCH]  # fmt: skip


def _difference(
    dossier: Dossier, moves: list[ClockMove], counting: ledger.Counting
) -> Differing | None:
    if not events_of(moves):
        why = "không có bước tiếp nhận để tính"
        return Differing(dossier.reference, dossier.due_at, None, why)
    try:
        found = ledger.counted_again(dossier, moves, counting)
    except Refused as no:
        return Differing(dossier.reference, dossier.due_at, None, no.reasons[0].text)
    if found.due_at != dossier.due_at:
        return Differing(dossier.reference, dossier.due_at, found.due_at)
    if found.legal_due_at != dossier.legal_due_at:
        why = "mốc xét đúng hạn"
        return Differing(dossier.reference, dossier.legal_due_at, found.legal_due_at, why)
    return None
