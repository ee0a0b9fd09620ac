"""Checking that the journal is the one that was written: every chain, against the log over all of them."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from motcua.audit import rules
from motcua.audit.models import Checkpoint, Entry, Head
from motcua.audit.types import Finding, Link, Sealed, Verdict

CHUNK = 2000
# One statement, one moment: a chain that grows meanwhile still ends where its head says.
CHAINS = """
SELECT e.subject, e.seq, e.at, e.actor, e.deed, e.body, e.salt, e.prev, e.hash,
       e.id, l."index", l.hash, h.seq, h.hash
FROM audit_entry e LEFT JOIN audit_leaf l ON l.entry_id = e.id
LEFT JOIN audit_head h ON h.subject = e.subject
WHERE %(subject)s = '' OR e.subject = %(subject)s
ORDER BY e.subject, e.seq
"""


@dataclass
class Signed:
    """When the log was how large: the sizes and hours of its checkpoints, and what must be in it.

    `bounds` has for each checkpoint the hour of the last whole one by then: behind the others of a
    round, honest entries were still waiting.
    """

    sizes: list[int]
    hours: list[datetime]
    bounds: list[datetime | None]
    settled: int = 0

    @classmethod
    def known(cls) -> "Signed":
        """What was signed by now."""
        rows = Checkpoint.objects.order_by("size")
        known = cls([], [], [])
        bound: datetime | None = None
        told = rows.values_list("size", "at", "settled", "is_whole")
        for size, at, settled, is_whole in told.iterator(CHUNK):
            bound = at if is_whole else bound
            known.sizes.append(size)
            known.hours.append(at)
            known.bounds.append(bound)
            known.settled = settled
        return known

    def place(self, index: int, leaf: bytes) -> Sealed:
        """Where leaf `index` is; what came in the first round has no earliest hour."""
        at = bisect_right(self.sizes, index)
        signed = self.hours[at] if at < len(self.hours) else None
        return Sealed(index, leaf, signed, self.bounds[at - 1] if at else None)


def verify(subject: str = "") -> Iterator[Finding]:
    """One verdict per subject, streamed; all subjects, or only the one named."""
    signed = Signed.known()
    with connection.chunked_cursor() as cursor:
        cursor.execute(CHAINS, {"subject": subject})
        for name, rows in groupby(_streamed(cursor), lambda row: row[0]):
            first = next(rows)
            head = (first[12], bytes(first[13])) if first[12] is not None else None
            links = (_link(row, signed) for row in _again(first, rows))
            yield rules.finding(name, links, head)
    yield from _emptied(subject)


def _streamed(cursor: Any) -> Iterator[tuple[Any, ...]]:
    while rows := cursor.fetchmany(CHUNK):
        yield from rows


def _again(first: tuple[Any, ...], rest: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    yield first
    yield from rest


def _link(row: tuple[Any, ...], signed: Signed) -> Link:
    number, index, leaf = row[9:12]
    sealed = None if index is None else signed.place(index, bytes(leaf))
    subject, seq, at, actor, deed = row[:5]
    body, salt, prev, hash_ = map(bytes, row[5:9])
    must_be = number <= signed.settled
    return Link(subject, seq, at, actor, deed, body, salt, prev, hash_, sealed, must_be)


def _emptied(subject: str) -> Iterator[Finding]:
    """Subjects that have a head and not one entry left."""
    for head in emptied(subject).iterator(CHUNK):
        yield Finding(head.subject, Verdict.MISSING, 0, 1, "mất toàn bộ các mục")


def emptied(subject: str = "") -> QuerySet[Head]:
    """The heads without an entry: one join over both, however many there are, not a list for each."""
    heads = Head.objects.filter(~Exists(Entry.objects.filter(subject=OuterRef("subject"))))
    return heads.filter(subject=subject) if subject else heads
