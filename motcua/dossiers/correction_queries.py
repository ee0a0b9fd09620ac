"""What pages show of correction slips: what can be ticked, what is open, what came back otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localtime

from motcua.agencies import queries as places
from motcua.core import clock
from motcua.core.actors import ROLE_NAMES, Role
from motcua.core.errors import NotFound
from motcua.dossiers import access, rules
from motcua.dossiers.actions import more_papers
from motcua.dossiers.actions.correction_reasons import ReasonWords
from motcua.dossiers.actions.second_asking import entry_rule, who_agrees
from motcua.dossiers.models import CorrectionReason, Dossier, Move
from motcua.dossiers.waits import waiting_text
from motcua.dossiers.workflow import Status, Step
from motcua.law.types import Stage
from motcua.procedures.forms import rules as forms
from motcua.procedures.queries import terms_of

if TYPE_CHECKING:
    from motcua.agencies.models import Post
    from motcua.dossiers.pages import DossierPage
    from motcua.procedures.forms.types import Answers, FormDefinition, Page

FILINGS = (Step.SUBMIT, Step.SUPPLEMENT, Step.HAND_IN)
BY_HEAD = ROLE_NAMES[Role.UNIT_HEAD].casefold()
CHECKED = (Status.SUPPLEMENTED, Status.SUBMITTED)


@dataclass(frozen=True)
class Choice:
    """Something that can be ticked on a slip: a paper or a question, and what stands there now."""

    place: str
    name: str
    now: str
    is_paper: bool


@dataclass(frozen=True)
class SlipRules:
    """What an official must know before writing a slip."""

    last_day: date | None = None
    needs_consent: bool = False
    wait_days: int | None = None
    basis: str = ""
    agreed_by: str = "lãnh đạo"
    waiting: str = ""

    @property
    def is_over(self) -> bool:
        """Whether the days in which more may be asked for have passed."""
        return self.last_day is not None and self.last_day < localtime(clock.now()).date()


@dataclass(frozen=True)
class Difference:
    """One thing before and after a supplement."""

    place: str
    name: str
    asked: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    paper_ids: tuple[int, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether nothing became of it."""
        return self.before == self.after


@dataclass(frozen=True)
class Reach:
    """What its owner may change of a dossier that was handed in."""

    is_all: bool
    papers: frozenset[str]
    questions: frozenset[str]
    pages: tuple[Page, ...]


@dataclass(frozen=True)
class SlipBeside:
    """What the desk's page of a dossier says of its slips."""

    has_difference: bool
    items: tuple[dict[str, str], ...] = ()
    needs_consent: bool = False  # one more at the entry check goes to an approver first


@dataclass(frozen=True)
class CatalogueRow:
    """A reason of the catalogue, and how often it was changed."""

    code: str
    words: ReasonWords
    version: int


def catalogue() -> list[CatalogueRow]:
    """Every reason, also those no longer offered, in their order."""
    return [_row(reason) for reason in CorrectionReason.objects.all()]


def reason_of(code: str) -> CatalogueRow:
    """One reason; `NotFound` when there is none of this code."""
    found = CorrectionReason.objects.filter(code=code).first()
    if found is None:
        raise NotFound
    return _row(found)


def _row(row: CorrectionReason) -> CatalogueRow:
    words = ReasonWords(row.text, row.legal_basis, row.for_papers, row.for_questions, row.is_active)
    return CatalogueRow(row.code, words, row.version)


def reasons_to_choose(*, papers: bool) -> list[tuple[str, str]]:
    """The catalogue of reasons for papers, or for questions of the form."""
    which = {"for_papers": True} if papers else {"for_questions": True}
    rows = CorrectionReason.objects.filter(is_active=True, **which)
    return [(row.code, row.text) for row in rows]


def choices_of(page: DossierPage) -> list[Choice]:
    """Every paper and every question of the dossier, as the desk was given them."""
    papers = [
        Choice(
            slot.code, slot.name, ", ".join(p.file_name for p in slot.papers) or "Chưa nộp", True
        )
        for slot in page.slots
    ]
    form, answers = page.terms.form, page.answers
    return papers + [
        Choice(name, label, "; ".join(words_of(form, answers, name)), False)
        for name, label in forms.questions(form, answers).items()
    ]


def slip_rules(post: Post, reference: str) -> SlipRules:
    """Until when, how often and on what basis more may be asked for while it is examined."""
    dossier = access.to_see(access.dossiers_at(post), reference)
    law = more_papers.law_of(dossier)
    rule = law.asking_at(Stage.EXAMINATION)
    asked = more_papers.times_asked(dossier)
    return SlipRules(
        more_papers.last_day_to_ask(dossier),
        rules.asked_as_often_as_allowed(asked, rule.most),
        law.limits.supplement_wait_days,
        rule.basis,
        BY_HEAD if who_agrees(dossier, rule, post) is Role.UNIT_HEAD else SlipRules.agreed_by,
        waiting_text(dossier),
    )


