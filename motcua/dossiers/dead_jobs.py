"""Which dossiers the jobs were for that were given up: as far as their facts, or their subject, say.

A job of the house itself (a register, the count of a recount, what keepers are told) was for none;
of several dossiers that a message was about the first that is open stands for all.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from motcua.dossiers.calling import asked_to_phone
from motcua.dossiers.lost_news import dossiers_of
from motcua.dossiers.models import Alarm, Move, UrgedLine
from motcua.dossiers.recount_news import untold_of
from motcua.dossiers.types import AlarmKind
from motcua.dossiers.workflow import CLOSED
from motcua.notices.queries import keys_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from motcua.core.queue import DeadJob

    Facts = Mapping[str, Any]

OF = "dossier:"


def dossiers_for(jobs: Collection[DeadJob]) -> dict[int, list[int]]:
    """By the number of a job, the dossiers it was for; a few questions for all of a batch."""
    found: dict[int, list[int]] = {job.id: _named(job) for job in jobs}
    unknown = [job for job in jobs if not found[job.id]]
    for fact, dossiers in (("move_id", _of_moves), ("message_id", _of_messages)):
        of: dict[int, list[int]] = defaultdict(list)
        for job in unknown:
            if isinstance(number := job.facts.get(fact), int):
                of[number].append(job.id)
        for number, dossier in dossiers(of).items() if of else ():
            for job_id in of[number]:
                found[job_id] = [dossier]
    for job in unknown:
        found[job.id] = found[job.id] or _beside(job.facts)
    return found


def _named(job: DeadJob) -> list[int]:
    """The dossier that the facts of a job or its subject name."""
    named = job.facts.get("dossier_id")
    if isinstance(named, int):
        return [named]
    number = job.subject.removeprefix(OF)
    return [int(number)] if job.subject.startswith(OF) and number.isdigit() else []


def _of_moves(numbers: Collection[int]) -> dict[int, int]:
    return dict(Move.objects.filter(pk__in=numbers).values_list("pk", "dossier_id"))


def _of_messages(numbers: Collection[int]) -> dict[int, int]:
    """What a letter was about, as far as it was to an applicant."""
    keys = keys_of(numbers)
    return {number: dossier for number, key in keys.items() for dossier in dossiers_of([key])}


def _beside(facts: Facts) -> list[int]:
    """What the facts say of a message about several dossiers."""
    for names, dossiers in _SEVERAL.items():
        numbers = [facts.get(name) for name in names]
        if all(isinstance(number, int) for number in numbers):
            return dossiers(facts)
    return []


def _of_a_day(facts: Facts) -> list[int]:
    """The first dossier late without a letter of which an agency was to hear that day."""
    told = Alarm.objects.filter(
        kind=AlarmKind.NO_LETTER, occasion=facts["day"], dossier__agency=facts["agency_id"]
    )
    return list(told.order_by("pk").values_list("dossier_id", flat=True)[:1])


def _of_a_document(facts: Facts) -> list[int]:
    """The first open dossier of a document that urges a unit."""
    lines = UrgedLine.objects.filter(document=facts["document_id"])
    open_ones = lines.exclude(dossier__status__in=CLOSED).order_by("pk")
    return list(open_ones.values_list("dossier_id", flat=True)[:1])


def _of_a_person(facts: Facts) -> list[int]:
    """The first open dossier of somebody who was to be phoned."""
    return [dossier.pk for dossier in asked_to_phone(facts["unreached_id"])[:1]]


_SEVERAL: dict[tuple[str, ...], Callable[[Facts], list[int]]] = {
    ("recount_id", "after", "until"): untold_of,
    ("agency_id", "day"): _of_a_day,
    ("document_id",): _of_a_document,
    ("unreached_id",): _of_a_person,
}
