"""Addresses of a draft after it was sent: Lan is led to her dossier, Thu finds nothing there."""

import pytest
from django.test import Client

from motcua.dossiers.tests.conftest import signed_in
from motcua.dossiers.workflow import Status
from motcua.procedures.queries import terms_of
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier

pytestmark = pytest.mark.django_db
OF_A_DRAFT = [
    "khai/",
    "khai/{page}/",
    "giay-to/{slot}/",
    "truong-hop/",
    "nhan-ket-qua/",
    "kiem-tra/",
]


@pytest.mark.parametrize("place", [*OF_A_DRAFT, "bo-sung/"])
def test_an_old_page_leads_its_owner_to_the_dossier_and_nobody_else(
    cast: Cast, lan: Client, place: str
) -> None:
    sent = a_dossier(cast, Status.SUBMITTED)
    terms = terms_of(sent.procedure_version_id)
    place = place.format(page=terms.form.pages[0].key, slot=terms.slots[0].code)
    here, absent = f"/ho-so/{sent.reference}/", "/ho-so/T-261122-AAAAAAAA/"
    thu = signed_in(cast.thu)

    answer = lan.get(here + place)

    assert (answer.status_code, answer.headers["Location"]) == (302, here)
    foreign, none = thu.get(here + place), thu.get(absent + place)
    assert (foreign.status_code, none.status_code) == (404, 404)
    assert foreign.content == none.content


@pytest.mark.parametrize("place", ["truong-hop/", "nhan-ket-qua/"])
def test_a_choice_made_on_an_old_page_changes_nothing(cast: Cast, lan: Client, place: str) -> None:
    sent = a_dossier(cast, Status.SUBMITTED)

    answer = lan.post(f"/ho-so/{sent.reference}/{place}", {"delivery": "post", "case": "x"})

    assert answer.headers["Location"] == f"/ho-so/{sent.reference}/"
    before = (sent.case, sent.delivery)
    sent.refresh_from_db()
    assert (sent.case, sent.delivery) == before


def test_the_receipt_of_a_draft_leads_to_the_draft(cast: Cast, lan: Client) -> None:
    draft = a_dossier(cast, Status.DRAFT)

    answer = lan.get(f"/ho-so/{draft.reference}/da-nop/", follow=True)

    assert answer.redirect_chain[-1][0] == f"/ho-so/{draft.reference}/khai/"
