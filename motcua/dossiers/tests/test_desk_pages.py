"""The officials' pages, as a browser without scripts sees them."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.agencies.models import Post
from motcua.dossiers.actions.intake import accept_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.web.desk_clock import clock_of
from motcua.dossiers.web.desk_eform import PREFIX
from motcua.dossiers.web.desk_forms import SupplementForm
from motcua.dossiers.workflow import Status, Step, open_steps
from motcua.procedures.forms.types import FormDefinition
from motcua.procedures.queries import published_terms, terms_of
from motcua.testing.answers import as_post, valid_answers
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH, a_dossier, a_pdf

pytestmark = pytest.mark.django_db


def desk_of(post: Post) -> Client:
    """A browser in which this official has signed in."""
    client = Client(raise_request_exception=False)
    client.force_login(post.account)
    return client


def page(dossier: Dossier) -> str:
    return f"/can-bo/ho-so/{dossier.reference}/"


def press(client: Client, dossier: Dossier, step: Step, **typed: Any) -> Any:
    """Press a button of the dossier page, as it was last read."""
    typed.setdefault("revision", dossier.revision)
    return client.post(f"{page(dossier)}buoc/{step}/", typed)


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


# Who comes in


def test_whoever_has_not_signed_in_is_asked_to(cast: Cast) -> None:
    response = Client().get("/can-bo/")

    assert response.status_code == 302
    assert response["Location"].startswith("/tai-khoan/dang-nhap/?next=")


@pytest.mark.parametrize("who", ["lan", "thu"])
def test_a_citizen_finds_no_desk(cast: Cast, who: str) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    client = Client(raise_request_exception=False)
    client.force_login(getattr(cast, who).account)

    for address in ("/can-bo/", "/can-bo/danh-sach/cho-tiep-nhan/", page(dossier)):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("who", ["sau", "mai", "hoa", "quan"])
def test_a_dossier_that_is_not_theirs_is_a_page_not_found(cast: Cast, who: str) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    paper = dossier.documents.first()
    assert paper is not None
    client = desk_of(getattr(cast, who))

    for address in (
        page(dossier),
        f"{page(dossier)}nhat-ky/",
        f"{page(dossier)}ket-qua/",
        f"{page(dossier)}giay-to/{paper.pk}/1/",
        f"{page(dossier)}giay-to/{paper.pk}/tep/",
    ):
        assert client.get(address).status_code == 404, address
    assert press(client, dossier, Step.ACCEPT).status_code == 404
    dossier.refresh_from_db()
    assert dossier.status == Status.SUBMITTED


def test_only_the_desk_files_at_the_counter(cast: Cast) -> None:
    assert desk_of(cast.hung).get("/can-bo/nop-tai-quay/").status_code == 200
    assert desk_of(cast.mai).get("/can-bo/nop-tai-quay/").status_code == 404
    assert desk_of(cast.mai).get(f"/can-bo/nop-tai-quay/{BIRTH}/").status_code == 404


def test_an_official_with_two_posts_chooses_one(cast: Cast) -> None:
    second = Post.objects.create(
        account=cast.hung.account,
        agency=cast.binh.agency,
        unit=cast.binh.unit,
        role=cast.binh.role,
        title="Phó Chủ tịch",
        holder_name=cast.hung.holder_name,
    )
    client = desk_of(cast.hung)

    assert client.get("/can-bo/")["Location"] == "/can-bo/vi-tri/"
    assert "Phó Chủ tịch" in text_of(client.get("/can-bo/vi-tri/"))
    client.post("/can-bo/vi-tri/", {"post": second.pk})
    assert client.get("/can-bo/")["Location"] == "/can-bo/danh-sach/cho-duyet/"
    assert client.post("/can-bo/vi-tri/", {"post": cast.mai.pk}).status_code == 404


# Worklists


def test_the_desk_opens_at_the_list_where_work_begins(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)

    response = desk_of(cast.hung).get("/can-bo/", follow=True)

    assert response.status_code == 200
    assert dossier.reference in text_of(response)
    assert "Chờ tiếp nhận" in text_of(response)


def test_filters_narrow_a_list_and_say_when_nothing_is_left(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    client = desk_of(cast.hung)
    here = "/can-bo/danh-sach/cho-tiep-nhan/"

    assert dossier.reference in text_of(client.get(here, {"kenh": "online", "thu_tuc": BIRTH}))
    assert dossier.reference in text_of(client.get(here, {"q": dossier.reference.lower()}))
    empty = client.get(here, {"kenh": "post"})
    assert dossier.reference not in text_of(empty)
    assert "Không có hồ sơ nào khớp bộ lọc" in text_of(empty)
    assert client.get(here, {"kenh": "x" * 500, "q": "\x00%_'"}).status_code == 200


@pytest.mark.parametrize(
    "address", ["khong-co/", "cho-tiep-nhan/?tiep=rac", "cho-tiep-nhan/?tiep=8J+Y"]
)
def test_a_list_or_a_page_that_does_not_exist_is_not_found(cast: Cast, address: str) -> None:
    assert desk_of(cast.hung).get(f"/can-bo/danh-sach/{address}").status_code == 404


def test_the_search_box_opens_a_dossier_by_its_code(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.ACCEPTED)
    client = desk_of(cast.hung)

    found = client.get("/can-bo/", {"q": f" {str(dossier.code).lower()} "})
    named = client.get("/can-bo/", {"q": "Nguyễn"})

    assert found["Location"] == f"/can-bo/ho-so/{dossier.code}/"
    assert client.get(found["Location"]).status_code == 200
    assert named["Location"].startswith("/can-bo/danh-sach/cho-tiep-nhan/?q=Nguy")


def test_a_longer_list_asks_the_database_no_more_often(cast: Cast) -> None:
    client = desk_of(cast.hung)
    here = "/can-bo/danh-sach/cho-tiep-nhan/"
    a_dossier(cast, Status.SUBMITTED)
    client.get(here)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(here)
    for _ in range(3):
        a_dossier(cast, Status.SUBMITTED)
    with CaptureQueriesContext(connection) as many:
        client.get(here)

    assert len(many) == len(few)


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
        assert drawn <= expected | {"accept"} and expected <= drawn, (post, drawn)


def test_every_button_works_from_acceptance_to_the_counter(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    result = SimpleUploadedFile("ket-qua.pdf", a_pdf("kq"), "application/pdf")
    deeds: tuple[tuple[Post, Step, dict[str, Any], Status], ...] = (
        (cast.hung, Step.ACCEPT, {}, Status.ACCEPTED),
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
            {"number": "12/KS", "issued_on": "01/02/2025", "upload": result},
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
    accept_dossier(post=cast.hung, reference=dossier.reference)

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

    for name in ("submit", "withdraw", "supplement", "khong-co"):
        assert desk_of(cast.hung).post(f"{page(dossier)}buoc/{name}/").status_code == 404


# Many at once


def tick(*dossiers: Dossier) -> list[str]:
    return [f"{d.reference}@{d.revision}" for d in dossiers]


def test_bulk_acceptance_previews_then_gives_a_result_per_row(cast: Cast) -> None:
    one, two = a_dossier(cast, Status.SUBMITTED), a_dossier(cast, Status.SUBMITTED)
    ticked = tick(one, two)
    accept_dossier(post=cast.hung, reference=two.reference)
    client = desk_of(cast.hung)

    preview = client.post("/can-bo/hang-loat/", {"do": "accept", "chon": ticked})
    one.refresh_from_db()
    assert preview.status_code == 200
    assert one.status == Status.SUBMITTED
    done = text_of(
        client.post("/can-bo/hang-loat/", {"do": "accept", "chon": ticked, "confirm": "1"})
    )

    one.refresh_from_db()
    assert one.status == Status.ACCEPTED
    assert "xong 1, còn 1 hồ sơ chưa làm được" in done
    assert "Chưa được" in done


def test_bulk_assignment_asks_to_whom(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.ASSIGNING)
    client = desk_of(cast.hoa)
    order = {"do": "assign", "chon": tick(dossier), "confirm": "1"}

    assert client.post("/can-bo/hang-loat/", order).status_code == 422
    assert client.post("/can-bo/hang-loat/", order | {"chosen": cast.mai.pk}).status_code == 200
    dossier.refresh_from_db()
    assert dossier.assignee_id == cast.mai.pk


def test_a_leader_decides_many_after_reading_each_proposal(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.PROPOSED)
    client = desk_of(cast.binh)
    order = {"do": "decide", "chon": tick(dossier)}

    assert "Đề nghị đồng ý." in text_of(client.post("/can-bo/hang-loat/", order))
    client.post("/can-bo/hang-loat/", order | {"confirm": "1"})

    dossier.refresh_from_db()
    assert dossier.status == Status.APPROVED


def test_a_proposed_refusal_is_never_approved_in_bulk(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.EXAMINING)
    press(desk_of(cast.mai), dossier, Step.PROPOSE, outcome="refuse", note="Không đủ điều kiện.")
    dossier.refresh_from_db()
    order = {"do": "decide", "chon": tick(dossier), "confirm": "1"}

    done = text_of(desk_of(cast.binh).post("/can-bo/hang-loat/", order))

    assert "đề xuất từ chối" in done
    dossier.refresh_from_db()
    assert dossier.status == Status.PROPOSED


@pytest.mark.parametrize("do", ["decide", "assign", "khong-co", ""])
def test_a_bulk_step_of_another_role_is_not_found(cast: Cast, do: str) -> None:
    assert desk_of(cast.hung).post("/can-bo/hang-loat/", {"do": do}).status_code == 404


# At the counter


def typed_form(form: FormDefinition) -> dict[str, str]:
    """Right answers, as the boxes of the long page carry them."""
    answers = valid_answers(form)
    return {
        f"{PREFIX}{part.key}.{name}": value
        for part in form.pages
        for name, value in as_post(form, part.key, answers).items()
    }


def a_counter_filing(**changes: Any) -> dict[str, Any]:
    terms = published_terms(BIRTH)
    case = terms.cases[0] if terms.cases else ""
    papers = {
        f"paper-{slot.code}": SimpleUploadedFile("anh.pdf", a_pdf(slot.code), "application/pdf")
        for slot in terms.slots
        if slot.required and slot.case in ("", case)
    }
    return {
        "key": "7a0c6a64-5d49-4a39-8a53-0a5c52f0e001",
        "full_name": "H' Hen Niê",
        "national_id": "066192000001",
        "phone": "0912345678",
        "case": case,
        **typed_form(terms.form),
        **papers,
        **changes,
    }


def test_the_counter_finds_a_procedure_in_everyday_words(cast: Cast) -> None:
    shown = text_of(desk_of(cast.hung).get("/can-bo/nop-tai-quay/", {"q": "lam khai sinh cho con"}))

    assert f"/can-bo/nop-tai-quay/{BIRTH}/" in shown


def test_a_dossier_is_filed_and_accepted_at_the_counter(cast: Cast) -> None:
    address = f"/can-bo/nop-tai-quay/{BIRTH}/"
    client = desk_of(cast.hung)

    assert client.get(address).status_code == 200
    response = client.post(address, a_counter_filing(accept="1"))

    assert response.status_code == 302, text_of(response)
    dossier = Dossier.objects.get(applicant_name="H' Hen Niê")
    assert (dossier.status, dossier.channel) == (Status.ACCEPTED, "counter")
    assert response["Location"] == f"/can-bo/ho-so/{dossier.code}/"
    client.post(address, a_counter_filing(accept="1"))
    assert Dossier.objects.filter(applicant_name="H' Hen Niê").count() == 1


def test_the_counter_says_everything_wrong_at_once_and_keeps_the_files(cast: Cast) -> None:
    client = desk_of(cast.hung)
    filing = a_counter_filing(accept="1", full_name="")
    first_answer = next(name for name in filing if name.startswith(PREFIX))

    response = client.post(
        f"/can-bo/nop-tai-quay/{BIRTH}/", {k: v for k, v in filing.items() if k != first_answer}
    )

    shown = text_of(response)
    assert response.status_code == 422
    assert "Mời anh/chị nhập: Họ, chữ đệm, tên." in shown
    assert "0912345678" in shown
    assert 'name="kept"' in shown
    assert not Dossier.objects.filter(channel="counter").exists()


def test_kept_files_need_not_be_chosen_again_and_cannot_be_forged(cast: Cast) -> None:
    client = desk_of(cast.hung)
    address = f"/can-bo/nop-tai-quay/{BIRTH}/"
    shown = client.post(address, a_counter_filing(accept="1", full_name="")).content.decode()
    kept = re.findall(r'name="kept" value="([^"]+)"', shown)
    filing = {k: v for k, v in a_counter_filing().items() if not k.startswith("paper-")}

    forged = client.post(address, filing | {"send": "1", "kept": ["khong:co:that"]})
    sent = client.post(address, filing | {"send": "1", "kept": kept})

    assert forged.status_code == 422
    assert sent.status_code == 302, text_of(sent)
    assert Dossier.objects.get(channel="counter").documents.count() == len(kept)


# Words


@pytest.mark.parametrize(
    ("at", "tone", "text"),
    [
        (None, "pause", "Không tính giờ"),
        (datetime(2000, 1, 1, tzinfo=UTC), "late", "Quá hạn"),
        (datetime(2200, 1, 1, tzinfo=UTC), "ok", "Còn"),
    ],
)
def test_a_clock_is_said_in_words(at: datetime | None, tone: str, text: str) -> None:
    view = clock_of(at, "")

    assert view.tone == tone
    assert view.text.startswith(text)


def test_a_reason_and_what_was_added_make_one_sentence() -> None:
    data = {"revision": "1", "check-a": "no", "why-a": "Thiếu trang", "more-a": "trang 2 và 3."}
    form = SupplementForm(data, slots=[("a", "Giấy chứng sinh")])

    assert form.is_valid()
    assert form.cleaned_data["items"] == [("a", "Thiếu trang. trang 2 và 3")]
