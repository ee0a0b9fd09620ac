"""Whatever is typed, it is kept as typed or shown back with a sentence; never cut, never a fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from motcua.core.text import clean
from motcua.dossiers.models import Dossier
from motcua.dossiers.web.desk_forms import OwnerForm
from motcua.dossiers.workflow import Status, Step
from motcua.procedures.forms.checks import person_name_problem
from motcua.procedures.forms.types import FieldType
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import terms_of
from motcua.testing.dossiers import BIRTH, a_dossier, attach_all, fill_all
from tests.house.bad_texts import BYTES, TEXTS, TOO_LONG, seen
from tests.house.doors import Stage, stage_set

pytestmark = pytest.mark.django_db
SENTENCE = re.compile(r"(ông/bà|anh/chị)")
QUICKLY = hypothesis_settings(
    max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
texts = pytest.mark.parametrize(("typed", "kept"), TEXTS.values(), ids=TEXTS)


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    with django_db_blocker.unblock(), stage_set() as stage:
        stage.dossiers["examined"] = a_dossier(stage.cast, Status.EXAMINING)
        stage.dossiers["proposed"] = a_dossier(stage.cast, Status.PROPOSED)
        stage.dossiers["approved"] = a_dossier(stage.cast, Status.APPROVED)
        yield stage


@texts
def test_what_is_kept_of_a_text_is_all_that_can_be_seen_of_it(typed: str, kept: str) -> None:
    assert clean(typed) == kept
    assert seen(kept) == seen(typed) or typed == TEXTS["newer than this machine"][0]


# A citizen's draft


class Question:
    """A plain text question of the birth form, on its page."""

    def __init__(self, stage: Stage) -> None:
        self.dossier = stage.dossiers["draft"]
        form = terms_of(self.dossier.procedure_version_id).form
        self.page, self.field = next(
            (page, field)
            for page in form.pages
            for field in page.fields
            if field.type is FieldType.TEXT and not (field.check or field.uppercase)
        )
        self.address = f"/ho-so/{self.dossier.reference}/khai/{self.page.key}/"
        self.client = stage.clients["lan"]

    def answer(self, typed: str) -> Any:
        return self.client.post(self.address, {self.field.key: typed})

    @property
    def kept(self) -> Any:
        self.dossier.refresh_from_db()
        return self.dossier.answers[self.page.section.key][self.field.key]


@texts
def test_a_text_in_a_draft_reads_back_as_it_was_typed(stage: Stage, typed: str, kept: str) -> None:
    question = Question(stage)

    answer = question.answer(typed)

    assert answer.status_code in (302, 422)
    assert question.kept == kept
    page = question.client.get(question.address).content.decode()
    assert kept in unescape(page)
    assert "<script>alert" not in page
    check = question.client.get(f"/ho-so/{question.dossier.reference}/kiem-tra/")
    assert check.status_code == 200
    assert "<script>alert" not in check.content.decode()


@pytest.mark.parametrize("typed", TOO_LONG.values(), ids=TOO_LONG)
def test_a_text_that_is_too_long_is_shown_back_whole_with_a_sentence(
    stage: Stage, typed: str
) -> None:
    question = Question(stage)
    before = question.kept

    answer = question.answer(typed)

    assert answer.status_code == 422
    page = unescape(answer.content.decode())
    assert typed in page
    assert f"tối đa {question.field.max_length} ký tự" in page
    assert "chưa được lưu" in page
    assert question.kept == before  # a draft does not swell without bounds


@pytest.mark.parametrize("raw", [BYTES[name] for name in ("cut short", "overlong", "surrogate")])
def test_bytes_that_are_no_text_are_shown_as_such_with_a_sentence(stage: Stage, raw: bytes) -> None:
    question = Question(stage)
    body = question.field.key.encode() + b"=Lan" + b"".join(b"%%%02X" % byte for byte in raw)

    answer = question.client.post(
        question.address, body, content_type="application/x-www-form-urlencoded"
    )

    assert answer.status_code == 422
    assert "không đọc được" in answer.content.decode()


def test_any_text_in_a_draft_is_kept_as_its_letters(stage: Stage) -> None:
    question = Question(stage)

    @QUICKLY
    @given(typed=st.text(max_size=80))
    def storm(typed: str) -> None:
        sent = typed.encode("utf-8", "replace").decode()  # a browser sends no lone surrogate
        answer = question.answer(sent)
        assert answer.status_code in (302, 422)
        assert seen(question.kept) == seen(sent)
        assert question.client.get(question.address).status_code == 200

    storm()


# An official's words: step → (who, which dossier, the box, what else is typed)
BOXES: dict[Step, tuple[str, str, str, dict[str, str]]] = {
    Step.REJECT: ("hung", "sent", "reason", {"legal_basis": "Điều 13"}),
    Step.ASK_SUPPLEMENT: ("hung", "sent", "other", {}),
    Step.EXAMINE: ("mai", "examined", "note", {}),
    Step.PROPOSE: ("mai", "examined", "note", {"outcome": "approve"}),
    Step.SEND_BACK: ("binh", "proposed", "note", {}),
    Step.DECIDE: ("binh", "proposed", "note", {}),
    Step.REFUSE: ("binh", "proposed", "reason", {"legal_basis": "Điều 16"}),
    Step.DELIVER: ("hung", "ready", "receiver_name", {"receiver_identity": "079190000001"}),
}


def press(stage: Stage, step: Step, typed: str) -> tuple[Any, Dossier]:
    who, at, box, more = BOXES[step]
    dossier, client = stage.dossiers[at], stage.clients[who]
    here = f"/can-bo/ho-so/{dossier.reference}/buoc/{step}/"
    answer = client.post(here, {"revision": dossier.revision, box: typed, **more})
    return answer, dossier


@texts
@pytest.mark.parametrize("step", BOXES)
def test_an_officials_words_are_kept_as_typed_and_read_by_the_citizen_as_letters(
    stage: Stage, step: Step, typed: str, kept: str
) -> None:
    answer, dossier = press(stage, step, typed)

    is_nobody = step is Step.DELIVER and person_name_problem(kept)  # a name has letters only
    if (not kept and step is not Step.DECIDE) or is_nobody:
        assert answer.status_code == 422
        assert SENTENCE.search(answer.content.decode())
        return
    assert answer.status_code == 302
    move = dossier.moves.last()
    asked = Dossier.objects.get(pk=dossier.pk).supplement_items
    assert move is not None
    assert kept in (asked[0]["text"] if step is Step.ASK_SUPPLEMENT else move.note)
    lans = stage.clients["lan"].get(f"/ho-so/{dossier.reference}/").content.decode()
    assert "<script>alert" not in lans
    if step is Step.REJECT:
        assert kept in unescape(lans)


@pytest.mark.parametrize("step", BOXES)
def test_an_officials_words_that_are_too_long_are_shown_back_whole(
    stage: Stage, step: Step
) -> None:
    typed = "ư" * 60_000

    answer, dossier = press(stage, step, typed)

    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert typed in page
    assert "ký tự" in page
    assert dossier.moves.count() == dossier.revision


# At the counter


@texts
def test_a_name_at_the_counter_is_kept_as_typed_or_shown_back(
    stage: Stage, typed: str, kept: str
) -> None:
    form = OwnerForm({"full_name": typed, "national_id": "079190000001"})
    answer = stage.clients["hung"].post(
        f"/can-bo/nop-tai-quay/{BIRTH}/", {"full_name": typed, "f.nks.x": typed, "send": "1"}
    )

    assert answer.status_code == 422
    assert seen(kept) in seen(unescape(answer.content.decode()))
    if kept:
        assert form.is_valid(), form.errors
        assert form.cleaned_data["full_name"] == kept


# Whose dossier it is


@pytest.mark.parametrize(
    "name", ["ede name", "decomposed", "syllables of many parts", "turkish", "script", "faces"]
)
def test_the_owner_of_a_dossier_has_the_name_that_was_typed_or_none(
    stage: Stage, name: str
) -> None:
    typed, kept = TEXTS[name]
    without = ProcedureVersion.objects.filter(
        status="published", form__form_key="don_de_nghi", levels=["Cấp xã"]
    )
    code = without.order_by("id")[0].procedure.code
    dossier = a_dossier(stage.cast, Status.DRAFT, code)
    fill_all(stage.cast, dossier)
    attach_all(stage.cast, dossier)
    client, here = stage.clients["lan"], f"/ho-so/{dossier.reference}"
    client.post(f"{here}/khai/nyc-2/", {"nopCho": "2"})
    client.post(f"{here}/khai/nyc/", {"nopCho": "2"})
    client.post(f"{here}/khai/chu/", {"hoTen": typed})

    answer = client.post(f"{here}/nop/", {"declaration": "yes"})

    dossier.refresh_from_db()
    if answer.status_code == 422:  # no name at all: faces, signs, more than a name can be
        assert name not in ("ede name", "decomposed", "turkish")
        assert "/khai/chu/" in answer.content.decode()
        assert dossier.answers["chu"]["hoTen"] == kept
        return
    assert (answer.status_code, dossier.applicant_name) == (302, kept)
    listed = stage.clients["hung"].get("/can-bo/danh-sach/cho-tiep-nhan/").content.decode()
    assert kept in unescape(listed)
    assert "<script>alert" not in listed
