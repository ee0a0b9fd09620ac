"""What the applicant is asked for: only the items of the slip, each with its reason (C12)."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from motcua.dossiers.correction_queries import Reach, asked_until, reach_of, words_of
from motcua.dossiers.pages import DossierPage
from motcua.dossiers.workflow import Status
from motcua.procedures.forms import rules as forms
from motcua.procedures.forms.types import Page


@dataclass(frozen=True)
class AskedRow:
    """One thing to put right: what, why, by which law, where, and how far it is."""

    id: str
    name: str
    url: str
    text: str
    legal_basis: str
    state: str


def what_is_asked(dossier: DossierPage) -> dict[str, Any]:
    """The parts of the supplement page."""
    reach = reach_of(dossier)
    slots = {slot.code: slot for slot in dossier.slots}
    rows, notes, named = [], [], set()
    for item in dossier.supplement_items:
        if item["slot"] in slots:
            slot = slots[item["slot"]]
            fresh = sum(paper.is_unsent for paper in slot.papers)
            state = f"{fresh} tệp mới" if fresh else "Chưa bổ sung"
            url = reverse("portal:papers", args=[dossier.reference, slot.code])
            rows.append(_row(f"slot-{slot.code}", item, url, state))
        elif item.get("field"):
            page = _page_with(dossier, reach, item["field"])
            named.add(page)
            url = reverse("portal:page", args=[dossier.reference, page])
            rows.append(_row(f"muc-{item['field']}", item, url, _state(dossier, item["field"])))
        else:
            notes.append(item)
    return {
        "rows": rows,
        "notes": notes,
        "more": [s for s in dossier.slots if not s.asked and any(p.is_unsent for p in s.papers)],
        "pages": reach.pages if reach.is_all else (),
        "follows": () if reach.is_all else [p for p in reach.pages if p.key not in named],
        "until": asked_until(dossier),
        "is_examined": dossier.status == Status.SUPPLEMENT,
    }


def _row(row_id: str, item: dict[str, str], url: str, state: str) -> AskedRow:
    return AskedRow(row_id, item["name"], url, item["text"], item.get("legal_basis", ""), state)


def asked_on(dossier: DossierPage, page: Page) -> list[dict[str, str]]:
    """What the agency asked about the questions of this page, to stand beside them."""
    section = page.section.key
    here = {section} if page.repeat else {f"{section}.{field.key}" for field in page.fields}
    return [item for item in dossier.supplement_items if item.get("field") in here]


def _page_with(dossier: DossierPage, reach: Reach, question: str) -> str:
    """The page on which a question stands; the page of its section when it is not asked any more."""
    section, _, key = question.partition(".")
    found = [page for page in dossier.terms.form.pages if page.section.key == section]
    with_it = (page for page in found if page.repeat or key in {f.key for f in page.fields})
    return next(with_it, found[0]).key


def _state(dossier: DossierPage, question: str) -> str:
    """Whether the answer is another one than was filed."""
    form = dossier.terms.form
    changed = forms.changed_questions(form, dossier.filed_answers, dossier.answers)
    if question in changed:
        return "Đã sửa"
    now = "; ".join(words_of(form, dossier.answers, question))
    return f"Chưa sửa: {now[:60]}" if now else "Chưa sửa"
