"""The deadline ledger, story by story: waits, new dates, ends, and what cannot have happened."""

from datetime import UTC, datetime, timedelta

import pytest

from motcua.core.errors import Refused
from motcua.workdays.rules import RULE_VERSION, due_at, event_reasons, fold, steadied
from motcua.workdays.tests.ground import CAL, at, history
from motcua.workdays.types import (
    ClockDeed,
    ClockEvent,
    ClockRule,
    DueChange,
    Ledger,
    Method,
    Pause,
    TimeLimit,
    Unit,
    Waiting,
    WorkCalendar,
)

D = ClockDeed
TEN = ClockRule(TimeLimit(10))
TEN_PAUSED = ClockRule(TimeLimit(10), Waiting.PAUSE)
HOURS = ClockRule(TimeLimit(16, Unit.WORKING_HOUR, Method.HOUR), Waiting.PAUSE)
LONG = WorkCalendar(frozenset({2028, 2029}))
STARTED = ClockEvent(D.START, at(9, 11))


def test_a_ledger_says_by_which_rules_and_which_calendar_it_was_made() -> None:
    edition = WorkCalendar(CAL.years, CAL.days_off, number=7)

    ledger = fold([STARTED], TEN, edition)

    assert (ledger.rule_version, ledger.calendar_number) == (RULE_VERSION, 7)


def test_a_supplement_leaves_a_change_with_its_reason_and_its_slip() -> None:
    full = ClockEvent(D.SUPPLEMENTED, at(16, 11), reason="Đã nộp giấy chứng sinh", ref="02/2026")
    ledger = fold([STARTED, ClockEvent(D.ASK_SUPPLEMENT, at(11, 11)), full], TEN, CAL)

    assert ledger.changes == (
        DueChange(
            at(16, 11), at(23, 11, 17, 30), at(1, 12, 17, 30), "Đã nộp giấy chứng sinh", "02/2026"
        ),
    )
    assert ledger.waiting_since is None
    assert ledger.waited == timedelta(hours=24)  # from Wednesday 9:00 to Monday 9:00


def test_a_pause_of_a_limit_in_hours_is_measured_in_working_time() -> None:
    events = history(
        (D.START, at(9, 11)), (D.ASK_SUPPLEMENT, at(9, 11, 16)), (D.SUPPLEMENTED, at(10, 11, 8))
    )

    assert fold(events, HOURS, CAL).due_at == at(11, 11, 11)  # 1.5 h + 0.5 h later than 9:00
    assert due_at(
        at(9, 11), TimeLimit(16, Unit.WORKING_HOUR), CAL, [Pause(at(9, 11, 16), at(10, 11, 8))]
    ) == at(11, 11, 11)


def test_calendar_days_and_months_are_given_back_day_for_day() -> None:
    pause = [Pause(at(11, 11), at(15, 11))]

    assert due_at(at(9, 11), TimeLimit(7, Unit.CALENDAR_DAY), CAL, pause) == at(20, 11, 17, 30)
    assert due_at(at(9, 11), TimeLimit(1, Unit.MONTH), CAL, pause) == at(14, 12, 17, 30)


def test_waiting_for_money_stops_the_clock_or_does_not_as_the_procedure_says() -> None:
    events = history((D.START, at(9, 11)), (D.ASK_PAYMENT, at(11, 11)), (D.PAID, at(13, 11)))
    running = ClockRule(TimeLimit(10), on_payment=Waiting.RUN)

    assert fold(events, TEN, CAL).due_at == at(26, 11, 17, 30)
    assert fold(events, running, CAL).due_at == at(23, 11, 17, 30)
    assert fold(events[:2], TEN, CAL).due_at is None
    assert fold(events[:2], running, CAL).due_at == at(23, 11, 17, 30)
    assert fold(events[:2], running, CAL).waiting_since is None


def test_papers_and_money_awaited_at_once_stop_the_clock_once() -> None:
    events = history(
        (D.START, at(9, 11)),
        (D.ASK_PAYMENT, at(10, 11)),
        (D.ASK_SUPPLEMENT, at(11, 11)),
        (D.PAID, at(12, 11)),
        (D.SUPPLEMENTED, at(16, 11)),
    )

    assert fold(events[:4], TEN_PAUSED, CAL).waiting_since == at(10, 11)
    assert fold(events, TEN_PAUSED, CAL).due_at == due_at(
        at(9, 11), TimeLimit(10), CAL, [Pause(at(10, 11), at(16, 11))]
    )


def test_full_papers_start_a_fresh_count_that_still_waits_for_the_money() -> None:
    events = history(
        (D.START, at(9, 11)),
        (D.ASK_PAYMENT, at(10, 11)),
        (D.ASK_SUPPLEMENT, at(11, 11)),
        (D.SUPPLEMENTED, at(16, 11)),
        (D.PAID, at(18, 11)),
    )

    assert fold(events[:4], TEN, CAL).due_at is None
    assert fold(events, TEN, CAL).due_at == due_at(
        at(16, 11), TimeLimit(10), CAL, [Pause(at(16, 11), at(18, 11))]
    )


