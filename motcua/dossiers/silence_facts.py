"""What the watch knows of a dossier, and of who sits where: a few questions for a whole batch."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from motcua.agencies.queries import acting_posts, keeper_posts
from motcua.core import clock
from motcua.core.actors import Role
from motcua.dossiers.acts import GONE_OUT
from motcua.dossiers.models import Apology, Dossier, WatchMark
from motcua.dossiers.models.alarms import BEGUN
from motcua.dossiers.rules import seats as seating
from motcua.dossiers.rules.silence import LENGTHS, LYING, OLD_NEWS, Facts, Marks
from motcua.dossiers.types import AlarmKind
from motcua.dossiers.workflow import Status
from motcua.workdays.queries import work_calendar
from motcua.workdays.rules import working_hours_before

if TYPE_CHECKING:
    from collections.abc import Collection

    from motcua.agencies.types import SeatFacts

Beside = dict[int, list[tuple[AlarmKind, int, datetime]]]
SEATED = (
    Role.DESK_OFFICER, Role.CASE_OFFICER, Role.UNIT_HEAD, Role.APPROVER, Role.REGISTRAR, Role.KEEPER,
)  # fmt: skip


@dataclass
class Round:
    """One round of the watch: its moment, and who sits where as far as it asked already."""

    marks: Marks
    seats: dict[int, list[SeatFacts]] = field(default_factory=dict)
    _keepers: list[int] | None = None

    def seats_of(self, agencies: Collection[int]) -> None:
        """Ask who sits in these agencies, those that were not asked about before in one question."""
        new = set(agencies) - self.seats.keys()
        if new:
            self.seats |= {agency: [] for agency in new}
            for seat in acting_posts(new, SEATED):
                self.seats[seat.agency_id].append(seat)

    def keepers(self) -> list[int]:
        """Who keeps the house, wherever they sit: told where an agency has nobody; asked once."""
        if self._keepers is None:
            self._keepers = keeper_posts()
        return self._keepers


def a_round() -> Round:
    """What a round that begins now goes by."""
    now, calendar = clock.now(), work_calendar()
    ago = {hours: working_hours_before(now, hours, calendar) for hours in LENGTHS}
    today = localtime(now).date()
    return Round(Marks(now, today, ago, calendar.is_open(today)))


def facts_of(ids: Collection[int], round_: Round, beside: Beside | None = None) -> list[Facts]:
    """The facts of these dossiers: a few questions for all of them."""
    rows = list(Dossier.objects.filter(pk__in=ids).order_by("pk").only(*COLUMNS))
    round_.seats_of({row.agency_id for row in rows})
    letters = set(
        Apology.objects.filter(dossier__in=ids, state__in=GONE_OUT).values_list(
            "dossier_id", "old_due_at"
        )
    )
    return [_facts(row, round_, letters, (beside or {}).get(row.pk, [])) for row in rows]


COLUMNS = (
    "id", "reference", "agency_id", "unit_id", "assignee_id", "status", "revision", "since_at",
    "since_revision", "clock_at", "warn_at", "due_at", "original_due_at", "step_due_at",
    "step_warn_at",
)  # fmt: skip


def _facts(
    row: Dossier,
    round_: Round,
    letters: set[tuple[int, datetime]],
    beside: list[tuple[AlarmKind, int, datetime]],
) -> Facts:
    status = Status(row.status)
    return Facts(
        id=row.pk, reference=row.reference, agency_id=row.agency_id, unit_id=row.unit_id,
        assignee_id=row.assignee_id, status=status, revision=row.revision,
        since_at=row.since_at, since_revision=row.since_revision,
        clock_at=row.clock_at, warn_at=row.warn_at, due_at=row.due_at,
        was_promised=row.due_at is not None or row.original_due_at is not None,
        has_letter=row.due_at is not None and (row.pk, row.due_at) in letters,
        is_owned=seating.is_owned(
            status, row.unit_id, row.assignee_id, round_.seats.get(row.agency_id, [])
        ),
        beside=tuple(beside), step_due_at=row.step_due_at, step_warn_at=row.step_warn_at,
    )  # fmt: skip


def was_before_us(kind: AlarmKind, due_at: datetime, raised_at: datetime) -> bool:
    """Whether this fell due long before the watch began: a first round writes to no applicant of it."""
    mark = WatchMark.objects.filter(kind=BEGUN).values_list("seen_until", flat=True).first()
    hours = OLD_NEWS + LYING.get(kind, 0)
    return due_at < working_hours_before(mark or raised_at, hours, work_calendar())
