"""Words about interlinked settling (liên thông): what a line of the plan says, how a station stands."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from motcua.core.actors import Role

MOST = 10  # stations in a plan
LONGEST = 90  # working days, or as many hours
ROLES = frozenset({Role.UNIT_HEAD, Role.CASE_OFFICER, Role.DESK_OFFICER})  # who work at a station
SETTLE = frozenset(
    {Role.UNIT_HEAD, Role.CASE_OFFICER}
)  # of those who see the whole: have the papers


class Per(StrEnum):
    """What the limit of a station is counted in."""

    HOUR = "working_hour"
    DAY = "working_day"


class StationState(StrEnum):
    """How a station stands; read from its moments, never kept."""

    WAITING = "waiting"
    RUNNING = "running"
    LATE = "late"
    DONE = "done"
    CLOSED = "closed"


PER_NAMES = {Per.HOUR: "giờ làm việc", Per.DAY: "ngày làm việc"}
STATE_NAMES = {
    StationState.WAITING: "Chờ đến lượt",
    StationState.RUNNING: "Đang làm",
    StationState.LATE: "Trễ hạn",
    StationState.DONE: "Xong",
    StationState.CLOSED: "Thôi chờ",
}


@dataclass(frozen=True)
class Planned:
    """One line of a plan: which unit does what, within how long, waiting for the results of which."""

    unit_id: int
    task: str
    amount: int
    per: str = Per.DAY
    is_lead: bool = False
    needs: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Told:
    """One station as its applicant may read it."""

    unit: str
    state: StationState
    at: datetime | None


def limit_text(amount: int, per: str) -> str:
    """A limit in words: “8 giờ làm việc”."""
    return f"{amount} {PER_NAMES[Per(per)]}"


def state_of(
    started_at: datetime | None, due_at: datetime | None, done_at: datetime | None,
    closed_at: datetime | None, now: datetime,
) -> StationState:  # fmt: skip
    """How a station with these moments stands now."""
    if done_at is not None:
        return StationState.DONE
    if closed_at is not None:
        return StationState.CLOSED
    if started_at is None:
        return StationState.WAITING
    is_late = due_at is not None and due_at < now
    return StationState.LATE if is_late else StationState.RUNNING


def told_text(stations: list[Told]) -> str:
    """How far others are, in the one sentence that an applicant reads; empty when nobody is asked."""
    said = [
        f"{each.unit} ({_said(each)})" for each in stations if each.state != StationState.CLOSED
    ]
    return f"Đang giải quyết liên thông: {', '.join(said)}" if said else ""


def _said(told: Told) -> str:
    day = f"{told.at:%d/%m}" if told.at else ""
    return {
        StationState.WAITING: "chờ đến lượt",
        StationState.RUNNING: f"đang làm, đến {day}" if day else "đang làm",
        StationState.LATE: f"chậm, hạn {day}",
        StationState.DONE: f"xong {day}",
    }.get(told.state, "")
