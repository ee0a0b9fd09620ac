"""What stands beside a dossier and must not outlive what it was about: requests, drafts, alarms."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from motcua.audit.actions import record
from motcua.core.actors import Actor
from motcua.dossiers.acts import ACTS, ApprovalKind, ApprovalState, LetterState
from motcua.dossiers.models.alarms import Alarm
from motcua.dossiers.models.apologies import Apology
from motcua.dossiers.models.approvals import Approval
from motcua.dossiers.types import AlarmKind
from motcua.dossiers.workflow import CODED, RUNNING, Status

if TYPE_CHECKING:
    from motcua.dossiers.models.dossier import Dossier


def settle_asides(
    dossier: Dossier, source: Status, by: Actor, at: datetime, *, is_redated: bool
) -> None:
    """After a step from `source`: drop the draft, close its alarm, let lapse what no longer fits."""
    target = Status(dossier.status)
    if source in RUNNING and (is_redated or target not in RUNNING):
        _drop_letter(dossier, by, at)
    if source in CODED and (is_redated or source is not target):
        _lapse(dossier, target, by, at, is_redated=is_redated)


def _drop_letter(dossier: Dossier, by: Actor, at: datetime) -> None:
    dropped = Apology.objects.filter(dossier=dossier, state=LetterState.DRAFTED).update(
        state=LetterState.DROPPED, dropped_at=at
    )
    if dropped:
        record(by, "dossier.letter_dropped", dossier.reference, at=at)
    Alarm.objects.filter(dossier=dossier, kind=AlarmKind.LATE_AHEAD, closed_at=None).update(
        closed_at=at
    )


def _lapse(dossier: Dossier, target: Status, by: Actor, at: datetime, *, is_redated: bool) -> None:
    for asked in Approval.objects.filter(dossier=dossier, state=ApprovalState.OPEN):
        kind = ApprovalKind(asked.kind)
        moved = is_redated and kind is ApprovalKind.MOVE_DATE
        if moved or target not in ACTS[kind].statuses:
            asked.state, asked.decided_at = ApprovalState.LAPSED, at
            asked.save(update_fields=["state", "decided_at"])
            record(by, "dossier.approval_lapsed", dossier.reference, at=at, kind=kind.value)
