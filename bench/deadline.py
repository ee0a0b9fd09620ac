"""The deadline of one dossier: by the rules' look-ups, and by hand, day by day, on the same calendar.

    bin/bench deadline [--rounds 7] [--dossiers 2000]

Both sides count the same dossiers on the same calendar, which either of them has already used; no
ratio is printed unless both give every dossier the same date. Needs no database.
"""

import argparse
import random
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from statistics import median

from bench import meter
from bench.by_hand import due_by_hand
from motcua.workdays.rules import due_at, fold
from motcua.workdays.seeds import known_days
from motcua.workdays.types import (
    HANOI,
    ClockDeed,
    ClockEvent,
    ClockRule,
    Method,
    Pause,
    TimeLimit,
    Unit,
    Waiting,
    WorkCalendar,
)

YEARS = (2025, 2026, 2027, 2028)
SEED = 20261122
# How long the limits of the catalogue are: mostly days, a few of them long.
LIMITS = {
    "1 to 30 working days": lambda: TimeLimit(random.choice([1, 3, 5, 10, 15, 20, 30])),
    "60 to 120 working days": lambda: TimeLimit(random.choice([60, 90, 120])),
    "8 to 80 working hours": lambda: TimeLimit(
        random.choice([8, 16, 40, 80]), Unit.WORKING_HOUR, Method.HOUR
    ),
    "10 to 60 calendar days": lambda: TimeLimit(random.choice([10, 15, 30, 60]), Unit.CALENDAR_DAY),
}
Dossier = tuple[datetime, TimeLimit, Pause]
Times = dict[str, tuple[float, float, float]]


def calendar() -> WorkCalendar:
    """The years that are known, with their holidays and swaps."""
    off: set[date] = set()
    swapped: set[date] = set()
    for year in YEARS:
        days_off, worked = known_days(year)
        off |= {day for day, _ in days_off}
        swapped |= {day for day, _ in worked}
    return WorkCalendar(frozenset(YEARS), frozenset(off), frozenset(swapped))


def dossiers(count: int, limit: Callable[[], TimeLimit]) -> list[Dossier]:
    """So many dossiers of 2026, each with a limit and a wait for papers soon after acceptance."""
    found = []
    for _ in range(count):
        start = datetime(2026, 1, 5, tzinfo=HANOI) + timedelta(
            minutes=random.randrange(350 * 24 * 60)
        )
        asked = start + timedelta(hours=random.randrange(4))
        full = asked + timedelta(hours=random.randrange(10 * 24))
        found.append((start, limit(), Pause(asked, full)))
    return found


def measure(wanted: argparse.Namespace) -> None:
    """Make the dossiers, compare the dates, run the rounds, print what one dossier took."""
    print(f"Deadline of one dossier  |  {meter.machine()}", flush=True)
    random.seed(SEED)
    on = calendar()
    kinds = {name: dossiers(wanted.dossiers, limit) for name, limit in LIMITS.items()}
    for name, cases in kinds.items():
        _agree(name, cases, on)
    rounds = [_round(number, kinds, on) for number in range(1, wanted.rounds + 1)]
    _conclude(rounds)
    meter.keep_figures(wanted.json, rounds)


def _agree(name: str, cases: Sequence[Dossier], on: WorkCalendar) -> None:
    """Both sides give the same date, or there is nothing to compare."""
    for start, limit, pause in cases:
        by_rule, by_hand = due_at(start, limit, on), due_by_hand(start, limit, on)
        if by_rule != by_hand:
            raise SystemExit(f"{name}: {start}, {limit}: {by_rule} by rule, {by_hand} by hand")
        paused, by_hand = _folded(start, limit, pause, on), due_by_hand(start, limit, on, pause)
        if pause.start < by_rule and paused != by_hand:
            raise SystemExit(f"{name}: {start}, {limit}, {pause}: {paused} and {by_hand}")


def _folded(start: datetime, limit: TimeLimit, pause: Pause, on: WorkCalendar) -> datetime | None:
    events = (
        ClockEvent(ClockDeed.START, start),
        ClockEvent(ClockDeed.ASK_SUPPLEMENT, pause.start),
        ClockEvent(ClockDeed.SUPPLEMENTED, pause.end),
    )
    return fold(events, ClockRule(limit, Waiting.PAUSE), on).due_at


def _round(number: int, kinds: dict[str, list[Dossier]], on: WorkCalendar) -> Times:
    """One pass over every kind: the rule, the hand, then the whole ledger with its wait."""
    times = {}
    print(f"round {number}                   rule, by hand, ledger of 3 events (µs a dossier)")
    for name, cases in kinds.items():
        times[name] = (
            _microseconds(cases, lambda one: due_at(one[0], one[1], on)),
            _microseconds(cases, lambda one: due_by_hand(one[0], one[1], on)),
            _microseconds(cases, lambda one: _folded(*one, on)),
        )
        rule, hand, ledger = times[name]
        print(f"  {name:<24} {rule:8.1f} {hand:8.1f} {ledger:8.1f}", flush=True)
    return times


def _microseconds(cases: Sequence[Dossier], count: Callable[[Dossier], object]) -> float:
    """Processor time of one dossier: other work on the machine is not counted."""
    begun = time.process_time()
    for case in cases:
        count(case)
    return 1_000_000 * (time.process_time() - begun) / len(cases)


def _conclude(rounds: Sequence[Times]) -> None:
    print("Medians, and how many times the rule is faster than the hand")
    for name in LIMITS:
        sides = [times[name] for times in rounds]
        rule, hand, ledger = (median(side[n] for side in sides) for n in range(3))
        ratio = meter.Spread(tuple(side[1] / side[0] for side in sides))
        print(f"  {name:<24} {rule:.1f} µs, {hand:.1f} µs, ledger {ledger:.1f} µs;  {ratio}")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="bin/bench deadline", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--dossiers", type=int, default=2000, help="of each kind of limit")
    parser.add_argument("--json", default="", help="write the times of every round here")
    measure(parser.parse_args())


if __name__ == "__main__":
    main()
