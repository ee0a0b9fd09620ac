"""The deadline ledger: what happens to a dossier's clock, and what comes of it."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from fractions import Fraction

from motcua.workdays.types.limits import TimeLimit

CUTOFF = time(15, 0)


class ClockDeed(StrEnum):
    """What sets a dossier's clock going, stops it, moves its date or ends it."""

    START = "start"  # tiếp nhận
    ASK_SUPPLEMENT = "ask_supplement"
    SUPPLEMENTED = "supplemented"
    ASK_PAYMENT = "ask_payment"
    PAID = "paid"
    NEW_DATE = "new_date"  # hẹn lại, hoặc đổi ngày hẹn có hai người duyệt
    FINISH = "finish"  # ký kết quả
    CLOSE = "close"  # kết thúc không có kết quả: rút, dừng


class Waiting(StrEnum):
    """What a wait for papers or money does to the clock."""

    RESTART = "restart"
    PAUSE = "pause"
    RUN = "run"


@dataclass(frozen=True)
class ClockEvent:
    """One thing that happened to the clock; `ref` names the move or the form it comes from.

    `recorded_at` is what the machine's clock showed, if that was before the event's predecessor.
    """

    deed: ClockDeed
    at: datetime
    due: datetime | None = None  # the date promised by NEW_DATE
    reason: str = ""
    ref: str = ""
    recorded_at: datetime | None = None


@dataclass(frozen=True)
class ClockRule:
    """How a dossier's clock runs: its limit, if it has one, and what waiting does to it."""

    limit: TimeLimit | None
    on_supplement: Waiting = Waiting.RESTART
    on_payment: Waiting = Waiting.PAUSE
    cutoff: time = CUTOFF


@dataclass(frozen=True)
class DueChange:
    """The date that was promised became another one (DL-15)."""

    at: datetime
    old: datetime | None
    new: datetime
    reason: str
    ref: str


@dataclass(frozen=True)
class Ledger:
    """What the events of a dossier make of its date, and by which rules and calendar."""

    original_due_at: datetime | None = None
    legal_due_at: datetime | None = None  # by which a result is judged; see legal_events
    due_at: datetime | None = None  # None while the clock stands still, or without a limit
    changes: tuple[DueChange, ...] = ()
    waiting_since: datetime | None = None
    waited: timedelta = field(default=timedelta())  # working time during which it stood still
    rule_version: int = 0
    calendar_number: int = 0


class LineKind(StrEnum):
    """What a line of the explanation tells."""

    START = "start"
    WORK = "work"
    REST = "rest"
    HOLIDAY = "holiday"
    SWAP = "swap"  # ngày làm bù
    WAIT = "wait"
    RESTART = "restart"
    RESUME = "resume"
    RUN = "run"  # an event that leaves the clock running
    NEW_DATE = "new_date"
    END = "end"
    DUE = "due"


@dataclass(frozen=True)
class Line:
    """One line of the count, in the unit of the limit: days, or hours of work."""

    day: date
    kind: LineKind
    text: str
    counted: Fraction = Fraction(0)
    so_far: Fraction = Fraction(0)
    at: datetime | None = None
