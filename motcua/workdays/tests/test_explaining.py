"""The count in words: every day that matters has its line."""

from datetime import date

from motcua.workdays.rules import explain
from motcua.workdays.tests.ground import CAL, at, history
from motcua.workdays.types import (
    ClockDeed,
    ClockEvent,
    ClockRule,
    Line,
    LineKind,
    Method,
    TimeLimit,
    Unit,
    Waiting,
    WorkCalendar,
)

D = ClockDeed
HOURS_8 = TimeLimit(8, Unit.WORKING_HOUR, Method.HOUR)


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines]


def test_hours_over_a_holiday_with_its_name() -> None:
    lines = explain(history((D.START, at(23, 11, 12, 15))), ClockRule(HOURS_8), CAL)

    assert texts(lines) == [
        "12:15 thứ Hai 23/11/2026: tiếp nhận; ngoài giờ làm việc, tính từ 13:30 thứ Hai 23/11/2026",
        "thứ Hai 23/11/2026: +4 giờ",
        "thứ Ba 24/11/2026: nghỉ lễ, Ngày Văn hóa Việt Nam",
        "thứ Tư 25/11/2026: +4 giờ",
        "11:30 thứ Tư 25/11/2026: hẹn trả kết quả",
    ]
    assert [line.so_far for line in lines] == [0, 4, 4, 8, 8]


def test_a_restart_says_that_it_counts_again() -> None:
    events = [
        ClockEvent(D.START, at(19, 11)),
        ClockEvent(D.ASK_SUPPLEMENT, at(20, 11), reason="Thiếu giấy chứng sinh", ref="02-15"),
        ClockEvent(D.SUPPLEMENTED, at(25, 11)),
    ]

    lines = explain(events, ClockRule(TimeLimit(2)), CAL)

    assert texts(lines) == [
        "09:00 thứ Năm 19/11/2026: tiếp nhận; ngày này không tính",
        "thứ Sáu 20/11/2026: +1 ngày",
        "09:00 thứ Sáu 20/11/2026: yêu cầu bổ sung, đồng hồ dừng, ngày này vẫn tính."
        " Lý do: Thiếu giấy chứng sinh (02-15)",
        "thứ Bảy 21/11/2026: nghỉ cuối tuần",
        "Chủ nhật 22/11/2026: nghỉ cuối tuần",
        "thứ Hai 23/11/2026: dừng chờ bổ sung hồ sơ",
        "thứ Ba 24/11/2026: nghỉ lễ, Ngày Văn hóa Việt Nam",
        "09:00 thứ Tư 25/11/2026: hồ sơ đã đủ, tính lại từ đầu; ngày này không tính",
        "thứ Năm 26/11/2026: +1 ngày",
        "thứ Sáu 27/11/2026: +1 ngày",
        "17:30 thứ Sáu 27/11/2026: hẹn trả kết quả",
    ]


def test_while_the_clock_stands_still_the_last_line_says_what_it_waits_for() -> None:
    events = history((D.START, at(9, 11)), (D.ASK_PAYMENT, at(10, 11, 14)))

    lines = explain(events, ClockRule(TimeLimit(10)), CAL)

    assert texts(lines)[1:] == [
        "thứ Ba 10/11/2026: +1 ngày",
        "14:00 thứ Ba 10/11/2026: yêu cầu nộp tiền, đồng hồ dừng, ngày này vẫn tính",
    ]
    assert lines[-1].kind is LineKind.WAIT


def test_a_date_that_was_given_is_told_as_given_and_as_the_calendar_keeps_it() -> None:
    events = [
        ClockEvent(D.START, at(19, 11)),
        ClockEvent(D.NEW_DATE, at(20, 11), due=at(24, 11, 16), reason="Chờ xác minh"),
    ]

    lines = explain(events, ClockRule(TimeLimit(2)), CAL)

    assert (
        "09:00 thứ Sáu 20/11/2026: hẹn lại đến 16:00 thứ Ba 24/11/2026;"
        " theo lịch làm việc là 17:30 thứ Tư 25/11/2026. Lý do: Chờ xác minh"
    ) in texts(lines)


def test_one_of_two_answers_leaves_the_clock_standing() -> None:
    events = history(
        (D.START, at(9, 11)),
        (D.ASK_PAYMENT, at(10, 11)),
        (D.ASK_SUPPLEMENT, at(10, 11, 10)),
        (D.PAID, at(11, 11)),
        (D.SUPPLEMENTED, at(12, 11)),
    )

    lines = explain(events, ClockRule(TimeLimit(2), Waiting.PAUSE), CAL)

    assert texts(lines)[4:8] == [
        "thứ Tư 11/11/2026: dừng chờ nộp tiền",
        "09:00 thứ Tư 11/11/2026: đã nộp tiền, đồng hồ vẫn dừng",
        "thứ Năm 12/11/2026: dừng chờ bổ sung hồ sơ",
        "09:00 thứ Năm 12/11/2026: đã bổ sung, đồng hồ chạy tiếp",
    ]


