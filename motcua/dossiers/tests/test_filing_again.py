"""The same form again, other content under the same key, a draft whose terms are gone."""

import uuid
from io import BytesIO
from itertools import cycle
from typing import Any

import pytest
from django.test import Client

from motcua.core.errors import NotFound, Refused
from motcua.dossiers import rules
from motcua.dossiers.actions import drafting, intake, papers
from motcua.dossiers.actions.filing import file_at_counter, file_by_partner
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import desk_of, signed_in
from motcua.dossiers.tests.test_desk_counter import a_counter_filing
from motcua.dossiers.types import Applicant
from motcua.dossiers.workflow import Status
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import published_codes, published_terms, terms_of
from motcua.testing.answers import valid_answers
from motcua.testing.cast import Cast
from motcua.testing.dossiers import (
    BIRTH,
    STRANGER,
    a_dossier,
    a_partner,
    a_pdf,
    attach_all,
    fill_all,
)

pytestmark = pytest.mark.django_db
KEY = uuid.UUID("7a0c6a64-5d49-4a39-8a53-0a5c52f0e001")


def at_counter(cast: Cast, **changes: Any) -> Dossier:
    terms = published_terms(BIRTH)
    slots = [s for s in terms.slots if s.required]
    filing: dict[str, Any] = {
        "post": cast.hung, "key": KEY, "procedure_code": BIRTH, "owner": STRANGER,
        "answers": valid_answers(terms.form),
        "papers": [(slot.code, "giay.pdf", a_pdf(slot.code)) for slot in slots],
    }  # fmt: skip
    return file_at_counter(**filing | changes)


# The same key


def test_one_form_at_the_counter_is_one_dossier_and_other_content_is_refused(cast: Cast) -> None:
    first, again = at_counter(cast), at_counter(cast)

    with pytest.raises(Refused) as refusal:
        at_counter(cast, owner=Applicant("Lê Thị Thu", "079192000002"))

    assert again.pk == first.pk
    assert refusal.value.reasons[0].code == "idempotency_conflict"
    assert first.reference in refusal.value.reasons[0].text
    assert Dossier.objects.count() == 1


def test_the_counter_page_says_that_its_form_was_used_for_somebody_else(cast: Cast) -> None:
    hung, page = desk_of(cast.hung), f"/can-bo/nop-tai-quay/{BIRTH}/"
    hung.post(page, a_counter_filing(send="1"))

    answer = hung.post(page, a_counter_filing(send="1", full_name="Thạch Sô Phi"))

    assert answer.status_code == 422
    assert "nội dung khác" in answer.content.decode()
    assert Dossier.objects.count() == 1


def test_nothing_but_the_owner_is_kept_as_the_owner(cast: Cast) -> None:
    dossier = at_counter(cast)

    assert set(dossier.applicant) == {"name", "national_id", "address", "phone", "email"}
    assert len(dossier.content_digest) == 64


# Whose number


@pytest.mark.parametrize("number", ["12345", "abc", "07919000000"])
def test_an_owner_has_the_number_of_a_person_or_an_enterprise(cast: Cast, number: str) -> None:
    with pytest.raises(Refused) as refusal:
        at_counter(cast, owner=Applicant("Nguyễn Thị Lan", number))
    assert refusal.value.reasons[0].code == "owner_number_wrong"

    terms = published_terms(BIRTH)
    with pytest.raises(Refused):
        file_by_partner(
            partner=a_partner(), key="don-0001", procedure_code=BIRTH, agency_code=cast.ward.code,
            applicant=Applicant("Lan", number), answers=valid_answers(terms.form), papers=[],
        )  # fmt: skip


def test_a_number_typed_with_spaces_is_kept_without(cast: Cast) -> None:
    dossier = at_counter(cast, owner=Applicant("Nguyễn Thị Lan", "079 190 000 001"))

    assert dossier.applicant["national_id"] == "079190000001"
    assert dossier.submitter == cast.lan


# Drafts


def begin(cast: Cast, key: str = "", like: str = "") -> Dossier:
    return drafting.open_draft(
        citizen=cast.lan, procedure_code=BIRTH, agency_code=cast.ward.code, form_key=key, like=like
    )


def send(cast: Cast, draft: Dossier) -> Dossier:
    fill_all(cast, draft)
    attach_all(cast, draft)
    return intake.submit_dossier(citizen=cast.lan, reference=draft.reference)


def test_a_form_left_open_opens_one_further_draft_however_often_it_is_clicked(cast: Cast) -> None:
    for _ in range(2):
        send(cast, begin(cast, "tab"))

    third, again = begin(cast, "tab"), begin(cast, "tab")

    assert third.pk == again.pk
    assert Dossier.objects.count() == 3


