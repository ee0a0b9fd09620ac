"""What one real submission wrote, as a bare transaction that writes the same rows anew.

The rows of one submission are those that differ between a snapshot before it and one after it. A
row that was there before becomes an UPDATE of the columns that changed, a new one an INSERT; rows
that the tables' own triggers write are left to the triggers.
"""

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

BY_TRIGGER = {"procrastinate_events"}
OF_ITSELF = {"xact"}  # the database writes which transaction it was
WATCHED = "dossiers_|audit_|procrastinate_|notices_|files_|django_session|people_"
Row = dict[str, Any]
Snapshot = dict[str, dict[str, Row]]
Written = tuple[str, str, Row | None, Row]


@dataclass(frozen=True)
class Names:
    """How a bare transaction names what differs from one dossier to the next."""

    reference: str  # of the recorded dossier
    dossier: int  # its id
    new_reference: str  # an expression in SQL
    new_dossier: str  # a variable of pgbench


def snapshot(database: psycopg.Connection[Any]) -> Snapshot:
    """Every row of the watched tables, as text, by primary key."""
    return {table: _rows(database, table, key) for table, key in _tables(database).items()}


def written(before: Snapshot, after: Snapshot) -> list[Written]:
    """(table, key, old row or None, new row) of every row that is new or not what it was."""
    return [
        (table, next(iter(row)), before[table].get(pk), row)
        for table, rows in after.items()
        for pk, row in rows.items()
        if table not in BY_TRIGGER and before[table].get(pk) != row
    ]


def transaction(rows: list[Written], names: Names) -> str:
    """The bare transaction, in the words of pgbench."""
    first = sorted(rows, key=lambda row: (row[0] != "dossiers_dossier", row[0] != "dossiers_move"))
    moves = [row["id"] for table, _, _, row in rows if table == "dossiers_move"]
    statements = [_statement(*row, names, moves[0] if moves else "") for row in first]
    return "\n".join(["BEGIN;", *statements, "COMMIT;", ""])


def _tables(database: psycopg.Connection[Any]) -> dict[str, str]:
    """The watched tables, each with its primary key."""
    rows = database.execute(
        "SELECT c.relname, a.attname FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid"
        " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]"
        " WHERE i.indisprimary AND c.relnamespace = 'public'::regnamespace AND c.relname ~ %s"
        " ORDER BY c.relname",
        [f"^({WATCHED})"],
    )
    return {table: key for table, key in rows.fetchall()}


def _rows(database: psycopg.Connection[Any], table: str, key: str) -> dict[str, Row]:
    """Rows as text, so that they go back in as they came out; the key first."""
    name = sql.Identifier(table)
    with database.cursor(row_factory=dict_row) as cursor:
        cursor.execute(sql.SQL("SELECT * FROM {} LIMIT 0").format(name))
        columns = sorted((c.name for c in cursor.description or ()), key=lambda c: c != key)
        shown = sql.SQL(", ").join(sql.SQL("{0}::text").format(sql.Identifier(c)) for c in columns)
        cursor.execute(sql.SQL("SELECT {} FROM {}").format(shown, name))
        return {row[key]: row for row in cursor.fetchall()}


def _statement(table: str, key: str, old: Row | None, new: Row, names: Names, move: str) -> str:
    if old is None:
        kept = {
            c: v for c, v in new.items()
            if v is not None and not (c == key == "id") and c not in OF_ITSELF
        }  # fmt: skip
        values = ", ".join(_value(table, c, v, names, move) for c, v in kept.items())
        columns = ", ".join(f'"{c}"' for c in kept)
        return f"INSERT INTO {table} ({columns}) VALUES ({values});"
    changed = {c: v for c, v in new.items() if v != old[c]}
    counted = table == "dossiers_worklistcount"
    sets = ", ".join(
        f"{c} = {c} + 1" if counted else f'"{c}" = {_value(table, c, v, names, move)}'
        for c, v in changed.items()
    )
    pk = names.new_dossier if table == "dossiers_dossier" else _quoted(new[key])
    return f"UPDATE {table} SET {sets} WHERE {key} = {pk};"


def _value(table: str, column: str, value: str, names: Names, move: str) -> str:
    if column == "dossier_id" and value == str(names.dossier):
        return names.new_dossier
    if value == names.reference:
        return names.new_reference
    if table == "procrastinate_jobs" and column == "args" and move:
        this_move = "currval('dossiers_move_id_seq')"
        return f"replace({_quoted(value)}, {_quoted(move)}, {this_move}::text)::jsonb"
    return _quoted(value)


def _quoted(value: str | None) -> str:
    """A literal; colons are written so that pgbench does not take them for its variables."""
    if value is None:
        return "NULL"
    told = value.replace("\\", "\\\\").replace("'", "\\'").replace(":", "\\072")
    return f"E'{told}'"
