"""The pages of acts beside the process: the asker's form, the leader's decision, the letter, the asking citizen."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client

from motcua.dossiers import jobs
from motcua.dossiers.actions import apologies
from motcua.dossiers.letters import last_moment
from motcua.dossiers.models import Apology, Approval, Dossier
from motcua.dossiers.tests.conftest import desk_of, signed_in
from motcua.dossiers.workflow import Status, Step
from motcua.notices import seeds
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from motcua.workdays.types import HANOI

MARRIAGE = "1.004884"
FRIDAY = datetime(2026, 11, 20, 9, tzinfo=HANOI)
DATE = {"day": "03/12/2026", "hour": "09:30", "reason": "Chờ tỉnh khác xác minh."}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def friday() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(FRIDAY, tick=False) as now:
        yield now


@pytest.fixture
def running(cast: Cast) -> Dossier:
    return a_dossier(cast, Status.EXAMINING, MARRIAGE)


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return unescape(answer.content.decode())


def sent(client: Client, path: str, typed: dict[str, str], status: int = 302) -> str:
    answer = client.post(path, typed)
    assert answer.status_code == status, unescape(answer.content.decode())
    return unescape(answer.content.decode())


def test_mai_asks_on_the_dossier_page_and_binh_decides_on_his(cast: Cast, running: Dossier) -> None:
    here = f"/can-bo/ho-so/{running.reference}/"
    mai, binh = desk_of(cast.mai), desk_of(cast.binh)
    assert "Đề nghị: Dời ngày hẹn trả" in page(mai, here)

    sent(mai, f"{here}de-nghi/move_date/", DATE | {"revision": str(running.revision)})

    asked = Approval.objects.get()
    assert "đang chờ" in page(mai, f"{here}duyet/{asked.pk}/").lower()
    assert "Xem và quyết định" in page(binh, here)
    assert str(running.code) in page(binh, "/can-bo/danh-sach/cho-duyet-hai-nguoi/")
    assert "09:30 ngày 03/12/2026" in page(binh, f"{here}duyet/{asked.pk}/")
    refused = sent(binh, f"{here}duyet/{asked.pk}/", {"do": "refuse", "answer": ""}, 422)
    assert "Mời nêu lý do không đồng ý" in refused
    sent(binh, f"{here}duyet/{asked.pk}/", {"do": "grant", "answer": ""})
    running.refresh_from_db()
    assert running.due_at == datetime(2026, 12, 3, 9, 30, tzinfo=HANOI)
    assert sent(binh, f"{here}duyet/{asked.pk}/", {"do": "grant", "answer": ""}, 409)


@pytest.mark.parametrize("pressed", [{}, {"do": ""}, {"do": "agree"}])
def test_an_empty_press_grants_nothing(
    cast: Cast, running: Dossier, pressed: dict[str, str]
) -> None:
    here = f"/can-bo/ho-so/{running.reference}/"
    sent(desk_of(cast.mai), f"{here}de-nghi/move_date/", DATE | {"revision": str(running.revision)})
    asked = Approval.objects.get()

    sent(desk_of(cast.binh), f"{here}duyet/{asked.pk}/", {"answer": "Được."} | pressed, 422)

    asked.refresh_from_db()
    assert asked.state == "open"


def test_what_was_typed_stays_when_it_is_refused(cast: Cast, running: Dossier) -> None:
    here = f"/can-bo/ho-so/{running.reference}/de-nghi/move_date/"
    revision = {"revision": str(running.revision)}

    shown = sent(desk_of(cast.mai), here, DATE | revision | {"hour": "03:00"}, 422)
    unread = sent(desk_of(cast.mai), here, DATE | revision | {"day": "31/02/2026"}, 422)

    assert "Giờ hẹn trả phải nằm trong giờ làm việc" in shown
    assert "Chờ tỉnh khác xác minh." in shown
    assert 'href="#viec-day"' in shown
    assert "31/02/2026" in unread


def test_binh_corrects_a_code_that_hung_asked_about(cast: Cast, running: Dossier) -> None:
    here = f"/can-bo/ho-so/{running.reference}/"
    typed = {"code": "h99.31-261119-0042", "reason": "Gõ sai ngày.", "revision": "1"}
    sent(desk_of(cast.hung), f"{here}de-nghi/correct_code/", typed)

    sent(desk_of(cast.binh), f"{here}duyet/{Approval.objects.get().pk}/", {"do": "grant"})

    old = running.code
    running.refresh_from_db()
    assert running.code == "H99.31-261119-0042"
    assert "Đang thẩm định" in page(Client(), f"/tra-cuu/?ma={old}")
    told = jobs._told(running.moves.get(step=Step.CORRECT_CODE))
    assert {n for n in seeds.PLACES["code_corrected"] if not told[n]} <= seeds.MAY_BE_EMPTY


def test_pages_for_acts_that_are_not_ones_own_are_not_there(cast: Cast, running: Dossier) -> None:
    here = f"/can-bo/ho-so/{running.reference}/"

    page(desk_of(cast.mai), f"{here}thu-xin-loi/", 404)
    page(desk_of(cast.mai), f"{here}de-nghi/withdraw/", 404)
    page(desk_of(cast.sau), f"{here}de-nghi/move_date/", 404)
    page(desk_of(cast.hung), f"{here}duyet/999/", 404)


def test_binh_signs_the_letter_and_a_second_is_refused(
    cast: Cast, running: Dossier, friday: time_machine.Traveller
) -> None:
    assert running.due_at
    friday.move_to(last_moment(running, running.due_at) - timedelta(hours=1))
    binh, here = desk_of(cast.binh), f"/can-bo/ho-so/{running.reference}/"
    apologies.draft_letters()
    letter = page(binh, f"{here}thu-xin-loi/")
    proposed = Apology.objects.get().new_due_at
    assert proposed
    day = f"{proposed.astimezone(HANOI):%d/%m/%Y}"
    assert day in letter
    assert str(running.code) in page(binh, "/can-bo/danh-sach/thu-xin-loi/")
    typed = {"day": day, "hour": f"{proposed.astimezone(HANOI):%H:%M}", "do": "sign"}
    revision = {"revision": str(running.revision), "reason": ""}

    assert "Lý do chậm" in sent(binh, f"{here}thu-xin-loi/", typed | revision, 422)
    sent(binh, f"{here}thu-xin-loi/", typed | revision | {"reason": "Chờ xác minh."})

    running.refresh_from_db()
    assert running.due_at == proposed
    again = typed | {"revision": str(running.revision), "reason": "Vẫn chờ."}
    assert "quy định chỉ cho hẹn lại 1 lần" in page(binh, f"{here}thu-xin-loi/")
    assert "hẹn lại" in sent(binh, f"{here}thu-xin-loi/", again, 422)
    jobs.issue_slip(running.moves.get(step=Step.EXTEND).pk)
    mine = page(signed_in(cast.lan), f"/ho-so/{running.reference}/")
    assert "Chờ xác minh." in mine
    assert "Hẹn lần đầu" in mine
    assert "xin lỗi" in mine.lower()


def test_binh_drops_a_draft_that_is_not_needed(
    cast: Cast, running: Dossier, friday: time_machine.Traveller
) -> None:
    assert running.due_at
    friday.move_to(last_moment(running, running.due_at) - timedelta(hours=1))
    binh, here = desk_of(cast.binh), f"/can-bo/ho-so/{running.reference}/thu-xin-loi/"
    apologies.draft_letters()
    revision = str(running.revision)

    sent(binh, here, {"do": "drop", "revision": revision, "reason": ""}, 422)
    sent(binh, here, {"do": "drop", "revision": revision, "reason": "Chiều nay ký."})

    assert Apology.objects.get().state == "dropped"


def test_after_the_date_binh_apologises_without_a_new_one(
    cast: Cast, running: Dossier, friday: time_machine.Traveller
) -> None:
    assert running.due_at
    friday.move_to(running.due_at + timedelta(hours=1))
    binh, here = desk_of(cast.binh), f"/can-bo/ho-so/{running.reference}/thu-xin-loi/"
    assert str(running.code) in page(binh, "/can-bo/danh-sach/tre-chua-xin-loi/")
    assert "Đã quá hạn ký thư hẹn lại" in page(binh, here)

    sent(binh, here, {"revision": str(running.revision), "reason": "Chờ xác minh."})

    move = running.moves.get(step=Step.APOLOGISE)
    told = jobs._told(move)
    assert {n for n in seeds.PLACES["dossier_apologised"] if not told[n]} <= seeds.MAY_BE_EMPTY
    assert str(running.code) not in page(binh, "/can-bo/danh-sach/tre-chua-xin-loi/")


def test_lan_asks_on_her_page_and_hung_confirms_on_his(cast: Cast, running: Dossier) -> None:
    lan, hung = signed_in(cast.lan), desk_of(cast.hung)
    mine = f"/ho-so/{running.reference}/"
    assert "Xin rút hồ sơ" in page(lan, mine)
    assert "Bộ phận Một cửa xác nhận" in page(lan, f"{mine}rut/")

    sent(lan, f"{mine}rut/", {"reason": "Gia đình đổi ý."})

    assert "Đã nhận đề nghị rút hồ sơ" in page(lan, mine)
    assert str(running.code) in page(hung, "/can-bo/danh-sach/xin-rut/")
    decide = f"/can-bo/ho-so/{running.reference}/duyet/{Approval.objects.get().pk}/"
    assert "Gia đình đổi ý." in page(hung, decide)
    sent(hung, decide, {"do": "grant", "answer": ""}, 422)
    sent(hung, decide, {"do": "grant", "answer": "Trả bản chính tại quầy số 2."})
    assert "Trả bản chính tại quầy số 2." in page(lan, mine)
    assert "Xin rút hồ sơ" not in page(lan, mine)


def test_lan_reads_why_it_was_not_taken_back(cast: Cast, running: Dossier) -> None:
    lan = signed_in(cast.lan)
    sent(lan, f"/ho-so/{running.reference}/rut/", {"reason": ""})
    decide = f"/can-bo/ho-so/{running.reference}/duyet/{Approval.objects.get().pk}/"

    sent(desk_of(cast.hung), decide, {"do": "refuse", "answer": "Kết quả đã ký."})

    assert "Kết quả đã ký." in page(lan, f"/ho-so/{running.reference}/")
    assert "Kết quả đã ký." not in page(signed_in(cast.thu), f"/ho-so/{running.reference}/", 404)
