"""After filing: what the citizen, and anybody, sees of a dossier."""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.dossiers.slips.forms import SlipKind
from motcua.dossiers.slips.seal import SealedPaper, qr_payload
from motcua.dossiers.tests.conftest import signed_in
from motcua.dossiers.tests.test_portal_pages import _first_page, a_photo
from motcua.dossiers.types import Delivery
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH, a_dossier, attach_all, fill_all


def test_what_must_be_done_comes_first(lan: Client, cast: Cast) -> None:
    asked = a_dossier(cast, Status.PRE_SUPPLEMENT)

    page = lan.get("/ho-so/").content.decode()

    assert page.index("Việc ông/bà cần làm") < page.index(f"/ho-so/{asked.reference}/bo-sung/")


def test_a_supplement_names_each_paper_and_goes_back_to_the_desk(lan: Client, cast: Cast) -> None:
    asked = a_dossier(cast, Status.PRE_SUPPLEMENT)

    page = lan.get(f"/ho-so/{asked.reference}/bo-sung/").content.decode()
    assert "Ảnh mờ, không đọc được số." in page
    lan.post(
        f"/ho-so/{asked.reference}/giay-to/{asked.supplement_items[0]['slot']}/",
        {"files": [a_photo()]},
    )
    lan.post(f"/ho-so/{asked.reference}/bo-sung/")

    asked.refresh_from_db()
    assert asked.status == Status.SUBMITTED


@pytest.mark.parametrize(
    ("delivery", "said", "not_said"),
    [
        (Delivery.ONLINE, "Bấm nút dưới đây để nhận và tải về", "mang theo căn cước"),
        (Delivery.COUNTER, "Nhận kết quả tại nơi nộp hồ sơ, mang theo căn cước", "Bưu chính giao"),
        (Delivery.POST, "Bưu chính giao kết quả đến địa chỉ đã khai", "mang theo căn cước"),
    ],
)
def test_lan_is_told_how_her_result_comes_as_she_chose(
    lan: Client, cast: Cast, delivery: Delivery, said: str, not_said: str
) -> None:
    dossier = a_dossier(cast, Status.RESULT_READY)
    Dossier.objects.filter(pk=dossier.pk).update(delivery=delivery)

    page = lan.get(f"/ho-so/{dossier.reference}/").content.decode()

    assert said in page
    assert not_said not in page


@pytest.mark.parametrize("status", [Status.REJECTED, Status.WITHDRAWN, Status.ACCEPTED])
def test_the_receipt_gives_way_to_the_dossier_once_the_desk_has_answered(
    lan: Client, cast: Cast, status: Status
) -> None:
    dossier = a_dossier(cast, status)

    answer = lan.get(f"/ho-so/{dossier.reference}/da-nop/")

    assert (answer.status_code, answer["Location"]) == (302, f"/ho-so/{dossier.reference}/")


def test_withdrawing_asks_once_more(lan: Client, cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)

    assert "muốn rút hồ sơ này" in lan.get(f"/ho-so/{dossier.reference}/rut/").content.decode()
    lan.post(f"/ho-so/{dossier.reference}/rut/")

    dossier.refresh_from_db()
    assert dossier.status == Status.WITHDRAWN


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.DRAFT])
def test_a_dossier_has_a_page_in_every_status(lan: Client, cast: Cast, status: Status) -> None:
    dossier = a_dossier(cast, status)

    answer = lan.get(f"/ho-so/{dossier.reference}/")

    assert answer.status_code == 200
    assert "Tiến trình" in answer.content.decode()


def test_what_officials_write_to_each_other_stays_inside(lan: Client, cast: Cast) -> None:
    dossier = a_dossier(cast, Status.PROPOSED)

    assert "thông tin khớp" not in lan.get(f"/ho-so/{dossier.reference}/").content.decode()


