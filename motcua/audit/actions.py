"""Writing the journal."""

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
def record(by: Actor, deed: str, subject: str, *, at: datetime, **facts: Any) -> Entry:
    """Add a deed to the journal, in the transaction of the deed itself.

    No savepoint: a deed that could not be journalled must not be committed either.

    `facts` are few and chosen, never a dump of a model: the journal outlives personal data.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [subject, rules.FIRST_PREV])
        seq, prev = cursor.fetchone()
    entry = _entry(by, deed, subject, seq, bytes(prev), at, facts)
    entry.save(force_insert=True)
    Head.objects.filter(subject=subject).update(hash=entry.hash)
    return entry


# The heads of many subjects at once, locked in one order so that two batches cannot block each other.
NEXT_OF_MANY = """
INSERT INTO audit_head (subject, seq, hash)
SELECT subject, 1, %s FROM unnest(%s::text[]) AS named(subject) ORDER BY subject
ON CONFLICT (subject) DO UPDATE SET seq = audit_head.seq + 1
RETURNING subject, seq, hash
"""
HEADS_OF_MANY = """
UPDATE audit_head SET hash = new.hash
FROM unnest(%s::text[], %s::bytea[]) AS new(subject, hash) WHERE audit_head.subject = new.subject
"""


@transaction.atomic(savepoint=False)
def record_many(
    by: Actor, deed: str, facts_by_subject: Mapping[str, Mapping[str, Any]], *, at: datetime
) -> None:
    """`record`, once for each subject, in a few statements: for deeds done on thousands at a time."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT_OF_MANY, [rules.FIRST_PREV, list(facts_by_subject)])
        entries = [
            _entry(by, deed, subject, seq, bytes(prev), at, facts_by_subject[subject])
            for subject, seq, prev in cursor.fetchall()
        ]
        Entry.objects.bulk_create(entries)
        heads = [entry.subject for entry in entries], [bytes(entry.hash) for entry in entries]
        cursor.execute(HEADS_OF_MANY, [*heads])


def _entry(
    by: Actor,
    deed: str,
    subject: str,
    seq: int,
    prev: bytes,
    at: datetime,
    facts: Mapping[str, Any],
) -> Entry:
    """The next link of a chain, not yet written."""
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
    made = {"at": at, "actor": by.key, "deed": deed, "body": body, "salt": salt, "prev": prev}
    return Entry(subject=subject, seq=seq, hash=rules.link(prev, salt, body), **made)


def record_reading(by: Actor, subject: str, *, at: datetime, **facts: Any) -> Entry:
    """Note that `by` looked at someone's personal data: the deed `dossier.read`."""
    return record(by, "dossier.read", subject, at=at, **facts)
