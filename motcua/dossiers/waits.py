"""Where a dossier waits for its applicant, and what it then waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from motcua.dossiers import rules
from motcua.dossiers.ledger import Counting
from motcua.dossiers.workflow import Status

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier

ASKED = (Status.PRE_SUPPLEMENT, Status.SUPPLEMENT)  # the applicant has something to hand in
TO_ANSWER = (Status.SUBMITTED, Status.SUPPLEMENTED)  # the desk owes an answer


def asked_for(dossier: Dossier, status: Status) -> dict[str, Any]:
    """What the applicant is asked for, until when, and what they had answered."""
    return {
        "supplement_items": dossier.supplement_items if status in ASKED else [],
        "supply_by": dossier.supply_by if status is Status.SUPPLEMENT else None,
        "filed_answers": dossier.answers,
        "waiting_text": waiting_text(dossier) if status is Status.SUPPLEMENT else "",
    }


def waiting_text(dossier: Dossier) -> str:
    """What waiting for papers does to the date of this dossier, by the law it was accepted under."""
    return rules.while_supplementing(Counting().rule(dossier))
