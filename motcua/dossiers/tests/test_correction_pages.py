"""The slip on the pages: Mai ticks, Lan sees only that, Hùng compares; nothing else can change."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.dossiers.actions import more_papers
from motcua.dossiers.models import Approval, Dossier
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_desk_counter import typed_form
from motcua.dossiers.tests.test_desk_pages import text_of
from motcua.dossiers.tests.test_standing_in import own, send
from motcua.dossiers.types import Channel, Correction
from motcua.dossiers.workflow import Status
from motcua.procedures.queries import terms_of
from motcua.testing.answers import as_post
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier, a_pdf, asked_paper, handed_in
from motcua.testing.questions import a_question, asked_to_change

pytestmark = pytest.mark.django_db


def of_dossier(dossier: Dossier, place: str, site: str = "/can-bo") -> str:
    return f"{site}/ho-so/{dossier.reference}/{place}/"


@pytest.fixture
def asked(cast: Cast, examined: Dossier) -> Dossier:
    return asked_to_change(cast, examined)


# Mai's slip


def test_mai_ticks_a_paper_and_a_question_each_with_its_reason(
    cast: Cast, examined: Dossier
) -> None:
    mai, (name, _, _), paper = desk_of(cast.mai), a_question(examined), asked_paper(examined)
    where = of_dossier(examined, "yeu-cau-bo-sung")
    assert where in text_of(mai.get(f"/can-bo/ho-so/{examined.reference}/"))
    assert "Ảnh chụp mờ, không đọc được" in text_of(mai.get(where))

    answer = mai.post(where, {
        "revision": examined.revision, "muc": [paper, name],
        f"ly-do-{paper}": "blurred", f"ghi-{name}": "Ghi rõ hơn",
    })  # fmt: skip

    assert answer.status_code == 302, text_of(answer)
    examined.refresh_from_db()
    assert examined.status == Status.SUPPLEMENT
    assert [i["slot"] or i["field"] for i in examined.supplement_items] == [paper, name]


def test_a_slip_with_nothing_ticked_or_nothing_said_comes_back_with_everything_typed(
    cast: Cast, examined: Dossier
) -> None:
    mai, paper = desk_of(cast.mai), asked_paper(examined)
    where = of_dossier(examined, "yeu-cau-bo-sung")

    none = mai.post(where, {"revision": examined.revision})
    mute = mai.post(where, {"revision": examined.revision, "muc": paper, "sector_basis": "Luật A"})
    long = mai.post(
        where, {"revision": examined.revision, "muc": paper, f"ghi-{paper}": "ư" * 9000}
    )

    assert [each.status_code for each in (none, mute, long)] == [422, 422, 422]
    assert 'value="Luật A"' in text_of(mute)
    assert f'value="{paper}" checked' in text_of(mute)
    examined.refresh_from_db()
    assert examined.status == Status.EXAMINING


def test_a_reason_without_its_tick_is_not_left_out_in_silence(
    cast: Cast, examined: Dossier
) -> None:
    mai, (name, _, _), paper = desk_of(cast.mai), a_question(examined), asked_paper(examined)

    answer = mai.post(of_dossier(examined, "yeu-cau-bo-sung"), {
        "revision": examined.revision, "muc": paper, f"ly-do-{paper}": "blurred",
        f"ghi-{name}": "Ghi rõ hơn",
    })  # fmt: skip

    assert answer.status_code == 422
    assert text_of(answer).count("mà chưa đánh dấu mục này") == 2  # above, and beside the row
    assert 'value="Ghi rõ hơn"' in text_of(answer)
    examined.refresh_from_db()
    assert examined.status == Status.EXAMINING


def test_an_old_slip_is_told_who_was_first_and_others_have_no_slip(
    cast: Cast, examined: Dossier, asked: Dossier
) -> None:
    where = of_dossier(examined, "yeu-cau-bo-sung")

    assert desk_of(cast.mai).post(where, {"revision": asked.revision - 1}).status_code == 409
    assert desk_of(cast.hung).get(where).status_code == 302
    assert desk_of(cast.sau).get(where).status_code == 404


def test_a_second_slip_is_decided_by_binh_on_the_page(cast: Cast, examined: Dossier) -> None:
    paper = asked_paper(examined)
    items = [Correction(slot=paper, reason="blurred")]
    more_papers.ask_more(post=cast.mai, reference=examined.reference, items=items)
    handed_in(cast, examined)
    more_papers.resume_dossier(post=cast.hung, reference=examined.reference)
    examined.refresh_from_db()
    mai, where = desk_of(cast.mai), of_dossier(examined, "yeu-cau-bo-sung")
    assert "Lý do yêu cầu thêm một lần" in text_of(mai.get(where))
    mai.post(where, {
        "revision": examined.revision, "muc": paper, f"ly-do-{paper}": "unsigned",
        "second_reason": "Giấy mới thiếu dấu.",
    })  # fmt: skip
    binh, asking = desk_of(cast.binh), Approval.objects.get()
    button = of_dossier(examined, f"duyet/{asking.pk}")

    shown = text_of(binh.get(button))
    assert "Giấy mới thiếu dấu." in shown
    assert f"({asking.facts['items'][0]['legal_basis']})" in shown
    assert mai.post(button, {"do": "grant"}).status_code == 404
    assert binh.post(button, {"do": "grant"}).status_code == 302

    examined.refresh_from_db()
    assert examined.status == Status.SUPPLEMENT


def test_hung_ticks_questions_before_acceptance_too(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    name, _, _ = a_question(dossier)

    answer = desk_of(cast.hung).post(of_dossier(dossier, "yeu-cau-bo-sung"), {
        "revision": dossier.revision, "muc": name, f"ly-do-{name}": "unanswered",
    })  # fmt: skip

    dossier.refresh_from_db()
    assert (answer.status_code, dossier.status) == (302, Status.PRE_SUPPLEMENT)
    assert [item["field"] for item in dossier.supplement_items] == [name]


# What Lan sees and can do


def test_lan_sees_only_what_was_asked_with_its_reason(
    cast: Cast, asked: Dossier, lan: Client
) -> None:
    _, key, field = a_question(asked)
    shown = text_of(lan.get(of_dossier(asked, "bo-sung", "")))

    assert "Khai chưa rõ, cần ghi cụ thể hơn. Ghi theo giấy chứng sinh" in shown
    assert of_dossier(asked, f"khai/{key}", "") in shown
    assert of_dossier(asked, f"giay-to/{asked_paper(asked)}", "") not in shown
    page = text_of(lan.get(of_dossier(asked, f"khai/{key}", "")))
    others = [f.key for p in terms_of(asked.procedure_version_id).form.pages if p.key == key
              for f in p.fields if f.key != field and not f.when]  # fmt: skip
    assert f'name="{field}"' in page
    assert not [other for other in others if f'name="{other}"' in page]


def test_every_other_page_and_paper_is_closed_on_the_server(
    cast: Cast, asked: Dossier, lan: Client
) -> None:
    form, (_, key, _) = terms_of(asked.procedure_version_id).form, a_question(asked)
    closed = [page.key for page in form.pages if page.key != key]
    paper = of_dossier(asked, f"giay-to/{asked_paper(asked)}", "")
    file = SimpleUploadedFile("ro.pdf", a_pdf("rõ"), "application/pdf")

    for page in closed:
        where = of_dossier(asked, f"khai/{page}", "")
        assert lan.get(where).status_code == 404
        assert lan.post(where, as_post(form, page, asked.answers)).status_code == 404
        assert lan.post(f"{where}nhap/", {}).status_code == 404
    assert lan.get(paper).status_code == 404
    assert lan.post(paper, {"files": file}).status_code in (404, 422)

    asked.refresh_from_db()
    assert asked.draft_answers is None
    assert not asked.documents.filter(added_at__gt=asked.filed_at).exists()


def test_what_lan_types_beside_the_question_is_left_aside(
    cast: Cast, asked: Dossier, lan: Client
) -> None:
    form, (name, key, field) = terms_of(asked.procedure_version_id).form, a_question(asked)
    before = asked.answers[name.partition(".")[0]]
    typed = {k: f"{v} x" for k, v in as_post(form, key, asked.answers).items()}

    lan.post(of_dossier(asked, f"khai/{key}", ""), typed | {field: "Ghi Rõ"})
    answer = lan.post(of_dossier(asked, "bo-sung", ""))

    asked.refresh_from_db()
    assert answer.status_code == 302
    assert asked.status == Status.SUPPLEMENTED
    after = asked.answers[name.partition(".")[0]]
    assert {k for k in after if after[k] != before.get(k)} == {field}


def test_a_partner_changes_only_what_was_asked(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.EXAMINING, channel=Channel.PARTNER)
    name, _, _ = a_question(dossier)
    items = [Correction(question=name, reason="unclear")]
    more_papers.ask_more(post=cast.mai, reference=dossier.reference, items=items)
    section, _, field = name.partition(".")
    asked = own(dossier).json()
    other = {**dossier.answers[section], field: "Ghi Rõ"}
    wrong = next(k for k, v in other.items() if k != field and isinstance(v, str) and v)

    refused = send(dossier, "supplement", {"answers": {section: other | {wrong: "Khác"}}})
    done = send(dossier, "supplement", {"answers": {section: {field: "Ghi Rõ"}}})

    assert [item["field"] for item in asked["items"]] == [name]
    assert refused.status_code == 422
    assert refused.json()["reasons"][0]["code"] == "question_not_asked"
    assert (done.status_code, done.json()["status"]) == (200, "supplemented")


def test_the_counter_shows_and_takes_only_what_was_asked(cast: Cast) -> None:
    dossier, hung = a_dossier(cast, Status.SUPPLEMENT, channel=Channel.COUNTER), desk_of(cast.hung)
    form, paper = terms_of(dossier.procedure_version_id).form, asked_paper(dossier)
    where = of_dossier(dossier, "bo-sung")
    shown = text_of(hung.get(where))
    file = SimpleUploadedFile("ro.pdf", a_pdf("bản rõ hơn"), "application/pdf")

    assert f'name="paper-{paper}"' in shown
    assert "Nội dung khai" not in shown
    answer = hung.post(where, {
        **{k: f"{v} x" for k, v in typed_form(form).items()}, f"paper-{paper}": file,
        "revision": dossier.revision, "send": "1",
    })  # fmt: skip

    before = dossier.answers
    dossier.refresh_from_db()
    assert answer.status_code == 302, text_of(answer)
    assert (dossier.status, dossier.answers) == (Status.SUPPLEMENTED, before)
