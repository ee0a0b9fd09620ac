"""`due_at --received MOMENT --limit 8h|3wd|10cd|2m …`: the date of a result, line by line if asked.

It stands in this app, not with the calendar, because a unit's hours are found by the unit's code.
"""

import re
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError

from motcua.agencies.queries import whose_hours
from motcua.core.errors import NotFound, Reason, Refused, refuse_if
from motcua.workdays import rules
from motcua.workdays.queries import work_calendar
from motcua.workdays.types import (
    HANOI,
    ClockDeed,
    ClockEvent,
    ClockRule,
    Line,
    Method,
    Pause,
    TimeLimit,
    Unit,
    Waiting,
    WorkCalendar,
    at_time,
    local,
)

BAD_INPUT = 2
UNITS = {
    "h": Unit.WORKING_HOUR,
    "wd": Unit.WORKING_DAY,
    "cd": Unit.CALENDAR_DAY,
    "m": Unit.MONTH,
}
LIMIT = re.compile(r"(\d{1,9})([a-z]*)", re.ASCII | re.IGNORECASE)
HOW_MOMENTS = "viết NĂM-THÁNG-NGÀY hoặc NĂM-THÁNG-NGÀYTGIỜ:PHÚT, ví dụ 2026-11-20T16:00"
HOW_LIMITS = "viết 8h (giờ làm việc), 3wd (ngày làm việc), 10cd (ngày theo lịch) hoặc 2m (tháng)"


class Command(BaseCommand):
    """Count a date on the calendar in force."""

    help = "Tính ngày hẹn trả kết quả; --explain in từng ngày của phép tính."

    def add_arguments(self, parser: ArgumentParser) -> None:
        # argparse would complain in English.
        parser.error = self._not_understood  # type: ignore[method-assign]
        parser.add_argument("--received", help=f"lúc tiếp nhận: {HOW_MOMENTS}")
        parser.add_argument("--limit", help=f"thời hạn: {HOW_LIMITS}")
        parser.add_argument("--method", help=f"cách tính: {', '.join(Method)}")
        parser.add_argument("--pause", action="append", default=[], metavar="FROM..TO",
                            help="đồng hồ dừng sau ngày FROM đến hết ngày TO, hoặc giữa hai thời điểm")  # fmt: skip
        parser.add_argument("--restart", metavar="AT", help="hồ sơ đủ lúc AT, tính lại từ đầu")
        parser.add_argument("--unit", help="giờ làm việc của cơ quan hoặc đơn vị, ví dụ H99.31/MC")
        parser.add_argument("--explain", action="store_true", help="in từng dòng của phép tính")

    def _not_understood(self, message: str) -> NoReturn:
        self.stderr.write(f"Không hiểu dòng lệnh ({message}). Xem: bin/manage due_at --help")
        raise SystemExit(BAD_INPUT)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            for line in _told(options):
                self.stdout.write(line)
        except Refused as no:
            raise CommandError(str(no), returncode=BAD_INPUT) from no


@dataclass(frozen=True)
class _Moment:
    """What was typed: a moment, or a day only."""

    day: date
    at: datetime | None

    def opening(self, calendar: WorkCalendar) -> datetime:
        """What happened on a day without an hour happened when the offices opened."""
        is_open = calendar.is_open(self.day)
        return self.at or at_time(self.day, calendar.opening_on(self.day) if is_open else time.min)

    def closing(self, calendar: WorkCalendar) -> datetime:
        """A pause of whole days begins and ends when the offices close."""
        is_open = calendar.is_open(self.day)
        return self.at or at_time(self.day, calendar.closing_on(self.day) if is_open else time.max)


def _told(options: dict[str, Any]) -> Iterator[str]:
    received = _moment(options["received"], "received")
    restarts = [_moment(word, "restart") for word in (options["restart"],) if word is not None]
    limit = _limit(options["limit"], options["method"])
    typed = [_pause(word) for word in options["pause"]]
    calendar = _calendar(options["unit"])
    pauses = [Pause(start.closing(calendar), end.closing(calendar)) for start, end in typed]
    restart = restarts[0].opening(calendar) if restarts else None
    events = _events(received.opening(calendar), pauses, restart)
    rule = ClockRule(limit, on_supplement=Waiting.RESTART if restart else Waiting.PAUSE)
    due = rules.fold(events, rule, calendar).due_at
    assert due
    is_even = not due.second and not due.microsecond
    yield due.isoformat(timespec="minutes" if is_even else "seconds")
    if options["explain"]:
        for line in rules.explain(events, rule, calendar):
            yield f"  {line.text}{_so_far(line, limit)}"


