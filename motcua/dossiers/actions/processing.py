"""Inside the agency: transfer, assign, examine, propose, send back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from motcua.agencies.queries import case_posts, headed_units
from motcua.core import clock
from motcua.core.errors import Reason, Refused, refuse_if
from motcua.core.events import publish
from motcua.dossiers import rules, step_dates
from motcua.dossiers.actions.intake import at_the_desk
from motcua.dossiers.actions.interlinking import finish_lead
from motcua.dossiers.events import DossierMoved
from motcua.dossiers.letters import calendar_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.step_dates import step_date_reasons
from motcua.dossiers.workflow import Step

if TYPE_CHECKING:
    from datetime import datetime

    from motcua.agencies.models import Post


@transaction.atomic
def transfer_dossier(
    *, post: Post, reference: str, revision: int | None = None, unit_id: int
) -> Dossier:
    """Bàn giao: hand the dossier to the unit that settles it, or on to the right one (ST-06)."""
    dossier = at_the_desk(post, reference, revision, Step.TRANSFER)
    refuse_if(rules.by_connection(dossier.status, dossier.channel))
    if unit_id not in {u.id for u in headed_units(dossier.agency_id)} - {dossier.unit_id}:
        text = (
            "Mời anh/chị chọn một đơn vị giải quyết khác của cơ quan mình, "
            "đang có trưởng đơn vị để phân công."
        )
        raise Refused([Reason("unit_unknown", text, field="unit")])
    move = dossier.take(
        Step.TRANSFER, by=post.actor, at=clock.now(), unit_id=unit_id, assignee_id=None
    )
    publish(DossierMoved(move.pk, dossier.pk))
    return dossier


@transaction.atomic
def assign_dossier(
    *,
    post: Post,
    reference: str,
    revision: int | None = None,
    assignee_id: int,
    finish_by: datetime | None = None,
) -> Dossier:
    """Phân công: the head of the unit names who examines, and by when they are to be done (ST-07)."""
    dossier = at_the_desk(post, reference, revision, Step.ASSIGN)
    named = next((p for p in case_posts(post.unit_id) if p.id == assignee_id), None)
    if named is None:
        text = "Mời anh/chị chọn một cán bộ thụ lý của đơn vị mình."
        raise Refused([Reason("assignee_unknown", text, field="assignee")])
    now, facts = clock.now(), {"assignee": named.holder_name}
    if finish_by is not None:
        refuse_if(step_date_reasons(finish_by, now, dossier.due_at, calendar_of(dossier)))
        facts["finish_by"] = finish_by.isoformat()
    move = dossier.take(
        Step.ASSIGN, by=post.actor, at=now, note=f"Phân công {named.holder_name}", facts=facts,
        assignee_id=assignee_id, **step_dates.changes_for(dossier, finish_by, now),
    )  # fmt: skip
    publish(DossierMoved(move.pk, dossier.pk))
    return dossier


@transaction.atomic
def examine_dossier(
    *, post: Post, reference: str, revision: int | None = None, note: str
) -> Dossier:
    """Thẩm định: the case officer writes down what they found (WF-14)."""
    dossier = at_the_desk(post, reference, revision, Step.EXAMINE)
    refuse_if(rules.required_text("note", note, "Mời ghi nội dung thẩm định."))
    move = dossier.take(Step.EXAMINE, by=post.actor, at=clock.now(), note=note.strip())
    publish(DossierMoved(move.pk, dossier.pk))
    return dossier


@transaction.atomic
def propose_dossier(
    *, post: Post, reference: str, revision: int | None = None, outcome: str, note: str
) -> Dossier:
    """Trình: the case officer proposes to grant or to refuse."""
    dossier = at_the_desk(post, reference, revision, Step.PROPOSE)
    if outcome not in ("approve", "refuse"):
        text = "Mời chọn đề xuất: đồng ý hoặc không đồng ý giải quyết."
        raise Refused([Reason("outcome_missing", text, field="outcome")])
    refuse_if(rules.required_text("note", note, "Mời ghi ý kiến đề xuất và căn cứ."))
    now = clock.now()
    finish_lead(dossier, post, now, note.strip())
    move = dossier.take(
        Step.PROPOSE, by=post.actor, at=now, note=note.strip(), facts={"proposed": outcome},
        outcome=outcome,
    )  # fmt: skip
    publish(DossierMoved(move.pk, dossier.pk))
    return dossier


@transaction.atomic
def send_back(*, post: Post, reference: str, revision: int | None = None, note: str) -> Dossier:
    """Trả lại để làm rõ: the leader wants something examined again."""
    dossier = at_the_desk(post, reference, revision, Step.SEND_BACK)
    refuse_if(rules.required_text("note", note, "Mời nêu điều cần làm rõ."))
    assignee = dossier.assignee.holder_name if dossier.assignee else ""
    move = dossier.take(
        Step.SEND_BACK, by=post.actor, at=clock.now(), note=note.strip(),
        facts={"assignee": assignee}, outcome="",
    )  # fmt: skip
    publish(DossierMoved(move.pk, dossier.pk))
    return dossier
