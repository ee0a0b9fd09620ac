"""Quân finds a template by what it is for, not by a code in English."""

from motcua.notices import seeds
from motcua.notices.names import NAMES, name_of


def test_every_occasion_has_a_name_of_its_own() -> None:
    assert sorted(set(seeds.PLACES) - set(NAMES)) == []
    assert sorted(set(NAMES) - set(seeds.PLACES)) == []
    assert len(set(NAMES.values())) == len(NAMES)


def test_what_goes_to_people_without_an_account_says_so() -> None:
    code = f"result_ready{seeds.NO_ACCOUNT}"

    assert name_of(code) == "Đã có kết quả (người không có tài khoản)"
