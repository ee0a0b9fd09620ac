"""The vectors of requirements 6.5, each by its name, through the rule and through the ledger."""

from datetime import datetime

import pytest

from bench.by_hand import due_by_hand
from motcua.workdays import rules
from motcua.workdays.tests.ground import CAL, at, history
from motcua.workdays.types import (
    ClockDeed,
    ClockEvent,
    ClockRule,
    Method,
    Pause,
    TimeLimit,
    Unit,
    Waiting,
)

HOURS_8 = TimeLimit(8, Unit.WORKING_HOUR, Method.HOUR)
VECTORS = {
    "V1": (at(20, 11, 16), HOURS_8, at(23, 11, 16)),
    "V2": (at(21, 11, 9), HOURS_8, at(23, 11, 17, 30)),
    "V3": (at(22, 11, 23, 10), HOURS_8, at(23, 11, 17, 30)),
    "V4": (at(23, 11, 12, 15), HOURS_8, at(25, 11, 11, 30)),
    "V5": (at(23, 11, 15, 30), HOURS_8, at(25, 11, 15, 30)),
    "V6": (at(20, 11), TimeLimit(3), at(26, 11, 17, 30)),
    "V7": (at(23, 11), TimeLimit(3), at(27, 11, 17, 30)),
    "V8": (at(23, 11), TimeLimit(5), at(1, 12, 17, 30)),
    "V9": (at(23, 11), TimeLimit(15), at(15, 12, 17, 30)),
    "V10": (at(13, 2), TimeLimit(5), at(27, 2, 17, 30)),
    "V11": (at(24, 4), TimeLimit(3), at(4, 5, 17, 30)),
    "V12": (at(28, 8), TimeLimit(5), at(8, 9, 17, 30)),
    "V13": (at(9, 11), TimeLimit(10), at(23, 11, 17, 30)),
}
TEN_DAYS = TimeLimit(10)
SUPPLEMENT = history(
    (ClockDeed.START, at(9, 11)),
    (ClockDeed.ASK_SUPPLEMENT, at(11, 11)),
    (ClockDeed.SUPPLEMENTED, at(16, 11)),
)


@pytest.mark.parametrize(("start", "limit", "due"), VECTORS.values(), ids=VECTORS)
def test_the_vectors_of_the_requirements(start: datetime, limit: TimeLimit, due: datetime) -> None:
    started = history((ClockDeed.START, start))
    ledger = rules.fold(started, ClockRule(limit), CAL)

    assert rules.due_at(start, limit, CAL) == due
    assert (ledger.original_due_at, ledger.due_at) == (due, due)
    assert rules.explain(started, ClockRule(limit), CAL)[-1].at == due
    assert due_by_hand(start, limit, CAL) == due


def test_v13_while_papers_are_awaited_there_is_no_date_but_the_original_one() -> None:
    ledger = rules.fold(SUPPLEMENT[:2], ClockRule(TEN_DAYS), CAL)

    assert ledger.original_due_at == at(23, 11, 17, 30)
    assert ledger.due_at is None
    assert ledger.waiting_since == at(11, 11)


def test_v14_full_papers_begin_the_count_again() -> None:
    ledger = rules.fold(SUPPLEMENT, ClockRule(TEN_DAYS, Waiting.RESTART), CAL)

    assert ledger.due_at == rules.due_at(at(16, 11), TEN_DAYS, CAL) == at(1, 12, 17, 30)
    assert ledger.original_due_at == at(23, 11, 17, 30)


def test_v15_a_pause_adds_the_working_days_it_swallowed() -> None:
    ledger = rules.fold(SUPPLEMENT, ClockRule(TEN_DAYS, Waiting.PAUSE), CAL)
    pause = Pause(at(11, 11), at(16, 11))

    assert ledger.due_at == rules.due_at(at(9, 11), TEN_DAYS, CAL, [pause]) == at(27, 11, 17, 30)
    assert due_by_hand(at(9, 11), TEN_DAYS, CAL, pause) == at(27, 11, 17, 30)


def test_v17_after_three_in_the_afternoon_papers_are_handed_over_next_morning() -> None:
    assert rules.transfer_by(at(23, 11, 15, 20), CAL) == at(25, 11, 7, 30)
    assert rules.transfer_by(at(23, 11, 15, 0), CAL) == at(23, 11, 17, 30)


def test_v16_a_letter_in_time_moves_the_promise_and_not_what_judges_the_result() -> None:
    due, promise = at(27, 11, 17, 30), at(4, 12, 17, 30)
    letter = ClockEvent(ClockDeed.NEW_DATE, at(26, 11, 17, 30), promise)
    opened_again = ClockEvent(ClockDeed.NEW_DATE, at(4, 12), at(11, 12, 17, 30))
    story = (*history((ClockDeed.START, at(20, 11))), letter)
    finished = (*story, *history((ClockDeed.FINISH, at(3, 12))), opened_again)

    for events in (story, finished):
        ledger = rules.fold(events, ClockRule(TimeLimit(4)), CAL)
        assert (ledger.original_due_at, ledger.legal_due_at) == (due, due)
    assert rules.fold(story, ClockRule(TimeLimit(4)), CAL).due_at == promise


def test_without_a_limit_the_first_promise_judges_the_result() -> None:
    first, second = at(27, 11, 17, 30), at(4, 12, 17, 30)
    promised = (
        *history((ClockDeed.START, at(20, 11))),
        ClockEvent(ClockDeed.NEW_DATE, at(20, 11), first),
        ClockEvent(ClockDeed.NEW_DATE, at(23, 11), second),
    )
    ledger = rules.fold(promised, ClockRule(None), CAL)

    assert (ledger.due_at, ledger.legal_due_at) == (second, first)
