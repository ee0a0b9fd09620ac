"""The count of a dossier's date, line by line, as anyone can check it with a wall calendar."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from fractions import Fraction

from motcua.workdays.rules.checking import moment_text
from motcua.workdays.rules.days import NOTHING, Count, marks, total_of
from motcua.workdays.rules.ledger import RULE_VERSION, Clock, Stretch, replayed
from motcua.workdays.rules.order import ANSWERS, DEED_NAMES
from motcua.workdays.rules.terms import Way, way_of
from motcua.workdays.types import (
    ONE_DAY,
    ClockDeed,
    ClockEvent,
    ClockRule,
    Line,
    LineKind,
    WorkCalendar,
    local,
)

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
AFTERTHOUGHTS = {
    LineKind.WAIT: ", đồng hồ dừng",
    LineKind.RESUME: ", đồng hồ chạy tiếp",
    LineKind.RUN: ", đồng hồ vẫn chạy",
    LineKind.END: "",
}


def explain(
    events: Sequence[ClockEvent],
    rule: ClockRule,
    calendar: WorkCalendar,
    version: int = RULE_VERSION,
) -> tuple[Line, ...]:
    """The lines of the count. They add up to the limit; the last is the moment that `fold` gives.

    `so_far` begins again where the count does. While the clock stands still there is no date, and
    the last line is what it waits for.

    Law: DL-01, DL-02, DL-03, DL-04, DL-05, DL-06, DL-07, DL-08, DL-15
    """
    clock = replayed(events, rule, calendar, version)
    nexts = [*(stretch.opened for stretch in clock.stretches[1:]), None]
    lines: list[Line] = []
    for stretch, following in zip(clock.stretches, nexts, strict=True):
        lines += _lines(clock, stretch, following)
    if clock.due and not clock.still_since:
        text = f"{_when(clock.due)}: hẹn trả kết quả"
        so_far = lines[-1].so_far
        lines.append(Line(clock.due.date(), LineKind.DUE, text, so_far=so_far, at=clock.due))
    return tuple(lines)


def day_text(day: date) -> str:
    """A day as an explanation names it.

    Law: house rule
    """
    return f"{WEEKDAYS[day.weekday()]} {day:%d/%m/%Y}"


def _lines(clock: Clock, stretch: Stretch, following: ClockEvent | None) -> Iterator[Line]:
    """One stretch of the count: what opened it, its days, and what happened on them."""
    yield _opening_line(clock, stretch)
    happened = [(local(event.at).date(), event, kind) for event, kind in stretch.events]
    so_far, count = NOTHING, _count(clock, stretch, following)
    whole: set[date] = set()  # days that were counted, whatever hour it was when the clock stopped
    for mark in marks(count, clock.calendar):
        while happened and happened[0][0] < mark.day:
            yield _event_line(*happened.pop(0), so_far, whole)
        so_far += mark.counted
        if mark.counted and count.way is not Way.HOURS:
            whole.add(mark.day)
        text = f"{day_text(mark.day)}: {mark.text}"
        yield Line(mark.day, mark.kind, text, mark.counted, so_far)
    for each in happened:
        yield _event_line(*each, so_far, whole)


def _count(clock: Clock, stretch: Stretch, following: ClockEvent | None) -> Count:
    """What was counted in a stretch: until it is due, stands still, or gives way to the next."""
    opened, limit = stretch.opened, clock.rule.limit
    ends = [event.at for event in (following,) if event]
    ends += [at for at in (clock.still_since if not following else None,) if at]
    ends += [stretch.term.due] if stretch.term else []
    stop = local(min(ends, default=opened.at))
    is_renewed = following is not None and following.deed is not ClockDeed.NEW_DATE
    last = stop.date()
    if is_renewed and following and last == local(following.at).date():
        last -= ONE_DAY  # its line says that the count begins again
    way = way_of(limit) if limit else Way.DAYS
    total = NOTHING
    if limit and stretch.first and opened.deed is not ClockDeed.NEW_DATE:
        total = total_of(stretch.first, way, limit)
    begin = stretch.first.begin if stretch.first else local(opened.at)
    return Count(way, begin, total, stop, last, tuple(stretch.pauses))


def _opening_line(clock: Clock, stretch: Stretch) -> Line:
    event = stretch.opened
    at, first = local(event.at), stretch.first
    if event.deed is ClockDeed.NEW_DATE and first:
        text, kind = _given_text(event.due or first.due, first.due), LineKind.NEW_DATE
    elif event.deed is ClockDeed.START:
        text, kind = "tiếp nhận", LineKind.START
    else:
        text, kind = "hồ sơ đã đủ, tính lại từ đầu", LineKind.RESTART
    if first and event.deed is not ClockDeed.NEW_DATE:
        if first.begin > at:
            text += f"; ngoài giờ làm việc, tính từ {_when(first.begin)}"
        if clock.rule.limit and way_of(clock.rule.limit) is not Way.HOURS:
            text += _first_day_text(clock, first.begin)
    if not first:
        text += "; thủ tục không quy định thời hạn"
    return Line(at.date(), kind, f"{_when(at)}: {text}{_added(event)}", at=event.at)


def _given_text(given: datetime, kept: datetime) -> str:
    """The date that somebody gave, and what the calendar made of it since."""
    text = f"hẹn lại đến {_when(given)}"
    return text if local(given) == kept else f"{text}; theo lịch làm việc là {_when(kept)}"


def _first_day_text(clock: Clock, begin: datetime) -> str:
    assert clock.rule.limit
    if way_of(clock.rule.limit) is not Way.IN_DAY:
        return "; ngày này không tính"
    if begin.time() > clock.rule.cutoff:
        return f"; sau {clock.rule.cutoff:%H:%M}, trả vào ngày làm việc kế tiếp"
    return "; trả trong ngày"


def _event_line(
    day: date, event: ClockEvent, kind: LineKind, so_far: Fraction, whole: set[date]
) -> Line:
    does = AFTERTHOUGHTS[kind]
    if kind is LineKind.WAIT:
        if event.deed in ANSWERS:  # something else is awaited
            does = ", đồng hồ vẫn dừng"
        elif day in whole:
            does += ", ngày này vẫn tính"
    text = f"{_when(event.at)}: {DEED_NAMES[event.deed]}{does}{_added(event)}"
    return Line(day, kind, text, so_far=so_far, at=event.at)


def _added(event: ClockEvent) -> str:
    """Why, by which paper, and what the machine's clock said if it was wrong."""
    text = f". Lý do: {event.reason}" if event.reason else ""
    text += f" ({event.ref})" if event.ref else ""
    if event.recorded_at:
        text += f". Đồng hồ máy chủ khi đó lùi về {moment_text(event.recorded_at)}"
    return text


def _when(at: datetime) -> str:
    here = local(at)
    seconds = f":{here:%S}" if here.second else ""
    return f"{here:%H:%M}{seconds} {day_text(here.date())}"
