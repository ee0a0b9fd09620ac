"""The one writer beside `Dossier.take`: new dates for many dossiers that stay where they are.

What `take` leaves behind for one dossier is left behind here for each: its move, its journal entry,
its `DueChange`, its clock. See docs/decisions/0014. Rows go to and fro as one JSON text: a hundred
thousand of them are not worth an object for each value.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from motcua.audit.actions import record_many
from motcua.core.actors import Actor
from motcua.dossiers.models.clocks import clock_of, moments_told
from motcua.dossiers.workflow import Status, Step, next_status
from motcua.workdays.rules import working_hours_before
from motcua.workdays.types import WorkCalendar

STEP = Step.RECOUNT
# Everything of a batch but the journal. A date that stays (only the one by which the result is
# judged moves) is no change of a promise. The applicant never leaves the database.
TAKE = """
WITH new AS MATERIALIZED (
    SELECT * FROM json_to_recordset(%(rows)s::json) AS row(
        id bigint, seq int, due_at timestamptz, legal_due_at timestamptz, clock_at timestamptz,
        warn_at timestamptz, step_due_at timestamptz, step_warn_at timestamptz, edition int,
        rule smallint, old timestamptz, facts jsonb)
), dated AS (
    UPDATE dossiers_dossier d SET
        revision = new.seq, changed_at = %(at)s, due_at = new.due_at,
        legal_due_at = new.legal_due_at, clock_at = new.clock_at, warn_at = new.warn_at,
        step_due_at = new.step_due_at, step_warn_at = new.step_warn_at,
        calendar_edition = new.edition, rule_version = new.rule
    FROM new WHERE d.id = new.id
    RETURNING d.id, d.status, d.unit_id, new.seq, new.old, new.due_at,
              new.facts || jsonb_build_object('applicant', d.applicant) AS facts
), tasks AS (
    UPDATE dossiers_task t SET due_at = coalesce(new.step_due_at, new.clock_at)
    FROM new WHERE t.dossier_id = new.id AND t.done_at IS NULL
        AND t.due_at IS DISTINCT FROM coalesce(new.step_due_at, new.clock_at)
), made AS (
    INSERT INTO dossiers_move (dossier_id, seq, step, source, target, by, by_key, unit_id,
                               to_unit_id, at, facts, note)
    SELECT id, seq, %(step)s, status, status, %(by)s, %(by_key)s, %(unit)s,
           unit_id, %(at)s, facts, ''
    FROM dated ORDER BY id
    RETURNING id, dossier_id
), changed AS (
    INSERT INTO dossiers_duechange (dossier_id, move_id, kind, at, old, new, reason, approved_by)
    SELECT made.dossier_id, made.id, %(step)s, %(at)s, new.old, new.due_at, %(reason)s,
           %(approved_by)s
    FROM made JOIN new ON new.id = made.dossier_id WHERE new.old <> new.due_at
    ORDER BY made.id
)
SELECT json_object_agg(dossier_id, id)::text FROM made
"""


@dataclass(frozen=True, slots=True)
class NewDate:
    """A locked dossier as it is, the dates it gets, by which calendar and rule.

    `moments` are those of its columns that clocks may point at; `told` is what its move keeps
    besides. `hours` is the calendar of the unit
    that has the dossier; by it people are warned.
    """

    id: int
    reference: str
    code: str | None
    status: str
    revision: int
    moments: Mapping[str, datetime | None]
    clock_at: datetime | None
    warn_at: datetime | None
    step_due_at: datetime | None
    step_warn_at: datetime | None
    told: Mapping[str, Any]
    due_at: datetime
    legal_due_at: datetime | None
    edition: int
    rule_version: int
    hours: WorkCalendar


@dataclass(frozen=True, slots=True)
class Why:
    """Who gives new dates, who agreed, and the reason that the applicants read."""

    by: Actor
    at: datetime
    reason: str
    approved_by: str


def take_many(new: Sequence[NewDate], why: Why) -> dict[int, int]:
    """Take `Step.RECOUNT` on each of these dossiers, which the caller has locked; its move by dossier.

    A few statements for all of them, in the caller's transaction. No status changes, so that neither
    the worklists nor the figures of the year do.
    """
    if not new:
        return {}
    warnings: dict[tuple[datetime, int, int], datetime] = {}
    rows = [_row(each, why, warnings) for each in new]
    told: dict[str, Any] = {
        "rows": json.dumps(rows, ensure_ascii=False), "at": why.at, "step": STEP,
        "by": why.by.name, "by_key": why.by.key, "unit": why.by.unit_id,
        "reason": why.reason, "approved_by": why.approved_by,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(TAKE, told)
        moves = json.loads(cursor.fetchone()[0])
    record_many(why.by, f"dossier.{STEP}", {e.reference: _told(e) for e in new}, at=why.at)
    return {int(dossier_id): move_id for dossier_id, move_id in moves.items()}


def _row(
    each: NewDate, why: Why, warnings: dict[tuple[datetime, int, int], datetime]
) -> dict[str, Any]:
    """The new values of one dossier, and what its move keeps."""
    status, old = Status(each.status), each.moments["due_at"]
    assert next_status(status, STEP, why.by.role) is status
    moments = {**each.moments, "due_at": each.due_at}
    clock, hours = clock_of(status, moments.get)
    warn = each.warn_at
    if clock and clock != each.clock_at:
        key = (clock, hours, id(each.hours))
        if key not in warnings:
            warnings[key] = working_hours_before(clock, hours, each.hours)
        warn = warnings[key]
    facts = {
        **moments_told(moments.get),
        **({"code": each.code} if each.code else {}),
        "reason": why.reason, "approved_by": why.approved_by, "edition": each.edition,
        **({"old_due_at": old.isoformat()} if old else {}),
        **each.told,
    }  # fmt: skip
    return {
        "id": each.id, "seq": each.revision + 1, "due_at": each.due_at.isoformat(),
        "legal_due_at": each.legal_due_at and each.legal_due_at.isoformat(),
        "clock_at": clock and clock.isoformat(), "warn_at": warn and warn.isoformat(),
        "step_due_at": each.step_due_at and each.step_due_at.isoformat(),
        "step_warn_at": each.step_warn_at and each.step_warn_at.isoformat(),
        "edition": each.edition, "rule": each.rule_version, "old": old and old.isoformat(),
        "facts": facts,
    }  # fmt: skip


def _told(each: NewDate) -> dict[str, Any]:
    """What `take` tells the journal of a step."""
    return {
        "source": each.status,
        "target": each.status,
        "revision": each.revision + 1,
        "code": each.code or "",
        "due_at": each.due_at,
    }