def test_the_result_is_downloaded_and_never_run(lan: Client, cast: Cast) -> None:
    dossier = a_dossier(cast, Status.DELIVERED)

    answer = lan.get(f"/ho-so/{dossier.reference}/ket-qua/")

    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "place",
    [
        "", "khai/", "kiem-tra/", "da-nop/", "bo-sung/", "rut/", "ket-qua/", "nhan-ket-qua/",
        "truong-hop/", "giay-to/x/", "khai/x/", "tep/1/", "tep/1/anh/", "phieu/1/",
    ],
)  # fmt: skip
def test_thu_finds_nothing_of_lan(cast: Cast, place: str) -> None:
    dossier = a_dossier(cast, Status.DELIVERED)
    thu = signed_in(cast.thu)

    theirs = thu.get(f"/ho-so/{dossier.reference}/{place}")
    absent = thu.get(f"/ho-so/T-200101-XXXXXXXX/{place}")

    assert theirs.status_code == absent.status_code == 404


def test_anybody_learns_how_far_a_code_is_and_no_name(cast: Cast) -> None:
    cache.clear()
    dossier = a_dossier(cast, Status.EXAMINING)

    page = Client().get("/tra-cuu/", {"ma": f" {str(dossier.code).lower()} "}).content.decode()

    assert str(dossier.code) in page
    assert "50%" in page
    assert cast.lan.full_name not in page
    assert dossier.procedure_name not in page


@pytest.mark.parametrize("typed", ["", "x" * 70, "H99.31-261122-9999", "🙂", "' OR 1=1"])
def test_a_code_that_is_none_gets_a_sentence(cast: Cast, typed: str) -> None:
    cache.clear()

    answer = Client().get("/tra-cuu/", {"ma": typed})

    assert answer.status_code in (404, 422)
    assert "Mời ông/bà" in answer.content.decode()


def test_guessing_codes_is_slowed_down(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(settings, "TRACK_PER_MINUTE", 3, raising=False)
    client = Client()

    codes = [client.get("/tra-cuu/", {"ma": "H99.31-261122-0001"}).status_code for _ in range(5)]

    assert codes[-1] == 429
    cache.clear()


def test_a_forged_qr_is_told_apart(cast: Cast) -> None:
    cache.clear()

    answer = Client().get("/xac-minh/abc.def/")

    assert answer.status_code == 404
    assert "Không tìm thấy phiếu" in answer.content.decode()


def test_the_qr_of_a_slip_shows_what_the_paper_should_say_and_no_whole_number(cast: Cast) -> None:
    cache.clear()
    paper = SealedPaper(
        "H99.31-261122-0001", BIRTH, "079190000001", SlipKind.APPOINTMENT, "0001/GTN",
        datetime(2026, 11, 22, 9, 14, tzinfo=UTC),
    )  # fmt: skip

    place = qr_payload(paper).removeprefix(settings.PORTAL_URL)
    page = Client().get(f"{place}/").content.decode()

    assert "Phiếu có thật" in page
    assert "H99.31-261122-0001" in page
    assert "…001" in page
    assert "079190000001" not in page


def test_the_communes_of_a_province_come_as_pairs(cast: Cast) -> None:
    assert isinstance(Client().get("/don-vi/", {"tinh": "79"}).json(), list)
    assert Client().get("/don-vi/", {"tinh": "zz"}).json() == []


def test_a_draft_can_be_thrown_away(lan: Client, draft: Dossier) -> None:
    lan.post(f"/ho-so/{draft.reference}/bo-nhap/")

    assert not Dossier.objects.exists()


def test_a_filed_dossier_is_not_changed_by_its_pages(lan: Client, cast: Cast) -> None:
    dossier = a_dossier(cast, Status.ACCEPTED)
    before = dict(dossier.answers)

    page = _first_page(dossier)
    answer = lan.post(f"/ho-so/{dossier.reference}/khai/{page}/", {"full_name": "X"})

    dossier.refresh_from_db()
    assert answer.status_code == 422
    assert dossier.answers == before


def test_a_draft_does_not_slip_past_the_declaration_as_a_supplement(
    lan: Client, cast: Cast, draft: Dossier
) -> None:
    fill_all(cast, draft)
    attach_all(cast, draft)

    lan.post(f"/ho-so/{draft.reference}/bo-sung/")

    draft.refresh_from_db()
    assert draft.status == Status.DRAFT
