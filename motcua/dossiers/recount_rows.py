"""What a recount reads and writes of a batch: one statement each way, one JSON text each.

A recount goes through every running dossier; an object of the tables for each would be most of its work.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from motcua.dossiers.ledger import HEARD
from motcua.dossiers.models.clocks import MOMENTS
from motcua.dossiers.rules.clock import TOLD, ClockMove
from motcua.dossiers.types import LineState
from motcua.dossiers.workflow import RUNNING

_FACTS = ", ".join(f"m.facts ->> '{name}'" for name in TOLD)
LISTED = f"""
SELECT coalesce(json_agg(json_build_array(
    d.id, d.agency_id, d.procedure_version_id, d."case", d.profile_id, d.calendar_edition,
    d.revision, d.accepted_at, d.created_at, d.due_at, d.legal_due_at, moves.told, d.rule_version
) ORDER BY d.id), '[]')::text
FROM (
    SELECT * FROM dossiers_dossier
    WHERE status = ANY(%s) AND due_at IS NOT NULL AND calendar_edition IS DISTINCT FROM %s
      AND id > %s
    ORDER BY id LIMIT %s
) d CROSS JOIN LATERAL (
    SELECT json_agg(json_build_array(m.step, m.at, m.unit_id, {_FACTS}) ORDER BY m.seq) AS told
    FROM dossiers_move m WHERE m.dossier_id = d.id AND m.step = ANY(%s)
) moves
"""
WAITING = f"""
WITH locked AS (
    SELECT line.id AS line, line.revision AS seen, line.old, line.new AS becomes, line.legal_new, d.*
    FROM dossiers_recountline line JOIN dossiers_dossier d ON d.id = line.dossier_id
    WHERE line.recount_id = %s AND line.state = 'waiting' AND line.id > %s
    ORDER BY line.id LIMIT %s FOR NO KEY UPDATE OF d
)
SELECT coalesce(json_agg(json_build_array(
    line, seen, old, becomes, legal_new, id, reference, code, agency_id, unit_id, status, revision,
    clock_at, warn_at, rule_version, calendar_edition, step_due_at, step_warn_at,
    {", ".join(MOMENTS)}
) ORDER BY line), '[]')::text FROM locked
"""
WRITE_LINES = """
INSERT INTO dossiers_recountline
    (recount_id, dossier_id, old, new, legal_old, legal_new, revision, state, note)
SELECT %s, row.* FROM json_to_recordset(%s::json) AS row(
    dossier bigint, old timestamptz, new timestamptz, legal_old timestamptz, legal_new timestamptz,
    revision int, state text, note text)
ORDER BY dossier
"""
SAY_WHAT_BECAME = """
UPDATE dossiers_recountline line SET state = new.state, note = new.note, move_id = new.move
FROM json_to_recordset(%s::json) AS new(id bigint, state text, note text, move bigint)
WHERE line.id = new.id
"""


@dataclass(slots=True)
class Listed:
    """A running dossier whose date is counted: what decides it, and what is stored."""

    id: int
    agency_id: int
    procedure_version_id: int
    case: str
    profile_id: int | None
    calendar_edition: int | None
    revision: int
    accepted_at: datetime | None
    created_at: datetime
    due_at: datetime
    legal_due_at: datetime | None
    moves: list[ClockMove]
    rule_version: int | None


@dataclass(slots=True)
class Line:
    """What a new calendar makes of a dossier, to be shown to whoever agrees."""

    dossier: int
    old: datetime
    new: datetime
    legal_old: datetime | None
    legal_new: datetime | None
    revision: int
    state: LineState
    note: str


@dataclass(slots=True)
class Waiting:
    """A line that was agreed to, with its dossier, locked, as it is now; then what became of it."""

    line: int
    seen: int  # the revision that was counted
    old: datetime
    new: datetime
    legal_new: datetime | None
    id: int
    reference: str
    code: str | None
    agency_id: int
    unit_id: int | None
    status: str
    revision: int
    clock_at: datetime | None
    warn_at: datetime | None
    rule_version: int | None
    edition: int | None  # by which its date was counted
    step_due_at: datetime | None
    step_warn_at: datetime | None
    moments: dict[str, datetime | None]
    state: LineState = LineState.MOVED
    note: str = ""
    move: int | None = None
    told: dict[str, Any] = field(default_factory=dict)  # which other ends its move changes


def to_count(edition: int, after: int, most: int) -> list[Listed]:
    """The next running dossiers that were not counted on this edition yet, with their moves."""
    running = [str(status) for status in RUNNING]
    rows = _read(LISTED, [running, edition, after, most, list(HEARD)])
    return [
        Listed(
            id=row[0], agency_id=row[1], procedure_version_id=row[2], case=row[3],
            profile_id=row[4], calendar_edition=row[5], revision=row[6], accepted_at=_at(row[7]),
            created_at=_sure(row[8]), due_at=_sure(row[9]), legal_due_at=_at(row[10]),
            moves=[ClockMove(step, _sure(at), *told) for step, at, *told in row[11] or ()],
            rule_version=row[12],
        )
        for row in rows
    ]  # fmt: skip


def write_lines(recount_id: int, lines: Iterable[Line]) -> None:
    """Keep what the count found."""
    rows = [
        {
            "dossier": line.dossier, "old": _text(line.old), "new": _text(line.new),
            "legal_old": _text(line.legal_old), "legal_new": _text(line.legal_new),
            "revision": line.revision, "state": line.state, "note": line.note[:200],
        }
        for line in lines
    ]  # fmt: skip
    _write(WRITE_LINES, [recount_id, json.dumps(rows, ensure_ascii=False)])


def agreed_to(recount_id: int, after: int, most: int) -> list[Waiting]:
    """The next lines that wait to be moved; their dossiers are locked, in the order of the lines."""
    return [
        Waiting(
            line=row[0], seen=row[1], old=_sure(row[2]), new=_sure(row[3]), legal_new=_at(row[4]), id=row[5],
            reference=row[6], code=row[7], agency_id=row[8], unit_id=row[9], status=row[10],
            revision=row[11], clock_at=_at(row[12]), warn_at=_at(row[13]),
            rule_version=row[14], edition=row[15], step_due_at=_at(row[16]), step_warn_at=_at(row[17]),
            moments={name: _at(at) for name, at in zip(MOMENTS, row[18:], strict=True)},
        )
        for row in _read(WAITING, [recount_id, after, most])
    ]  # fmt: skip


def say_what_became(lines: Iterable[Waiting]) -> None:
    """Keep with each line what became of it."""
    rows = [
        {"id": line.line, "state": line.state, "note": line.note[:200], "move": line.move}
        for line in lines
    ]
    _write(SAY_WHAT_BECAME, [json.dumps(rows, ensure_ascii=False)])


def _read(statement: str, values: list[Any]) -> list[list[Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[list[Any]] = json.loads(cursor.fetchone()[0])
    return rows


def _write(statement: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _at(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None


def _sure(told: str) -> datetime:
    return datetime.fromisoformat(told)


def _text(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
