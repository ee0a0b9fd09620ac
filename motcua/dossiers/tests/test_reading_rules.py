"""Who reads for their work and who is asked why; how much is too much; who hears of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.actors import Role
from motcua.dossiers.rules.reading import (
    DUTY,
    Limits,
    Seat,
    Standing,
    Tally,
    beyond,
    is_theirs,
    reason_objections,
    who_hears,
)
from motcua.dossiers.workflow import CLOSED, NEXT_TASK, Status

LIMITS = Limits(opened_hour=60, opened_day=250, listed_hour=2000, listed_day=8000)
EVERYWHERE = st.sampled_from(Status)


@pytest.mark.parametrize(("status", "role"), [(s, r) for s, (_, r) in NEXT_TASK.items()])
def test_whoever_has_the_next_task_is_never_asked_why(status: Status, role: Role) -> None:
    assert is_theirs(Seat(role), Standing(status))


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.DESK_OFFICER, Status.EXAMINING),
        (Role.DESK_OFFICER, Status.DELIVERED),
        (Role.APPROVER, Status.SUBMITTED),
        (Role.APPROVER, Status.DELIVERED),
        (Role.REGISTRAR, Status.EXAMINING),
    ],
)
def test_whoever_sees_the_whole_agency_is_asked_where_it_is_not_their_turn(
    role: Role, status: Status
) -> None:
    assert not is_theirs(Seat(role), Standing(status))


@given(EVERYWHERE, st.booleans(), st.sampled_from([Role.CASE_OFFICER, Role.UNIT_HEAD]))
def test_what_is_assigned_to_one_or_lies_with_ones_unit_is_ones_own(
    status: Status, near: bool, role: Role
) -> None:
    assert is_theirs(Seat(role), Standing(status, near))


@given(EVERYWHERE, st.sampled_from(sorted(DUTY)))
def test_a_guest_is_let_in_for_what_was_asked(status: Status, role: Role) -> None:
    assert is_theirs(Seat(role, is_guest=True), Standing(status))


@given(st.sampled_from([s for s in Status if s not in CLOSED]))
def test_what_is_late_is_the_work_of_the_desk_and_of_who_signs(status: Status) -> None:
    late = Standing(status, is_near=True)

    assert is_theirs(Seat(Role.DESK_OFFICER), late)
    assert is_theirs(Seat(Role.APPROVER), late)


def test_a_dossier_that_is_over_is_late_for_nobody() -> None:
    assert not is_theirs(Seat(Role.APPROVER), Standing(Status.DELIVERED, is_near=True))


@pytest.mark.parametrize(
    ("why", "note", "code"),
    [
        ("", "", "why_missing"),
        ("curious", "", "why_missing"),
        ("other", "", "why_unsaid"),
        ("leading", "n" * 501, "why_long"),
    ],
)
def test_a_reason_is_one_of_the_list_and_other_says_which(why: str, note: str, code: str) -> None:
    assert [each.code for each in reason_objections(why, note)] == [code]


@pytest.mark.parametrize(("why", "note"), [("leading", ""), ("other", "Bà Lan gọi điện hỏi.")])
def test_a_reason_that_says_enough_is_taken(why: str, note: str) -> None:
    assert reason_objections(why, note) == []


@given(
    st.integers(0, 60), st.integers(0, 250), st.integers(0, 2000), st.integers(0, 8000)
)  # fmt: skip
def test_a_days_work_raises_no_alarm(hour: int, day: int, names: int, all_names: int) -> None:
    assert beyond(Tally(hour, day, names, all_names), LIMITS) == ""


@pytest.mark.parametrize(
    ("tally", "said"),
    [
        (Tally(61, 61), "61 hồ sơ được mở trong một giờ, mức thường là 60"),
        (Tally(1, 251), "251 hồ sơ được mở trong một ngày, mức thường là 250"),
        (
            Tally(0, 0, 2001, 2001),
            "2001 lượt tên hiện trong danh sách trong một giờ, mức thường là",
        ),
        (Tally(0, 0, 1, 8001), "8001 lượt tên hiện trong danh sách trong một ngày, mức thường là"),
    ],
)
def test_one_more_than_the_limit_is_too_much_and_says_which(tally: Tally, said: str) -> None:
    assert beyond(tally, LIMITS).startswith(said)


def test_the_head_hears_else_the_leaders_else_the_keepers_and_nobody_of_themselves() -> None:
    assert who_hears(7, heads=[3], leaders=[4], keepers=[5]) == [3]
    assert who_hears(3, heads=[3], leaders=[4], keepers=[5]) == [4]
    assert who_hears(4, heads=[], leaders=[4], keepers=[5, 6]) == [5, 6]
    assert who_hears(4, heads=[], leaders=[4], keepers=[4]) == []
