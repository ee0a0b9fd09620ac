"""Linking as a rule: whoever signs in, no two persons become one without a keeper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.people.parties import Identity, Known, Link, LinkKind, PartyKind
from motcua.people.rules.linking import WHY, level_too_low, link, may_use_password

LAN, THU = "079190000001", "079192000002"
OLD = "023456789"  # a CMND


def lan(**told: object) -> Identity:
    facts: dict[str, object] = {
        "service": "vneid", "tech_id": "t-lan", "kind": PartyKind.PERSON, "level": 2,
        "name": "Nguyễn Thị Lan", "numbers": (LAN, OLD),
    }  # fmt: skip
    return Identity(**facts | told)  # type: ignore[arg-type]


def known(number: str = LAN, **told: object) -> Known:
    facts: dict[str, object] = {
        "person_id": 1, "number": number, "name": "Nguyễn Thị Lan", "kind": PartyKind.PERSON,
    }  # fmt: skip
    return Known(**facts | told)  # type: ignore[arg-type]


def test_a_tech_id_that_is_known_opens_its_account() -> None:
    assert link(lan(), known(), [known()]) == Link(LinkKind.KNOWN, 1)


def test_a_number_that_is_known_gets_the_tech_id() -> None:
    assert link(lan(), None, [known()]) == Link(LinkKind.ATTACH, 1)


def test_an_old_number_is_found_where_the_personal_one_is_not() -> None:
    assert link(lan(), None, [known(OLD)]) == Link(LinkKind.ATTACH, 1)


def test_somebody_new_gets_an_account() -> None:
    assert link(lan(), None, []) == Link(LinkKind.NEW)


def test_nobody_without_a_number_gets_in() -> None:
    assert link(lan(numbers=()), None, []).kind is LinkKind.REFUSED


CONFLICTS = [
    ("tech_id_of_another", known(THU), []),
    ("tech_id_of_another", known(OLD), [known(LAN, person_id=2)]),
    ("numbers_of_two", None, [known(LAN), known(OLD, person_id=2)]),
    ("number_has_tech_id", None, [known(tech_id="another")]),
    ("another_kind", None, [known(kind=PartyKind.ENTERPRISE)]),
    ("another_name", None, [known(name="Lê Thị Thu")]),
]


@pytest.mark.parametrize(("why", "holder", "matches"), CONFLICTS)
def test_two_persons_are_never_merged_by_a_machine(
    why: str, holder: Known | None, matches: list[Known]
) -> None:
    found = link(lan(), holder, matches)

    assert (found.kind, found.why) == (LinkKind.CONFLICT, why)
    assert why in WHY


def test_a_house_may_be_renamed_a_person_may_only_be_written_otherwise() -> None:
    house = lan(kind=PartyKind.ENTERPRISE, numbers=("2800000001",), name="Công ty Mới")
    before = known("2800000001", kind=PartyKind.ENTERPRISE, name="Công ty Cũ")

    assert link(house, None, [before]).kind is LinkKind.ATTACH
    assert link(lan(name="NGUYỄN  THỊ LAN"), None, [known()]).kind is LinkKind.ATTACH


def test_a_shut_account_stays_shut() -> None:
    assert link(lan(), known(is_active=False), []).kind is LinkKind.REFUSED
    assert link(lan(), None, [known(is_active=False)]).kind is LinkKind.REFUSED


numbers = st.sampled_from([LAN, THU, OLD, "2800000001"])
persons = st.builds(
    Known,
    person_id=st.integers(1, 4),
    number=numbers,
    name=st.sampled_from(["Nguyễn Thị Lan", "Lê Thị Thu"]),
    kind=st.sampled_from(PartyKind),
    tech_id=st.sampled_from(["", "t-lan", "t-thu"]),
    is_active=st.booleans(),
)
identities = st.builds(
    Identity,
    service=st.just("vneid"),
    tech_id=st.sampled_from(["t-lan", "t-thu"]),
    kind=st.sampled_from(PartyKind),
    level=st.sampled_from([1, 2]),
    name=st.sampled_from(["Nguyễn Thị Lan", "Lê Thị Thu"]),
    numbers=st.lists(numbers, max_size=2, unique=True).map(tuple),
)


@given(identities, st.none() | persons, st.lists(persons, max_size=3))
def test_whoever_gets_in_holds_the_tech_id_or_one_of_the_numbers(
    identity: Identity, holder: Known | None, matches: list[Known]
) -> None:
    matches = [each for each in matches if each.number in identity.numbers]

    found = link(identity, holder, matches)

    if found.kind is LinkKind.KNOWN:
        assert holder is not None
        assert found.person_id == holder.person_id
        assert holder.number in identity.numbers or not identity.numbers
        assert holder.is_active
    if found.kind is LinkKind.ATTACH:
        one = next(each for each in matches if each.person_id == found.person_id)
        assert holder is None
        assert not one.tech_id
        assert one.is_active
        assert {each.person_id for each in matches} == {found.person_id}
    if found.kind is LinkKind.NEW:
        assert holder is None
        assert matches == []


@given(identities, st.none() | persons, st.lists(persons, max_size=3))
def test_the_judgement_does_not_depend_on_whom_else_the_list_names_twice(
    identity: Identity, holder: Known | None, matches: list[Known]
) -> None:
    matches = [each for each in matches if each.number in identity.numbers]

    assert link(identity, holder, matches) == link(identity, holder, [*matches, *matches])


def test_the_level_that_is_asked_is_enough_and_less_is_not() -> None:
    assert not level_too_low(2, 2)
    assert not level_too_low(2, 1)
    assert level_too_low(1, 2)


def test_a_password_opens_an_officials_account_and_a_citizens_only_where_allowed() -> None:
    assert may_use_password(is_official=True, is_citizen=True, allowed=False)
    assert may_use_password(is_official=False, is_citizen=True, allowed=True)
    assert not may_use_password(is_official=False, is_citizen=True, allowed=False)
