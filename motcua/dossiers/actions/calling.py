"""An official tells by telephone, or in person, what no message brought: on record, and told so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.errors import NotFound, Reason, Refused, refuse_if
from motcua.dossiers import access
from motcua.dossiers.calls import WHO_CALLS, numbers_of
from motcua.dossiers.models import Alarm, Dossier, PhoneCall
from motcua.dossiers.rules.calling import (
    ENDED_WATCHED,
    Outcome,
    call_reasons,
    may_be_called_about,
)
from motcua.dossiers.types import AlarmKind
from motcua.dossiers.workflow import Status

if TYPE_CHECKING:
    from motcua.agencies.models import Post

ENDED_BY_A_CALL = (AlarmKind.UNREACHED, AlarmKind.UNTOLD)


@transaction.atomic
def note_call(*, post: Post, reference: str, to: str, outcome: str, note: str) -> PhoneCall:
    """Đã gọi điện báo: which number, whether anybody answered, what was said (INT-09).

    A call that was answered ends the alarms about news that reached nobody; any other is kept.
    """
    dossier = access.to_change(access.dossiers_at(post), reference)
    if post.role not in WHO_CALLS:
        raise NotFound
    now = clock.now()
    if not may_be_called_about(Status(dossier.status), dossier.since_at, now):
        text = f"Hồ sơ đã kết thúc quá {ENDED_WATCHED.days} ngày nên không ghi thêm cuộc gọi."
        raise Refused([Reason("ended_long_ago", text)])
    chosen = next((each for each in numbers_of(dossier) if each.key == to), None)
    number = chosen.number if chosen else None
    refuse_if(call_reasons(number, outcome, note))
    assert chosen is not None  # or it would have been refused
    call = PhoneCall.objects.create(
        dossier=dossier, number=chosen.number, whose=chosen.whose, note=note.strip(),
        is_reached=outcome == Outcome.TOLD, called_at=now, called_by=post.holder_name,
        called_by_key=post.actor.key,
    )  # fmt: skip
    record(
        post.actor, "dossier.called", dossier.reference, at=now,
        call=call.pk, is_reached=call.is_reached, in_person=not call.number,
    )  # fmt: skip
    if call.is_reached:
        _end_alarms(dossier, call)
    return call


def _end_alarms(dossier: Dossier, call: PhoneCall) -> None:
    told = Alarm.objects.filter(dossier=dossier, kind__in=ENDED_BY_A_CALL, closed_at=None)
    told.update(closed_at=call.called_at, closed_by=call.called_by)
