"""Nothing that was typed or chosen at the counter is lost: by a bad file, an old page, a second press."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.dossiers.actions import intake
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_desk_counter import a_counter_filing
from motcua.dossiers.tests.test_desk_pages import text_of
from motcua.dossiers.tests.test_standing_in import address, brought
from motcua.dossiers.types import Applicant, Channel
from motcua.dossiers.web import desk_counter, desk_counter_papers
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH, a_dossier, a_pdf, attach_all, filed_at_counter

pytestmark = pytest.mark.django_db
COUNTER = f"/can-bo/nop-tai-quay/{BIRTH}/"
LAN = Applicant("Nguyễn Thị Lan", "079 190 000 001")


@pytest.fixture
def hung(cast: Cast) -> Client:
    return desk_of(cast.hung)


def paper_boxes(filing: dict[str, Any]) -> list[str]:
    return [name for name in filing if name.startswith("paper-")]


def kept_in(shown: str) -> list[str]:
    return re.findall(r'name="kept" value="([^"]+)"', shown)


def a_program() -> SimpleUploadedFile:
    return SimpleUploadedFile("xau.pdf", b"MZ not a pdf", "application/pdf")


def without_papers(**changes: Any) -> dict[str, Any]:
    return {k: v for k, v in a_counter_filing(**changes).items() if not k.startswith("paper-")}


def test_one_bad_file_costs_none_of_the_good_ones(cast: Cast, hung: Client) -> None:
    good = SimpleUploadedFile("tot.pdf", a_pdf("tốt"), "application/pdf")
    box = paper_boxes(a_counter_filing())[0]

    shown = text_of(
        hung.post(COUNTER, without_papers(send="1") | {box: [a_program(), good, a_program()]})
    )

    assert len(kept_in(shown)) == 1
    assert "Đã có: tot.pdf" in shown
    assert shown.count(f'<a href="#{box}">Tệp “xau.pdf” là chương trình máy tính') == 2


def test_one_bad_file_costs_no_good_one_of_a_supplement(cast: Cast, hung: Client) -> None:
    dossier = a_dossier(cast, Status.PRE_SUPPLEMENT, channel=Channel.COUNTER)
    typed = brought(dossier)
    box = paper_boxes(typed)[0]

    shown = text_of(hung.post(address(dossier), typed | {box: [typed[box], a_program()]}))

    assert "Mới chọn: ro.pdf" in shown
    assert "Tệp “xau.pdf” là chương trình máy tính" in shown


def test_a_file_no_longer_kept_is_named_and_holds_the_filing_up(
    cast: Cast, hung: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = text_of(hung.post(COUNTER, a_counter_filing(send="1", full_name="")))
    monkeypatch.setattr(desk_counter_papers, "AGE", -1)

    later = hung.post(COUNTER, without_papers(send="1") | {"kept": kept_in(shown)})

    assert later.status_code == 422
    assert "Tệp “anh.pdf” chọn đã lâu nên không còn được giữ" in text_of(later)
    assert not Dossier.objects.filter(channel=Channel.COUNTER).exists()


def test_enter_in_a_box_files_nothing_and_keeps_what_was_typed(cast: Cast, hung: Client) -> None:
    dossier = a_dossier(cast, Status.PRE_SUPPLEMENT, channel=Channel.COUNTER)
    for where in (COUNTER, address(dossier)):
        form = text_of(hung.get(where)).partition('enctype="multipart/form-data"')[2]
        name = re.findall(r'<button type="submit" name="([^"]+)"', form)[0]

        answer = hung.post(where, a_counter_filing(**{name: "1"}))

        assert answer.status_code == 200
        assert len(kept_in(text_of(answer))) > 0
    dossier.refresh_from_db()
    assert dossier.status == Status.PRE_SUPPLEMENT
    assert Dossier.objects.count() == 1


# Pressed twice, gone back, somebody faster


def test_a_second_press_of_file_and_accept_ends_at_the_same_dossier(
    cast: Cast, hung: Client
) -> None:
    first = hung.post(COUNTER, a_counter_filing(accept="1"))
    second = hung.post(COUNTER, a_counter_filing(accept="1"))

    assert (second.status_code, second["Location"]) == (302, first["Location"])
    assert Dossier.objects.get(channel=Channel.COUNTER).moves.count() == 2
    assert "Đã tiếp nhận hồ sơ" in text_of(hung.get(second["Location"]))


def test_the_slower_of_two_presses_at_the_same_moment_ends_there_too(
    cast: Cast, hung: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slower(**what: Any) -> Dossier:
        intake.accept_dossier(**what)  # the other press
        return intake.accept_dossier(**what)

    monkeypatch.setattr(desk_counter, "accept_dossier", slower)

    answer = hung.post(COUNTER, a_counter_filing(accept="1"))

    dossier = Dossier.objects.get(channel=Channel.COUNTER)
    assert answer.status_code == 302, text_of(answer)
    assert answer["Location"] == f"/can-bo/ho-so/{dossier.code}/"


def test_going_back_and_typing_another_person_files_them_at_the_next_press(
    cast: Cast, hung: Client
) -> None:
    hung.post(COUNTER, a_counter_filing(send="1"))
    first = Dossier.objects.get(channel=Channel.COUNTER)
    another = {"send": "1", "full_name": "Y Moan Ênuôl", "national_id": "066091000002"}

    shown = text_of(hung.post(COUNTER, a_counter_filing(**another)))
    key = re.findall(r'name="key" value="([^"]+)"', shown)[0]
    answer = hung.post(COUNTER, a_counter_filing(**another, key=key))

    assert f"Hồ sơ {first.reference} đã nộp từ trang này" in shown
    assert "Nếu đây là hồ sơ khác, mời anh/chị bấm Nộp lần nữa." in shown
    assert answer.status_code == 302, text_of(answer)
    assert Dossier.objects.get(applicant_name="Y Moan Ênuôl").pk != first.pk


def test_what_hung_typed_stays_when_lan_sent_online_meanwhile(cast: Cast, hung: Client) -> None:
    dossier = filed_at_counter(cast, owner=LAN)
    slot = dossier.documents.all()[0].slot
    intake.ask_supplement(post=cast.hung, reference=dossier.reference, items=[(slot, "Mờ.")])
    dossier.refresh_from_db()
    typed = brought(dossier)
    attach_all(cast, dossier)
    intake.supplement_dossier(citizen=cast.lan, reference=dossier.reference)

    answer = hung.post(address(dossier), typed)

    shown = text_of(answer)
    assert answer.status_code == 409
    assert f"{cast.lan.full_name} thực hiện “nộp bổ sung”" in shown
    assert "Mới chọn: ro.pdf" in shown
    assert 'name="send"' not in shown
    assert hung.get(address(dossier)).status_code == 302


# Who stands there, and what was marked


@pytest.mark.parametrize(
    ("typed", "number"), [("C1234567", "C1234567"), ("12ab 34567", "12AB34567")]
)
def test_who_has_only_a_passport_is_entered_and_found_again(
    cast: Cast, hung: Client, typed: str, number: str
) -> None:
    answer = hung.post(COUNTER, a_counter_filing(send="1", national_id=typed))

    assert answer.status_code == 302, text_of(answer)
    dossier = Dossier.objects.get(channel=Channel.COUNTER)
    assert (dossier.applicant["national_id"], dossier.submitter_id) == (number, None)
    assert dossier.reference in text_of(hung.get("/can-bo/tim/", {"q": number.lower()}))


def test_the_box_says_which_numbers_it_takes(cast: Cast, hung: Client) -> None:
    label = "Số định danh cá nhân, mã số doanh nghiệp hoặc số hộ chiếu"
    assert label in text_of(hung.get(COUNTER))

    shown = text_of(hung.post(COUNTER, a_counter_filing(send="1", national_id="12345")))

    assert "hoặc số hộ chiếu (7 đến 9 chữ cái, chữ số)" in shown


def test_what_was_marked_at_the_counter_is_marked_on_the_dossier_for_hung_alone(
    cast: Cast, hung: Client
) -> None:
    marks = [name for name in a_counter_filing() if name.startswith("check-")]
    wrong = {marks[0]: "no"}

    answer = hung.post(COUNTER, a_counter_filing(send="1", **wrong))

    drawn = re.findall(
        r'name="(check-[^"]+)" value="(\w+)"[^>]* checked', text_of(hung.get(answer["Location"]))
    )
    assert dict(drawn) == dict.fromkeys(marks, "yes") | wrong
    other = text_of(desk_of(cast.hung).get(answer["Location"]))
    assert not re.findall(r'name="check-[^"]+" value="\w+"[^>]* checked', other)


def test_the_long_pages_of_the_counter_travel_packed(cast: Cast, hung: Client) -> None:
    dossier = a_dossier(cast, Status.PRE_SUPPLEMENT, channel=Channel.COUNTER)
    for place in (COUNTER, address(dossier)):
        page = hung.get(place, headers={"Accept-Encoding": "gzip"})

        assert page["Content-Encoding"] == "gzip"
        assert len(page.content) < 20_000
