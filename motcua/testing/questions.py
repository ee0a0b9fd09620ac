"""A question of the form that Mai asks about again, and Lan answers anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.dossiers.actions import more_papers
from motcua.dossiers.types import Correction
from motcua.procedures.forms.rules import questions
from motcua.procedures.queries import terms_of

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier
    from motcua.testing.cast import Cast


def a_question(dossier: Dossier) -> tuple[str, str, str]:
    """A text of the form that can be asked about: its name, its page, its field."""
    form = terms_of(dossier.procedure_version_id).form
    asked = questions(form, dossier.answers)
    for page in form.pages:
        for field in page.fields:
            name = f"{page.section.key}.{field.key}"
            plain = field.type == "text" and not field.check and not page.repeat and not field.when
            if plain and name in asked:
                return name, page.key, field.key
    raise LookupError


def asked_to_change(cast: Cast, dossier: Dossier) -> Dossier:
    """Mai ticks one question of the form and nothing else."""
    name, _, _ = a_question(dossier)
    items = [Correction(question=name, reason="unclear", text="Ghi theo giấy chứng sinh")]
    more_papers.ask_more(post=cast.mai, reference=dossier.reference, items=items)
    dossier.refresh_from_db()
    return dossier
