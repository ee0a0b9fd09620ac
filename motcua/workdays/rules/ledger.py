"""A dossier's clock as a ledger: its events, folded over the calendar, give its date."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from motcua.core.errors import refuse_if
from motcua.workdays.rules.counting import closing, counted_from, open_day_from, working_time_left
from motcua.workdays.rules.order import ENDS, event_reasons
from motcua.workdays.rules.terms import Term, prolonged, term
from motcua.workdays.types import (
    ClockDeed,
    ClockEvent,
    ClockRule,
    DueChange,
    Ledger,
    LineKind,
    Pause,
    Waiting,
    WorkCalendar,
    local,
)

# A rule that would give any dossier another date gets the next number. 2: a given date keeps its day
# where the offices close earlier than it says. The older ones stay here: dates counted by them are
# counted again by them (`KEPT_ON`).
RULE_VERSION = 2
RULE_VERSIONS = (1, RULE_VERSION)


def fold(
    events: Sequence[ClockEvent],
    rule: ClockRule,
    calendar: WorkCalendar,
    version: int = RULE_VERSION,
) -> Ledger:
    """What the events of a dossier, in their order, make of its date, by a version of the rules.

    Law: DL-01, DL-02, DL-03, DL-04, DL-05, DL-06, DL-07, DL-08, DL-11, DL-15
    """
    clock = legal = replayed(events, rule, calendar, version)
    if any(event.deed is ClockDeed.NEW_DATE for event in events):
        legal = replayed(legal_events(events, rule), rule, calendar, version)
    return Ledger(
        original_due_at=clock.original_due_at,
        legal_due_at=None if legal.still_since else legal.due,
        due_at=None if clock.still_since else clock.due,
        changes=tuple(clock.changes),
        waiting_since=clock.waiting_since,
        waited=clock.waited,
        rule_version=version,
        calendar_number=calendar.number,
    )


def legal_events(events: Iterable[ClockEvent], rule: ClockRule) -> tuple[ClockEvent, ...]:
    """The events that say by when the law wanted the result: no date that officials gave later.

    Papers that made the count begin again do. Where the law sets no limit, the first date that was
    promised stands for it. What follows the end (a dossier opened again) changes nothing any more.

    Law: DL-07, DL-11
    """
    kept: list[ClockEvent] = []
    has_date = rule.limit is not None
    for event in events:
        if event.deed is ClockDeed.NEW_DATE:
            if has_date:
                continue
            has_date = True
        elif event.deed is ClockDeed.SUPPLEMENTED and rule.on_supplement is Waiting.RESTART:
            has_date = rule.limit is not None
        kept.append(event)
        if event.deed in ENDS:
            break
    return tuple(kept)


def steadied(events: Iterable[ClockEvent]) -> tuple[ClockEvent, ...]:
    """The events as they followed each other, none of them before its predecessor.

    When the machine's clock is set back, what follows would seem to come first. The order in which
    things were written down is the truth: such an event counts at the moment of the one before it,
    and keeps what the clock showed in `recorded_at`.

    Law: DL-15
    """
    found: list[ClockEvent] = []
    for event in events:
        if found and event.at < found[-1].at:
            found.append(replace(event, at=found[-1].at, recorded_at=event.at))
        else:
            found.append(event)
    return tuple(found)


@dataclass(slots=True)
class Stretch:
    """The count from one fresh start to the next, or from a date that was given."""

    opened: ClockEvent
    first: Term | None  # as it was laid on the calendar when the stretch began
    term: Term | None  # after all its pauses
    pauses: list[tuple[Pause, ClockDeed]] = field(default_factory=list)
    events: list[tuple[ClockEvent, LineKind]] = field(default_factory=list)


@dataclass(slots=True)
class Clock:
    """A dossier's clock while its events are replayed."""

    rule: ClockRule
    calendar: WorkCalendar
    version: int = RULE_VERSION
    stretches: list[Stretch] = field(default_factory=list)
    original_due_at: datetime | None = None
    changes: list[DueChange] = field(default_factory=list)
    stopped_by: list[ClockDeed] = field(default_factory=list)
    waiting_since: datetime | None = None
    still_since: datetime | None = None  # since then nothing has been given back
    waited: timedelta = field(default=timedelta())
    due_before: datetime | None = None  # when it was stopped

    @property
    def due(self) -> datetime | None:
        """The date as it stands, not looking at whether the clock runs."""
        last = self.stretches[-1].term if self.stretches else None
        return last.due if last else None

    def open(self, event: ClockEvent, found: Term | None) -> None:
        """Begin to count afresh."""
        self.stretches.append(Stretch(event, found, found))
        if self.original_due_at is None and found:
            self.original_due_at = found.due

    def lay(self, event: ClockEvent) -> None:
        """The whole limit, from the moment of `event`."""
        limit, cutoff = self.rule.limit, self.rule.cutoff
        self.open(event, term(event.at, limit, self.calendar, cutoff) if limit else None)

    def stop(self, event: ClockEvent) -> None:
        """The clock stands still, if it does not already."""
        self.tell(event, LineKind.WAIT)
        self.stopped_by.append(event.deed)
        if self.still_since is None:
            self.waiting_since = self.still_since = event.at
            self.due_before = self.due

    def tell(self, event: ClockEvent, kind: LineKind) -> None:
        """Keep what happened in this stretch, and what it did to the clock."""
        self.stretches[-1].events.append((event, kind))

    def answer(self, asked: ClockDeed, event: ClockEvent) -> LineKind:
        """One thing less to wait for; whether the clock runs again."""
        self.stopped_by.remove(asked)
        if self.stopped_by:
            return LineKind.WAIT
        self.run_on(event)
        return LineKind.RESUME

    def give_back(self, until: datetime) -> None:
        """What the clock lost since it stands still is added to the term."""
        if self.still_since is None:
            return
        self.waited += max(timedelta(), working_time_left(self.still_since, until, self.calendar))
        stretch, pause = self.stretches[-1], Pause(self.still_since, until)
        before = stretch.term
        if before:
            stretch.term = prolonged(before, pause, self.rule.limit, self.calendar)
        if stretch.term is not before:  # something was given back
            stretch.pauses.append((pause, self.stopped_by[0]))
        self.still_since = until

    def run_on(self, event: ClockEvent) -> None:
        """The clock runs again; a date that has become another one is a change."""
        self.still_since = self.waiting_since = None
        self.stopped_by.clear()
        self.note(event, self.due_before)

    def note(self, event: ClockEvent, old: datetime | None) -> None:
        """Keep that the date became another one."""
        new = self.due
        if new and new != old:
            self.changes.append(DueChange(event.at, old, new, event.reason, event.ref))