def test_a_new_date_holds_and_the_first_one_stays_on_record() -> None:
    letter = ClockEvent(D.NEW_DATE, at(20, 11), at(4, 12, 17, 30), "Chờ xác minh", "04/2026")
    ledger = fold([STARTED, letter], TEN, CAL)

    assert ledger.original_due_at == at(23, 11, 17, 30)
    assert ledger.due_at == at(4, 12, 17, 30)
    assert ledger.changes[0].ref == "04/2026"


def test_after_a_new_date_a_pause_is_added_to_the_new_date() -> None:
    events = [
        STARTED,
        ClockEvent(D.NEW_DATE, at(20, 11), at(4, 12, 17, 30)),
        ClockEvent(D.ASK_SUPPLEMENT, at(30, 11)),
        ClockEvent(D.SUPPLEMENTED, at(2, 12)),
    ]

    assert fold(events, TEN_PAUSED, CAL).due_at == at(8, 12, 17, 30)
    assert fold(events, TEN, CAL).due_at == at(16, 12, 17, 30)  # a restart counts all ten days


def test_a_date_given_while_papers_are_awaited_is_moved_by_the_rest_of_the_wait() -> None:
    events = [
        STARTED,
        ClockEvent(D.ASK_SUPPLEMENT, at(10, 11)),
        ClockEvent(D.NEW_DATE, at(12, 11), at(27, 11, 17, 30)),
        ClockEvent(D.SUPPLEMENTED, at(16, 11)),
    ]

    ledger = fold(events, TEN_PAUSED, CAL)

    assert fold(events[:3], TEN_PAUSED, CAL).due_at is None
    assert fold(events[:3], TEN_PAUSED, CAL).waiting_since == at(10, 11)
    assert ledger.due_at == at(1, 12, 17, 30)
    assert [(change.old, change.new) for change in ledger.changes] == [
        (at(23, 11, 17, 30), at(27, 11, 17, 30)),
        (at(27, 11, 17, 30), at(1, 12, 17, 30)),
    ]


def test_a_promised_day_that_became_a_holiday_moves_to_the_next_working_day() -> None:
    events = [STARTED, ClockEvent(D.NEW_DATE, at(20, 11), at(24, 11, 10))]

    assert fold(events, TEN, CAL).due_at == at(25, 11, 17, 30)


def test_a_pause_after_the_limit_has_run_out_gives_nothing_back() -> None:
    events = history(
        (D.START, at(9, 11)), (D.ASK_SUPPLEMENT, at(26, 11)), (D.SUPPLEMENTED, at(3, 12))
    )

    ledger = fold(events, TEN_PAUSED, CAL)

    assert ledger.due_at == at(23, 11, 17, 30)
    assert ledger.changes == ()


def test_papers_handed_in_on_the_last_day_leave_the_office_the_rest_of_that_day() -> None:
    asked = ((D.START, at(9, 11)), (D.ASK_SUPPLEMENT, at(23, 11)))

    in_time = history(*asked, (D.SUPPLEMENTED, at(26, 11)))
    at_night = history(*asked, (D.SUPPLEMENTED, at(26, 11, 20)))

    assert fold(in_time, TEN_PAUSED, CAL).due_at == at(26, 11, 17, 30)
    assert fold(at_night, TEN_PAUSED, CAL).due_at == at(27, 11, 17, 30)


def test_a_result_signed_while_money_is_awaited_is_measured_against_what_was_left() -> None:
    events = history((D.START, at(9, 11)), (D.ASK_PAYMENT, at(11, 11)), (D.FINISH, at(13, 11)))

    ledger = fold(events, TEN, CAL)

    assert ledger.due_at == at(26, 11, 17, 30)
    assert ledger.waiting_since is None


def test_a_dossier_opened_again_has_the_date_it_was_given() -> None:
    events = [
        *history((D.START, at(9, 11)), (D.FINISH, at(13, 11)), (D.CLOSE, at(16, 11))),
        ClockEvent(D.NEW_DATE, at(17, 11), at(25, 11, 17, 30)),
    ]

    assert fold(events, TEN, CAL).due_at == at(25, 11, 17, 30)


def test_a_procedure_without_a_limit_has_a_ledger_without_a_date() -> None:
    events = history(
        (D.START, at(9, 11)), (D.ASK_SUPPLEMENT, at(11, 11)), (D.SUPPLEMENTED, at(12, 11))
    )
    endless = ClockRule(None)

    assert fold(events, endless, CAL) == Ledger(
        waited=timedelta(hours=8), rule_version=RULE_VERSION
    )
    promised = (*events, ClockEvent(D.NEW_DATE, at(13, 11), at(20, 11, 17, 30)))
    assert fold(promised, endless, CAL).due_at == at(20, 11, 17, 30)
    assert fold(promised, endless, CAL).original_due_at == at(20, 11, 17, 30)