def entry_rules(post: Post, reference: str) -> SlipRules:
    """How often more may be asked for at the entry check; its date is that of the answer."""
    dossier = access.to_see(access.dossiers_at(post), reference)
    return SlipRules(needs_consent=_needs_consent(dossier))


def _needs_consent(dossier: Dossier) -> bool:
    """Whether one more slip at the entry check goes to an approver first."""
    rule = entry_rule(dossier)
    again = rules.asked_as_often_as_allowed(dossier.supplements_asked, rule.most)
    return again and rule.more_agreed_by is not None


def slip_beside(post: Post, reference: str) -> SlipBeside:
    """What the slips of a dossier mean for who looks at it."""
    dossier = access.to_see(access.shown_to(post), reference)
    return SlipBeside(
        dossier.moves.filter(step__in=FILINGS).count() > 1,
        tuple(dossier.supplement_items) if dossier.status == Status.SUPPLEMENT else (),
        dossier.status == Status.SUBMITTED and _needs_consent(dossier),
    )


def reach_of(page: DossierPage) -> Reach:
    """What the owner may change now: what was asked for, and what follows from it."""
    opened = rules.opened_by(page.supplement_items)
    form = page.terms.form
    if opened.is_all or page.status not in (Status.PRE_SUPPLEMENT, Status.SUPPLEMENT):
        return Reach(True, frozenset(), frozenset(), tuple(forms.asked_pages(form, page.answers)))
    kept, questions = forms.limited(
        form, page.filed_answers, page.answers, opened.questions,
        today=clock.now().date(), places=places,
    )  # fmt: skip
    pages = tuple(forms.open_pages(form, kept, questions))
    return Reach(False, opened.papers, frozenset(questions), pages)


def differences_at(post: Post, reference: str) -> list[Difference]:
    """What came back otherwise, and what was asked for and came back as it was."""
    dossier = access.to_see(access.shown_to(post), reference)
    filings = list(dossier.moves.filter(step__in=FILINGS))
    if len(filings) < 2:
        return []
    before, after = filings[-2], filings[-1]
    asked = {i["slot"] or i.get("field", ""): i for i in dossier.supplement_items}
    terms = terms_of(dossier.procedure_version_id)
    names = {slot.code: slot.name for slot in terms.slots}
    return [
        *_papers(dossier, before, after, asked, names),
        *_questions(terms.form, before, after, asked),
    ]


def _papers(
    dossier: Dossier,
    before: Move,
    after: Move,
    asked: dict[str, dict[str, str]],
    names: dict[str, str],
) -> list[Difference]:
    filed = rules.filed_papers(list(dossier.documents.all()), dossier.filed_at)
    found = []
    for slot, name in names.items():
        old, new = (_files(move, slot) for move in (before, after))
        if slot not in asked and old == new:
            continue
        fresh = {digest for digest, _ in new} - {digest for digest, _ in old}
        ids = tuple(d.pk for d in filed if d.slot == slot and d.digest in fresh)
        shown = [tuple(file for _, file in each) for each in (old, new)]
        if old != new and shown[0] == shown[1]:  # another file of the same name
            shown[1] = tuple(f"{file} (tệp mới)" for file in shown[1])
        found.append(Difference(slot, name, _asked(asked, slot), shown[0], shown[1], ids))
    return found


def _files(move: Move, slot: str) -> list[tuple[str, str]]:
    return [
        (p["digest"], p["file_name"]) for p in move.facts.get("papers", ()) if p["slot"] == slot
    ]


def _asked(asked: dict[str, dict[str, str]], place: str) -> str:
    return asked[place]["text"] if place in asked else ""


def _questions(
    form: FormDefinition, before: Move, after: Move, asked: dict[str, dict[str, str]]
) -> list[Difference]:
    old, new = (move.facts.get("answers", {}) for move in (before, after))
    labels = forms.questions(form, old) | forms.questions(form, new)
    changed = set(forms.changed_questions(form, old, new))
    return [
        Difference(
            name, label, _asked(asked, name), words_of(form, old, name), words_of(form, new, name)
        )
        for name, label in labels.items()
        if name in changed or name in asked
    ]


def words_of(form: FormDefinition, answers: Answers, name: str) -> tuple[str, ...]:
    """What was answered to a question, as people read it; a list, one line a row."""
    section_key, _, key = name.partition(".")
    section = next(each for each in form.sections if each.key == section_key)
    given: Any = answers.get(section_key)
    if not key:
        rows = given if isinstance(given, list) else []
        lines = (
            ", ".join(
                f"{f.label}: {forms.in_words(f, row[f.key], places)}"
                for f in section.fields
                if row.get(f.key)
            )
            for row in rows
        )
        return tuple(f"{number}. {line}" for number, line in enumerate(lines, start=1))
    field = next(each for each in section.fields if each.key == key)
    value = given.get(key) if isinstance(given, dict) else None
    return (forms.in_words(field, value, places),)


def asked_until(dossier: DossierPage) -> str:
    """Until when the applicant is waited for, in words; empty where the law sets no date."""
    until = dossier.supply_by
    return f"{localtime(until):%H:%M ngày %d/%m/%Y}" if until else ""
