"""A leader urges the unit that has a dossier; the unit answers (WF-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from motcua.agencies.queries import acting_posts, head_posts
from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Role
from motcua.core.errors import NotFound, Reason, Refused, refuse_if
from motcua.core.events import publish
from motcua.dossiers import access, rules
from motcua.dossiers.actions.intake import at_the_desk
from motcua.dossiers.events import DossierUrged
from motcua.dossiers.models import Dossier, Urging
from motcua.dossiers.workflow import Step

if TYPE_CHECKING:
    from motcua.agencies.models import Post


@transaction.atomic
def urge(*, post: Post, reference: str, revision: int | None = None, note: str) -> Dossier:
    """Đôn đốc: the head of the unit that has the dossier, and whoever works on it, are told."""
    dossier = at_the_desk(post, reference, revision, Step.URGE)
    refuse_if(rules.required_text("note", note, "Mời ghi nội dung đôn đốc."))
    told = _urged(dossier)
    if dossier.unit_id is None or not told:
        text = "Đơn vị đang giữ hồ sơ chưa có ai để nhận văn bản đôn đốc."
        raise Refused([Reason("nobody_to_urge", text)])
    now = clock.now()
    dossier.take(Step.URGE, by=post.actor, at=now, note=note.strip())
    urging = Urging.objects.create(
        dossier=dossier, unit_id=dossier.unit_id, text=note.strip(),
        urged_at=now, urged_by=post.holder_name,
    )  # fmt: skip
    urging.recipients.add(*told)
    publish(DossierUrged(urging.pk, subject=f"dossier:{dossier.pk}"))
    return dossier


def _urged(dossier: Dossier) -> list[int]:
    """The heads of the unit and who works on the dossier; at the desk, all its officers."""
    unit_id = dossier.unit_id or 0
    found = set(head_posts([unit_id]).get(unit_id, ()))
    if dossier.assignee_id:
        found.add(dossier.assignee_id)
    if not found:
        desk = acting_posts([dossier.agency_id], [Role.DESK_OFFICER])
        found = {seat.id for seat in desk if seat.at_desk}
    return sorted(found)


@transaction.atomic
def answer_urging(*, post: Post, reference: str, urging_id: int, answer: str) -> Urging:
    """Trả lời đôn đốc: one of those who were urged says how it stands; once."""
    dossier = access.to_change(access.shown_to(post), reference)
    urging = Urging.objects.filter(dossier=dossier, pk=urging_id, recipients=post.pk).first()
    if urging is None:
        raise NotFound
    refuse_if(rules.required_text("answer", answer, "Mời ghi nội dung trả lời."))
    if urging.answered_at is not None:
        text = f"{urging.answered_by} đã trả lời văn bản đôn đốc này."
        raise Refused([Reason("answered_before", text)])
    urging.answer, urging.answered_at = answer.strip(), clock.now()
    urging.answered_by = post.holder_name
    urging.save(update_fields=["answer", "answered_at", "answered_by"])
    record(
        post.actor, "dossier.answer_urging", dossier.reference, at=urging.answered_at,
        urging=urging.pk,
    )  # fmt: skip
    return urging
