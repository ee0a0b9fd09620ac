"""A dossier's dates, counted from its moves: now, again, and line by line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models.fields.json import KeyTextTransform

from motcua.agencies.queries import agency_facts
from motcua.dossiers.models import Move
from motcua.dossiers.rules.clock import (
    COUNTED_ANEW,
    DEEDS,
    TOLD,
    ClockMove,
    counting_unit,
    events_of,
)
from motcua.dossiers.rules.recounts import counts_by
from motcua.law.queries import profile, profile_on
from motcua.procedures.queries import terms_of
from motcua.procedures.rules import clock_rule
from motcua.workdays.queries import (
    latest_edition,
    owners_of,
    present_rows,
    rows_of_edition,
    work_calendar,
)
from motcua.workdays.rules import RULE_VERSION, fold
from motcua.workdays.rules.changes import calendar_from, hours_of
from motcua.workdays.types import ClockDeed, ClockRule, Ledger, WorkCalendar, local

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier
    from motcua.law.types import Profile
    from motcua.workdays.types.changes import CalendarRows

HEARD = tuple(DEEDS)


class Counted(Protocol):
    """What of a dossier decides how its date is counted."""

    agency_id: int
    procedure_version_id: int
    case: str
    profile_id: int | None
    calendar_edition: int | None
    accepted_at: datetime | None
    created_at: datetime


class Counting:
    """What many counts share: calendars of past editions, limits of procedures, profiles of a day."""

    def __init__(self) -> None:
        self._rows: dict[int, CalendarRows] = {}
        self._calendars: dict[tuple[object, ...], WorkCalendar] = {}
        self._known: dict[tuple[int, int, int | None], WorkCalendar] = {}
        self._rules: dict[tuple[int, int, str], ClockRule] = {}
        self._profiles: dict[tuple[object, ...], int] = {}

    def calendar(self, edition: int, agency_id: int, unit_id: int | None) -> WorkCalendar:
        """The calendar of an edition with a unit's hours; those of the same hours share one."""
        known = self._known.get((edition, agency_id, unit_id))
        if known is not None:
            return known
        if edition not in self._rows:
            self._rows[edition] = rows_of_edition(edition) if edition else present_rows()
        rows, owners = self._rows[edition], owners_of(agency_id, unit_id)
        key = (edition, hours_of(rows.hours, owners))
        if key not in self._calendars:
            self._calendars[key] = calendar_from(rows, owners, edition)
        found = self._known[edition, agency_id, unit_id] = self._calendars[key]
        return found

    def rule(self, dossier: Counted) -> ClockRule:
        """The limit of the procedure, and the law under which the dossier was accepted."""
        key = (self._profile_id(dossier), dossier.procedure_version_id, dossier.case)
        if key not in self._rules:
            terms = terms_of(dossier.procedure_version_id)
            self._rules[key] = clock_rule(profile(key[0]), terms, dossier.case)
        return self._rules[key]

    def _profile_id(self, dossier: Counted) -> int:
        """Its own; for one accepted before there were profiles, that of its day."""
        if dossier.profile_id:
            return dossier.profile_id
        day = local(dossier.accepted_at or dossier.created_at).date()
        if (dossier.agency_id, day) not in self._profiles:
            code = agency_facts(dossier.agency_id).code
            self._profiles[dossier.agency_id, day] = profile_on(day, code).id
        return self._profiles[dossier.agency_id, day]


def law_on(dossier: Dossier, now: datetime) -> Profile:
    """The law by which a dossier is dealt with from now on."""
    return profile_on(local(now).date(), dossier.agency.code)


def clock_moves(dossier_ids: Iterable[int]) -> dict[int, list[ClockMove]]:
    """The moves that the clocks of these dossiers hear, in order. One query."""
    told = {f"told_{name}": KeyTextTransform(name, "facts") for name in TOLD}
    rows = Move.objects.filter(dossier_id__in=dossier_ids, step__in=HEARD).annotate(**told)
    found: dict[int, list[ClockMove]] = {}
    for dossier_id, *move in rows.order_by("dossier_id", "seq").values_list(
        "dossier_id", "step", "at", "unit_id", *told
    ):
        found.setdefault(dossier_id, []).append(ClockMove(*move))
    return found


def redate(
    dossier: Dossier,
    step: str,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
    *,
    unit_id: int | None = None,
) -> dict[str, Any]:
    """What `step` at `at` makes of the dossier's dates: the changes that `take` is given.

    Empty for a step that the clock does not hear. `facts` are those that the move will keep;
    `unit_id` is asked for where the clock starts: by that unit's hours it is counted.
    """
    move = ClockMove.of(step, at, unit_id, facts or {})
    moves = [*clock_moves([dossier.pk]).get(dossier.pk, []), move]
    deeds, events = DEEDS.get(move.step, ()), events_of(moves)
    if not deeds or not events:
        return {}
    counting, unit = Counting(), counting_unit(moves)
    if COUNTED_ANEW.intersection(deeds) or dossier.calendar_edition is None:
        calendar = work_calendar(dossier.agency_id, unit)
    else:
        calendar = counting.calendar(dossier.calendar_edition, dossier.agency_id, unit)
    # A step on the way leaves the rule by which it was counted; only a new beginning has today's.
    is_new = ClockDeed.START in deeds
    version = RULE_VERSION if is_new else counts_by(dossier.rule_version)
    return dated(dossier, fold(events, counting.rule(dossier), calendar, version))


def dated(dossier: Dossier, ledger: Ledger) -> dict[str, Any]:
    """What a count changes of a dossier. The first promise stays what it was."""
    changes: dict[str, Any] = {
        "due_at": ledger.due_at,
        "legal_due_at": ledger.legal_due_at,
        "calendar_edition": ledger.calendar_number,
        "rule_version": ledger.rule_version,
    }
    if dossier.original_due_at is None:
        changes["original_due_at"] = ledger.original_due_at
    return changes


def counted_again(
    dossier: Counted,
    moves: list[ClockMove],
    counting: Counting,
    edition: int | None = None,
    version: int = RULE_VERSION,
) -> Ledger:
    """The ledger of a dossier on the edition it was counted on, or on another."""
    number = edition if edition is not None else dossier.calendar_edition
    if number is None:
        number = latest_edition()
    calendar = counting.calendar(number, dossier.agency_id, counting_unit(moves))
    return fold(events_of(moves), counting.rule(dossier), calendar, version)
