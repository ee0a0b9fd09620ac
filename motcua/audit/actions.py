"""Writing the journal."""

import secrets
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
    entry = Entry.objects.create(
        subject=subject,
        seq=seq,
        at=at,
        actor=by.key,
        deed=deed,
        body=body,
        salt=salt,
        prev=bytes(prev),
        hash=rules.link(bytes(prev), salt, body),
    )
    Head.objects.filter(subject=subject).update(hash=entry.hash)
    return entry


def record_reading(by: Actor, subject: str, *, at: datetime, **facts: Any) -> Entry:
    """Note that `by` looked at someone's personal data: the deed `dossier.read`."""
    return record(by, "dossier.read", subject, at=at, **facts)
