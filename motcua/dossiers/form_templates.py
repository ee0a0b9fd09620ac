"""The words of the forms as they are in force, as they were, and as somebody asks for them.

A paper is printed with the version that holds on the day it is issued; what was issued is kept as a
file and never printed again.

Law: FRM-07, FRM-08, FRM-09
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from motcua.core import clock
from motcua.core.errors import NotFound, Reason, refuse_if
from motcua.dossiers.models import FormTemplate
from motcua.dossiers.slips import markup, samples
from motcua.dossiers.slips.builtin import builtin
from motcua.dossiers.slips.facts import Paper, facts_of
from motcua.dossiers.slips.forms import SlipKind
from motcua.dossiers.slips.printing import render
from motcua.dossiers.slips.sets import kinds_of, number_in, title_in
from motcua.law.types import Drafting, FormSet, ProfileStatus

APPROVED = ProfileStatus.APPROVED


@dataclass(frozen=True)
class TemplateFacts:
    """One version of a template, with its story."""

    form_set: FormSet
    kind: SlipKind
    version: int
    html: str
    valid_from: date
    drafting: Drafting

    @property
    def title(self) -> str:
        """What its set calls the paper."""
        return title_in(self.form_set, self.kind)

    @property
    def number(self) -> str:
        """The number of the form in its set, if it has one."""
        return number_in(self.form_set, self.kind)


def template_on(form_set: FormSet, kind: SlipKind, day: date) -> str:
    """The template in force on a day; what the software brings until a house keeps its own."""
    rows = FormTemplate.objects.filter(
        form_set=form_set, kind=kind, status=APPROVED, valid_from__lte=day
    )
    row = rows.order_by("valid_from", "version").last()
    return row.html if row else builtin(form_set, kind)


def print_paper(paper: Paper) -> bytes:
    """The PDF of a paper in the words in force on the day it is issued."""
    heading = paper.heading
    return render(paper, template_on(heading.form_set, paper.kind, localdate(heading.issued_at)))


def paper_of(form_set: str, kind: str) -> tuple[FormSet, SlipKind]:
    """Which paper an address speaks of; `NotFound` when the set has no such paper."""
    try:
        found = FormSet(form_set), SlipKind(kind)
    except ValueError as error:
        raise NotFound from error
    if found[1] not in kinds_of(found[0]):
        raise NotFound
    return found


def overview() -> list[tuple[FormSet, list[tuple[TemplateFacts, bool]]]]:
    """Every paper of each set with the version in force today, and whether a draft waits."""
    today = localdate(clock.now())
    rows = list(FormTemplate.objects.order_by("valid_from", "version"))
    now = {(r.form_set, r.kind): r for r in rows if r.status == APPROVED and r.valid_from <= today}
    waiting = {(r.form_set, r.kind) for r in rows if r.status == ProfileStatus.DRAFT}
    return [
        (form_set, [(facts_of_row(now[each]), each in waiting)
                    for kind in kinds_of(form_set) if (each := (form_set.value, kind.value)) in now])
        for form_set in reversed(FormSet)
    ]  # fmt: skip


@dataclass(frozen=True)
class Lacking:
    """A paper of the house whose words never had a place that the software fills now."""

    title: str
    form_set: FormSet
    places: tuple[str, ...]

    @property
    def told(self) -> str:
        """Which paper of which set, and the places."""
        places = ", ".join(f"{{{{{place}}}}}" for place in self.places)
        return f"{self.title} ({self.form_set}): {places}"


def lacking() -> list[Lacking]:
    """The papers to which a place was added since the house keeps words of its own.

    What a version once had and a later one left out was left out by two persons, and is not told.
    """
    today, found = localdate(clock.now()), dict[tuple[str, str], set[str]]()
    rows = FormTemplate.objects.filter(status=APPROVED, valid_from__lte=today)
    for form_set, kind, html in rows.values_list("form_set", "kind", "html"):
        found.setdefault((form_set, kind), set()).update(markup.PLACE.findall(html))
    return [
        Lacking(title_in(form_set, kind), form_set, tuple(new))
        for form_set in FormSet
        for kind in kinds_of(form_set)
        if (had := found.get((form_set.value, kind.value))) is not None
        and (new := sorted({*markup.PLACE.findall(builtin(form_set, kind))} - had))
    ]


def versions(form_set: FormSet, kind: SlipKind) -> list[TemplateFacts]:
    """Every version of a paper's template, the latest first."""
    rows = FormTemplate.objects.filter(form_set=form_set, kind=kind).order_by("-version")
    return [facts_of_row(row) for row in rows]


def in_force(found: list[TemplateFacts]) -> TemplateFacts:
    """Of these versions the one that holds today; `NotFound` when none does."""
    today = localdate(clock.now())
    holding = [t for t in found if t.drafting.status is APPROVED and t.valid_from <= today]
    if not holding:
        raise NotFound
    return max(holding, key=lambda each: (each.valid_from, each.version))


def facts_of_row(row: FormTemplate) -> TemplateFacts:
    """A row as everyone reads it."""
    return TemplateFacts(
        form_set=FormSet(row.form_set),
        kind=SlipKind(row.kind),
        version=row.version,
        html=row.html,
        valid_from=row.valid_from,
        drafting=Drafting(
            status=ProfileStatus(row.status), drafted_by=row.drafted_by,
            drafted_by_person=row.drafted_by_person, drafted_at=row.drafted_at,
            decided_by=row.decided_by, decided_at=row.decided_at, note=row.note, reason=row.reason,
        ),
    )  # fmt: skip


def objections(form_set: FormSet, kind: SlipKind, html: str) -> list[Reason]:
    """A sentence for every tag and every place that this paper does not know, with its line."""
    return markup.check(markup.read(html), samples.known_places(form_set, kind))


def preview(form_set: FormSet, kind: SlipKind, html: str) -> bytes:
    """The PDF of a template filled with sample facts; refused with the lines that are wrong."""
    refuse_if(objections(form_set, kind, html))
    return render(samples.sample_of(form_set, kind), html)


def places(form_set: FormSet, kind: SlipKind) -> list[tuple[str, list[tuple[str, str]]]]:
    """The places a template may name with a sample of each: the paper's own, then those of its rows."""
    facts = facts_of(samples.sample_of(form_set, kind))
    lists = [(name, [("n", "1"), *rows[0].items()]) for name, rows in facts.rows.items()]
    return [("", [*facts.texts.items()]), *lists]


def line_changes(before: str, after: str) -> list[tuple[str, int, str]]:
    """What changed from text to text, line by line, as ("-", " " or "+", line number, text)."""
    old, new = before.splitlines(), after.splitlines()
    shown = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            shown += [(" ", c + n + 1, text) for n, text in enumerate(new[c:d])]
            continue
        shown += [("-", a + n + 1, text) for n, text in enumerate(old[a:b])]
        shown += [("+", c + n + 1, text) for n, text in enumerate(new[c:d])]
    return shown
