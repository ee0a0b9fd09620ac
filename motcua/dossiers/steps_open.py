"""Which steps a page offers to an official: those of the table, less what this dossier rules out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.core.actors import Role
from motcua.dossiers.access import is_guest
from motcua.dossiers.models import Consultation, Station
from motcua.dossiers.passing import line_under_way
from motcua.dossiers.rules import by_connection, not_for_the_desk
from motcua.dossiers.workflow import UNSIGNED, Status, Step, open_steps
from motcua.procedures.queries import terms_of

if TYPE_CHECKING:
    from motcua.agencies.models import Post
    from motcua.dossiers.models import Dossier


def steps_for(post: Post, dossier: Dossier) -> list[Step]:
    """The steps that `post`, who may open the dossier, can take on it now.

    A unit that is asked, or does its part, reads and answers, nothing else; the unit that has the
    dossier asks itself nothing. What has papers leaves the desk with a list.
    """
    found = open_steps(Status(dossier.status), post.actor.role)
    if is_guest(post, dossier):
        answers = _answers(post, dossier)
        return [step for step in found if step in answers]
    return [
        step
        for step in found
        if step not in (Step.OPINE, Step.ANSWER_STATION)
        and not not_for_the_desk(step, dossier.channel)
        and not (step is Step.WITHDRAW and dossier.status in UNSIGNED)  # by two persons
        and not (step is Step.SETTLE_AT_ONCE and not _is_at_once(dossier))
        and not (step is Step.TRANSFER and by_connection(dossier.status, dossier.channel))
        and not (step is Step.CHECK_PAPERS and line_under_way(dossier) is None)
    ]


def _answers(post: Post, dossier: Dossier) -> set[Step]:
    """What the unit of a guest still owes: an opinion, its part of an interlinked dossier, or both."""
    there = {"dossier": dossier, "unit_id": post.unit_id, "closed_at": None}
    found = set()
    if post.role == Role.UNIT_HEAD and Consultation.objects.filter(**there).exists():
        found.add(Step.OPINE)
    if Station.objects.filter(**there, is_lead=False, started_at__isnull=False).exists():
        found.add(Step.ANSWER_STATION)
    return found


def _is_at_once(dossier: Dossier) -> bool:
    """Whether the result of its procedure is given while the applicant waits (RCV-06)."""
    return terms_of(dossier.procedure_version_id).at_once
