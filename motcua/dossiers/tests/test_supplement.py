"""Lan is asked for more: what she prepares is hers until she hands it in, and only that is sent."""

from io import BytesIO

import pytest
from django.test import Client

from motcua.audit.models import Entry
from motcua.core.errors import NotFound, Refused
from motcua.dossiers.actions import drafting, intake, papers
from motcua.dossiers.models import Document, Dossier
from motcua.dossiers.queries import desk_dossier, dossier_page, paper_at
from motcua.dossiers.workflow import Status, Step
from motcua.procedures.queries import terms_of
from motcua.testing.answers import as_post
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier, a_pdf, asked_paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast: Cast) -> Dossier:
    """Hùng asks for a clearer paper, and remarks on something that is no one question: all is open."""
    dossier = a_dossier(cast, Status.SUBMITTED)
    items = [(asked_paper(dossier), "Ảnh mờ."), ("", "Ghi rõ nơi sinh.")]
    intake.ask_supplement(post=cast.hung, reference=dossier.reference, items=items)
    dossier.refresh_from_db()
    return dossier


def a_file(text: str) -> BytesIO:
    file = BytesIO(a_pdf(text))
    file.name = f"{text}.pdf"
    return file


def add(cast: Cast, dossier: Dossier, text: str = "bản rõ hơn") -> Document:
    slot = dossier.supplement_items[0]["slot"]
    uploads = [a_file(text)]
    return papers.attach(citizen=cast.lan, reference=dossier.reference, slot=slot, uploads=uploads)[
        0
    ]


def retype(cast: Cast, dossier: Dossier) -> tuple[str, str, str]:
    """Lan changes one text of the form; its section, its field and what it says now."""
    form = terms_of(dossier.procedure_version_id).form
    for page in form.pages:
        for field in page.fields:
            if field.type == "text" and not field.check and not page.repeat and not field.when:
                typed = as_post(form, page.key, dossier.answers) | {field.key: "Bản Sửa"}
                drafting.save_page(
                    citizen=cast.lan, reference=dossier.reference, page_key=page.key, data=typed
                )
                dossier.refresh_from_db()
                assert dossier.draft_answers is not None
                return (
                    page.section.key,
                    field.key,
                    dossier.draft_answers[page.section.key][field.key],
                )
    raise LookupError


def test_what_lan_changes_is_not_seen_at_the_desk_before_she_hands_it_in(
    cast: Cast, asked: Dossier
) -> None:
    filed = dict(asked.answers)
    section, field, now = retype(cast, asked)
    paper = add(cast, asked)

    seen, own = desk_dossier(cast.hung, asked.reference), dossier_page(cast.lan, asked.reference)

    assert seen.page.answers == filed
    assert own.answers[section][field] == now != filed[section].get(field)
    assert paper.pk not in {p.id for p in seen.papers}
    assert paper.pk in {p.id for slot in own.slots for p in slot.papers}
    with pytest.raises(NotFound):
        paper_at(cast.hung, asked.reference, paper.pk)


def test_handing_it_in_gives_the_desk_everything(cast: Cast, asked: Dossier) -> None:
    section, field, now = retype(cast, asked)
    paper = add(cast, asked)

    intake.supplement_dossier(citizen=cast.lan, reference=asked.reference)

    asked.refresh_from_db()
    seen = desk_dossier(cast.hung, asked.reference)
    assert (asked.status, asked.draft_answers) == (Status.SUBMITTED, None)
    assert seen.page.answers[section][field] == now
    assert paper.pk in {p.id for p in seen.papers}
    facts = asked.moves.get(step=Step.SUPPLEMENT).facts
    assert facts["answers"][section][field] == now


def test_a_paper_taken_out_stays_at_the_desk_until_the_supplement_comes(
    cast: Cast, asked: Dossier
) -> None:
    slot = asked.supplement_items[0]["slot"]
    first = asked.documents.filter(slot=slot)[0]
    add(cast, asked)
    papers.remove_document(citizen=cast.lan, reference=asked.reference, document_id=first.pk)

    before = {p.id for p in desk_dossier(cast.hung, asked.reference).papers}
    intake.supplement_dossier(citizen=cast.lan, reference=asked.reference)
    after = {p.id for p in desk_dossier(cast.hung, asked.reference).papers}

    assert first.pk in before - after


def test_a_paper_nobody_asked_about_cannot_be_taken_out(cast: Cast, asked: Dossier) -> None:
    Dossier.objects.filter(pk=asked.pk).update(
        supplement_items=[{"slot": "", "name": "Tờ khai", "text": "Ghi rõ nơi sinh."}]
    )
    paper = asked.documents.all()[0]

    with pytest.raises(Refused) as refusal:
        papers.remove_document(citizen=cast.lan, reference=asked.reference, document_id=paper.pk)

    assert refusal.value.reasons[0].code == "document_not_asked"


