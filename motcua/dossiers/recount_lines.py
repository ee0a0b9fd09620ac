"""What a new edition of the calendar makes of one dossier: both its dates, or why they stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.core.errors import Refused
from motcua.dossiers import ledger
from motcua.dossiers.recount_rows import Line
from motcua.dossiers.rules import recounts as rules
from motcua.dossiers.types import LineState

if TYPE_CHECKING:
    from datetime import datetime

    from motcua.dossiers.recount_rows import Listed


def line_of(dossier: Listed, counting: ledger.Counting, edition: int, now: datetime) -> Line | None:
    """What the new edition makes of a dossier; None when both its dates stay."""
    stored = old, legal_old = dossier.due_at, dossier.legal_due_at
    new, legal_new = old, legal_old
    by, note = rules.counts_by(dossier.rule_version), rules.not_as_stored(dossier.rule_version)
    try:
        was = ledger.counted_again(dossier, dossier.moves, counting, version=by)
        found = ledger.counted_again(dossier, dossier.moves, counting, edition, by)
    except Refused as no:
        note = no.reasons[0].text
    else:
        if (found.due_at, found.legal_due_at) == stored:
            return None
        if (was.due_at, was.legal_due_at) == stored and found.due_at:
            new, legal_new = found.due_at, found.legal_due_at
            note = rules.gone_by(old, new, now)
    state = LineState.SKIPPED if note else LineState.WAITING
    return Line(dossier.id, old, new, legal_old, legal_new, dossier.revision, state, note)
