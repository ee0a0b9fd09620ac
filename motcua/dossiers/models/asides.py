"""What stands beside a dossier and must not outlive what it was about: requests, drafts, lines."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from motcua.agencies.queries import whose_unit
from motcua.audit.actions import record
from motcua.core.actors import Actor
from motcua.core.events import publish
from motcua.dossiers.acts import ACTS, ApprovalKind, ApprovalState, LetterState
from motcua.dossiers.events import ApprovalDecided, StationClosed
from motcua.dossiers.models.alarms import Alarm
from motcua.dossiers.models.apologies import Apology
from motcua.dossiers.models.approvals import Approval
from motcua.dossiers.types import AlarmKind
from motcua.dossiers.workflow import CLOSED, CODED, LINKED, RUNNING, TEXTS, Status

if TYPE_CHECKING:
    from motcua.dossiers.models.dossier import Dossier


def settle_asides(
    dossier: Dossier, source: Status, by: Actor, at: datetime, *, is_redated: bool
) -> None:
    """After a step from `source`: drop the draft, close its alarm, let lapse what no longer fits."""
    target = Status(dossier.status)
    if source in _OPEN_IN and target is not source:
        _OPEN_IN[source](dossier, by, at)
    if target in CLOSED and source in LINKED:
        _work_no_more(dossier, by, at)
    if source in RUNNING and (is_redated or target not in RUNNING):
        _drop_letter(dossier, by, at)
    if source in _SLIP_WAITS or (source in CODED and (is_redated or source is not target)):
        _lapse(dossier, source, by, at, is_redated=is_redated)


def _leave_list(dossier: Dossier, by: Actor, at: datetime) -> None:
    """Nobody will take it over any more: its line says why."""
    dossier.transfers.filter(settled_at=None).update(
        settled_at=at, settled_by=by.name, is_taken=False, reason=TEXTS[Status(dossier.status)]
    )


def _leave_list_between_desks(dossier: Dossier, by: Actor, at: datetime) -> None:
    """Taken back while its papers were under way from one agency to the other."""
    if dossier.channel in ("counter", "post"):
        _leave_list(dossier, by, at)


def _ask_no_more(dossier: Dossier, by: Actor, at: datetime) -> None:
    dossier.consultations.filter(closed_at=None).update(closed_at=at)


def _work_no_more(dossier: Dossier, by: Actor, at: datetime) -> None:
    """Nobody waits for the parts of others any more: each unit is told that it is over, and why."""
    rows = dossier.stations.filter(closed_at=None)
    members = list(rows.filter(is_lead=False).values_list("pk", flat=True))
    rows.update(closed_at=at, closed_by=by.name, reason=TEXTS[Status(dossier.status)])
    for station_id in members:
        publish(StationClosed(station_id, subject=f"dossier:{dossier.pk}"))


def _call_off(dossier: Dossier, by: Actor, at: datetime) -> None:
    dossier.verifications.filter(recorded_at=None, called_off_at=None).update(called_off_at=at)


# What is open while the dossier stands here, and is settled however it leaves; the usual way out
# has settled it before.
_OPEN_IN = {
    Status.SUBMITTED: _leave_list_between_desks,
    Status.TRANSFERRING: _leave_list,
    Status.CONSULTING: _ask_no_more,
    Status.VERIFYING: _call_off,
}


_SLIP_WAITS = ACTS[ApprovalKind.ASK_AGAIN].statuses  # handing it to another ends that one too


def _drop_letter(dossier: Dossier, by: Actor, at: datetime) -> None:
    dropped = Apology.objects.filter(dossier=dossier, state=LetterState.DRAFTED).update(
        state=LetterState.DROPPED, dropped_at=at
    )
    if dropped:
        record(by, "dossier.letter_dropped", dossier.reference, at=at)
    Alarm.objects.filter(dossier=dossier, kind=AlarmKind.LATE_AHEAD, closed_at=None).update(
        closed_at=at
    )


def _is_past(
    asked: Approval, kind: ApprovalKind, dossier: Dossier, source: Status, *, is_redated: bool
) -> bool:
    """Whether what was asked for cannot be done any more."""
    target = Status(dossier.status)
    if kind is ApprovalKind.ASK_AGAIN:  # the slip goes out from where it was written, by that hand
        is_elsewhere = whose_unit(asked.facts["unit"]) != dossier.agency_id  # passed on (RCV-10)
        moved = target is not source or asked.facts["assignee"] != dossier.assignee_id
        return moved or is_elsewhere
    moved = is_redated and kind is ApprovalKind.MOVE_DATE
    return moved or target not in ACTS[kind].statuses


def _lapse(dossier: Dossier, source: Status, by: Actor, at: datetime, *, is_redated: bool) -> None:
    for asked in Approval.objects.filter(dossier=dossier, state=ApprovalState.OPEN):
        kind = ApprovalKind(asked.kind)
        if _is_past(asked, kind, dossier, source, is_redated=is_redated):
            asked.state, asked.decided_at = ApprovalState.LAPSED, at
            asked.save(update_fields=["state", "decided_at"])
            record(by, "dossier.approval_lapsed", dossier.reference, at=at, kind=kind.value)
            publish(ApprovalDecided(asked.pk, subject=f"dossier:{dossier.pk}"))
