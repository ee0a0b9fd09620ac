"""The checker: lays what was promised beside what the house has, and names every difference.

It trusts neither the keys nor the answers of the house: a dossier is known by the mark that was
typed into it, a paper by the bytes that lie on the disk.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

from motcua.audit.types import Verdict
from motcua.audit.verifying import verify
from tests.crash.ledger import Asked, Ledger
from tests.crash.snapshot import Kept, Snapshot


class Fault(StrEnum):
    """What can be wrong."""

    LOST = "an acknowledged dossier is not there"
    RECEIPT = "the receipt names another dossier"
    DOUBLED = "one wish, several dossiers"
    EXTRA = "a dossier nobody asked for"
    CHANGED = "not what was typed"
    UNFINISHED = "acknowledged, but not submitted"
    PAPER_LOST = "a paper is not in the dossier"
    PAPER_EXTRA = "a paper nobody sent, or one that is there twice"
    FILE_MISSING = "a paper's file is not on the disk"
    FILE_CHANGED = "a paper's file is not what was sent"
    FILE_EXTRA = "a kept file that no row speaks of"
    MOVE = "not exactly one move for the submission"
    JOURNAL = "not exactly one entry in the journal for the submission"
    JOB = "not exactly one set of queued jobs for the submission"
    TASK = "not exactly one open task at the desk"
    CHAIN = "the journal does not verify"
    COUNTER = "the worklist counter does not agree with the dossiers"


@dataclass(frozen=True)
class Finding:
    """One fault, and what it is about."""

    fault: Fault
    about: str
    note: str = ""

    def __str__(self) -> str:
        return f"{self.about}: {self.fault.value} {self.note}".rstrip()


def examine(book: Ledger, house: Snapshot) -> list[Finding]:
    """Everything that is wrong."""
    by_mark: dict[str, list[Kept]] = {}
    for kept in house.dossiers:
        by_mark.setdefault(kept.mark, []).append(kept)
    return [
        *_promises(book, by_mark),
        *_extra(book, by_mark),
        *(fault for kept in house.dossiers for fault in _halves(kept)),
        *_counters(house),
        *_chains(),
        *_journal_without_dossier(house),
        *(Finding(Fault.FILE_EXTRA, digest[:12]) for digest in sorted(house.unrecorded)),
    ]


def _promises(book: Ledger, by_mark: dict[str, list[Kept]]) -> Iterator[Finding]:
    """L1, L2: each acknowledged dossier is there, once, with all that was sent."""
    for mark, references in book.receipts.items():
        found = by_mark.get(mark, [])
        if not found:
            yield Finding(Fault.LOST, references[0], mark)
        for kept in found:
            if set(references) != {kept.reference}:
                yield Finding(Fault.RECEIPT, kept.reference, f"{references}")
            if kept.status != "submitted":
                yield Finding(Fault.UNFINISHED, kept.reference, kept.status)
            yield from _content(book.asked[mark], kept)


def _content(wish: Asked, kept: Kept) -> Iterator[Finding]:
    if canonical(kept.answers) != canonical(wish.answers):
        yield Finding(Fault.CHANGED, kept.reference, _difference(wish.answers, kept.answers))
    if (kept.owner, kept.procedure) != (wish.owner, wish.procedure):
        yield Finding(Fault.CHANGED, kept.reference, f"{kept.owner}, {kept.procedure}")
    sent, there = Counter(wish.papers), Counter((p.slot, p.digest) for p in kept.papers)
    for slot, digest in (sent - there).elements():
        yield Finding(Fault.PAPER_LOST, kept.reference, f"{slot} {digest[:12]}")
    for slot, digest in (there - sent).elements():
        yield Finding(Fault.PAPER_EXTRA, kept.reference, f"{slot} {digest[:12]}")


def _extra(book: Ledger, by_mark: dict[str, list[Kept]]) -> Iterator[Finding]:
    """L2, L3: nothing that nobody asked for, drafts included, and nothing twice."""
    for mark, found in by_mark.items():
        for kept in found:
            if mark not in book.asked:
                yield Finding(Fault.EXTRA, kept.reference, kept.status)
        if mark and len(found) > 1:
            yield Finding(Fault.DOUBLED, mark, ", ".join(kept.reference for kept in found))


def _halves(kept: Kept) -> Iterator[Finding]:
    """L3: a submission is there with everything that belongs to it, a draft with none of it."""
    due = 1 if kept.status == "submitted" else 0
    for fault, there in (
        (Fault.MOVE, kept.moves),
        (Fault.JOURNAL, kept.deeds),
        (Fault.JOB, kept.jobs),
        (Fault.TASK, kept.open_tasks),
    ):
        if there != due:
            yield Finding(fault, kept.reference, f"{there} instead of {due}")
    for paper in kept.papers:
        yield from _file(kept.reference, paper.digest, paper.size, paper.path)


def _file(reference: str, digest: str, size: int, path: Path) -> Iterator[Finding]:
    if not path.exists():
        yield Finding(Fault.FILE_MISSING, reference, digest[:12])
        return
    content = path.read_bytes()
    if sha256(content).hexdigest() != digest or len(content) != size:
        yield Finding(Fault.FILE_CHANGED, reference, f"{digest[:12]}, {len(content)} bytes")


def _counters(house: Snapshot) -> Iterator[Finding]:
    there = Counter((d.agency, d.status) for d in house.dossiers if d.status != "draft")
    counted = {key: number for key, number in house.counters.items() if number}
    for key in sorted(there.keys() | counted.keys()):
        if there[key] != counted.get(key, 0):
            note = f"{counted.get(key, 0)} counted, {there[key]} there"
            yield Finding(Fault.COUNTER, f"{key[1]} at {key[0]}", note)


def _chains() -> Iterator[Finding]:
    for found in verify():
        if found.verdict is not Verdict.OK:
            yield Finding(Fault.CHAIN, found.subject, f"#{found.seq} {found.verdict} {found.note}")


def _journal_without_dossier(house: Snapshot) -> Iterator[Finding]:
    known = {kept.reference for kept in house.dossiers}
    for subject in sorted(house.journalled - known):
        yield Finding(Fault.LOST, subject, "the journal tells of it")


def canonical(answers: Any) -> str:
    """One spelling for the same answers."""
    return json.dumps(answers, ensure_ascii=False, sort_keys=True)


def _difference(sent: dict[str, Any], kept: dict[str, Any]) -> str:
    parts = [key for key in sent.keys() | kept.keys() if sent.get(key) != kept.get(key)]
    return "; ".join(f"{key}: {sent.get(key)!r} → {kept.get(key)!r}" for key in sorted(parts))
