"""What stands between a dossier and its submission: the automatic technical check (INT-03)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any

from motcua.agencies import queries as places
from motcua.core.errors import Reason
from motcua.dossiers import rules
from motcua.dossiers.models import Dossier
from motcua.procedures.forms.rules import check_all

if TYPE_CHECKING:
    from motcua.procedures.types import Terms


def technical_faults(dossier: Dossier, terms: Terms, today: datetime) -> list[Reason]:
    """Everything that stands between this dossier and its submission, all at once (INT-03)."""
    attached = set(dossier.documents.filter(removed_at=None).values_list("slot", flat=True))
    return content_faults(terms, dossier.answers, dossier.case, attached, today)


def content_faults(
    terms: Terms, answers: dict[str, Any], case: str, attached: Collection[str], today: datetime
) -> list[Reason]:
    """Everything wrong with what somebody would hand in under these terms."""
    return [
        *check_all(terms.form, answers, today=today.date(), places=places),
        *rules.case_unknown(terms.cases, case),
        *rules.missing_documents(terms.slots, case, attached),
    ]
