"""The correction slip: what it lists, what it opens for the applicant, and when an item is right."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from motcua.agencies import queries as places
from motcua.core import clock
from motcua.core.errors import NotFound, Reason, refuse_if
from motcua.dossiers import rules
from motcua.dossiers.correction_seeds import BASIS, REASONS
from motcua.dossiers.models import CorrectionItem, CorrectionReason, Dossier, Move
from motcua.dossiers.types import Correction
from motcua.dossiers.workflow import Status
from motcua.procedures.forms import rules as forms
from motcua.procedures.queries import terms_of

if TYPE_CHECKING:
    from motcua.procedures.forms.types import FormDefinition
    from motcua.procedures.types import Terms

Asked = Correction | tuple[str, str]  # a pair is a paper and what is wrong with it
Item = dict[str, str]
WHOLE_FORM = "Tờ khai"


def listed(dossier: Dossier, terms: Terms, asked: Sequence[Asked]) -> list[Item]:
    """The slip as the dossier keeps it: every item with its name, its reason in words and its basis."""
    items = [
        each if isinstance(each, Correction) else Correction(each[0], text=each[1])
        for each in asked
    ]
    slots = {slot.code: slot.name for slot in terms.slots}
    labels = forms.questions(terms.form, dossier.answers)
    refuse_if(rules.unknown_corrections(items, slots, labels))
    known = {reason.code: reason for reason in CorrectionReason.objects.filter(is_active=True)}
    written = [(item, _words(item, known)) for item in items]
    said = [(item.place, text) for item, text in written]
    refuse_if(rules.deficiencies(said, slots | labels | {"": WHOLE_FORM}))
    return [
        {
            "slot": item.slot,
            "field": item.question,
            "name": slots.get(item.slot) or labels.get(item.question) or WHOLE_FORM,
            "reason": item.reason if item.reason in known else "",
            "text": text,
            "legal_basis": item.legal_basis.strip() or _basis(item, known),
        }
        for item, text in written
    ]


def seed_reasons() -> int:
    """Enter the reasons of the catalogue that are not there yet; says how many."""
    made = 0
    for place, (code, text, papers, questions) in enumerate(REASONS, start=1):
        _, fresh = CorrectionReason.objects.get_or_create(
            code=code,
            defaults={
                "text": text, "legal_basis": BASIS, "for_papers": papers,
                "for_questions": questions, "place": place,
            },
        )  # fmt: skip
        made += fresh
    return made


def _words(item: Correction, known: dict[str, CorrectionReason]) -> str:
    """The sentence of the catalogue, then what the official added."""
    said = known[item.reason].text if item.reason in known else ""
    return ". ".join(part for part in (said.rstrip("."), item.text.strip()) if part)


def _basis(item: Correction, known: dict[str, CorrectionReason]) -> str:
    return known[item.reason].legal_basis if item.reason in known else ""


def keep_items(dossier: Dossier, move: Move, items: Sequence[Item]) -> None:
    """Write down one by one what was asked for with `move`."""
    CorrectionItem.objects.bulk_create(
        CorrectionItem(
            dossier=dossier, move=move, slot=item["slot"], question=item["field"],
            name=item["name"], reason=item["reason"], text=item["text"],
            legal_basis=item["legal_basis"],
        )
        for item in items
    )  # fmt: skip


def note_right(dossier: Dossier, at: datetime, *, but: Collection[str] = ()) -> None:
    """The items that were open are right now, except those of these places."""
    for item in dossier.corrections.filter(resolved_at=None):
        if (item.slot or item.question) not in but:
            item.resolved_at = at
            item.save(update_fields=["resolved_at"])


def held_to_slip(
    dossier: Dossier,
    form: FormDefinition,
    page_key: str,
    typed: dict[str, Any],
    reasons: list[Reason],
) -> tuple[dict[str, Any], list[Reason]]:
    """What was typed on a page, as far as the slip opens it; a page it does not open is not found."""
    opened = rules.opened_by(dossier.supplement_items)
    if dossier.status == Status.DRAFT or opened.is_all:
        return typed, reasons
    kept, questions = _limited(dossier, form, typed, opened)
    pages = {page.key: page for page in forms.open_pages(form, kept, questions)}
    if page_key not in pages:
        raise NotFound
    section = pages[page_key].section.key
    names = {
        f"{page_key}.{field.key}": f"{section}.{field.key}" for field in pages[page_key].fields
    }
    told = [r for r in reasons if names.get(r.field, "") in questions or r.field not in names]
    return kept, told


def _limited(
    dossier: Dossier, form: FormDefinition, typed: dict[str, Any], opened: rules.Opened
) -> tuple[dict[str, Any], set[str]]:
    return forms.limited(
        form, dossier.answers, typed, opened.questions, today=clock.now().date(), places=places
    )


def outside_slip(
    dossier: Dossier, answers: dict[str, Any], papers_changed: Collection[str]
) -> list[Reason]:
    """Why what comes back may not: it changes a paper or an answer that nobody asked about."""
    opened = rules.opened_by(dossier.supplement_items)
    if opened.is_all:
        return []
    terms = terms_of(dossier.procedure_version_id)
    kept, _ = _limited(dossier, terms.form, answers, opened)
    changed = forms.changed_questions(terms.form, kept, answers)
    names = {slot.code: slot.name for slot in terms.slots}
    return [
        *rules.closed_papers(names, papers_changed, opened),
        *rules.closed_questions(forms.questions(terms.form, answers), changed),
    ]
