"""Who is to hear that a new calendar moved their date, and has not heard of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F

from motcua.dossiers.lost_news import has_place, key_of
from motcua.dossiers.models import RecountLine
from motcua.notices.queries import written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet


def lines_to_tell(recount_id: int, after: int, until: int) -> QuerySet[RecountLine]:
    """The lines of a batch whose promised date moved, not only the one by which a result is judged."""
    lines = RecountLine.objects.filter(recount_id=recount_id, pk__gt=after, pk__lte=until)
    return lines.exclude(old=F("new")).exclude(move=None).order_by("pk")


def untold_of(facts: Mapping[str, Any]) -> list[int]:
    """The dossiers of the batch that a job with these facts was for, as far as nobody was told.

    Who said nowhere where to write to was not to be written to.
    """
    batch = [facts.get(name) for name in ("recount_id", "after", "until")]
    recount_id, after, until = (each if isinstance(each, int) else 0 for each in batch)
    rows = lines_to_tell(recount_id, after, until).values_list(
        "move_id", "dossier_id", "dossier__submitter_id", "dossier__applicant"
    )
    known = {
        key_of(move): dossier for move, dossier, filer, owner in rows if filer or has_place(owner)
    }
    told = written(list(known))
    return [dossier for key, dossier in known.items() if key not in told]
