"""The journal tells each look at a dossier once, and none that nobody had."""

import pytest

from motcua.audit.queries import deeds_on, entries_of
from motcua.dossiers.tests.conftest import desk_of, signed_in
from motcua.dossiers.tests.test_desk_pages import press, text_of
from motcua.dossiers.workflow import Status, Step
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier, accepted

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("note", ["", " "])
def test_a_button_pressed_and_refused_is_one_look(cast: Cast, note: str) -> None:
    dossier = a_dossier(cast, Status.EXAMINING)
    before = deeds_on(dossier.reference)

    answer = press(desk_of(cast.mai), dossier, Step.EXAMINE, note=note)

    assert answer.status_code == 422
    assert deeds_on(dossier.reference)[len(before) :] == ["dossier.read"]


def test_a_step_that_the_rules_refuse_is_one_look_too(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    before = deeds_on(dossier.reference)

    answer = press(desk_of(cast.hung), dossier, Step.ACCEPT)

    assert answer.status_code == 422
    assert deeds_on(dossier.reference)[len(before) :] == ["dossier.read"]


def test_an_old_page_shows_the_dossier_as_it_is_now(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    seen = dossier.revision
    accepted(cast, dossier)

    answer = press(desk_of(cast.hung), dossier, Step.ACCEPT, revision=seen)

    assert answer.status_code == 409
    assert 'name="revision" value="2"' in text_of(answer)


def test_the_page_with_the_phone_number_is_a_look_of_its_own_each_time(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.SUBMITTED)
    hung, place = desk_of(cast.hung), f"/can-bo/ho-so/{dossier.reference}/"
    before = deeds_on(dossier.reference)

    for address in (place, place, f"{place}goi-dien/", f"{place}goi-dien/"):
        assert hung.get(address).status_code == 200

    told = [entry.facts["what"] for entry in entries_of(dossier.reference)[len(before) :]]
    assert told == ["page", "call", "call"]


def test_asking_for_the_headers_of_a_result_is_no_download(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.RESULT_READY)
    lan, address = signed_in(cast.lan), f"/ho-so/{dossier.reference}/ket-qua/"
    before = deeds_on(dossier.reference)

    assert lan.head(address).status_code == 200
    assert desk_of(cast.yen).head(f"/can-bo/ho-so/{dossier.reference}/ket-qua/").status_code == 405
    assert deeds_on(dossier.reference) == before
    assert lan.get(address).status_code == 200
    assert deeds_on(dossier.reference)[len(before) :] == ["dossier.download"]
