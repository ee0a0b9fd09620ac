"""Hùng looks for a dossier: by code, by a name typed without marks, by identity number; J and K; the control sheet."""

import pypdfium2 as pdfium
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.audit.queries import entries_of
from motcua.dossiers import desk_queries
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_desk_pages import right
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier

pytestmark = pytest.mark.django_db


@pytest.fixture
def hung(cast: Cast) -> Client:
    return desk_of(cast.hung)


def test_a_code_opens_its_dossier(cast: Cast, hung: Client) -> None:
    dossier = a_dossier(cast, Status.ACCEPTED)

    found = hung.get("/can-bo/tim/", {"q": f" {str(dossier.code).lower()} "})

    assert found["Location"] == f"/can-bo/ho-so/{dossier.code}/"
    assert hung.get(found["Location"]).status_code == 200


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.EXAMINING, Status.DELIVERED])
@pytest.mark.parametrize("typed", ["full", "folded", "part", "identity"])
def test_a_name_or_identity_number_finds_open_and_closed_dossiers(
    cast: Cast, hung: Client, status: Status, typed: str
) -> None:
    dossier = a_dossier(cast, status)
    text = {
        "full": dossier.applicant_name,
        "folded": dossier.applicant_folded.upper(),
        "part": dossier.applicant_folded[3:-2],
        "identity": dossier.applicant["national_id"],
    }[typed]

    page = hung.get("/can-bo/tim/", {"q": text}).content.decode()

    assert (dossier.code or dossier.reference) in page


def test_what_another_agency_holds_is_not_found(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)

    page = desk_of(cast.sau).get("/can-bo/tim/", {"q": dossier.applicant_name})

    assert dossier.reference not in page.content.decode()
    assert "Không có hồ sơ nào khớp" in page.content.decode()


def test_a_draft_is_nobodys_to_find(cast: Cast, hung: Client) -> None:
    draft = a_dossier(cast, Status.DRAFT)

    assert draft.reference not in hung.get("/can-bo/tim/", {"q": "lan"}).content.decode()


@pytest.mark.parametrize("text", ["", " ", "l", "x" * 201, "\x00", "%"])
def test_a_search_that_says_too_little_is_told_what_to_type(hung: Client, text: str) -> None:
    page = hung.get("/can-bo/tim/", {"q": text})

    assert page.status_code == 200
    assert "Mời anh/chị nhập vào ô tìm" in page.content.decode()


def test_a_percent_sign_is_a_letter_and_not_a_wildcard(cast: Cast, hung: Client) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)

    assert dossier.reference not in hung.get("/can-bo/tim/", {"q": "%%"}).content.decode()


def test_a_name_that_too_many_bear_is_looked_for_in_a_part(
    cast: Cast, hung: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_queries, "LOOKED_AT", 2)
    monkeypatch.setattr(desk_queries, "SHOWN", 1)
    for _ in range(3):
        a_dossier(cast, Status.SUBMITTED)

    page = hung.get("/can-bo/tim/", {"q": cast.lan.full_name}).content.decode()

    assert "1 hồ sơ mới nhất; còn hồ sơ khác cũng khớp. Quá nhiều người trùng tên" in page


def test_more_found_asks_the_database_no_more_often(cast: Cast, hung: Client) -> None:
    a_dossier(cast, Status.SUBMITTED)
    here = "/can-bo/tim/?q=" + cast.lan.full_name
    hung.get(here)
    with CaptureQueriesContext(connection) as few:
        hung.get(here)
    for _ in range(3):
        a_dossier(cast, Status.SUBMITTED)
    with CaptureQueriesContext(connection) as many:
        hung.get(here)

    assert len(many) == len(few)


def test_j_and_k_lead_through_the_list_one_came_from(cast: Cast, hung: Client) -> None:
    first, second, third = (a_dossier(cast, Status.SUBMITTED) for _ in range(3))
    hung.get("/can-bo/danh-sach/cho-tiep-nhan/")

    page = hung.get(f"/can-bo/ho-so/{second.reference}/").content.decode()

    assert f'rel="next" href="/can-bo/ho-so/{third.reference}/"' in page
    assert f'rel="prev" href="/can-bo/ho-so/{first.reference}/"' in page


def test_after_a_step_the_next_is_the_most_urgent_left_in_the_list(
    cast: Cast, hung: Client
) -> None:
    first, second = (a_dossier(cast, Status.SUBMITTED) for _ in range(2))
    hung.get("/can-bo/danh-sach/cho-tiep-nhan/")

    page = hung.post(
        f"/can-bo/ho-so/{second.reference}/buoc/accept/",
        {"revision": "1", **right(second)},
        follow=True,
    ).content.decode()

    assert f'rel="next" href="/can-bo/ho-so/{first.reference}/"' in page
    assert 'rel="prev"' not in page


def test_the_control_sheet_names_every_hand_and_printing_it_is_journalled(
    cast: Cast, hung: Client
) -> None:
    dossier = a_dossier(cast, Status.DELIVERED)

    sheet = hung.get(f"/can-bo/ho-so/{dossier.reference}/phieu-kiem-soat/")

    assert sheet["Content-Type"] == "application/pdf"
    document = pdfium.PdfDocument(sheet.content)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    for move in dossier.moves.all():
        assert move.by in text
    assert "PHIẾU KIỂM SOÁT" in text
    last = list(entries_of(dossier.reference))[-1]
    assert (last.deed, last.facts["what"]) == ("dossier.read", "control")


def test_the_control_sheet_of_another_agency_is_not_found(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.DELIVERED)

    answer = desk_of(cast.sau).get(f"/can-bo/ho-so/{dossier.reference}/phieu-kiem-soat/")

    assert answer.status_code == 404
