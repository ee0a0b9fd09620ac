"""Bình, by order or in his own name, signs a document to Hòa's unit about its slow dossiers; she answers."""

from datetime import date, datetime, timedelta

import pypdfium2
import pytest
import time_machine

from motcua.agencies.models import Agency, Post, Unit
from motcua.audit.queries import deeds_on
from motcua.core.actors import Role
from motcua.core.errors import NotFound, Refused
from motcua.dossiers import telling
from motcua.dossiers.actions import urging_documents as acts
from motcua.dossiers.models import Consultation, Dossier, UrgingDocument
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.urging_documents import NO_OPINION, documents, slow_dossiers, slow_units
from motcua.dossiers.urging_paper import urging_paper
from motcua.dossiers.workflow import Status
from motcua.notices.models import Message
from motcua.testing.by_hand import by_hand
from motcua.testing.cast import Cast, a_post
from motcua.testing.consulting import a_unit_asked
from motcua.testing.dossiers import a_dossier
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 9, tzinfo=HANOI)
LATER = datetime(2026, 12, 7, 9, tzinfo=HANOI)  # two weeks on: whatever was taken in is late
ANSWER = date(2026, 12, 9)
PAGE = "/can-bo/don-doc/"


@pytest.fixture
def late(cast: Cast) -> Dossier:
    """Lan's dossier, which Mai has had for two weeks."""
    with time_machine.travel(MONDAY, tick=False):
        return a_dossier(cast, Status.EXAMINING)


def signed(post: Post, unit: Post, *dossiers: Dossier) -> UrgingDocument:
    return acts.sign_urging(
        post=post, unit_id=unit.unit_id, chosen={each.reference for each in dossiers},
        text="Đề nghị khẩn trương.", answer_by=ANSWER,
    )  # fmt: skip


def a_head(cast: Cast) -> Post:
    """Liên heads the desk of the ward."""
    title = "Trưởng Bộ phận Một cửa"
    return a_post("lien", "Ngô Thị Liên", cast.hung.unit, Role.UNIT_HEAD, title)


@time_machine.travel(LATER, tick=False)
def test_a_document_has_its_number_its_readers_and_stands_in_every_journal(
    cast: Cast, late: Dossier
) -> None:
    other = a_dossier(cast, Status.ASSIGNING)
    Dossier.objects.filter(pk=other.pk).update(clock_at=LATER - timedelta(hours=1))
    document = signed(cast.binh, cast.hoa, late, other)
    telling.tell_unit(document.pk)
    telling.tell_unit(document.pk)

    assert document.number == "01/2026/DDHS"
    assert [line.why for line in document.lines.order_by("dossier_id")] == [
        "Quá hạn trả kết quả", "Quá hạn bước “Đã chuyển, chờ phân công”",
    ]  # fmt: skip
    assert list(document.recipients.all()) == [cast.hoa]  # Bình signs: he is not written to
    told = Message.objects.get(channel="inbox", post_id=cast.hoa.pk)
    assert "01/2026/DDHS" in told.subject
    assert cast.lan.full_name not in told.body
    for each in (late, other):
        assert deeds_on(each.reference)[-1] == "dossier.urging_document"
        assert Dossier.objects.get(pk=each.pk).revision == each.revision


@time_machine.travel(LATER, tick=False)
def test_the_head_of_the_desk_signs_by_order_and_then_nobody_else_does(
    cast: Cast, late: Dossier
) -> None:
    assert signed(cast.binh, cast.hoa, late).signer_title == "Phó Chủ tịch UBND phường"
    UrgingDocument.objects.update(answered_at=LATER)
    head = a_head(cast)

    document = signed(head, cast.hoa, late)
    with pytest.raises(NotFound):
        signed(cast.binh, cast.hoa, late)

    assert document.signer_title == "TL. Chủ tịch\nTrưởng Bộ phận Một cửa"
    assert sorted(p.pk for p in document.recipients.all()) == sorted([cast.hoa.pk, cast.binh.pk])
    text = read(cast.hoa, document)
    assert "TL. CHỦ TỊCH" in text
    assert "Ngô Thị Liên" in text
    assert late.code is not None
    assert late.code[-4:] in text
    assert cast.lan.full_name not in text


def read(post: Post, document: UrgingDocument) -> str:
    with pypdfium2.PdfDocument(urging_paper(post, document.pk)[1]) as paper:
        return str(paper[0].get_textpage().get_text_bounded())


