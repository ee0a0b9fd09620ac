"""The calendar of the vectors, and histories of clocks for the tests of time."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from hypothesis import strategies as st

from motcua.workdays.types import (
    HANOI,
    OFFICE_HOURS,
    ClockDeed,
    ClockEvent,
    ClockRule,
    Hours,
    Method,
    Slot,
    TimeLimit,
    Unit,
    Waiting,
    WorkCalendar,
)

NAMES_2026 = {
    date(2026, 1, 1): "Tết Dương lịch",
    **{date(2026, 2, day): "Tết Nguyên đán" for day in range(16, 21)},
    date(2026, 4, 27): "Giỗ Tổ Hùng Vương",
    date(2026, 4, 30): "Ngày Chiến thắng",
    date(2026, 5, 1): "Ngày Quốc tế Lao động",
    date(2026, 9, 1): "Quốc khánh",
    date(2026, 9, 2): "Quốc khánh",
    date(2026, 11, 24): "Ngày Văn hóa Việt Nam",
}
YEARS = frozenset(range(2026, 2029))
CAL = WorkCalendar(YEARS, frozenset(NAMES_2026), names=NAMES_2026)
QUANG_NGAI = (Slot(time(7), time(11, 30)), Slot(time(13, 30), time(17)))


def at(day: int, month: int, hour: int = 9, minute: int = 0, year: int = 2026) -> datetime:
    """A moment on the office clock, in 2026 if nothing else is said."""
    return datetime(year, month, day, hour, minute, tzinfo=HANOI)


def history(*said: tuple[ClockDeed, datetime]) -> tuple[ClockEvent, ...]:
    """Events without more to them than what and when."""
    return tuple(ClockEvent(deed, moment) for deed, moment in said)


@dataclass(frozen=True)
class Story:
    """A history and the rule its clock runs by."""

    events: tuple[ClockEvent, ...]
    rule: ClockRule


def between(first: datetime, last: datetime) -> st.SearchStrategy[datetime]:
    """Any moment from one to the last second of another's minute, on the office clock."""
    naive = first.replace(tzinfo=None), last.replace(tzinfo=None, second=59)
    return st.datetimes(*naive).map(lambda moment: moment.replace(tzinfo=HANOI))


# Where clocks are got wrong: while the office has its lunch, in the run of days off at Tết, and in
# the last days of a year, whose dates fall into the next.
LUNCH = (time(11, 31), time(13, 29))  # closed by all the hours below
TET = (at(14, 2, 0), at(22, 2, 23, 59))  # nine days, of which the weekends are four
at_lunch = st.builds(
    lambda day, hour: datetime.combine(day, hour, HANOI),
    st.sampled_from([d for n in range(365) if CAL.is_open(d := date(2026, 1, 1) + timedelta(n))]),
    st.times(*LUNCH),
)
in_tet = between(*TET)
around_tet = between(TET[0] - timedelta(days=6), TET[1] + timedelta(days=6))
at_year_end = between(at(29, 12, 0), at(31, 12, 23, 59))
moments = st.one_of(between(at(1, 1, 0), at(31, 12, 23, 59)), at_lunch, around_tet, at_year_end)
some_days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
office_hours = st.sampled_from(
    [
        (Hours(date.min, OFFICE_HOURS),),
        (Hours(date.min, QUANG_NGAI),),
        (Hours(date.min, OFFICE_HOURS), Hours(date(2026, 6, 1), QUANG_NGAI)),
    ]
)
calendars = st.builds(
    lambda off, hours: WorkCalendar(YEARS, CAL.days_off | off, hours=hours),
    st.frozensets(some_days, max_size=15),
    office_hours,
)
limits = st.one_of(
    st.builds(TimeLimit, st.integers(0, 30), st.just(Unit.WORKING_DAY), st.sampled_from(Method)),
    st.builds(TimeLimit, st.integers(0, 80), st.just(Unit.WORKING_HOUR), st.just(Method.HOUR)),
    st.builds(TimeLimit, st.integers(0, 60), st.just(Unit.CALENDAR_DAY), st.just(Method.DAY)),
    st.builds(TimeLimit, st.integers(0, 3), st.just(Unit.MONTH), st.just(Method.DAY)),
)
rules_of_clocks = st.builds(
    ClockRule,
    limits,
    st.sampled_from([Waiting.RESTART, Waiting.PAUSE]),
    st.sampled_from([Waiting.PAUSE, Waiting.RUN]),
)
gaps = st.one_of(
    st.just(timedelta()),
    st.timedeltas(timedelta(), timedelta(hours=12)),
    st.timedeltas(timedelta(), timedelta(days=12)),
)
ANSWER = {
    ClockDeed.ASK_SUPPLEMENT: ClockDeed.SUPPLEMENTED,
    ClockDeed.ASK_PAYMENT: ClockDeed.PAID,
}


@st.composite
def stories(
    draw: st.DrawFn, dates: bool = True, starts: st.SearchStrategy[datetime] = moments
) -> Story:
    """A clock that starts, is stopped and set going again, perhaps given dates, perhaps ended."""
    moment = draw(starts)
    events, asked = [ClockEvent(ClockDeed.START, moment)], set[ClockDeed]()
    for _ in range(draw(st.integers(0, 6))):
        moment += draw(gaps)
        may = [deed for deed in ANSWER if deed not in asked] + [ANSWER[deed] for deed in asked]
        deed = draw(st.sampled_from(sorted([*may, ClockDeed.NEW_DATE] if dates else may)))
        due = moment + draw(gaps) if deed is ClockDeed.NEW_DATE else None
        events.append(ClockEvent(deed, moment, due))
        asked = (asked | {deed} if deed in ANSWER else asked) - {
            question for question, answer in ANSWER.items() if answer is deed
        }
    if draw(st.booleans()):
        events.append(ClockEvent(ClockDeed.FINISH, moment + draw(gaps)))
    return Story(tuple(events), draw(rules_of_clocks))