def test_nobody_keeps_more_than_fifty_drafts(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(rules.DRAFTS_MAX):
        begin(cast)

    with pytest.raises(Refused) as refusal:
        begin(cast)

    assert refusal.value.reasons[0].code == "too_many_drafts"
    assert Dossier.objects.count() == rules.DRAFTS_MAX == 50


def test_the_start_page_says_that_there_are_too_many_drafts(
    cast: Cast, lan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(cast)
    monkeypatch.setattr(rules.too_many_drafts, "__defaults__", (1,))

    answer = lan.post(f"/thu-tuc/{BIRTH}/nop/", {"agency": cast.ward.code})

    assert answer.status_code == 422
    assert "bản nháp chưa nộp" in answer.content.decode()


def replaced(draft: Dossier) -> None:
    """The procedure gets a new version, as when a decision changes it."""
    version = ProcedureVersion.objects.get(pk=draft.procedure_version_id)
    ProcedureVersion.objects.filter(pk=version.pk).update(status="replaced")
    version.pk, version.number, version.status = None, version.number + 1, "published"
    version._state.adding = True
    version.save()


def test_a_draft_of_a_replaced_procedure_is_refused_and_begun_again_with_its_answers(
    cast: Cast, draft: Dossier, lan: Client
) -> None:
    fill_all(cast, draft)
    attach_all(cast, draft)
    replaced(draft)

    answer = lan.post(f"/ho-so/{draft.reference}/nop/", {"declaration": "on"})

    link = f"/thu-tuc/{BIRTH}/nop/?tu={draft.reference}"
    assert answer.status_code == 422
    assert link in answer.content.decode()
    assert f'name="tu" value="{draft.reference}"' in lan.get(link).content.decode()
    lan.post(link, {"agency": cast.ward.code, "tu": draft.reference})
    draft.refresh_from_db()
    fresh = Dossier.objects.exclude(pk=draft.pk).get()
    assert fresh.procedure_version_id != draft.procedure_version_id
    assert fresh.answers == draft.answers
    assert draft.status == Status.DRAFT


def test_an_abolished_procedure_takes_no_draft_and_leads_to_its_page(
    cast: Cast, draft: Dossier
) -> None:
    fill_all(cast, draft)
    attach_all(cast, draft)
    ProcedureVersion.objects.filter(pk=draft.procedure_version_id).update(status="abolished")

    with pytest.raises(Refused) as refusal:
        intake.submit_dossier(citizen=cast.lan, reference=draft.reference)

    assert refusal.value.reasons[0].code == "procedure_abolished"
    browser = signed_in(cast.lan)
    page = browser.post(f"/ho-so/{draft.reference}/nop/", {"declaration": "on"}).content.decode()
    todo = browser.get(f"/ho-so/{draft.reference}/khai/").content.decode()
    for shown in (page, todo):
        assert f'href="/thu-tuc/{BIRTH}/"' in shown
        assert f"/thu-tuc/{BIRTH}/nop/" not in shown


def test_thu_carries_nothing_over_from_a_draft_of_lans(cast: Cast, draft: Dossier) -> None:
    fill_all(cast, draft)

    hers = drafting.open_draft(
        citizen=cast.thu, procedure_code=BIRTH, agency_code=cast.ward.code, like=draft.reference
    )

    draft.refresh_from_db()
    assert hers.answers != draft.answers


# Cases


def with_cases() -> tuple[str, str, str]:
    """Birth registration as if its papers were of two cases: a case, its slot, the other case."""
    version = ProcedureVersion.objects.get(pk=published_terms(BIRTH).version_id)
    values = version.detail_values
    for slot, case in zip(
        values["slots"], cycle(("Sinh tại bệnh viện", "Sinh tại nhà")), strict=False
    ):
        slot["case"] = case
    ProcedureVersion.objects.filter(pk=version.pk).update(detail_values=values, digest="c" * 64)
    terms = published_terms(BIRTH)
    case, other = terms.cases
    return case, next(s.code for s in terms.slots if s.case == case), other


def a_file() -> BytesIO:
    file = BytesIO(a_pdf("giấy"))
    file.name = "giay.pdf"
    return file


def test_papers_of_a_case_go_out_when_another_is_chosen_and_the_page_says_which(
    cast: Cast, lan: Client
) -> None:
    case, slot, other = with_cases()
    draft = a_dossier(cast, Status.DRAFT)
    where: dict[str, Any] = {"citizen": cast.lan, "reference": draft.reference}
    drafting.choose(**where, case=case)
    paper = papers.attach(**where, slot=slot, uploads=[a_file()])[0]

    answer = lan.post(f"/ho-so/{draft.reference}/truong-hop/", {"case": other}, follow=True)

    assert not draft.documents.exists()
    assert "Đã bỏ giấy tờ không thuộc trường hợp" in answer.content.decode()
    assert paper.name[:40] in answer.content.decode()


def test_a_paper_of_another_case_is_not_taken(cast: Cast) -> None:
    _, slot, other = with_cases()
    draft = a_dossier(cast, Status.DRAFT)
    where: dict[str, Any] = {"citizen": cast.lan, "reference": draft.reference}
    drafting.choose(**where, case=other)

    with pytest.raises(Refused) as refusal:
        papers.attach(**where, slot=slot, uploads=[a_file()])
    assert refusal.value.reasons[0].code == "document_of_other_case"
    with pytest.raises(NotFound):
        papers.attach(**where, slot="khong-co", uploads=[a_file()])


# Before beginning


def test_the_start_page_says_what_cannot_be_done_online(cast: Cast, lan: Client) -> None:
    terms = [published_terms(code) for code, _ in published_codes()]
    part = next(t for t in terms if not t.online_level.is_full and t.online_level.reasons)

    shown = lan.get(f"/thu-tuc/{part.procedure_code}/nop/").content.decode()

    assert "chưa làm được hoàn toàn trực tuyến" in shown
    assert terms_of(part.version_id).online_level.reasons[0] in shown
