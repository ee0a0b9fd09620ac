"""Who is let through to a page, and when an unused account is shut: pure rules, whatever the values."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from motcua.people.rules.staying import NEVER_KEPT, gate, idle_step, kept_fields
from motcua.people.types import Gate, IdleStep, IdleTerms, Stay, StayTerms

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TERMS = StayTerms(timedelta(hours=8), timedelta(minutes=15), factor_required=True)
HUNG = Stay(True, NOW, NOW, is_locked=False, password_is_given=False, factor_shown=True)
AGES = st.timedeltas(timedelta(0), timedelta(days=2))
STAYS = st.builds(
    lambda official, began, seen, locked, given_, shown: Stay(
        official, NOW - max(began, seen), NOW - seen, locked, given_, shown
    ),
    st.booleans(), AGES, AGES, st.booleans(), st.booleans(), st.booleans(),
)  # fmt: skip


@given(STAYS)
def test_no_official_passes_after_a_quarter_of_an_hour_a_day_or_without_a_factor(
    stay: Stay,
) -> None:
    if gate(stay, TERMS, NOW) is Gate.OPEN:
        assert NOW - (stay.began_at or NOW) < TERMS.longest
        if stay.is_official:
            assert NOW - (stay.seen_at or NOW) < TERMS.idle
            assert (stay.is_locked, stay.password_is_given, stay.factor_shown) == (
                False, False, True,
            )  # fmt: skip


@given(STAYS)
def test_of_a_citizen_nothing_is_asked_but_to_sign_in_again_in_the_evening(stay: Stay) -> None:
    lan = replace(stay, is_official=False)
    too_long = NOW - (lan.began_at or NOW) >= TERMS.longest

    assert gate(lan, TERMS, NOW) is (Gate.EXPIRED if too_long else Gate.OPEN)


def test_a_lock_opens_only_by_being_opened() -> None:
    assert gate(replace(HUNG, is_locked=True), TERMS, NOW) is Gate.LOCKED
    assert gate(HUNG, TERMS, NOW + timedelta(minutes=15)) is Gate.LOCKED
    assert gate(HUNG, TERMS, NOW + timedelta(minutes=14, seconds=59)) is Gate.OPEN


def test_a_given_password_is_changed_before_a_factor_is_set_up() -> None:
    fresh = replace(HUNG, password_is_given=True, factor_shown=False)

    assert gate(fresh, TERMS, NOW) is Gate.NEW_PASSWORD
    assert gate(replace(fresh, password_is_given=False), TERMS, NOW) is Gate.FACTOR
    assert gate(fresh, replace(TERMS, factor_required=False), NOW) is Gate.OPEN


@given(st.lists(st.tuples(st.sampled_from([*NEVER_KEPT, "note", "do"]), st.text(max_size=40))))
def test_what_is_kept_of_a_form_is_all_of_it_or_nothing_and_never_a_secret(
    typed: list[tuple[str, str]],
) -> None:
    kept, whole = kept_fields(typed, 200)

    assert not {name for name, _ in kept} & {*NEVER_KEPT}
    assert kept == ([pair for pair in typed if pair[0] not in NEVER_KEPT] if whole else [])
    assert sum(len(name) + len(value) for name, value in kept) <= 200


IDLE = IdleTerms(timedelta(days=90), 1, timedelta(days=14))
CITIZENS = IdleTerms(timedelta(days=730), 2, timedelta(days=30))


def story(terms: IdleTerms, days: int) -> list[tuple[int, IdleStep]]:
    """What a look each day does to an account that is never used again."""
    told, told_at = 0, None
    found: list[tuple[int, IdleStep]] = []
    for day in range(days):
        step = idle_step(NOW, told, told_at, terms, NOW + timedelta(days=day))
        if step is not IdleStep.LEAVE:
            found.append((day, step))
        if step is IdleStep.TELL:
            told, told_at = told + 1, NOW + timedelta(days=day)
        if step is IdleStep.SHUT:
            break
    return found


def test_an_official_is_told_two_weeks_before_the_account_is_shut() -> None:
    assert story(IDLE, 200) == [(90, IdleStep.TELL), (104, IdleStep.SHUT)]


def test_a_citizen_is_told_in_each_of_two_months() -> None:
    told = [(730, IdleStep.TELL), (760, IdleStep.TELL), (790, IdleStep.SHUT)]
    assert story(CITIZENS, 900) == told


@given(st.integers(0, 3), st.none() | st.timedeltas(timedelta(0), timedelta(days=900)), AGES)
def test_no_account_is_shut_that_was_used_or_whose_holder_was_not_told_since(
    told: int, ago: timedelta | None, used: timedelta
) -> None:
    told_at = None if ago is None else NOW - ago
    for last in (NOW - used, NOW - timedelta(days=800) - used):
        if idle_step(last, told, told_at, CITIZENS, NOW) is IdleStep.SHUT:
            assert NOW - last >= CITIZENS.unused
            assert told >= CITIZENS.notices
            assert told_at is not None
            assert last < told_at <= NOW - CITIZENS.between
