"""Lan's connection drops and she sends the same thing again: it is there once."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.dossiers.actions.intake import submit_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import signed_in
from motcua.dossiers.workflow import Status, Step
from motcua.procedures.queries import terms_of
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH, a_dossier, a_pdf, attach_all, fill_all

pytestmark = pytest.mark.django_db

START = f"/thu-tuc/{BIRTH}/nop/"


def form_key(browser: Client) -> str:
    """The key of a freshly opened start page."""
    found = re.search(r'name="form_key" value="([^"]+)"', browser.get(START).content.decode())
    assert found is not None
    return found[1]


def begin(browser: Client, cast: Cast, key: str) -> str:
    """Press the start button of the page with this key; where it leads."""
    answer = browser.post(START, {"agency": cast.ward.code, "form_key": key})
    assert answer.status_code == 302
    return str(answer["Location"])


def attach(browser: Client, draft: Dossier, content: bytes) -> None:
    slot = terms_of(draft.procedure_version_id).slots[0].code
    file = SimpleUploadedFile("giay-to.pdf", content, "application/pdf")
    answer = browser.post(f"/ho-so/{draft.reference}/giay-to/{slot}/", {"files": [file]})
    assert answer.status_code == 302


def test_one_start_page_opens_one_draft_however_often_it_is_sent(lan: Client, cast: Cast) -> None:
    key = form_key(lan)

    assert begin(lan, cast, key) == begin(lan, cast, key)
    assert Dossier.objects.count() == 1


def test_the_start_page_opened_anew_opens_another_draft(lan: Client, cast: Cast) -> None:
    assert begin(lan, cast, form_key(lan)) != begin(lan, cast, form_key(lan))


def test_without_a_key_each_sending_is_a_draft_of_its_own(lan: Client, cast: Cast) -> None:
    assert begin(lan, cast, "") != begin(lan, cast, "")


def test_a_page_left_open_serves_for_the_next_dossier_too(lan: Client, cast: Cast) -> None:
    key = form_key(lan)
    first = begin(lan, cast, key)
    dossier = Dossier.objects.get()
    fill_all(cast, dossier)
    attach_all(cast, dossier)
    submit_dossier(citizen=cast.lan, reference=dossier.reference)

    assert begin(lan, cast, key) != first
    assert Dossier.objects.filter(status="draft").count() == 1


def test_thu_gets_nothing_of_lans_with_her_key(lan: Client, cast: Cast) -> None:
    key = form_key(lan)
    hers = begin(lan, cast, key)

    assert begin(signed_in(cast.thu), cast, key) != hers


def test_the_same_file_sent_twice_is_one_paper(lan: Client, draft: Dossier) -> None:
    attach(lan, draft, a_pdf("giấy chứng sinh"))
    attach(lan, draft, a_pdf("giấy chứng sinh"))
    attach(lan, draft, a_pdf("trang hai"))

    assert draft.documents.count() == 2


def twice(browser: Client, address: str, typed: dict[str, str] | None = None) -> list[str]:
    """Press a button twice; where each press leads."""
    answers = [browser.post(address, typed or {}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    return [answer["Location"] for answer in answers]


def hidden_of(page: str, name: str) -> dict[str, str]:
    """The hidden field of this name, as the page sends it."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return {name: found[1]}


def test_a_dossier_withdrawn_twice_is_withdrawn_once(lan: Client, cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)

    assert twice(lan, f"/ho-so/{dossier.reference}/rut/") == [f"/ho-so/{dossier.reference}/"] * 2
    assert dossier.moves.filter(step=Step.WITHDRAW).count() == 1


@pytest.mark.parametrize("status", [Status.DRAFT, Status.RESULT_READY, Status.DELIVERED])
def test_nobody_is_asked_to_withdraw_what_cannot_be(
    lan: Client, cast: Cast, status: Status
) -> None:
    dossier = a_dossier(cast, status)
    address = f"/ho-so/{dossier.reference}/rut/"

    asked, pressed = lan.get(address), lan.post(address)

    assert (asked.status_code, asked["Location"]) == (302, f"/ho-so/{dossier.reference}/")
    assert pressed.status_code == 422
    assert "muốn rút hồ sơ này" not in pressed.content.decode()


def test_a_paper_taken_out_twice_is_taken_out_once(lan: Client, draft: Dossier) -> None:
    attach(lan, draft, a_pdf("giấy chứng sinh"))
    attach(lan, draft, a_pdf("trang hai"))
    paper, other = draft.documents.all()
    place = f"/ho-so/{draft.reference}/giay-to/{paper.slot}/"

    typed = hidden_of(lan.get(place).content.decode(), "slot")
    assert twice(lan, f"/ho-so/{draft.reference}/tep/{paper.pk}/xoa/", typed) == [place] * 2

    assert list(draft.documents.all()) == [other]
    assert lan.get(place).content.decode().count("Đã xóa tệp.") == 1


def test_a_draft_thrown_away_twice_is_thrown_away_once(lan: Client, draft: Dossier) -> None:
    page = lan.get(f"/ho-so/{draft.reference}/khai/").content.decode()
    address = f"/ho-so/{draft.reference}/bo-nhap/"

    assert twice(lan, address, hidden_of(page, "seen")) == ["/ho-so/"] * 2

    assert not Dossier.objects.exists()
    assert lan.post(address).status_code == 404  # an address that nobody was shown
