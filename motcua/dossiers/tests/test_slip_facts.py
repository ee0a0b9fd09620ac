"""Slips of real dossiers: what the cast did is what the paper says, however late it is printed."""

import re
from datetime import datetime

import pypdfium2
import pytest
import time_machine
import zxingcpp
from django.conf import settings

from motcua.core.actors import Role
from motcua.dossiers import desk_queries
from motcua.dossiers.actions import intake
from motcua.dossiers.jobs import issue_slip
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import dossier_page, slip_file, slip_file_at
from motcua.dossiers.slips import read_payload
from motcua.dossiers.taking_in import order_in_year
from motcua.dossiers.tests.conftest import as_if_filed_for
from motcua.dossiers.tests.test_lives import WITHOUT_OWN_FORM
from motcua.dossiers.types import Applicant
from motcua.dossiers.workflow import Status, Step
from motcua.procedures.queries import terms_of
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from motcua.testing.official import says_why
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db


def printed(cast: Cast, dossier: Dossier, step: Step) -> bytes:
    """The slip of a step as Lan downloads it."""
    move = dossier.moves.get(step=step)
    issue_slip(move.pk)
    issue_slip(move.pk)
    return slip_file(cast.lan, dossier.reference, dossier.slips.get(move=move).pk)[1]


def text_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pages)


def qr_of(pdf: bytes) -> str:
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=200 / 72).to_pil()
    (found,) = zxingcpp.read_barcodes(picture)
    return found.text


def test_lans_receipt_says_her_papers_the_price_the_sets_and_the_date(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.ACCEPTED)
    terms = terms_of(dossier.procedure_version_id)

    pdf = printed(cast, dossier, Step.ACCEPT)

    text = text_of(pdf)
    assert f"tiếp nhận hồ sơ của: {cast.lan.full_name} (Trực tuyến)." in text
    assert f"7. Phí, lệ phí: {terms.fee_text}." in text
    assert f"2. Số lượng hồ sơ: {terms.sets or 1} bộ." in text
    assert f"{settings.AUTHORITY['place']}, ngày" in text
    assert "Giai đoạn 2" not in text
    paper = read_payload(qr_of(pdf))
    assert paper is not None
    assert (paper.dossier_code, paper.due_at is None) == (dossier.code, dossier.due_at is None)


def test_the_place_on_a_slip_is_the_one_that_is_configured(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(settings.AUTHORITY, "place", "Mỹ Phước")

    text = text_of(printed(cast, a_dossier(cast, Status.ACCEPTED), Step.ACCEPT))

    assert "Mỹ Phước, ngày" in text


def test_who_files_for_another_stands_on_the_receipt_beside_the_owner(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.ACCEPTED)
    as_if_filed_for(dossier, Applicant("Trần Thị Sẻ", "001160012345"), filer=cast.lan)

    text = text_of(printed(cast, dossier, Step.ACCEPT))

    assert f"hồ sơ của: {cast.lan.full_name} (nộp thay chủ hồ sơ)" in text
    assert "Chủ hồ sơ: Trần Thị Sẻ" in text


def test_what_was_asked_stays_on_the_slip_though_the_dossier_went_on(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.PRE_SUPPLEMENT)
    Dossier.objects.filter(pk=dossier.pk).update(
        code="H99.31-261122-0099", supplement_items=[], supplements_asked=4
    )

    text = text_of(printed(cast, dossier, Step.ASK_SUPPLEMENT))

    assert "Ảnh mờ, không đọc được số." in text
    assert f"Mã hồ sơ: {dossier.reference}" in text
    assert f"Số: {dossier.reference}/BSHS-2" in text  # a number as long as this fits on one line
    assert "0099" not in text
    assert "lần thứ" not in text


def test_form_02_names_whose_dossier_it_was_though_the_supplement_made_it_her_mothers(
    cast: Cast,
) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED, WITHOUT_OWN_FORM)
    remark = ("", "Hồ sơ là của mẹ bà, mời khai lại người nộp.")  # about all of it
    dossier = intake.ask_supplement(post=cast.hung, reference=dossier.reference, items=[remark])
    mothers = dossier.answers | {"nyc": {**dossier.answers["nyc"], "nopCho": "2"}}
    mothers["chu"] = {
        "hoTen": "Trần Thị Sẻ", "soDinhDanh": "001160012345", "quanHe": "con",
        "diaChi": {"province_code": "01", "ward_code": "00004", "detail": "Số 1"},
    }  # fmt: skip
    Dossier.objects.filter(pk=dossier.pk).update(draft_answers=mothers)
    intake.supplement_dossier(citizen=cast.lan, reference=dossier.reference)
    dossier.refresh_from_db()
    assert dossier.applicant_name == "Trần Thị Sẻ"

    asked = printed(cast, dossier, Step.ASK_SUPPLEMENT)

    assert cast.lan.full_name in text_of(asked)
    assert "Trần Thị Sẻ" not in text_of(asked)
    paper = read_payload(qr_of(asked))
    assert paper is not None and paper.identity_no == cast.lan.national_id