@time_machine.travel(LATER, tick=False)
def test_printed_again_it_bears_the_names_that_it_was_signed_with(
    cast: Cast, late: Dossier
) -> None:
    document = signed(cast.binh, cast.hoa, late)
    signed_as = read(cast.hoa, document)
    assert cast.ward.name.upper() in signed_as.upper()

    Agency.objects.update(name="UBND đơn vị sáp nhập", phone="0999")
    Unit.objects.update(name="Phòng Tên mới")
    Post.objects.update(holder_name="Người Mới", title="Chức mới")

    assert read(cast.hoa, document) == signed_as


@time_machine.travel(LATER, tick=False)
def test_on_paper_a_long_name_has_room_and_a_code_stays_in_one_line(
    cast: Cast, late: Dossier
) -> None:
    Dossier.objects.filter(pk=late.pk).update(
        code="H99.31.105-261123-0001", procedure_name="Cấp giấy phép xây dựng nhà ở riêng lẻ " * 6
    )

    printed = read(cast.hoa, signed(cast.binh, cast.hoa, late)).replace("\u200b", "")

    code, _, rest = printed.partition("H99.31.105-261123-0001")
    assert code != printed
    assert len(rest.partition("23/11/2026")[0].strip().splitlines()) <= 7


@time_machine.travel(LATER, tick=False)
def test_what_waits_for_an_answer_is_not_urged_twice_and_what_went_on_not_at_all(
    cast: Cast, late: Dossier
) -> None:
    signed(cast.binh, cast.hoa, late)
    with pytest.raises(Refused, match="đã nêu trong văn bản khác"):
        signed(cast.binh, cast.hoa, late)
    assert UrgingDocument.objects.count() == 1

    with time_machine.travel(LATER + timedelta(days=3), tick=False):  # no answer came
        assert [row.id for row in slow_dossiers(cast.binh, cast.hoa.unit_id)] == [late.pk]
        with by_hand():
            Dossier.objects.update(status=Status.PROPOSED)  # it is with the leaders now
        assert slow_units(cast.binh) == []


@time_machine.travel(LATER, tick=False)
@pytest.mark.parametrize("day", [date(2026, 12, 4), date(2026, 12, 13), date(2027, 3, 1)])
def test_an_answer_is_asked_for_on_a_working_day_to_come(
    cast: Cast, late: Dossier, day: date
) -> None:
    with pytest.raises(Refused):
        acts.sign_urging(
            post=cast.binh, unit_id=cast.hoa.unit_id, chosen={late.reference}, text="Nhanh lên.",
            answer_by=day,
        )  # fmt: skip


def test_a_unit_that_owes_an_opinion_is_urged_about_it(cast: Cast) -> None:
    asked = a_unit_asked(cast)
    with time_machine.travel(MONDAY, tick=False):
        dossier = a_dossier(cast, Status.CONSULTING)
    owed = Consultation.objects.get(dossier=dossier)
    assert (owed.unit_id, owed.content) == (asked.unit_id, "Nơi cư trú có tranh chấp không?")

    with time_machine.travel(LATER, tick=False):
        assert {unit.id for unit in slow_units(cast.binh)} == {asked.unit_id, cast.hoa.unit_id}
        rows = slow_dossiers(cast.binh, asked.unit_id)
    assert [(row.reference, row.why) for row in rows] == [(dossier.reference, NO_OPINION)]


@time_machine.travel(LATER, tick=False)
def test_it_is_signed_and_answered_on_the_pages(cast: Cast, late: Dossier) -> None:
    binh, hoa = desk_of(cast.binh), desk_of(cast.hoa)
    make = f"{PAGE}lap/?don-vi={cast.hoa.unit_id}"
    assert f"{PAGE}lap/" in binh.get("/can-bo/danh-sach/qua-han/").content.decode()
    shown = binh.get(make).content.decode()
    assert late.code is not None
    assert late.code in shown
    assert cast.lan.full_name not in shown

    typed = {"don-vi": cast.hoa.unit_id, "text": "Khẩn trương.", "answer_by": "09/12/2026"}
    assert binh.post(f"{PAGE}lap/", typed).status_code == 422  # nothing ticked
    where = binh.post(f"{PAGE}lap/", typed | {"chon": late.reference}).headers["Location"]
    assert hoa.post(where, {"answer": ""}).status_code == 422
    hoa.post(where, {"answer": "Xong ngày 08/12."})

    document = UrgingDocument.objects.get()
    telling.tell_signer(document.pk)
    assert "Xong ngày 08/12." in binh.get(where).content.decode()
    assert Message.objects.filter(channel="inbox", post_id=cast.binh.pk).exists()
    assert deeds_on(late.reference)[-1] == "dossier.answer_urging"
    with pytest.raises(Refused):
        acts.answer_document(post=cast.hoa, number=document.pk, answer="Lại nữa")


