"""Writing the journal."""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from motcua.audit import rules
from motcua.audit.models import Entry, Head
from motcua.core.actors import Actor

# One statement takes the next number and the row lock: entries on a subject queue here.
NEXT = """
INSERT INTO audit_head (subject, seq, hash) VALUES (%s, 1, %s)
ON CONFLICT (subject) DO UPDATE SET seq = audit_head.seq + 1
RETURNING seq, hash
"""


@transaction.atomic(savepoint=False)
def record(by: Actor, deed: str, subject: str, /, *, at: datetime, **facts: Any) -> Entry:
    """Add a deed to the journal, in the transaction of the deed itself.

    No savepoint: a deed that could not be journalled must not be committed either.

    `facts` are few and chosen, never a dump of a model: the journal outlives personal data.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [subject, rules.FIRST_PREV])
        seq, prev = cursor.fetchone()
    prev = bytes(prev)
    body, salt, link = _linked(by, deed, subject, seq, prev, at, facts)
    entry = Entry(
        subject=subject, seq=seq, at=at, actor=by.key, deed=deed, body=body, salt=salt, prev=prev,
        hash=link,
    )  # fmt: skip
    entry.save(force_insert=True)
    Head.objects.filter(subject=subject).update(hash=entry.hash)
    return entry


# The heads of many subjects at once, locked in one order so that two batches cannot block each other.
# Rows go to and fro as one JSON text: of thousands, an object for each value is most of the work.
NEXT_OF_MANY = """
WITH taken AS (
    INSERT INTO audit_head (subject, seq, hash)
    SELECT subject, 1, %s FROM json_array_elements_text(%s::json) AS named(subject) ORDER BY subject
    ON CONFLICT (subject) DO UPDATE SET seq = audit_head.seq + 1
    RETURNING subject, seq, hash
)
SELECT coalesce(json_agg(json_build_array(subject, seq, encode(hash, 'hex'))), '[]')::text FROM taken
"""
WRITE_MANY = """
WITH new AS MATERIALIZED (
    SELECT subject, seq, convert_to(body, 'UTF8') AS body, decode(salt, 'hex') AS salt,
           decode(prev, 'hex') AS prev, decode(hash, 'hex') AS hash
    FROM json_to_recordset(%s::json)
        AS row(subject text, seq int, body text, salt text, prev text, hash text)
), heads AS (
    UPDATE audit_head SET hash = new.hash FROM new WHERE audit_head.subject = new.subject
)
INSERT INTO audit_entry (subject, seq, at, actor, deed, body, salt, prev, hash)
SELECT subject, seq, %s, %s, %s, body, salt, prev, hash FROM new
"""


@transaction.atomic(savepoint=False)
def record_many(
    by: Actor, deed: str, facts_by_subject: Mapping[str, Mapping[str, Any]], *, at: datetime
) -> None:
    """`record`, once for each subject, in two statements: for deeds done on thousands at a time."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT_OF_MANY, [rules.FIRST_PREV, json.dumps(list(facts_by_subject))])
        rows: list[dict[str, Any]] = []
        for subject, seq, prev in json.loads(cursor.fetchone()[0]):
            facts = facts_by_subject[subject]
            body, salt, link = _linked(by, deed, subject, seq, bytes.fromhex(prev), at, facts)
            row = {"subject": subject, "seq": seq, "prev": prev}
            row |= {"body": body.decode(), "salt": salt.hex(), "hash": link.hex()}
            rows.append(row)
        cursor.execute(WRITE_MANY, [json.dumps(rows, ensure_ascii=False), at, by.key, deed])


def _linked(
    by: Actor,
    deed: str,
    subject: str,
    seq: int,
    prev: bytes,
    at: datetime,
    facts: Mapping[str, Any],
) -> tuple[bytes, bytes, bytes]:
    """The next link of a chain: its body, its salt, its fingerprint."""
    body = rules.canonical(
        {
            "subject": subject,
            "seq": seq,
            "at": at,
            "actor": by.key,
            "actor_name": by.name,
            "role": str(by.role),
            "deed": deed,
            "facts": facts,
        }
    )
    salt = secrets.token_bytes(rules.SALT_BYTES)
    return body, salt, rules.link(prev, salt, body)


def record_reading(by: Actor, subject: str, *, at: datetime, **facts: Any) -> Entry:
    """Note that `by` looked at someone's personal data: the deed `dossier.read`."""
    return record(by, "dossier.read", subject, at=at, **facts)
