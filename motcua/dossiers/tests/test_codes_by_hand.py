"""A code put right by two persons is one of this agency, of a day gone by, and nobody else's."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.rules.asking import code_reasons
from motcua.dossiers.rules.codes import NEW_CODE, OLD_CODE, day_in

CODES = ("H99.31", "000.31.00.H99")
TODAY = date(2026, 11, 20)


def objected(code: str, **more: bool) -> bool:
    told = {"is_taken": False} | more
    return bool(code_reasons(code, "H99.31-261120-0001", CODES, today=TODAY, **told))


@given(st.text(max_size=40))
def test_what_has_not_the_form_of_a_code_is_none(text: str) -> None:
    assert objected(text)


@given(st.from_regex(NEW_CODE, fullmatch=True) | st.from_regex(OLD_CODE, fullmatch=True))
def test_only_a_code_of_this_agency_and_of_a_day_gone_by_may_be_given(code: str) -> None:
    day = day_in(code)
    mine = code.startswith(tuple(f"{each}-" for each in CODES))

    assert objected(code) == (day is None or not mine or day >= TODAY)


@pytest.mark.parametrize(
    ("code", "is_wrong"),
    [
        ("H99.31-261119-0042", False),
        ("000.31.00.H99-261119-0042", False),
        ("000.00.00.H99-261119-0042", True),  # another agency's, in the old form
        ("H99.32-261119-0042", True),
        ("H99.31-261120-0002", True),  # the counter's, when the next dossier is accepted
        ("H99.31-261130-0001", True),
        ("H99.31-261399-0001", True),  # no day
    ],
)
def test_a_code_that_is_not_this_agencys_to_give_by_hand_is_refused(
    code: str, is_wrong: bool
) -> None:
    assert objected(code) == is_wrong
    assert objected(code, is_taken=True)


def test_a_dossier_may_have_its_own_code_of_today_back() -> None:
    assert not objected("H99.31-261120-0002", was_its_own=True)
