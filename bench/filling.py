"""A province's dossiers, by the hundred thousand: made in SQL, the same every time for a size.

Ten communes hold equal shares. Of every thousand dossiers 40 wait for the desk, 117 are
with a unit, 20 wait for their receiver; nearly all others are closed. One open dossier in twelve is late.
"""

from dataclasses import dataclass
from typing import Any

import psycopg

AGENCIES = 10
OFFICERS = 2  # case officers of the ward under the lens
OWN = 30  # dossiers of the citizen under the lens
# Of a thousand: this many stand in this status.
SHARES = {
    "submitted": 40, "pre_supplement": 5, "accepted": 5, "assigning": 35, "examining": 60,
    "proposed": 10, "approved": 5, "refused": 2, "result_ready": 20, "rejected": 30,
    "withdrawn": 18, "delivered": 770,
}  # fmt: skip
CLOCKLESS = "('pre_supplement', 'result_ready', 'rejected', 'withdrawn', 'delivered')"
WITH_UNIT = "('assigning', 'examining', 'proposed', 'approved', 'refused', 'result_ready')"
UNCODED = "('submitted', 'pre_supplement', 'rejected', 'withdrawn')"

PLACES = f"""
INSERT INTO agencies_agency (code, old_code, name, kind, parent_id, province_code, commune_code,
    address, phone, email)
SELECT 'H99.' || 50 + n, '', 'UBND xã Số ' || n, 'commune', parent_id, '', '', '', '', ''
FROM agencies_agency, generate_series(1, {AGENCIES - 2}) n WHERE code = 'H99.31';
INSERT INTO people_account (password, is_superuser, username, first_name, last_name, email,
    is_staff, is_active, date_joined, idle_told, password_is_given)
SELECT '!', false, 'thu-ly-' || n, '', '', '', false, true, now(), 0, false
FROM generate_series(1, {OFFICERS - 1}) n;
INSERT INTO agencies_post (account_id, agency_id, unit_id, role, title, holder_name, phone, is_active)
SELECT a.id, p.agency_id, p.unit_id, p.role, p.title, 'Cán bộ ' || a.username, '', true
FROM people_account a, agencies_post p, people_account mai
WHERE a.username LIKE 'thu-ly-%' AND p.account_id = mai.id AND mai.username = 'mai';
"""
PERSONS = """
INSERT INTO people_person (kind, national_id, full_name, gender, phone, email, nationality, ethnicity,
    province_code, commune_code, address_detail)
SELECT 'person', lpad((910000000000 + n)::text, 12, '0'), 'Nguyễn Văn ' || n, '1', '', '', 'VN', '', '', '',
    ''
FROM generate_series(1, {count} / 3) n
"""
# One row per dossier with what the others follow from: its number, commune, person, status, times.
ROWS = """
SELECT g, agency.id AS agency_id, agency.code AS agency_code, status,
    CASE WHEN g <= {own} THEN lan.id ELSE {first_person} + g % {persons} END AS person_id,
    now() - interval '1 hour' - CASE WHEN status = 'submitted' THEN (g % 97) * interval '4 minutes'
        WHEN clock THEN (g % 97) * interval '2 hours'
        ELSE (g * 7919 % 26280) * interval '1 hour' END AS submitted_at,
    CASE WHEN NOT clock THEN NULL WHEN g % 12 = 0 THEN now() - (1 + g % 300) * interval '1 hour'
        ELSE now() + (1 + g * 31 % 900) * interval '13 minutes' END AS clock_at,
    status IN {with_unit} AS in_unit,
    'H' || g % 10 || ' Nguyễn Thị ' || chr((65 + g % 26)::int) || ' ' || g % 9973 AS name
FROM generate_series(1, {count}::bigint) g
CROSS JOIN LATERAL (SELECT (g / {agencies}) % 1000 AS of_1000, g % {agencies} AS commune) place
JOIN (VALUES {shares}) share (status, low, high) ON of_1000 * 389 % 1000 BETWEEN low AND high
CROSS JOIN LATERAL (SELECT status NOT IN {clockless} AS clock) ticking
JOIN (SELECT id, code, row_number() OVER (ORDER BY code) - 1 AS n FROM agencies_agency
    WHERE kind = 'commune') agency ON agency.n = commune
CROSS JOIN (SELECT id FROM people_person WHERE full_name = 'Nguyễn Thị Lan') lan
"""
VALUES = {
    "key": "gen_random_uuid()",
    "reference": "'T-261101-' || upper(translate(lpad(to_hex(g), 8, '0'), '01', 'xy'))",
    "code": f"CASE WHEN status IN {UNCODED} THEN NULL"
    " ELSE r.agency_code || '-' || to_char(submitted_at, 'YYMMDD') || '-' || lpad(g::text, 7, '0') END",
    "submitter_id": "person_id",
    "applicant": "jsonb_build_object('name', r.name, 'national_id', lpad(g::text, 12, '0'),"
    " 'address', 'Số ' || g % 400 || ', đường Bờ Sông', 'phone', '09' || lpad(g::text, 8, '0'))",
    "applicant_name": "r.name",
    "applicant_folded": "'h' || g % 10 || ' nguyen thi ' || chr((97 + g % 26)::int) || ' ' || g % 9973",
    "agency_id": "r.agency_id",
    "unit_id": "CASE WHEN in_unit AND r.agency_code = 'H99.31' THEN mai.unit_id END",
    "assignee_id": "CASE WHEN in_unit AND status <> 'assigning' AND r.agency_code = 'H99.31'"
    " THEN mai.id + (g / 10) % {officers} END",
    "procedure_version_id": "version.id",
    "procedure_code": "version.code",
    "procedure_name": "version.name",
    "status": "status",
    "revision": "1 + (g % 8)::int",
    "answers": "jsonb_build_object('nguoiYeuCau', jsonb_build_object('hoTen', r.name, 'ngaySinh',"
    " '1990-03-27', 'diaChi', 'Số ' || g % 400, 'ghiChu', repeat('Kính đề nghị giải quyết. ', 12)))",
    "channel": "(ARRAY['online', 'online', 'counter', 'online', 'partner'])[1 + g % 5]",
    "delivery": "'online'",
    "created_at": "submitted_at - interval '1 hour'",
    "changed_at": "submitted_at + (g % 1000) * interval '1 second'",
    "since_at": "submitted_at + (g % 1000) * interval '1 second'",
    "submitted_at": "submitted_at",
    "answer_due_at": "submitted_at + interval '1 day'",
    "due_at": "clock_at",
    "original_due_at": "clock_at",
    "legal_due_at": "clock_at",
    "clock_at": "clock_at",
}


