"""Putting an act before a second person: open or not, written down, journalled, told (SEC-05)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.errors import Reason, Refused
from motcua.core.events import publish
from motcua.dossiers.acts import APPROVAL_NAMES, ApprovalKind, ApprovalState
from motcua.dossiers.events import ApprovalAsked
from motcua.dossiers.models import Approval, Dossier
from motcua.dossiers.workflow import TEXTS, Status

if TYPE_CHECKING:
    from motcua.core.two_persons import Hand

Facts = Mapping[str, Any]


def open_one(dossier: Dossier, kind: ApprovalKind) -> Approval | None:
    """The asking of this kind that waits, if one does."""
    return Approval.objects.filter(dossier=dossier, kind=kind, state=ApprovalState.OPEN).first()


def refuse_unless_open(dossier: Dossier, kind: ApprovalKind, *, may_ask: bool) -> None:
    """Refuse when it cannot be asked for now, or somebody has asked already."""
    if not may_ask:
        text = (
            f"Hồ sơ đang ở trạng thái “{TEXTS[Status(dossier.status)]}” nên không đề nghị "
            f"“{APPROVAL_NAMES[kind].lower()}” được. Mời tải lại trang."
        )
        raise Refused([Reason("step_not_open", text)])
    if (other := open_one(dossier, kind)) is not None:
        text = (
            f"{other.asked_by} đã đề nghị “{APPROVAL_NAMES[kind].lower()}” cho hồ sơ này "
            "và đang chờ duyệt. Mời xem đề nghị đó."
        )
        raise Refused([Reason("asked_before", text)])


def put_before(
    dossier: Dossier, hand: Hand, kind: ApprovalKind, reason: str, facts: Facts
) -> Approval:
    """Write the asking down; whoever may decide it is told once this is kept."""
    now = clock.now()
    asked = Approval.objects.create(
        dossier=dossier, kind=kind, asked_by=hand.actor.name, asked_by_key=hand.actor.key,
        asked_by_person=hand.person, asked_at=now, reason=reason.strip(), facts=dict(facts),
        revision=dossier.revision,
    )  # fmt: skip
    record(
        hand.actor, "dossier.approval_asked", dossier.reference, at=now,
        kind=kind.value, approval=asked.pk,
    )  # fmt: skip
    publish(ApprovalAsked(asked.pk, subject=f"dossier:{dossier.pk}"))
    return asked
