"""From a visit to its minutes: to take along and fill in, and afterwards as they were written down.

Law: ST-12, WF-02
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from motcua.core.errors import NotFound
from motcua.dossiers import access
from motcua.dossiers.form_templates import print_paper
from motcua.dossiers.slip_facts import heading_of, number_of, sealed
from motcua.dossiers.slips import VisitRecord, qr_payload
from motcua.dossiers.slips.forms import SlipKind
from motcua.dossiers.workflow import Step

if TYPE_CHECKING:
    from motcua.agencies.models import Post


def visit_paper(post: Post, reference: str, number: int) -> tuple[str, bytes]:
    """Name and PDF of the minutes of a visit as they stand now; the reading is journalled."""
    visible = access.dossiers_at(post)  # a unit that is only asked reads no visit
    visit = access.to_see(visible, reference).verifications.filter(pk=number).first()
    if visit is None or (visit.called_off_at and not visit.recorded_at):
        raise NotFound
    dossier = access.to_read(visible, reference, post, f"minutes:{visit.pk}")
    step, at = Step.VERIFY, visit.announced_at
    if visit.recorded_at is not None:
        step, at = Step.RECORD_VERIFICATION, visit.recorded_at
    move = dossier.moves.select_related("dossier", "unit").filter(step=step, at=at).last()
    if move is None:
        raise NotFound
    kind = SlipKind.VISIT
    named = number_of(move, kind)
    heading = heading_of(move, kind, named, qr_payload(sealed(move, kind, named)))
    paper = VisitRecord(
        heading=replace(heading, issued_at=localtime(visit.recorded_at or visit.visit_at)),
        visit_at=localtime(visit.visit_at),
        place=visit.place,
        participants=visit.participants,
        content=visit.content,
        officer=visit.recorded_by or visit.announced_by,
        needs_applicant=visit.needs_applicant,
        present=visit.present,
        record=visit.record,
        recorded_at=localtime(visit.recorded_at) if visit.recorded_at else None,
    )
    return f"{named.replace('/', '-')}.pdf", print_paper(paper)