@dataclass(frozen=True)
class Lens:
    """What the pages are asked for: some codes that exist."""

    codes: tuple[str, ...]


def fill(url: str, count: int) -> Lens:
    """So many dossiers in the database at `url`, with their counters; some of their codes."""
    with psycopg.connect(url, autocommit=True) as database:
        database.execute(PLACES)
        database.execute(PERSONS.format(count=count))
        later = _without_indexes(database)
        _dossiers(database, count)
        for definition in later:
            database.execute(definition)
        database.execute(
            "INSERT INTO dossiers_worklistcount (agency_id, status, number)"
            " SELECT agency_id, status, count(*) FROM dossiers_dossier GROUP BY 1, 2"
        )
        database.execute("VACUUM ANALYZE")
        rows = database.execute(
            "SELECT code FROM dossiers_dossier WHERE code IS NOT NULL ORDER BY md5(code) LIMIT 1000"
        )
        return Lens(tuple(code for (code,) in rows.fetchall()))


def _without_indexes(database: psycopg.Connection[Any]) -> list[str]:
    """Take the plain indexes away while rows pour in; the statements that make them anew."""
    rows = database.execute(
        "SELECT c.relname, pg_get_indexdef(c.oid) FROM pg_index i JOIN pg_class c ON"
        " c.oid = i.indexrelid WHERE i.indrelid = 'dossiers_dossier'::regclass"
        " AND NOT i.indisunique"
    ).fetchall()
    for name, _ in rows:
        database.execute(f'DROP INDEX "{name}"')
    return [definition for _, definition in rows]


def _dossiers(database: psycopg.Connection[Any], count: int) -> None:
    low, shares = 0, []
    for status, share in SHARES.items():
        shares.append(f"('{status}', {low}, {low + share - 1})")
        low += share
    first = database.execute("SELECT min(id) FROM people_person WHERE national_id > '91'")
    rows = ROWS.format(
        own=OWN, first_person=(first.fetchone() or [0])[0], persons=count // 3, count=count,
        agencies=AGENCIES, shares=", ".join(shares), clockless=CLOCKLESS, with_unit=WITH_UNIT,
    )  # fmt: skip
    values = _columns(database) | VALUES
    shown = ", ".join(value.replace("{officers}", str(OFFICERS)) for value in values.values())
    names = ", ".join(f'"{name}"' for name in values)
    database.execute(
        f"INSERT INTO dossiers_dossier ({names}) SELECT {shown} FROM ({rows}) r,"
        " (SELECT v.id, p.code, v.name FROM procedures_procedureversion v JOIN"
        " procedures_procedure p ON p.id = v.procedure_id ORDER BY p.code LIMIT 1) version,"
        " (SELECT p.id, p.unit_id FROM agencies_post p JOIN people_account a"
        " ON a.id = p.account_id WHERE a.username = 'mai') mai ORDER BY g"
    )


def _columns(database: psycopg.Connection[Any]) -> dict[str, str]:
    """Every other column that wants a value, with an empty one."""
    rows = database.execute(
        "SELECT column_name, data_type FROM information_schema.columns"
        " WHERE table_name = 'dossiers_dossier' AND is_nullable = 'NO' AND column_name <> 'id'"
    )
    empty = {"jsonb": "'[]'::jsonb", "integer": "0"}
    return {name: empty.get(kind, "''") for name, kind in rows.fetchall()}
