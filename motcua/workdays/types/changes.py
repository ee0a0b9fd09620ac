"""The rows a calendar is made of, and the changes that are asked of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from motcua.workdays.types.calendar import Slot


class ChangeKind(StrEnum):
    """What one line of a draft asks for."""

    DAY_OFF = "day_off"
    SWAP_DAY = "swap_day"
    ORDINARY = "ordinary"
    ENTER = "enter"  # the year itself
    CONFIRM = "confirm"  # the year agrees with what was published
    HOURS = "hours"


DAY_KINDS = frozenset({ChangeKind.DAY_OFF, ChangeKind.SWAP_DAY, ChangeKind.ORDINARY})


class DraftStatus(StrEnum):
    """How far a draft has come."""

    DRAFTING = "drafting"
    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Change:
    """One line of a draft. `day` is the day changed, or from which on; 1 January for a whole year.

    Hours of an owner without slots: from that day on it keeps the hours of the one above it.
    """

    kind: ChangeKind
    day: date
    name: str = ""
    owner: str = ""  # "" the authority, "agency:<id>", "unit:<id>"
    slots: tuple[Slot, ...] = ()
    saturday: tuple[Slot, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As a draft keeps it."""
        return {
            "kind": self.kind.value,
            "day": self.day.isoformat(),
            "name": self.name,
            "owner": self.owner,
            "slots": slots_to_json(self.slots),
            "saturday": slots_to_json(self.saturday),
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Change":
        """As a draft kept it."""
        return cls(
            ChangeKind(told["kind"]),
            date.fromisoformat(told["day"]),
            told["name"],
            told["owner"],
            slots_from_json(told["slots"]),
            slots_from_json(told["saturday"]),
        )


@dataclass(frozen=True)
class OwnHours:
    """Office hours that an owner has from a day on; no slots: those of the one above it."""

    owner: str
    since: date
    slots: tuple[Slot, ...]
    saturday: tuple[Slot, ...] = ()


@dataclass(frozen=True)
class CalendarRows:
    """Everything that is known of the calendar: what an edition keeps, and calendars are made of."""

    years: Mapping[int, bool] = field(default_factory=dict)  # year → confirmed
    days_off: Mapping[date, str] = field(default_factory=dict)
    swapped_in: Mapping[date, str] = field(default_factory=dict)
    hours: tuple[OwnHours, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As an edition keeps it."""
        return {
            "years": {str(year): self.years[year] for year in sorted(self.years)},
            "days_off": {day.isoformat(): name for day, name in sorted(self.days_off.items())},
            "swapped_in": {day.isoformat(): name for day, name in sorted(self.swapped_in.items())},
            "hours": [
                [row.owner, row.since.isoformat(), slots_to_json(row.slots), slots_to_json(row.saturday)]
                for row in sorted(self.hours, key=lambda row: (row.owner, row.since))
            ],
        }  # fmt: skip

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "CalendarRows":
        """As an edition kept it."""
        return cls(
            {int(year): confirmed for year, confirmed in told["years"].items()},
            {date.fromisoformat(day): name for day, name in told["days_off"].items()},
            {date.fromisoformat(day): name for day, name in told["swapped_in"].items()},
            tuple(
                OwnHours(owner, date.fromisoformat(since), slots_from_json(a), slots_from_json(b))
                for owner, since, a, b in told["hours"]
            ),
        )


@dataclass(frozen=True)
class DraftFacts:
    """A draft as pages show it."""

    number: int
    year: int
    status: DraftStatus
    changes: tuple[Change, ...]
    revision: int
    note: str
    drafted_by: str
    drafted_by_person: str
    drafted_at: datetime
    sent_at: datetime | None
    decided_by: str
    decided_at: datetime | None
    reason: str


@dataclass(frozen=True)
class EditionFacts:
    """An edition of the calendar in a list: when, by whom, from which draft, what it changed."""

    number: int
    made_at: datetime
    made_by: str
    draft: int | None
    changed: tuple[str, ...]


@dataclass(frozen=True)
class CalendarTask:
    """Something the keeper of the calendar must have done by a day; until then it is no fault."""

    text: str
    by: date


def slots_to_json(slots: tuple[Slot, ...]) -> list[list[str]]:
    """Slots as pairs of HH:MM."""
    return [[f"{slot.start:%H:%M}", f"{slot.end:%H:%M}"] for slot in slots]


def slots_from_json(told: list[list[str]]) -> tuple[Slot, ...]:
    """Slots from pairs of HH:MM."""
    return tuple(Slot(time.fromisoformat(start), time.fromisoformat(end)) for start, end in told)