def test_money_that_does_not_stop_the_clock_is_told_so() -> None:
    events = history((D.START, at(9, 11)), (D.ASK_PAYMENT, at(9, 11, 14)), (D.PAID, at(10, 11)))

    lines = explain(events, ClockRule(TimeLimit(1), on_payment=Waiting.RUN), CAL)

    assert texts(lines)[1:] == [
        "14:00 thứ Hai 09/11/2026: yêu cầu nộp tiền, đồng hồ vẫn chạy",
        "thứ Ba 10/11/2026: +1 ngày",
        "09:00 thứ Ba 10/11/2026: đã nộp tiền, đồng hồ vẫn chạy",
        "17:30 thứ Ba 10/11/2026: hẹn trả kết quả",
    ]


def test_calendar_days_count_rest_days_and_end_on_a_working_one() -> None:
    lines = explain(history((D.START, at(19, 11))), ClockRule(TimeLimit(2, Unit.CALENDAR_DAY)), CAL)

    assert texts(lines)[1:] == [
        "thứ Sáu 20/11/2026: +1 ngày",
        "thứ Bảy 21/11/2026: +1 ngày, nghỉ cuối tuần",
        "Chủ nhật 22/11/2026: nghỉ cuối tuần",
        "17:30 thứ Hai 23/11/2026: hẹn trả kết quả",
    ]


def test_in_the_day_after_three_says_why_it_is_tomorrow() -> None:
    limit = TimeLimit(0, Unit.WORKING_DAY, Method.IN_DAY)

    assert texts(explain(history((D.START, at(23, 11, 15, 20))), ClockRule(limit), CAL)) == [
        "15:20 thứ Hai 23/11/2026: tiếp nhận; sau 15:00, trả vào ngày làm việc kế tiếp",
        "thứ Ba 24/11/2026: nghỉ lễ, Ngày Văn hóa Việt Nam",
        "17:30 thứ Tư 25/11/2026: hẹn trả kết quả",
    ]
    today = explain(history((D.START, at(23, 11, 15))), ClockRule(limit), CAL)
    assert texts(today)[0].endswith("tiếp nhận; trả trong ngày")


def test_swapped_days_are_told_by_their_names() -> None:
    names = {
        date(2026, 8, 22): "Làm bù cho ngày 31/08/2026",
        date(2026, 8, 31): "Nghỉ hoán đổi (làm bù ngày 22/08/2026)",
    }
    calendar = WorkCalendar(
        CAL.years,
        CAL.days_off | {date(2026, 8, 31)},
        frozenset({date(2026, 8, 22)}),
        names={**CAL.names, **names},
    )

    worked = explain(history((D.START, at(21, 8))), ClockRule(TimeLimit(1)), calendar)
    rested = explain(history((D.START, at(28, 8))), ClockRule(TimeLimit(1)), calendar)

    assert worked[1].text == "thứ Bảy 22/08/2026: +1 ngày, làm bù cho ngày 31/08/2026"
    assert worked[1].kind is LineKind.SWAP
    assert "thứ Hai 31/08/2026: nghỉ hoán đổi (làm bù ngày 22/08/2026)" in texts(rested)


def test_a_new_date_and_a_clock_set_back_are_told() -> None:
    events = [
        ClockEvent(D.START, at(9, 11)),
        ClockEvent(D.NEW_DATE, at(10, 11), at(13, 11, 17, 30), "Chờ xác minh", "mẫu 04"),
        ClockEvent(D.FINISH, at(12, 11), recorded_at=at(12, 11, 7)),
    ]

    lines = explain(events, ClockRule(TimeLimit(3)), CAL)

    assert texts(lines)[1:] == [
        "thứ Ba 10/11/2026: +1 ngày",
        "09:00 thứ Ba 10/11/2026: hẹn lại đến 17:30 thứ Sáu 13/11/2026."
        " Lý do: Chờ xác minh (mẫu 04)",
        "09:00 thứ Năm 12/11/2026: ký kết quả. Đồng hồ máy chủ khi đó lùi về 07:00 12/11/2026",
        "17:30 thứ Sáu 13/11/2026: hẹn trả kết quả",
    ]


def test_a_procedure_without_a_limit_says_so() -> None:
    events = history((D.START, at(9, 11)), (D.FINISH, at(12, 11)))

    assert texts(explain(events, ClockRule(None), CAL)) == [
        "09:00 thứ Hai 09/11/2026: tiếp nhận; thủ tục không quy định thời hạn",
        "09:00 thứ Năm 12/11/2026: ký kết quả",
    ]