def test_the_receipt_keeps_the_date_it_promised(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.ACCEPTED)
    move = dossier.moves.get(step=Step.ACCEPT)
    move.facts["due_at"] = "2026-12-01T09:00:00+00:00"
    move.save(update_fields=["facts"])

    text = text_of(printed(cast, dossier, Step.ACCEPT))

    assert "16 giờ 00 phút, ngày 01 tháng 12 năm 2026" in text


def test_a_rejection_names_reason_law_and_where_to_go_even_when_they_look_alike(
    cast: Cast,
) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    intake.reject_dossier(
        post=cast.hung, reference=dossier.reference,
        reason="Không thuộc phường.\nCăn cứ: sổ hộ tịch của xã.",
        legal_basis="Điều 13 Luật Hộ tịch", right_place="UBND xã Tân Hòa, ấp Tân Hòa",
    )  # fmt: skip

    text = text_of(printed(cast, dossier, Step.REJECT))

    assert "Không thuộc phường. Căn cứ: sổ hộ tịch của xã." in text
    assert "Căn cứ: Điều 13 Luật Hộ tịch" in text
    assert "Nơi nộp đúng: UBND xã Tân Hòa, ấp Tân Hòa" in text
    assert "PHIẾU TỪ CHỐI TIẾP NHẬN" in text
    assert text.count(cast.lan.full_name) >= 2


def test_a_refusal_to_settle_is_printed_with_its_code_and_signed_by_binh(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.REFUSED)

    pdf = printed(cast, dossier, Step.REFUSE)

    text = text_of(pdf)
    assert "PHIẾU TỪ CHỐI GIẢI QUYẾT HỒ SƠ" in text
    assert f"Mã hồ sơ: {dossier.code}" in text
    assert "Thông tin không khớp sổ gốc." in text
    assert cast.binh.holder_name in text
    paper = read_payload(qr_of(pdf))
    assert paper is not None and paper.dossier_code == dossier.code


def test_the_control_sheet_prints_every_hand_and_nothing_it_does_not_know(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.DELIVERED)

    says_why(cast.hung, dossier.reference)
    _, pdf = desk_queries.control_sheet(cast.hung, dossier.reference)

    text = text_of(pdf)
    assert "Cơ quan phối hợp" not in text
    for post in (cast.hung, cast.hoa, cast.mai, cast.binh, cast.yen):
        assert post.holder_name in text, Role(post.role)
    assert read_payload(qr_of(pdf)) is not None


def test_a_slip_on_its_way_is_announced_and_then_offered(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.ACCEPTED)
    assert dossier_page(cast.lan, dossier.reference).awaits_slip

    printed(cast, dossier, Step.ACCEPT)

    page = dossier_page(cast.lan, dossier.reference)
    assert (page.awaits_slip, len(page.slips)) == (False, 1)


def test_of_a_person_without_account_the_owner_is_the_filer(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.ACCEPTED)
    as_if_filed_for(dossier, Applicant("Lê Thị Thu"))
    issue_slip(dossier.moves.get(step=Step.ACCEPT).pk)

    _, pdf = slip_file_at(cast.hung, dossier.reference, dossier.slips.get().pk)

    assert "tiếp nhận hồ sơ của: Lê Thị Thu (Trực tuyến)" in text_of(pdf)


def test_the_number_in_the_register_goes_on_through_the_year_and_begins_anew(cast: Cast) -> None:
    orders = []
    for year, month, day in ((2026, 11, 20), (2026, 11, 20), (2026, 11, 24), (2027, 1, 5)):
        with time_machine.travel(datetime(year, month, day, 9, tzinfo=HANOI)):
            dossier = a_dossier(cast, Status.ACCEPTED)
            text = text_of(printed(cast, dossier, Step.ACCEPT))
        assert "(Liên: Lưu/Giao khách hàng)" in text
        found = re.search(r"Quyển số: (\S+), Số thứ tự: (\d+)", text)
        assert found
        orders.append(f"{found[1]}: {found[2]}")

    assert orders == ["01/2026: 01", "01/2026: 02", "01/2026: 03", "01/2027: 01"]
    assert order_in_year(cast.ward.pk, "HS cũ số 7") == ""
