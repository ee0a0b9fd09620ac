"""Filing in any order, with anything: one submission at most, and never an incomplete one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.core import clock
from motcua.core.errors import NotFound, Reason, Refused
from motcua.dossiers.actions import checking, drafting, intake, papers
from motcua.dossiers.models import Dossier
from motcua.dossiers.workflow import Status, Step
from motcua.procedures.forms.rules import asked_pages
from motcua.procedures.forms.types import FieldType
from motcua.procedures.queries import terms_of
from motcua.testing.answers import as_post, valid_answers
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH, a_dossier, a_pdf, attach_all, fill_all

pytestmark = pytest.mark.django_db
SLOTS = ("p01", "p02")  # of the birth registration: the first is required
PAGES = 10
FEW = settings(
    max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
DEEDS = st.one_of(
    st.tuples(st.just("save"), st.integers(0, PAGES - 1), st.booleans()),
    st.tuples(st.just("fill"), st.just(0), st.just(True)),
    st.tuples(st.just("attach"), st.integers(0, 1), st.booleans()),
    st.tuples(st.just("remove"), st.integers(0, 3), st.just(True)),
    st.tuples(st.just("start"), st.just(0), st.just(True)),
    st.tuples(st.just("submit"), st.just(0), st.just(True)),
    st.tuples(st.just("steal"), st.just(0), st.just(True)),
)


@contextmanager
def undone() -> Iterator[None]:
    """One example of hypothesis, without a trace for the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def upload(text: str) -> BytesIO:
    file = BytesIO(a_pdf(text))
    file.name = f"{text}.pdf"
    return file


