"""A dossier on an official's screen: what it shows, and every button of it."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate

from motcua.agencies.models import Post
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_desk_pages import page, press, right, text_of
from motcua.dossiers.web.desk_steps import STEPS
from motcua.dossiers.workflow import Status, Step, open_steps
from motcua.procedures.queries import terms_of
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier, a_pdf, accepted

pytestmark = pytest.mark.django_db


# The dossier


def test_the_dossier_shows_facts_papers_and_answers(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    paper = dossier.documents.order_by("id").first()
    assert paper is not None

    shown = text_of(desk_of(cast.hung).get(page(dossier)))

    assert dossier.procedure_name in shown
    assert "Nguyễn Thị Lan" in shown
    assert f"{page(dossier)}giay-to/{paper.pk}/1/" in shown
    assert "Chưa đạt" in shown
    assert "<script>" not in shown
    assert "style=" not in shown


def test_a_paper_is_a_picture_and_an_attachment(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    paper = dossier.documents.order_by("id").first()
    assert paper is not None
    client = desk_of(cast.hung)

    picture = client.get(f"{page(dossier)}giay-to/{paper.pk}/1/")
    original = client.get(f"{page(dossier)}giay-to/{paper.pk}/tep/")

    assert picture["Content-Type"] == "image/webp"
    assert "no-store" in picture["Cache-Control"]
    assert original["Content-Disposition"].startswith("attachment")
    assert b"".join(original).startswith(b"%PDF")
    assert client.get(f"{page(dossier)}giay-to/{paper.pk}/99/").status_code == 404
    assert client.get(f"{page(dossier)}giay-to/{paper.pk + 999}/1/").status_code == 404


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.DRAFT])
def test_every_post_sees_the_buttons_of_the_table_and_no_other(cast: Cast, status: Status) -> None:
    dossier = a_dossier(cast, status)
    for post in (cast.hung, cast.hoa, cast.mai, cast.binh, cast.yen):
        response = desk_of(post).get(page(dossier))
        if response.status_code == 404:
            continue
        drawn = set(re.findall(r'action="[^"]*/buoc/(\w+)/"', response.content.decode()))
        expected = {str(step) for step in open_steps(status, post.actor.role)}
        if status is Status.ASSIGNING:  # no other unit of Mỹ Phước has a head to hand it on to
            expected.discard("transfer")
        expected -= {"supplement", "withdraw"}  # Lan filed online: that is hers to do
        expected -= {
            "settle_at_once"
        }  # a birth is not settled while one waits: see test_at_once.py
        # Hòa's unit has the dossier: it is not the one that is asked, nor the one that does a part.
        expected -= {"opine", "answer_station"}
        expected &= {step.value for step in STEPS}  # the others have pages of their own
        assert drawn <= expected | {"accept"} and expected <= drawn, (post, drawn)


def test_every_button_works_from_acceptance_to_the_counter(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    result = SimpleUploadedFile("ket-qua.pdf", a_pdf("kq"), "application/pdf")
    deeds: tuple[tuple[Post, Step, dict[str, Any], Status], ...] = (
        (cast.hung, Step.ACCEPT, right(dossier), Status.ACCEPTED),
        (cast.hung, Step.TRANSFER, {"chosen": cast.hoa.unit_id}, Status.ASSIGNING),
        (cast.hoa, Step.ASSIGN, {"chosen": cast.mai.pk}, Status.EXAMINING),
        (cast.mai, Step.EXAMINE, {"note": "Đủ căn cứ."}, Status.EXAMINING),
        (cast.mai, Step.PROPOSE, {"outcome": "approve", "note": "Đề nghị."}, Status.PROPOSED),
        (cast.binh, Step.SEND_BACK, {"note": "Xem lại ngày sinh."}, Status.EXAMINING),
        (cast.mai, Step.PROPOSE, {"outcome": "approve", "note": "Đã rõ."}, Status.PROPOSED),
        (cast.binh, Step.DECIDE, {"note": ""}, Status.APPROVED),
        (
            cast.yen,
            Step.ISSUE,
            {"number": "12/KS", "issued_on": f"{localdate():%d/%m/%Y}", "upload": result},
            Status.RESULT_READY,
        ),
        (
            cast.hung,
            Step.DELIVER,
            {"receiver_name": "Nguyễn Thị Lan", "receiver_identity": "079190000001"},
            Status.DELIVERED,
        ),
    )
    for post, step, typed, target in deeds:
        response = press(desk_of(post), dossier, step, **typed)
        assert response.status_code == 302, (step, text_of(response))
        dossier.refresh_from_db()
        assert dossier.status == target
    assert desk_of(cast.hung).get(f"{page(dossier)}ket-qua/").status_code == 200
    journal = text_of(desk_of(cast.hung).get(f"{page(dossier)}nhat-ky/"))
    assert "Xem lại ngày sinh." in journal
    assert "Xem hồ sơ" in journal


def test_the_desk_may_reject_and_the_leader_may_refuse(cast: Cast) -> None:
    why = {"reason": "Không thuộc thẩm quyền.", "legal_basis": "Điều 13 Luật Hộ tịch"}
    rejected = a_dossier(cast, Status.SUBMITTED)
    refused = a_dossier(cast, Status.PROPOSED)

    assert press(desk_of(cast.hung), rejected, Step.REJECT, **why).status_code == 302
    assert press(desk_of(cast.binh), refused, Step.REFUSE, **why).status_code == 302

    rejected.refresh_from_db()
    refused.refresh_from_db()
    assert (rejected.status, refused.status) == (Status.REJECTED, Status.REFUSED)


def test_a_supplement_asks_for_everything_at_once(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    slots = terms_of(dossier.procedure_version_id).slots
    marks = {f"check-{slots[0].code}": "no", f"why-{slots[0].code}": "Thiếu trang"}
    client = desk_of(cast.hung)

    unsaid = press(client, dossier, Step.ASK_SUPPLEMENT, **{f"check-{slots[0].code}": "no"})
    asked = press(
        client, dossier, Step.ASK_SUPPLEMENT, other="Ghi rõ nơi sinh", legal_basis="", **marks
    )

    assert unsaid.status_code == 422
    assert "chưa đạt ở điểm nào" in text_of(unsaid)
    assert asked.status_code == 302, text_of(asked)
    dossier.refresh_from_db()
    assert [item["text"] for item in dossier.supplement_items] == ["Thiếu trang", "Ghi rõ nơi sinh"]


def test_a_supplement_needs_something_to_ask(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)

    response = press(desk_of(cast.hung), dossier, Step.ASK_SUPPLEMENT)

    assert response.status_code == 422
    assert "đánh dấu “Chưa đạt”" in text_of(response)


def test_what_is_marked_incomplete_is_not_accepted(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    slot = terms_of(dossier.procedure_version_id).slots[0].code

    response = press(desk_of(cast.hung), dossier, Step.ACCEPT, **{f"check-{slot}": "no"})

    assert response.status_code == 422
    dossier.refresh_from_db()
    assert dossier.status == Status.SUBMITTED


def test_the_second_of_two_officials_reads_what_the_first_did(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    accepted(cast, dossier)

    late = press(
        desk_of(cast.hung), dossier, Step.REJECT, reason="Lý do đã gõ", legal_basis="Điều 1"
    )

    assert late.status_code == 409
    assert cast.hung.holder_name in text_of(late)
    assert "tiếp nhận" in text_of(late)
    assert "Chuyển đơn vị giải quyết" in text_of(late)


@pytest.mark.parametrize(
    ("step", "typed"),
    [
        (Step.ACCEPT, {"revision": "không"}),
        (Step.ACCEPT, {"revision": "9" * 40}),
        (Step.REJECT, {"reason": " ", "legal_basis": ""}),
        (Step.REJECT, {"reason": "a" * 5000, "legal_basis": "\x00\u202e"}),
    ],
)
def test_bad_input_is_answered_on_the_page(cast: Cast, step: Step, typed: dict[str, str]) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)

    response = press(desk_of(cast.hung), dossier, step, **typed)

    assert response.status_code in (409, 422)
    assert 'class="govuk-error-summary"' in response.content.decode()


def test_a_step_without_a_button_is_a_page_not_found(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)

    for name in ("submit", "supplement", "khong-co"):
        assert desk_of(cast.hung).post(f"{page(dossier)}buoc/{name}/").status_code == 404


def test_a_choice_that_is_gone_says_who_changed_what(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.ACCEPTED)
    seen = dossier.revision
    client = desk_of(cast.hung)
    order = {"revision": seen, "chosen": cast.hoa.unit_id}
    client.post(f"{page(dossier)}buoc/transfer/", order)

    again = client.post(f"{page(dossier)}buoc/transfer/", order | {"chosen": "999999"})

    text = again.content.decode()
    assert again.status_code == 409
    assert f"đã được {cast.hung.holder_name} thực hiện “chuyển đơn vị giải quyết”" in text
    assert "không phải là một trong" not in text