@time_machine.travel(LATER, tick=False)
def test_strangers_neither_read_nor_answer_nor_sign(cast: Cast, late: Dossier) -> None:
    document = signed(cast.binh, cast.hoa, late)
    for post in (cast.hung, cast.mai, cast.sau, cast.yen):
        assert desk_of(post).get(f"{PAGE}{document.pk}/").status_code == 404
    assert desk_of(cast.hoa).get(f"{PAGE}lap/").status_code == 404
    with pytest.raises(NotFound):
        acts.answer_document(post=cast.binh, number=document.pk, answer="Tôi")
    with pytest.raises(NotFound):
        signed(cast.hoa, cast.hoa, late)


@time_machine.travel(LATER, tick=False)
def test_the_page_of_a_dossier_names_the_documents_and_opens_them_to_their_readers(
    cast: Cast, late: Dossier
) -> None:
    other = a_dossier(cast, Status.EXAMINING)
    number = signed(cast.binh, cast.hoa, late).pk
    here, link = f"/can-bo/ho-so/{late.reference}/", f'href="{PAGE}{number}/"'

    for post in (cast.binh, cast.hoa):
        assert link in desk_of(post).get(here).content.decode()
    seen = desk_of(cast.mai).get(here).content.decode()
    assert f"Số 01/2026/DDHS gửi {cast.hoa.unit.name}" in " ".join(seen.split())
    assert link not in seen
    elsewhere = desk_of(cast.mai).get(f"/can-bo/ho-so/{other.reference}/").content.decode()
    assert "01/2026/DDHS" not in elsewhere


def test_an_answer_that_is_late_stands_first_and_its_signer_is_told_once(
    cast: Cast, late: Dossier
) -> None:
    with time_machine.travel(LATER, tick=False):
        silent = signed(cast.binh, cast.hoa, late)
        other = UrgingDocument.objects.create(
            agency_id=silent.agency_id, unit_id=silent.unit_id, year=2026, order=2, text="Nữa.",
            answer_by=date(2026, 12, 30), signed_at=LATER, signer=cast.binh, signed_by="Bình",
            signer_title="Phó Chủ tịch",
        )  # fmt: skip
        acts.report_late_answers()
    with time_machine.travel(datetime(2026, 12, 9, 23, tzinfo=HANOI), tick=False):
        assert acts.report_late_answers() == 0  # it is still the last day
    with time_machine.travel(datetime(2026, 12, 10, 1, tzinfo=HANOI), tick=False):
        assert [acts.report_late_answers(), acts.report_late_answers()] == [1, 1]
        telling.tell_signer_late(silent.pk)
        telling.tell_signer_late(silent.pk)
        rows = documents(cast.binh)
        page = desk_of(cast.binh).get(PAGE).content.decode()

    assert [(row.pk, is_late) for row, is_late in rows] == [(silent.pk, True), (other.pk, False)]
    assert page.count("Quá hạn, chưa trả lời") == 1
    told = Message.objects.filter(channel="inbox", post_id=cast.binh.pk)
    assert [each.subject for each in told if "chưa trả lời" in each.subject] == [
        f"{cast.hoa.unit.name} chưa trả lời văn bản đôn đốc số 01/2026/DDHS",
    ]  # fmt: skip


def test_who_answered_before_the_word_went_out_is_not_told_on(cast: Cast, late: Dossier) -> None:
    with time_machine.travel(LATER, tick=False):
        silent = signed(cast.binh, cast.hoa, late)
    with time_machine.travel(datetime(2026, 12, 10, 9, tzinfo=HANOI), tick=False):
        acts.report_late_answers()
        acts.answer_document(post=cast.hoa, number=silent.pk, answer="Xong sáng nay.")
        telling.tell_signer_late(silent.pk)

        assert acts.report_late_answers() == 0
    assert not Message.objects.filter(subject__contains="chưa trả lời").exists()