def replayed(
    events: Sequence[ClockEvent],
    rule: ClockRule,
    calendar: WorkCalendar,
    version: int = RULE_VERSION,
) -> Clock:
    """The clock after all its events; refused if they cannot have happened in this order.

    Law: DL-07, DL-08, DL-15
    """
    refuse_if(event_reasons(events))
    clock = Clock(rule, calendar, version)
    for event in events:
        REPLAY[event.deed](clock, event)
    return clock


def _start(clock: Clock, event: ClockEvent) -> None:
    clock.lay(event)


def _ask_supplement(clock: Clock, event: ClockEvent) -> None:
    clock.stop(event)


def _ask_payment(clock: Clock, event: ClockEvent) -> None:
    if clock.rule.on_payment is Waiting.RUN:
        clock.tell(event, LineKind.RUN)
    else:
        clock.stop(event)


def _supplemented(clock: Clock, event: ClockEvent) -> None:
    clock.give_back(event.at)
    if clock.rule.on_supplement is Waiting.RESTART:
        clock.lay(event)
        clock.answer(ClockDeed.ASK_SUPPLEMENT, event)
    else:
        clock.tell(event, clock.answer(ClockDeed.ASK_SUPPLEMENT, event))


def _paid(clock: Clock, event: ClockEvent) -> None:
    if clock.rule.on_payment is Waiting.RUN:
        clock.tell(event, LineKind.RUN)
    else:
        clock.give_back(event.at)
        clock.tell(event, clock.answer(ClockDeed.ASK_PAYMENT, event))


def _new_date(clock: Clock, event: ClockEvent) -> None:
    assert event.due is not None
    old = clock.due_before if clock.still_since else clock.due
    clock.give_back(event.at)
    due = KEPT_ON[clock.version](local(event.due), clock.calendar)
    clock.open(event, Term(local(event.at), due.date(), due))
    clock.note(event, old)
    clock.due_before = due


def _kept_on(due: datetime, calendar: WorkCalendar) -> datetime:
    """When a promise is kept: on its own day where that is worked, else on the next working day.

    Of its own day it loses what is no office hour any more: after closing it is the closing, in the
    night before or at noon it is when the offices open next.
    """
    if not calendar.is_open(due.date()):
        return closing(open_day_from(due.date(), calendar), calendar)
    return counted_from(min(due, closing(due.date(), calendar)), calendar)


def _kept_on_or_after(due: datetime, calendar: WorkCalendar) -> datetime:
    """As it was until version 2: past the closing of its own day it went to the next working day."""
    if not calendar.is_open(due.date()):
        return closing(open_day_from(due.date(), calendar), calendar)
    return counted_from(due, calendar)


KEPT_ON = {1: _kept_on_or_after, 2: _kept_on}


def _end(clock: Clock, event: ClockEvent) -> None:
    """Whatever it was still waiting for, the wait is over."""
    clock.tell(event, LineKind.END)
    if clock.still_since:
        clock.give_back(event.at)
        clock.run_on(event)


REPLAY: dict[ClockDeed, Callable[[Clock, ClockEvent], None]] = {
    ClockDeed.START: _start,
    ClockDeed.ASK_SUPPLEMENT: _ask_supplement,
    ClockDeed.SUPPLEMENTED: _supplemented,
    ClockDeed.ASK_PAYMENT: _ask_payment,
    ClockDeed.PAID: _paid,
    ClockDeed.NEW_DATE: _new_date,
    ClockDeed.FINISH: _end,
    ClockDeed.CLOSE: _end,
}