def test_withdrawing_throws_away_what_was_not_handed_in(cast: Cast, asked: Dossier) -> None:
    filed = {p.id for p in desk_dossier(cast.hung, asked.reference).papers}
    retype(cast, asked)
    add(cast, asked)
    slot = asked.supplement_items[0]["slot"]
    for paper in asked.documents.filter(slot=slot, removed_at=None):
        papers.remove_document(citizen=cast.lan, reference=asked.reference, document_id=paper.pk)

    intake.withdraw_dossier(citizen=cast.lan, reference=asked.reference)

    asked.refresh_from_db()
    assert asked.draft_answers is None
    assert {p.id for p in desk_dossier(cast.hung, asked.reference).papers} == filed
    assert set(asked.documents.filter(removed_at=None).values_list("pk", flat=True)) == filed


def test_an_empty_supplement_is_refused(cast: Cast, asked: Dossier) -> None:
    with pytest.raises(Refused) as refusal:
        intake.supplement_dossier(citizen=cast.lan, reference=asked.reference)

    assert refusal.value.reasons[0].code == "nothing_changed"
    asked.refresh_from_db()
    assert asked.status == Status.PRE_SUPPLEMENT


def test_a_double_click_hands_in_once(cast: Cast, asked: Dossier) -> None:
    add(cast, asked)

    for _ in range(2):
        intake.supplement_dossier(citizen=cast.lan, reference=asked.reference)

    assert asked.moves.filter(step=Step.SUPPLEMENT).count() == 1


def test_an_old_submit_button_does_not_send_the_supplement(
    cast: Cast, asked: Dossier, lan: Client
) -> None:
    add(cast, asked)

    answer = lan.post(f"/ho-so/{asked.reference}/nop/", {"declaration": "on"})

    asked.refresh_from_db()
    assert asked.status == Status.PRE_SUPPLEMENT
    assert answer["Location"] == f"/ho-so/{asked.reference}/"


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED, Status.WITHDRAWN])
def test_nothing_is_supplemented_that_was_not_asked_for(cast: Cast, status: Status) -> None:
    dossier = a_dossier(cast, status)

    with pytest.raises(Refused):
        intake.supplement_dossier(citizen=cast.lan, reference=dossier.reference)


def test_what_lan_does_after_she_was_asked_is_journalled(cast: Cast, asked: Dossier) -> None:
    retype(cast, asked)
    paper = add(cast, asked)
    papers.remove_document(citizen=cast.lan, reference=asked.reference, document_id=paper.pk)

    deeds = set(Entry.objects.filter(subject=asked.reference).values_list("deed", flat=True))

    assert {"dossier.attach", "dossier.remove_document"} <= deeds


def test_what_lan_types_is_journalled_once_when_she_hands_it_in_with_its_pages(
    cast: Cast, asked: Dossier, lan: Client
) -> None:
    section, field, _ = retype(cast, asked)
    form = terms_of(asked.procedure_version_id).form
    page = next(
        p for p in form.pages if p.section.key == section and field in [f.key for f in p.fields]
    )
    for number in range(5):  # the script saves while she types
        typed = as_post(form, page.key, asked.answers) | {field: f"Bản Sửa {number}"}
        lan.post(f"/ho-so/{asked.reference}/khai/{page.key}/nhap/", typed)
    saves = Entry.objects.filter(subject=asked.reference, deed="dossier.save_page")
    assert saves.count() == 0

    sent = intake.supplement_dossier(citizen=cast.lan, reference=asked.reference)

    assert sent.status == Status.SUBMITTED
    assert f'"pages":["{page.key}"]' in bytes(saves.get().body).decode().replace(" ", "")


def test_a_paper_lan_added_where_nobody_asked_is_listed_and_can_be_taken_out(
    cast: Cast, asked: Dossier, lan: Client
) -> None:
    Dossier.objects.filter(pk=asked.pk).update(
        supplement_items=[{"slot": "", "name": "Tờ khai", "text": "Ghi rõ nơi sinh."}]
    )
    sent = asked.documents.all()[0]
    place = f"/ho-so/{asked.reference}/giay-to/{sent.slot}/"
    [paper] = papers.attach(
        citizen=cast.lan, reference=asked.reference, slot=sent.slot, uploads=[a_file("thêm")]
    )

    assert place in lan.get(f"/ho-so/{asked.reference}/bo-sung/").content.decode()
    shown = lan.get(place).content.decode()

    assert f"/tep/{paper.pk}/xoa/" in shown
    assert f"/tep/{sent.pk}/xoa/" not in shown


def test_neither_case_nor_delivery_is_chosen_again_after_filing(
    cast: Cast, asked: Dossier, lan: Client
) -> None:
    with pytest.raises(Refused):
        drafting.choose(citizen=cast.lan, reference=asked.reference, delivery="post")
    assert lan.get(f"/ho-so/{asked.reference}/nhan-ket-qua/").status_code == 302


def test_a_paper_the_agency_asked_for_is_not_called_one_to_skip(
    cast: Cast, asked: Dossier, lan: Client
) -> None:
    shown = terms_of(asked.procedure_version_id).slots
    slot = next(s for s in shown if not s.required and s.case in ("", asked.case))
    place = f"/ho-so/{asked.reference}/giay-to/{slot.code}/"
    assert "không bắt buộc" in lan.get(place).content.decode()
    Dossier.objects.filter(pk=asked.pk).update(
        supplement_items=[{"slot": slot.code, "name": slot.name, "text": "Nộp bản chụp."}]
    )

    page = lan.get(place).content.decode()

    assert "Nộp bản chụp." in page
    assert "không bắt buộc" not in page
