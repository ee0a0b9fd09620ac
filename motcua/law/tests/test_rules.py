"""Which profile holds on which day, and what a keeper may type into one."""

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.law import rules, words
from motcua.law.models import LegalProfile
from motcua.law.seeds import PROFILES
from motcua.law.types import LIMIT_KEYS, CodeFormat, FormSet, Level, Profile, Stage
from motcua.workdays.types import Waiting

ND61, ND118 = (
    LegalProfile(pk=number, version=1, **seed).profile for number, seed in enumerate(PROFILES, 1)
)
DAYS = st.dates(date(2019, 1, 1), date(2032, 1, 1))


def typed(**changes: str) -> dict[str, str]:
    return rules.typed_of(ND118) | changes


@given(DAYS)
def test_until_june_2025_the_old_law_holds_and_from_july_the_new_one(day: date) -> None:
    found = rules.in_force([ND118, ND61], day)

    assert found is (ND61 if day < date(2025, 7, 1) else ND118)


def test_before_any_law_there_is_none_rather_than_the_oldest() -> None:
    assert rules.in_force([ND61, ND118], date(2018, 1, 1)) is None


@pytest.mark.parametrize(
    ("code", "own"),
    [("H99.31", True), ("H99.31.05", True), ("H99.310", False), ("H99", False), ("", False)],
)
def test_an_agency_with_a_profile_of_its_own_and_those_below_it_work_by_that(
    code: str, own: bool
) -> None:
    wards = replace(ND118, id=3, version=2, agency_codes=("H99.31",))

    assert rules.in_force([ND118, wards], date(2026, 11, 22), code) is (wards if own else ND118)


@given(st.lists(DAYS, min_size=1, max_size=6), DAYS)
def test_the_version_that_began_last_holds_and_its_last_day_says_so(
    starts: list[date], day: date
) -> None:
    versions = [
        replace(ND118, id=n, version=n, valid_from=start) for n, start in enumerate(starts, 1)
    ]
    until = rules.last_days(versions)

    found = rules.in_force(versions, day)

    holding = [v for v in versions if v.valid_from <= day <= (until[v.id] or date.max)]
    assert holding == ([found] if found else [])


def test_the_seeds_say_what_the_law_says() -> None:
    assert (ND61.form_set, ND61.code_format) == (FormSet.TT01_2018, CodeFormat.OLD_IDENTIFIER)
    assert (ND118.form_set, ND118.code_format) == (FormSet.TT03_2025, CodeFormat.IDENTIFIER)
    assert Level.DISTRICT in ND61.levels
    assert Level.DISTRICT not in ND118.levels
    assert ND118.reappointment_max == 1
    assert ND118.on_supplement is Waiting.RESTART
    assert ND118.limits.transfer_cutoff_time == time(15, 0)
    assert ND118.limits.supplement_wait_days is None
    assert ND118.asking_at(Stage.ENTRY).most == 1
    assert ND118.asking_at(Stage.SECTOR).most is None
    assert ND61.basis_of("stop_notice") == ""
    assert ND118.filing_place("1.004884").is_here
    assert {each.key for each in words.LIMITS} == {*LIMIT_KEYS}


def test_a_form_filled_from_a_version_says_that_version_again() -> None:
    for profile, seed in ((ND61, PROFILES[0]), (ND118, PROFILES[1])):
        content, reasons = rules.content_of(rules.typed_of(profile))

        assert reasons == []
        assert content == seed["content"]


def test_what_a_version_changes_is_told_line_by_line() -> None:
    after = replace(ND118, limits=replace(ND118.limits, supplement_wait_days=30))

    assert rules.differences(ND118, ND118) == []
    assert rules.differences(ND118, after) == [
        ("Chờ người dân bổ sung, quá thì dừng giải quyết", "không ấn định", "30 ngày làm việc")
    ]


@pytest.mark.parametrize("key", [each.key for each in words.LIMITS])
@pytest.mark.parametrize("text", ["", "-1", "1.5", "tám", "999999999999", "９", "1e3", "25:00"])
def test_a_limit_that_is_no_sensible_number_is_refused_with_its_name(key: str, text: str) -> None:
    _, reasons = rules.content_of(typed(**{key: text}))

    if not (key == "supplement_wait_days" and not text):
        assert [reason.field for reason in reasons] == [key]
        label = next(each.label for each in words.LIMITS if each.key == key)
        assert reasons[0].text.startswith(f"{label}: mời nhập")


@given(st.dictionaries(st.sampled_from(sorted(rules.typed_of(ND118))), st.text(max_size=30)))
def test_whatever_is_typed_becomes_a_version_or_a_sentence(changes: dict[str, str]) -> None:
    content, reasons = rules.content_of(typed(**changes))

    if not reasons:
        row = LegalProfile(pk=9, code="ND118", version=2, name="x", content=content)
        assert isinstance(row.profile, Profile)


def test_agencies_are_named_by_their_identifiers() -> None:
    assert rules.agency_codes(" H99.32, H99.31;H99.31 ") == (["H99.31", "H99.32"], [])
    assert rules.agency_codes("") == ([], [])
    assert rules.agency_codes("phường Mỹ Phước")[1][0].field == "agency_codes"
