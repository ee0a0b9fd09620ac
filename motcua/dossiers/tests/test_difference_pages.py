"""What came back, before and after; and the papers that a slip and a stop are printed on."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.core import clock
from motcua.core.errors import Refused
from motcua.dossiers.actions import intake, more_papers, papers
from motcua.dossiers.jobs import issue_slip
from motcua.dossiers.models import Dossier, Slip
from motcua.dossiers.slip_facts import slip
from motcua.dossiers.slips.forms import SlipKind, StopNotice, SupplementSlip
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_correction_pages import of_dossier
from motcua.dossiers.tests.test_desk_pages import press, text_of
from motcua.dossiers.types import Correction
from motcua.dossiers.workflow import Status, Step
from motcua.procedures.queries import terms_of
from motcua.testing.answers import as_post
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier, a_pdf, asked_paper
from motcua.testing.questions import a_question, asked_to_change

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast: Cast, examined: Dossier) -> Dossier:
    return asked_to_change(cast, examined)


# What Hùng compares


def test_hung_sees_before_and_after_and_goes_on(cast: Cast, asked: Dossier, lan: Client) -> None:
    form, (name, key, field) = terms_of(asked.procedure_version_id).form, a_question(asked)
    old = asked.answers[name.partition(".")[0]][field]
    typed = as_post(form, key, asked.answers) | {field: "Ghi Rõ"}
    lan.post(of_dossier(asked, f"khai/{key}", ""), typed)
    intake.supplement_dossier(citizen=cast.lan, reference=asked.reference)
    asked.refresh_from_db()
    hung, where = desk_of(cast.hung), of_dossier(asked, "doi-chieu")

    shown = text_of(hung.get(where))
    assert f"<del>{old}</del>" in shown
    assert "<ins>Ghi Rõ</ins>" in shown or "<ins>GHI RÕ</ins>" in shown
    assert hung.post(where, {"revision": asked.revision, "chua-du": "1"}).status_code == 422
    answer = hung.post(where, {"revision": asked.revision, "du": "1"})

    asked.refresh_from_db()
    assert (answer.status_code, asked.status) == (302, Status.EXAMINING)


def test_hung_marks_what_still_lacks_and_lan_sees_it(cast: Cast, lan: Client) -> None:
    dossier = a_dossier(cast, Status.SUPPLEMENTED)
    paper, hung = asked_paper(dossier), desk_of(cast.hung)
    where = of_dossier(dossier, "doi-chieu")
    assert "Đã thay giấy tờ" in text_of(hung.get(where))

    hung.post(where, {
        "revision": dossier.revision, "chua-du": "1", "thieu": paper, f"ghi-{paper}": "Thiếu mặt sau",
    })  # fmt: skip

    dossier.refresh_from_db()
    assert dossier.status == Status.SUPPLEMENT
    assert "Còn thiếu: Thiếu mặt sau" in text_of(lan.get(of_dossier(dossier, "bo-sung", "")))


def test_a_paper_that_was_not_there_before_is_added_and_replaces_nothing(
    cast: Cast, examined: Dossier
) -> None:
    filed = {paper.slot for paper in examined.documents.all()}
    slots = terms_of(examined.procedure_version_id).slots
    new = next(slot.code for slot in slots if slot.code not in filed)
    item = Correction(slot=new, reason="missing", text="Mời nộp thêm")
    more_papers.ask_more(post=cast.mai, reference=examined.reference, items=[item])
    upload = SimpleUploadedFile("them.pdf", a_pdf("bản thêm"), "application/pdf")
    papers.attach(citizen=cast.lan, reference=examined.reference, slot=new, uploads=[upload])
    intake.supplement_dossier(citizen=cast.lan, reference=examined.reference)

    shown = text_of(desk_of(cast.hung).get(of_dossier(examined, "doi-chieu")))
    assert "Đã thêm" in shown
    assert "Đã thay giấy tờ" not in shown


def test_a_dossier_that_came_once_has_nothing_to_compare(cast: Cast, examined: Dossier) -> None:
    assert desk_of(cast.mai).get(of_dossier(examined, "doi-chieu")).status_code == 404


# Papers and letters


def test_form_02_says_stage_items_and_basis_and_the_stop_notice_is_printed(
    cast: Cast, asked: Dossier
) -> None:
    move = asked.moves.get(step=Step.ASK_MORE)
    paper = slip(move, SlipKind.SUPPLEMENT, "1", "")
    assert isinstance(paper, SupplementSlip)
    assert paper.stage == "trong quá trình giải quyết"
    assert "Căn cứ:" in paper.items[0].what

    Dossier.objects.filter(pk=asked.pk).update(supply_by=clock.now())  # her time is over
    stopped = press(
        desk_of(cast.binh), asked, Step.STOP, reason="Không bổ sung.", legal_basis="NĐ 118"
    )
    assert stopped.status_code == 302, text_of(stopped)
    end = asked.moves.get(step=Step.STOP)
    notice = slip(end, SlipKind.STOP, "1", "")
    assert isinstance(notice, StopNotice)
    for each in (move, end):
        issue_slip(each.pk)
        issue_slip(each.pk)
    assert sorted(Slip.objects.filter(dossier=asked).values_list("kind", flat=True))[-2:] == [
        SlipKind.SUPPLEMENT, SlipKind.STOP,
    ]  # fmt: skip


def test_nothing_is_handed_in_after_it_was_stopped(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.STOPPED)

    with pytest.raises(Refused):
        intake.supplement_dossier(citizen=cast.lan, reference=dossier.reference)