class Filing:
    """Lan and her one draft; each deed either happens or is refused as it should be."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.number = self.open()
        self.terms = terms_of(self.dossier.procedure_version_id)
        self.form = self.terms.form
        self.right = valid_answers(self.form)

    @property
    def dossier(self) -> Dossier:
        return Dossier.objects.get(reference=self.number)

    @property
    def faults(self) -> set[Reason]:
        return set(checking.technical_faults(self.dossier, self.terms, clock.now()))

    def open(self) -> str:
        return drafting.open_draft(
            citizen=self.cast.lan,
            procedure_code=BIRTH,
            agency_code=self.cast.ward.code,
            form_key="tab-1",
        ).reference

    def take(self, deed: str, number: int, good: bool) -> None:
        """Do one deed; a dossier that was sent refuses to be changed."""
        sent = self.dossier.status == Status.SUBMITTED
        before = (self.dossier.answers, self.papers())
        try:
            getattr(self, deed)(number, good)
        except Refused as no:
            refused = {reason.code for reason in no.reasons}
            assert deed == "submit" or (sent and refused == {"dossier_not_editable"})
        if sent:
            assert (self.dossier.answers, self.papers()) == before
            assert self.dossier.moves.filter(step=Step.SUBMIT).count() == 1

    def papers(self) -> list[str]:
        return [document.digest for document in self.dossier.documents.order_by("id")]

    def save(self, number: int, good: bool) -> None:
        page = self.form.pages[number]
        typed = as_post(self.form, page.key, self.right)
        if not good:
            typed = dict.fromkeys(typed, "")
        where: dict[str, Any] = {"citizen": self.cast.lan, "reference": self.number}
        drafting.save_page(**where, page_key=page.key, data=typed)

    def fill(self, number: int, good: bool) -> None:
        for place in range(len(self.form.pages)):
            self.save(place, good)

    def attach(self, number: int, good: bool) -> None:
        where: dict[str, Any] = {"citizen": self.cast.lan, "reference": self.number}
        papers.attach(**where, slot=SLOTS[number], uploads=[upload("một" if good else "hai")])

    def remove(self, number: int, good: bool) -> None:
        there = list(self.dossier.documents.order_by("id"))
        if number < len(there):
            where: dict[str, Any] = {"citizen": self.cast.lan, "reference": self.number}
            papers.remove_document(**where, document_id=there[number].pk)

    def start(self, number: int, good: bool) -> None:
        """The start button once more, in the same tab: the same draft while it is one."""
        assert (self.open() == self.number) == (self.dossier.status == Status.DRAFT)

    def submit(self, number: int, good: bool) -> None:
        faults, was = self.faults, self.dossier.status
        try:
            intake.submit_dossier(citizen=self.cast.lan, reference=self.number)
        except Refused as no:
            assert was == Status.DRAFT
            assert set(no.reasons) == faults
            raise
        assert not faults
        assert SLOTS[0] in {document.slot for document in self.dossier.documents.all()}

    def steal(self, number: int, good: bool) -> None:
        """Thu knows the number, and may do nothing with it."""
        for act in (intake.submit_dossier, intake.withdraw_dossier, drafting.discard_draft):
            with pytest.raises(NotFound):
                act(citizen=self.cast.thu, reference=self.number)


def test_filing_in_any_order_submits_once_and_only_what_is_whole(cast: Cast) -> None:
    outcomes = set()

    @FEW
    @given(deeds=st.lists(DEEDS, min_size=3, max_size=12))
    def play(deeds: list[tuple[str, int, bool]]) -> None:
        with undone():
            filing = Filing(cast)
            for deed in deeds:
                filing.take(*deed)
            # whatever happened before: completed, it goes, and only once
            if filing.dossier.status == Status.DRAFT:
                outcomes.add("late")
                filing.fill(0, True)
                filing.attach(0, True)
            else:
                outcomes.add("early")
            first = intake.submit_dossier(citizen=cast.lan, reference=filing.number)
            again = intake.submit_dossier(citizen=cast.lan, reference=filing.number)
            assert (first.reference, first.submitted_at) == (again.reference, again.submitted_at)
            assert filing.dossier.moves.filter(step=Step.SUBMIT).count() == 1
            key = filing.dossier.key
            assert Dossier.objects.filter(key=key, submitted_at__isnull=False).count() == 1

    play()
    assert "late" in outcomes


def holes(filing: Filing) -> list[tuple[str, str]]:
    """Every answer that can be left out: (section, field)."""
    return [
        (section, key)
        for section, given in sorted(filing.right.items())
        if isinstance(given, dict)
        for key in sorted(given)
    ]


def mend(filing: Filing, reason: Reason) -> None:
    """Put right the one thing that a reason names."""
    dossier = filing.dossier
    if reason.code == "document_missing":
        filing.attach(SLOTS.index(reason.field), True)
        return
    page_key, _, key = reason.field.partition(".")
    page = next(page for page in filing.form.pages if page.key == page_key)
    section = page.section.key
    dossier.answers[section] = {
        **dossier.answers.get(section, {}), key: filing.right[section][key],
    }  # fmt: skip
    dossier.save(update_fields=["answers"])


def test_all_that_is_wrong_is_said_at_once(cast: Cast) -> None:
    """Mending one thing at a time meets nothing new but questions that were not asked before."""
    with undone():
        filing = Filing(cast)
        every = holes(filing)
        depends = {
            f"{page.key}.{field.key}"
            for page in filing.form.pages
            for field in page.fields
            if field.when is not None or page.section.when is not None
        }

    @FEW
    @given(left_out=st.sets(st.sampled_from(every), max_size=8), with_paper=st.booleans())
    def play(left_out: set[tuple[str, str]], with_paper: bool) -> None:
        with undone():
            filing = Filing(cast)
            dossier = filing.dossier
            dossier.answers = {
                section: {k: v for k, v in given.items() if (section, k) not in left_out}
                for section, given in filing.right.items()
            }
            dossier.save(update_fields=["answers"])
            if with_paper:
                filing.attach(0, True)
            at_once, met = filing.faults, set(filing.faults)
            while faults := filing.faults:
                mend(filing, min(faults, key=lambda reason: reason.field))
                assert len(filing.faults) <= len(faults) + len(depends)
                met |= filing.faults
            assert at_once <= met
            assert {reason.field for reason in met - at_once} <= depends
            intake.submit_dossier(citizen=cast.lan, reference=filing.number)

    play()


def letters(text: str) -> str:
    """What a person sees of a text: NFC, no spaces, nothing invisible."""
    return "".join(
        ch
        for ch in unicodedata.normalize("NFC", text)
        if not ch.isspace() and unicodedata.category(ch) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )


def test_what_was_accepted_reads_back_as_it_was_typed(cast: Cast) -> None:
    accepted = []

    @FEW
    @given(typed=st.text(min_size=1, max_size=120), form=st.sampled_from(["NFC", "NFD", "NFKD"]))
    def play(typed: str, form: Any) -> None:
        typed = unicodedata.normalize(form, typed)
        with undone():
            dossier = a_dossier(cast, Status.DRAFT)
            fill_all(cast, dossier)
            attach_all(cast, dossier)
            definition = terms_of(dossier.procedure_version_id).form
            page, field = next(
                (page, field)
                for page in asked_pages(definition, dossier.answers)
                for field in page.fields
                if field.type is FieldType.TEXT and not field.check and not field.uppercase
            )
            post = as_post(definition, page.key, dossier.answers) | {field.key: typed}
            where: dict[str, Any] = {"citizen": cast.lan, "reference": dossier.reference}
            _, reasons = drafting.save_page(**where, page_key=page.key, data=post)
            if not reasons:
                intake.submit_dossier(**where)
                accepted.append(typed)
            kept = Dossier.objects.get(pk=dossier.pk).answers[page.section.key][field.key]
            assert letters(kept) == letters(typed)
            assert unicodedata.is_normalized("NFC", kept)

    play()
    assert accepted