def _events(
    received: datetime, pauses: Sequence[Pause], restart: datetime | None
) -> list[ClockEvent]:
    """Beside a restart, which is a wait for papers, the pauses are waits for money."""
    refuse_if(_before_reception(received, pauses, restart))
    asked, answered = ClockDeed.ASK_SUPPLEMENT, ClockDeed.SUPPLEMENTED
    later: list[ClockEvent] = []
    if restart:
        later = [ClockEvent(asked, restart), ClockEvent(answered, restart)]
        asked, answered = ClockDeed.ASK_PAYMENT, ClockDeed.PAID
    for pause in rules.merged(pauses):
        later += [ClockEvent(asked, pause.start), ClockEvent(answered, pause.end)]
    later.sort(key=lambda event: event.at)
    return [ClockEvent(ClockDeed.START, received), *later]


def _before_reception(
    received: datetime, pauses: Sequence[Pause], restart: datetime | None
) -> Iterator[Reason]:
    named = [(f"Khoảng dừng thứ {n}", pause.start) for n, pause in enumerate(pauses, 1)]
    named += [("Lúc hồ sơ đủ (--restart)", restart)] if restart else []
    for name, at in named:
        if at < received:
            early, start = rules.moment_text(at), rules.moment_text(received)
            yield Reason("before_reception", f"{name}, {early}, sớm hơn lúc tiếp nhận, {start}.")


def _calendar(code: str | None) -> WorkCalendar:
    if code is None:
        return work_calendar()
    try:
        agency_id, unit_id = whose_hours(code)
    except NotFound:
        text = f"Không có cơ quan hay đơn vị nào mã {code}. Xem mã trong trang quản trị."
        raise Refused([Reason("unit_unknown", text, "unit")]) from None
    return work_calendar(agency_id=agency_id, unit_id=unit_id)


def _limit(word: str | None, method: str | None) -> TimeLimit:
    in_day = (method or "").upper() == Method.IN_DAY
    if word is None and not in_day:
        raise _wrong("limit", f"Thiếu --limit: {HOW_LIMITS}.")
    found = LIMIT.fullmatch((word or "0wd").strip())
    if found is None:
        raise _wrong("limit", f"Không đọc được thời hạn “{word}”: {HOW_LIMITS}.")
    if found[2].lower() not in UNITS:
        what = f"không có đơn vị “{found[2]}”" if found[2] else "chưa có đơn vị"
        raise _wrong("limit", f"Thời hạn “{word}” {what}: {HOW_LIMITS}.")
    unit = UNITS[found[2].lower()]
    usual = Method.HOUR if unit is Unit.WORKING_HOUR else Method.DAY
    limit = TimeLimit(int(found[1]), unit, (method or usual).upper())
    refuse_if(rules.limit_reasons(limit) or rules.method_reasons(limit))
    return limit


def _moment(word: str | None, option: str) -> _Moment:
    if word is None:
        raise _wrong(option, f"Thiếu --{option}: {HOW_MOMENTS}.")
    try:
        day = date.fromisoformat(word.strip())
        return _Moment(day, None)
    except ValueError:
        pass
    try:
        at = datetime.fromisoformat(word.strip())
        at = at.replace(tzinfo=HANOI) if at.tzinfo is None else local(at)
    except (ValueError, OverflowError):
        text = f"Không đọc được thời điểm “{word}” của --{option}: {HOW_MOMENTS}."
        raise _wrong(option, text) from None
    return _Moment(at.date(), at)


def _pause(word: str) -> tuple[_Moment, _Moment]:
    start, dots, end = word.partition("..")
    if not dots:
        text = f"Không đọc được khoảng dừng “{word}”: viết TỪ..ĐẾN, ví dụ 2026-11-11..2026-11-16."
        raise _wrong("pause", text)
    return _moment(start, "pause"), _moment(end, "pause")


def _wrong(option: str, text: str) -> Refused:
    return Refused([Reason("unreadable", text, option)])


def _so_far(line: Line, limit: TimeLimit) -> str:
    """The sum up to a line that counts."""
    if not line.counted:
        return ""
    in_hours = limit.unit == Unit.WORKING_HOUR or limit.method in (Method.HOUR, Method.DAY_AS_8H)
    if in_hours:
        return (
            f" (cộng {rules.length_text(timedelta(microseconds=int(line.so_far * 3_600_000_000)))})"
        )
    return f" (cộng {line.so_far} ngày)"
