"""What a unit sees of a dossier that others settle: its own question first; the owner's acts never."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from motcua.core import clock
from motcua.core.actors import Role
from motcua.core.errors import NotFound
from motcua.dossiers import access, queries
from motcua.dossiers.display import hours_of
from motcua.dossiers.models import Consultation, Dossier, Station
from motcua.dossiers.remaining import Remaining, left_of_part
from motcua.dossiers.workflow import Step

if TYPE_CHECKING:
    from datetime import datetime

    from motcua.agencies.models import Post
    from motcua.dossiers.pages import DeskDossier


@dataclass(frozen=True)
class Question:
    """What the unit of a guest owes: who asked for what, by when, and the step that answers it."""

    step: Step
    title: str
    content: str
    asked_by: str
    asked_at: datetime | None
    due_at: datetime | None
    left: Remaining | None


def own_dossier(post: Post, reference: str) -> DeskDossier:
    """A dossier for a page on which its owner acts: to a unit that is only asked, there is none."""
    if not access.may_see(access.dossiers_at(post), reference):
        raise NotFound
    return queries.desk_dossier(post, reference)


def questions_to(post: Post, reference: str) -> list[Question]:
    """What this post's unit is asked about a dossier the caller has been shown; nothing of its own."""
    dossier = Dossier.objects.filter(reference=reference).first()
    if dossier is None or not access.is_guest(post, dossier):
        return []
    there = {"dossier": dossier, "unit_id": post.unit_id, "closed_at": None}
    asked = Consultation.objects.filter(**there) if post.role == Role.UNIT_HEAD else ()
    parts = Station.objects.filter(**there, is_lead=False, started_at__isnull=False)
    found = [
        ("Đơn vị được hỏi ý kiến", Step.OPINE, row.content, row.asked_by, row.asked_at,
         row.due_at, None)
        for row in asked
    ] + [
        ("Đơn vị được giao việc liên thông", Step.ANSWER_STATION, row.task, row.planned_by,
         row.started_at, row.due_at, row.warn_at)
        for row in parts
    ]  # fmt: skip
    now, hours = clock.now(), hours_of(post)
    return [
        Question(step, title, content, by, at, due, left_of_part(due, warn, now, hours))
        for title, step, content, by, at, due, warn in found
    ]
