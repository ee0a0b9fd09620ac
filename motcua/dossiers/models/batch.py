"""The one writer beside `Dossier.take`: new dates for many dossiers that stay where they are.

What `take` leaves behind for one dossier is left behind here for each: its move, its journal entry,
its `DueChange`, its clock. See docs/decisions/0014.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from motcua.audit.actions import record_many
from motcua.core.actors import Actor
from motcua.dossiers.models.dossier import Dossier
from motcua.dossiers.models.ledger import DueChange
from motcua.dossiers.models.moves import Move
from motcua.dossiers.workflow import Status, Step, next_status
from motcua.workdays.types import WorkCalendar

STEP = Step.RECOUNT
WRITE = """
UPDATE dossiers_dossier d SET
    revision = new.revision, changed_at = %s, due_at = new.due_at, clock_at = new.clock_at,
    warn_at = new.warn_at, calendar_edition = new.edition, rule_version = new.rule
FROM unnest(%s::bigint[], %s::int[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[],
            %s::int[], %s::smallint[])
    AS new(id, revision, due_at, clock_at, warn_at, edition, rule)
WHERE d.id = new.id
"""
TASKS = """
UPDATE dossiers_task t SET due_at = new.clock_at
FROM unnest(%s::bigint[], %s::timestamptz[]) AS new(id, clock_at)
WHERE t.dossier_id = new.id AND t.done_at IS NULL AND t.due_at IS DISTINCT FROM new.clock_at
"""


@dataclass(frozen=True)
class NewDate:
    """A locked dossier, the date it gets, by which calendar and rule."""

    dossier: Dossier
    due_at: datetime
    calendar: WorkCalendar
    rule_version: int


def take_many(
    new: Sequence[NewDate], by: Actor, at: datetime, reason: str, approved_by: str
) -> list[Move]:
    """Take `Step.RECOUNT` on each of these dossiers, which the caller has locked; their moves in order.

    A few statements for all of them, in the caller's transaction. No status changes, so that neither
    the worklists nor the figures of the year do.
    """
    if not new:
        return []
    promised = [each.dossier.due_at for each in new]
    for each in new:
        _put(each, by, at)
    _write(new, at)
    moves = Move.objects.bulk_create(
        _move(each, old, by, at, reason, approved_by)
        for each, old in zip(new, promised, strict=True)
    )
    DueChange.objects.bulk_create(
        DueChange(
            dossier=each.dossier, move=move, kind=STEP, at=at, old=old, new=each.due_at,
            reason=reason, approved_by=approved_by,
        )
        for each, move, old in zip(new, moves, promised, strict=True)
    )  # fmt: skip
    record_many(by, f"dossier.{STEP}", {e.dossier.reference: _told(e.dossier) for e in new}, at=at)
    return moves


def _put(each: NewDate, by: Actor, at: datetime) -> None:
    """The new values, on the object."""
    dossier, status = each.dossier, Status(each.dossier.status)
    assert next_status(status, STEP, by.role) is status
    dossier.revision += 1
    dossier.changed_at = at
    dossier.calendar_edition, dossier.rule_version = each.calendar.number, each.rule_version
    changes: dict[str, Any] = {"due_at": each.due_at}
    for name, value in (changes | dossier.clock_for(status, changes, each.calendar)).items():
        setattr(dossier, name, value)


def _write(new: Sequence[NewDate], at: datetime) -> None:
    names = ("id", "revision", "due_at", "clock_at", "warn_at", "calendar_edition", "rule_version")
    columns = {name: [getattr(each.dossier, name) for each in new] for name in names}
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [at, *columns.values()])
        cursor.execute(TASKS, [columns["id"], columns["clock_at"]])


def _move(
    each: NewDate,
    old: datetime | None,
    by: Actor,
    at: datetime,
    reason: str,
    approved_by: str,
) -> Move:
    dossier = each.dossier
    told = {"reason": reason, "approved_by": approved_by, "edition": each.calendar.number}
    before = {"old_due_at": old.isoformat()} if old else {}
    return Move(
        dossier=dossier, step=STEP, source=dossier.status, target=dossier.status, by=by.name,
        by_key=by.key, at=at, unit_id=by.unit_id, to_unit_id=dossier.unit_id,
        seq=dossier.revision, facts=dossier.as_it_was() | told | before,
    )  # fmt: skip


def _told(dossier: Dossier) -> dict[str, Any]:
    """What `take` tells the journal of a step."""
    status = str(dossier.status)
    return {
        "source": status,
        "target": status,
        "revision": dossier.revision,
        "code": dossier.code or "",
    }
