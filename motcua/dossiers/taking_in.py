"""Who may take a dossier in under the law of the day, and which code it bears from then on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from motcua.agencies.queries import receiving_agencies
from motcua.core import clock
from motcua.core.errors import refuse_if
from motcua.dossiers import rules
from motcua.dossiers.ledger import law_on
from motcua.dossiers.models import next_order
from motcua.law.queries import laws_on

if TYPE_CHECKING:
    from motcua.agencies.types import AgencyFacts
    from motcua.dossiers.models import Dossier
    from motcua.law.types import Profile


def receiving_now(levels: Sequence[str]) -> list[AgencyFacts]:
    """Where a dossier of a procedure of these levels is filed today: at levels the law still knows.

    Without any law they stay: whoever begins there is told that none was entered.
    """
    law_of = laws_on(localdate(clock.now()))
    return [each for each in receiving_agencies(levels) if _is_known(each, law_of(each.code))]


def law_here(dossier: Dossier, at: datetime) -> Profile:
    """The law by which its agency takes a dossier in; refused where it knows no such level."""
    law = law_on(dossier, at)
    refuse_if(rules.level_gone(dossier.agency.kind, law.levels))
    return law


def new_code(dossier: Dossier, law: Profile, now: datetime) -> str:
    """The next code of the day of its agency, in the form that the law asks for (COD-02 to COD-07)."""
    agency = dossier.agency
    front = rules.code_front(agency.code, agency.old_code, law.code_format)
    return rules.dossier_code(front, now, next_order(dossier.agency_id, now))


def _is_known(agency: AgencyFacts, law: Profile | None) -> bool:
    return law is None or not rules.level_gone(agency.kind, law.levels)
