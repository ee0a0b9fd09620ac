"""The days of a count: what each of them is, what it counts, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from motcua.workdays.rules.checking import length_text
from motcua.workdays.rules.terms import Term, Way, hours_of
from motcua.workdays.types import (
    ONE_DAY,
    SATURDAY,
    ClockDeed,
    LineKind,
    Pause,
    TimeLimit,
    WorkCalendar,
    at_time,
    local,
)

NOTHING = Fraction(0)
MICROSECOND = timedelta(microseconds=1)
WAITS = {
    ClockDeed.ASK_SUPPLEMENT: "dừng chờ bổ sung hồ sơ",
    ClockDeed.ASK_PAYMENT: "dừng chờ nộp tiền",
}
OWN_DAYS = frozenset({Way.CALENDAR_DAYS, Way.MONTHS})  # rest days count like any other


@dataclass(frozen=True)
class Mark:
    """What one day means for the count."""

    day: date
    kind: LineKind
    counted: Fraction
    text: str


@dataclass(frozen=True)
class Count:
    """A count under way: how, from when, how much of it, until when, and what interrupts it."""

    way: Way
    begin: datetime
    total: Fraction  # nothing, when a date was given and not counted
    stop: datetime
    last: date
    pauses: tuple[tuple[Pause, ClockDeed], ...]


def total_of(laid: Term, way: Way, limit: TimeLimit) -> Fraction:
    """What the lines of a count add up to: days, hours of work, or days of so many months.

    Law: DL-01, DL-02, DL-03, DL-04, DL-05
    """
    if way is Way.HOURS:
        return Fraction(hours_of(limit))
    if way is Way.MONTHS:
        return Fraction((laid.last - laid.begin.date()).days)
    return NOTHING if way is Way.IN_DAY else Fraction(limit.value)


def marks(count: Count, calendar: WorkCalendar) -> Iterator[Mark]:
    """Each day that the count comes through and that has something to say.

    Law: DL-01, DL-02, DL-03, DL-04, DL-05, DL-07, DL-08
    """
    left = count.total
    day = local(count.begin).date()
    if count.way is not Way.HOURS:
        day += ONE_DAY  # the day of the event is not counted
    while day <= count.last:
        if found := _mark(count, day, left, calendar):
            left -= found.counted
            yield found
        day += ONE_DAY


def _mark(count: Count, day: date, left: Fraction, calendar: WorkCalendar) -> Mark | None:
    waiting = _waiting_on(count, day)
    if not waiting and not count.total and count.way is not Way.IN_DAY:
        return None
    is_open = calendar.is_open(day)
    if not is_open and not (left and count.way in OWN_DAYS and not waiting):
        return _rest(day, calendar)
    if count.way is Way.HOURS and count.total:
        return _hours(count, day, waiting, calendar)
    if waiting:
        return Mark(day, LineKind.WAIT, NOTHING, waiting)
    if not left:
        return None
    found = _work(day, calendar) if is_open else _rest(day, calendar)
    text = f"+1 ngày, {found.text}" if found.text else "+1 ngày"
    return Mark(day, found.kind, Fraction(1), text)


def _hours(count: Count, day: date, waiting: str, calendar: WorkCalendar) -> Mark | None:
    worked = _worked_on(day, count.begin, count.stop, calendar)
    for pause, _ in count.pauses:
        worked -= _worked_on(day, pause.start, pause.end, calendar)
    if not worked:
        return Mark(day, LineKind.WAIT, NOTHING, waiting) if waiting else None
    found, length = _work(day, calendar), f"+{length_text(worked)}"
    text = f"{length}, {found.text}" if found.text else length
    return Mark(day, found.kind, Fraction(worked // MICROSECOND, 3_600_000_000), text)


def _waiting_on(count: Count, day: date) -> str:
    """What the clock waits for on `day`."""
    for pause, deed in count.pauses:
        if count.way is Way.HOURS:
            is_met = pause.start <= at_time(day, time.max) and at_time(day, time.min) <= pause.end
        else:
            is_met = local(pause.start).date() < day <= local(pause.end).date()
        if is_met:
            return WAITS[deed]
    return ""


def _worked_on(day: date, start: datetime, end: datetime, calendar: WorkCalendar) -> timedelta:
    """Working time of an open day between two moments."""
    found = timedelta()
    for slot in calendar.slots_on(day):
        first, last = max(start, at_time(day, slot.start)), min(end, at_time(day, slot.end))
        found += max(timedelta(), last - first)
    return found


def _work(day: date, calendar: WorkCalendar) -> Mark:
    if day not in calendar.swapped_in:
        return Mark(day, LineKind.WORK, NOTHING, "")
    name = calendar.names.get(day, "ngày làm bù")
    return Mark(day, LineKind.SWAP, NOTHING, name[:1].lower() + name[1:])


def _rest(day: date, calendar: WorkCalendar) -> Mark:
    name = calendar.names.get(day, "")
    if day in calendar.days_off:
        text = f"nghỉ lễ, {name}" if name else "nghỉ lễ"
        if "nghỉ" in name.lower()[:10]:  # “Nghỉ hoán đổi”, “Ngày nghỉ …”: no holiday
            text = name[:1].lower() + name[1:]
        return Mark(day, LineKind.HOLIDAY, NOTHING, text)
    assert day.weekday() >= SATURDAY
    return Mark(day, LineKind.REST, NOTHING, "nghỉ cuối tuần")
