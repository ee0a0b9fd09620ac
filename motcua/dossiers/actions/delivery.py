"""The result goes to the applicant."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from motcua.core import clock
from motcua.core.errors import refuse_if
from motcua.core.events import publish
from motcua.core.text import clean
from motcua.dossiers import access, rules
from motcua.dossiers.actions.intake import at_the_desk
from motcua.dossiers.events import DossierDelivered
from motcua.dossiers.models import Dossier
from motcua.dossiers.types import Delivery
from motcua.dossiers.workflow import Status, Step
from motcua.people.acting import refuse_ended
from motcua.procedures.forms.checks import CHECKS

if TYPE_CHECKING:
    from motcua.agencies.models import Post
    from motcua.people.models import Person


@transaction.atomic
def deliver_result(
    *,
    post: Post,
    reference: str,
    revision: int | None = None,
    receiver_name: str,
    receiver_identity: str = "",
) -> Dossier:
    """Trả kết quả: who received it is written down (ST-16, RES-10)."""
    now = clock.now()
    dossier = at_the_desk(post, reference, revision, Step.DELIVER)
    refuse_if(
        rules.required_text("receiver_name", receiver_name, "Mời ghi họ tên người nhận kết quả.")
    )
    name, identity = clean(receiver_name), CHECKS["person"].tidy(receiver_identity)
    refuse_if(rules.receiver(name, identity))
    note = f"Người nhận: {name}" + (f", giấy tờ: {identity}" if identity else "")
    move = dossier.take(
        Step.DELIVER, by=post.actor, at=now, note=note,
        facts={"receiver": name, "receiver_identity": identity},
        delivered_at=_given_then(dossier) or now,
    )  # fmt: skip
    publish(DossierDelivered(move.pk, dossier.pk))
    return dossier


def _given_then(dossier: Dossier) -> datetime | None:
    """When the result was given that is entered only now (RCV-22); none of one issued again since."""
    last = dossier.moves.filter(step__in=(Step.SETTLE_AT_ONCE, Step.REISSUE)).last()
    given = last.facts.get("given_at") if last else None
    return datetime.fromisoformat(given) if given else None


@transaction.atomic
def receive_result(*, citizen: Person, reference: str) -> Dossier:
    """Nhận kết quả trực tuyến: the applicant takes the result on the portal (ST-16).

    Who chose to come for it at the desk may download it too; the dossier then waits for them still.
    """
    now = clock.now()
    dossier = access.to_change(access.dossiers_of(citizen), reference)
    if dossier.status != Status.RESULT_READY or dossier.delivery != Delivery.ONLINE:
        return dossier
    refuse_ended(citizen, dossier.applicant, dossier.procedure_code)
    move = dossier.take(
        Step.DELIVER, by=citizen.actor, at=now, note="Tải kết quả trên Cổng", delivered_at=now
    )
    publish(DossierDelivered(move.pk, dossier.pk))
    return dossier