WRONG = {
    "not_started": (1, history((D.ASK_SUPPLEMENT, at(9, 11)))),
    "started_twice": (2, history((D.START, at(9, 11)), (D.START, at(10, 11)))),
    "out_of_order": (2, history((D.START, at(9, 11)), (D.FINISH, at(8, 11)))),
    "pause_ends_before_start": (
        3,
        history((D.START, at(9, 11)), (D.ASK_PAYMENT, at(11, 11)), (D.PAID, at(11, 11, 8))),
    ),
    "not_asked": (2, history((D.START, at(9, 11)), (D.SUPPLEMENTED, at(10, 11)))),
    "asked_twice": (
        3,
        history((D.START, at(9, 11)), (D.ASK_PAYMENT, at(9, 11)), (D.ASK_PAYMENT, at(9, 11))),
    ),
    "ended": (
        3,
        history((D.START, at(9, 11)), (D.FINISH, at(10, 11)), (D.ASK_PAYMENT, at(11, 11))),
    ),
    "date_missing": (2, history((D.START, at(9, 11)), (D.NEW_DATE, at(10, 11)))),
    "date_gone_by": (2, (STARTED, ClockEvent(D.NEW_DATE, at(20, 11), at(19, 11)))),
    "no_time_zone": (1, history((D.START, datetime(2026, 11, 9, 9)))),
}


@pytest.mark.parametrize(("number", "events"), WRONG.values(), ids=WRONG)
def test_what_cannot_have_happened_is_refused_with_the_event_that_is_wrong(
    number: int, events: tuple[ClockEvent, ...], request: pytest.FixtureRequest
) -> None:
    [reason] = event_reasons(events)

    assert reason.code == request.node.callspec.id
    assert reason.field == f"events.{number}"
    assert f"Sự kiện thứ {number} (" in reason.text
    with pytest.raises(Refused):
        fold(events, TEN, CAL)


def test_an_event_written_down_when_the_clock_was_set_back_counts_at_its_predecessor() -> None:
    events = history(
        (D.START, at(9, 11)), (D.ASK_SUPPLEMENT, at(11, 11)), (D.SUPPLEMENTED, at(11, 11, 7))
    )

    steady = steadied(events)

    assert steady[2].at == at(11, 11)
    assert steady[2].recorded_at == at(11, 11, 7)
    assert fold(steady, TEN_PAUSED, CAL).due_at == at(23, 11, 17, 30)
    assert steadied(events[:2]) == events[:2]


@pytest.mark.parametrize("limit", [TimeLimit(8, ""), TimeLimit(-1), TimeLimit(3, method="QUICK")])
def test_a_limit_without_a_unit_or_below_nothing_is_refused(limit: TimeLimit) -> None:
    with pytest.raises(Refused, match=r"Thời hạn|cách tính"):
        fold([STARTED], ClockRule(limit), CAL)
    with pytest.raises(Refused):
        due_at(at(9, 11), limit, CAL)


def test_the_last_second_of_the_year_counts_from_the_first_morning_of_the_next() -> None:
    last = datetime(2026, 12, 31, 23, 59, 59, tzinfo=at(1, 1).tzinfo)
    ordinary = WorkCalendar(CAL.years, CAL.days_off | {at(1, 1, year=2027).date()})

    hours = ClockRule(TimeLimit(8, Unit.WORKING_HOUR, Method.HOUR))
    assert fold([ClockEvent(D.START, last)], hours, ordinary).due_at == at(4, 1, 17, 30, 2027)
    assert fold([ClockEvent(D.START, last)], ClockRule(TimeLimit(1)), ordinary).due_at == at(
        5, 1, 17, 30, 2027
    )


def test_the_night_belongs_to_the_next_working_day_on_either_side_of_midnight() -> None:
    before = datetime(2026, 11, 19, 16, 59, 59, tzinfo=UTC)  # 23:59:59 on Thursday in Hà Nội
    after = datetime(2026, 11, 19, 17, 0, 0, tzinfo=UTC)

    assert due_at(before, TimeLimit(1), CAL) == at(23, 11, 17, 30)
    assert due_at(after, TimeLimit(1), CAL) == at(23, 11, 17, 30)


def test_a_month_from_the_end_of_january_ends_on_the_leap_day() -> None:
    assert due_at(at(31, 1, year=2028), TimeLimit(1, Unit.MONTH), CAL) == at(29, 2, 17, 30, 2028)
    assert due_at(at(29, 2, year=2028), TimeLimit(12, Unit.MONTH), LONG) == at(28, 2, 17, 30, 2029)
