"""Replaying the journal: every dossier stands where its entries lead, and none has gone."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby

from motcua.audit.queries import subjects_like, told_of
from motcua.audit.types import EntryFacts, LogFault, LogFinding
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.replay import Row, Told, difference
from motcua.dossiers.workflow import Status, Step

PAGE = 1000
DEEDS = [f"dossier.{step}" for step in Step]
REFERENCES = "T-"
READ = ("reference", "status", "revision", "result_digest", "due_at")
LOOKS = 5  # at one dossier that is being worked on at this moment


def standing_otherwise() -> Iterator[LogFinding]:
    """Each dossier whose row is not what its journal leads to; each that has a journal and no row."""
    last = 0
    while rows := list(
        Dossier.objects.filter(pk__gt=last).order_by("pk").values_list("pk", *READ)[:PAGE]
    ):
        last = rows[-1][0]
        steps = _steps([reference for _, reference, *_ in rows])
        for _, reference, *row in rows:
            if difference(steps.get(reference, []), Row(*row), Status.DRAFT) and (
                told := _still_differs(reference)
            ):
                yield LogFinding(LogFault.STATE_DIFFERS, reference, told)
    yield from _gone()


def _still_differs(reference: str) -> str:
    """In what one dossier differs when it is looked at by itself.

    Rows and entries are two statements, and the house works on: a step taken between them is no
    fault. Only a look around which the row stayed the same counts.
    """
    told = ""
    for _ in range(LOOKS):
        row, steps = _row(reference), _steps([reference]).get(reference, [])
        if row is None:
            return ""  # gone: a draft that was thrown away, or `_gone` tells of it
        told = difference(steps, row, Status.DRAFT)
        if not told or _row(reference) == row:
            break
    return told


def _row(reference: str) -> Row | None:
    found = Dossier.objects.filter(reference=reference).values_list(*READ).first()
    return Row(*found[1:]) if found else None


def _gone() -> Iterator[LogFinding]:
    """Dossiers of which the journal tells a step, and nothing else does any more."""
    last = REFERENCES
    while subjects := subjects_like(REFERENCES, last, PAGE):
        last = subjects[-1]
        there = set(
            Dossier.objects.filter(reference__in=subjects).values_list("reference", flat=True)
        )
        absent = [subject for subject in subjects if subject not in there]
        for subject in _steps(absent):
            yield LogFinding(LogFault.STATE_DIFFERS, subject, "hồ sơ không còn")


def _steps(references: list[str]) -> dict[str, list[Told]]:
    """The steps that the journal tells of these dossiers, in order."""
    entries = told_of(references, DEEDS)
    return {
        subject: [step for _, entry in found if (step := _step(entry))]
        for subject, found in groupby(entries, lambda pair: pair[0])
    }


def _step(entry: EntryFacts) -> Told | None:
    source, target, revision = (entry.facts.get(n) for n in ("source", "target", "revision"))
    if not isinstance(target, str) or not isinstance(revision, int):
        return None  # told of a step without taking it
    result = str(entry.facts.get("result") or "")
    return Told(entry.seq, str(source), target, revision, result, _promised(entry))


def _promised(entry: EntryFacts) -> datetime | str | None:
    """The date that the step set, "" where it took it away, None where it left it as it was."""
    due = entry.facts.get("due_at")
    if not isinstance(due, str) or not due:
        return due if due is None else ""
    try:
        return datetime.fromisoformat(due).astimezone(UTC)
    except ValueError:  # written over: its chain says so, and it is no date of the row either
        return due
