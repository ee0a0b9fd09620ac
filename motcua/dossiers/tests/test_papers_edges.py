"""Papers of the desk at their edges: days and parts that are none, visits called off, who received."""

import pytest

from motcua.dossiers import return_paper
from motcua.dossiers.slips.forms import Heading, SlipKind
from motcua.dossiers.slips.samples import sample_of
from motcua.dossiers.tests.conftest import desk_of
from motcua.dossiers.tests.test_papers import day_page
from motcua.dossiers.workflow import Status, Step
from motcua.law.types import FormSet
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier

pytestmark = pytest.mark.django_db
SAMPLE = sample_of(FormSet.TT03_2025, SlipKind.RETURN_RECEIPT)


@pytest.mark.parametrize(
    "rest", ["9999-12-31/1/1/", "0001-01-01/1/1/", "2026-11-22/1/99999999999999999999/", "x/1/1/"]
)
def test_a_day_or_a_part_that_is_none_is_not_found(cast: Cast, rest: str) -> None:
    assert desk_of(cast.yen).get(day_page() + rest).status_code == 404


def test_a_day_of_another_age_is_refused_in_words(cast: Cast) -> None:
    typed = {"day-day": "31", "day-month": "12", "day-year": "9999"}

    answer = desk_of(cast.yen).get(day_page(), typed)

    assert (answer.status_code, "Ngày chưa đúng" in answer.content.decode()) == (422, True)


def test_who_has_only_the_name_of_the_filer_gets_none_of_their_numbers(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.DELIVERED)
    move = dossier.moves.get(step=Step.DELIVER)
    move.facts |= {"receiver": cast.lan.full_name, "receiver_identity": "001099000001"}
    move.save()

    assert isinstance(SAMPLE.heading, Heading)
    paper = return_paper.return_receipt(move, SAMPLE.heading)

    assert (paper.receiver_phone, paper.receiver_identity_no) == ("", "001099000001")
