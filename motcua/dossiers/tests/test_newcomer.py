"""What somebody who never filed before stumbles over: fees, temporary numbers, addresses, defaults."""

from typing import Any

import pytest
from django.test import Client

from motcua.agencies import queries as places
from motcua.core import clock
from motcua.core.errors import NotFound
from motcua.dossiers import jobs
from motcua.dossiers.queries import dossier_page, track
from motcua.dossiers.tests.conftest import desk_of, signed_in
from motcua.dossiers.tests.test_desk_pages import text_of
from motcua.dossiers.web.portal_tasks import groups_of
from motcua.dossiers.workflow import Status, Step
from motcua.notices.seeds import sample_of
from motcua.people.models import Person
from motcua.procedures.forms.printing import filled_paper
from motcua.procedures.forms.rules import check_all, summary
from motcua.procedures.queries import published_terms
from motcua.procedures.rules import fee_text
from motcua.procedures.types import ChannelTerm, Fee
from motcua.testing.answers import valid_answers
from motcua.testing.cast import Cast
from motcua.testing.dossiers import BIRTH, a_dossier

pytestmark = pytest.mark.django_db


def test_an_amount_is_told_with_what_it_is_for() -> None:
    terms = [ChannelTerm(way, fees=(Fee(8000, "mỗi bản sao"),)) for way in ("direct", "online")]

    assert fee_text(terms) == "8.000 đồng (mỗi bản sao)"


def test_lan_and_hung_read_the_fee_on_the_pages_of_the_dossier(cast: Cast) -> None:
    draft, sent = a_dossier(cast, Status.DRAFT), a_dossier(cast, Status.SUBMITTED)
    fee = published_terms(BIRTH).fee_text
    lan = signed_in(cast.lan)

    for client, address in (
        (lan, f"/ho-so/{draft.reference}/kiem-tra/"),
        (lan, f"/ho-so/{sent.reference}/da-nop/"),
        (lan, f"/ho-so/{sent.reference}/"),
        (desk_of(cast.hung), f"/can-bo/ho-so/{sent.reference}/"),
    ):
        shown = text_of(client.get(address))
        assert fee in shown, address
        assert "Phí, lệ phí" in shown


def test_anybody_learns_by_the_temporary_number_how_far_a_dossier_is_and_no_more(
    cast: Cast,
) -> None:
    draft, dossier = a_dossier(cast, Status.DRAFT), a_dossier(cast, Status.ACCEPTED)

    shown = text_of(Client().get("/tra-cuu/", {"ma": dossier.reference.lower()}))

    assert "Đã tiếp nhận" in shown
    assert str(dossier.code) not in shown
    assert cast.lan.full_name not in shown
    with pytest.raises(NotFound):
        track(draft.reference)
    absent = Client().get("/tra-cuu/", {"ma": "T-261122-22222222"})
    hidden = Client().get("/tra-cuu/", {"ma": draft.reference})
    assert (absent.status_code, hidden.status_code) == (404, 404)
    assert text_of(absent).replace("T-261122-22222222", draft.reference) == text_of(hidden)


def test_the_page_of_a_parent_nobody_named_declares_no_nationality() -> None:
    form = published_terms(BIRTH).form
    unnamed: dict[str, Any] = {"cha": {"chaQuocTich": "VN"}}
    named: dict[str, Any] = {"cha": {"chaQuocTich": "VN", "chaHoTen": "Trần Văn Bảo"}}

    def father(answers: dict[str, Any]) -> str:
        shown = [s.rows for s in summary(form, answers) if s.page_key.startswith("cha")]
        paper = [s.groups for s in filled_paper(form, answers) if s.title == "Người cha"]
        return f"{shown}{[line.text for group in paper[0] for line in group]}"

    assert "Việt Nam" not in father(unnamed)
    assert father(named).count("Việt Nam") == 2


def test_a_page_nobody_touched_is_not_called_done(cast: Cast) -> None:
    draft = a_dossier(cast, Status.DRAFT)

    rows = groups_of(dossier_page(cast.lan, draft.reference))[0].tasks

    states = {row.title: row.state for row in rows}
    assert [title for title, state in states.items() if state == "Đã xong"] == []
    assert states["Người mẹ"] == "Không bắt buộc"


@pytest.mark.parametrize(
    ("kind", "number", "wrong"),
    [("1", "12345678", True), ("1", "001190012345", False), ("2", "012345678", False),
     ("2", "12345678", True), ("3", "C1234567", False)],
)  # fmt: skip
def test_the_number_fits_the_kind_of_paper_that_was_chosen(
    cast: Cast, kind: str, number: str, wrong: bool
) -> None:
    form = published_terms(BIRTH).form
    answers = valid_answers(form)
    answers["nyc"] |= {"nycLoaiGiayToTuyThan": kind, "nycSoGiayToTuyThan": number}

    found = check_all(form, answers, today=clock.now().date(), places=places)

    assert any("SoGiayTo" in reason.field for reason in found) is wrong


def test_the_address_lan_declared_reaches_the_desk_whole(cast: Cast) -> None:
    Person.objects.filter(pk=cast.lan.pk).update(commune_code="", province_code="")

    dossier = a_dossier(cast, Status.SUBMITTED)

    assert dossier.applicant["address"] == "Số 1, phố Huế, Phường Ba Đình, Thành phố Hà Nội"


def test_the_letter_about_a_dossier_without_a_code_leads_to_its_temporary_number(
    cast: Cast,
) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)

    told = jobs._told(dossier.moves.get(step=Step.SUBMIT))

    assert told["lookup_link"].endswith(f"/tra-cuu/?ma={dossier.reference}")


def test_the_preview_of_a_letter_shows_the_address_of_this_portal(settings: Any) -> None:
    settings.PORTAL_URL = "https://dvc.songha.example"

    for code in ("dossier_accepted", "dossier_accepted_no_account", "answer_near"):
        links = [text for text in sample_of(code).values() if "://" in text]
        assert links
        assert all(link.startswith(settings.PORTAL_URL) for link in links)
