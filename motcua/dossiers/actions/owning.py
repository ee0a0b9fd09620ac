"""Whose dossier it is: the filer's own, whom the form names, or for whom the filer has a right to file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from motcua.agencies import queries as places
from motcua.core.errors import refuse_if
from motcua.dossiers import rules
from motcua.dossiers.actions.drafting import account_of, owned_by, owner_by
from motcua.dossiers.types import Applicant
from motcua.people.acting import refuse_ended, refuse_uncovered
from motcua.procedures.forms.rules import own_address, owner_of

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier
    from motcua.people.models import Person
    from motcua.procedures.forms.types import FormDefinition
    from motcua.procedures.types import Terms


def owner_of_filing(citizen: Person, dossier: Dossier, form: FormDefinition) -> dict[str, Any]:
    """The owner as the dossier goes; a right to file for somebody is asked for once more (ACC-10)."""
    if right := dossier.applicant.get("right", ""):
        return owned_by(owner_by(refuse_uncovered(citizen, right, dossier.procedure_code)))
    return owner_as_declared(citizen, form, dossier.answers)


def refuse_unproved(citizen: Person, dossier: Dossier, terms: Terms, level: int) -> None:
    """Ask anew, after filing, what was asked then: how surely known, and by what right (ACC-04)."""
    refuse_if(rules.identity_too_low(level, terms.min_identity_level))
    refuse_ended(citizen, dossier.applicant, dossier.procedure_code)


def owner_as_declared(
    citizen: Person, form: FormDefinition, answers: dict[str, Any]
) -> dict[str, Any]:
    """Whose dossier it is, where the form lets the filer say that it is someone else's (ACC-10)."""
    facts = owner_of(form, answers, places) if form.owner else None
    if facts:
        return owned_by(Applicant(**facts))
    # Where they live is what they have just declared: an account may know no commune.
    home = own_address(form, answers, citizen, places)
    if not home:
        return owned_by(account_of(citizen)) if form.owner else {}
    me = citizen
    return owned_by(Applicant(me.full_name, me.national_id, home, me.phone, me.email))
