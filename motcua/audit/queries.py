"""Reading the journal, and checking that it is the one that was written."""

import json
from collections.abc import Iterator
from itertools import groupby

from motcua.audit import rules
from motcua.audit.models import Entry, Head
from motcua.audit.types import EntryFacts, Finding, Link, Verdict

CHUNK = 2000


def entries_of(subject: str) -> list[EntryFacts]:
    """What was done to `subject`, in order."""
    return [_facts(entry) for entry in Entry.objects.filter(subject=subject).order_by("seq")]


def latest_entries(subject: str, most: int, before: int = 0) -> list[EntryFacts]:
    """The last deeds on `subject`, the newest first; those before number `before`, when there is one."""
    rows = Entry.objects.filter(subject=subject).order_by("-seq")
    if before:
        rows = rows.filter(seq__lt=before)
    return [_facts(entry) for entry in rows[:most]]


def deeds_on(subject: str) -> list[str]:
    """The names of the deeds on `subject`, in order."""
    rows = Entry.objects.filter(subject=subject).order_by("seq")
    return list(rows.values_list("deed", flat=True))


def verify(subject: str = "") -> Iterator[Finding]:
    """One verdict per subject, streamed; all subjects, or only the one named."""
    entries, heads = Entry.objects.order_by("subject", "seq"), Head.objects.order_by("subject")
    if subject:
        entries, heads = entries.filter(subject=subject), heads.filter(subject=subject)
    links = (_link(entry) for entry in entries.iterator(CHUNK))
    for name, chain in groupby(links, lambda entry: entry.subject):
        yield rules.finding(name, chain, _head(name))
    yield from _emptied(subject)


def _emptied(subject: str) -> Iterator[Finding]:
    """Subjects that have a head and not one entry left."""
    known = Entry.objects.filter(seq=1).values("subject")
    heads = Head.objects.exclude(subject__in=known)
    if subject:
        heads = heads.filter(subject=subject)
    for head in heads.iterator(CHUNK):
        if not Entry.objects.filter(subject=head.subject).exists():
            yield Finding(head.subject, Verdict.MISSING, 0, 1, "mất toàn bộ các mục")


def _head(subject: str) -> tuple[int, bytes] | None:
    head = Head.objects.filter(subject=subject).first()
    return (head.seq, bytes(head.hash)) if head else None


def _link(entry: Entry) -> Link:
    return Link(
        subject=entry.subject,
        seq=entry.seq,
        at=entry.at,
        actor=entry.actor,
        deed=entry.deed,
        body=bytes(entry.body),
        salt=bytes(entry.salt),
        prev=bytes(entry.prev),
        hash=bytes(entry.hash),
    )


def _facts(entry: Entry) -> EntryFacts:
    told = json.loads(bytes(entry.body))
    return EntryFacts(
        seq=entry.seq,
        at=entry.at,
        actor=entry.actor,
        actor_name=told.get("actor_name", ""),
        deed=entry.deed,
        facts=told.get("facts", {}),
        hash=bytes(entry.hash).hex(),
    )
