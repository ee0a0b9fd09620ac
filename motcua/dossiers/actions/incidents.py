"""A result that is wrong, lost or damaged: opened again by two persons, issued anew (RCV-20)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from motcua.core import clock
from motcua.core.errors import Reason, refuse_if
from motcua.core.events import publish
from motcua.dossiers.actions.intake import at_the_desk
from motcua.dossiers.actions.settlement import result_file
from motcua.dossiers.events import ResultReissued, ResultReopened
from motcua.dossiers.incident_words import FAULT_NAMES, KIND_NAMES, Fault, IncidentKind, Subject
from motcua.dossiers.letters import calendar_of
from motcua.dossiers.models import Approval, Dossier, EarlierResult, Incident
from motcua.dossiers.rules import incidents as results
from motcua.dossiers.workflow import Step

if TYPE_CHECKING:
    from motcua.agencies.models import Post
    from motcua.core.two_persons import Hand
    from motcua.dossiers.actions.papers import Upload


def reopening_faults(dossier: Dossier, facts: Mapping[str, str]) -> list[Reason]:
    """Why the result of this dossier cannot be opened again as asked."""
    return results.reopening_reasons(facts, clock.now(), calendar_of(dossier))


def reopen(dossier: Dossier, asked: Approval, hand: Hand, now: datetime) -> None:
    """Mở lại: the record of what went wrong, and the result is in correction from now on.

    When the result was ready for the first time stays what it was: the dossier is solved once, in
    the figures too.
    """
    kind, fault = IncidentKind(asked.facts["incident"]), Fault(asked.facts["fault"])
    free = results.is_free(fault)
    until = datetime.fromisoformat(asked.facts["correct_by"])
    Incident.objects.create(
        dossier=dossier, subject=Subject.RESULT, kind=kind, fault=fault, what=asked.reason,
        apology=asked.facts["apology"], is_free=free, reported_by=asked.asked_by,
        reported_at=asked.asked_at, approved_by=hand.actor.name, must_by=until,
    )  # fmt: skip
    facts = {
        "reason": asked.reason, "incident": kind.value, "fault": fault.value, "is_free": free,
        "apology": asked.facts["apology"], "correct_by": until.isoformat(),
        "old_number": dossier.result_number, "asked_by": asked.asked_by,
        "approved_by": hand.actor.name,
    }  # fmt: skip
    note = (
        f"Kết quả số {dossier.result_number}: {KIND_NAMES[kind].lower()}. {asked.reason}\n"
        f"Lỗi thuộc về: {FAULT_NAMES[fault]}. Người đề nghị: {asked.asked_by}"
    )
    move = dossier.take(
        Step.REOPEN, by=hand.actor, at=now, note=note, facts=facts, correct_by=until,
        delivered_at=None,
    )  # fmt: skip
    publish(ResultReopened(move.pk, dossier.pk))


def reissue_result(
    *,
    post: Post,
    reference: str,
    revision: int | None = None,
    number: str,
    issued_on: date,
    upload: Upload | None,
) -> Dossier:
    """Cấp lại: the right result takes the place of the first, which is kept and known as replaced."""
    stored = result_file(post, reference, Step.REISSUE, number, issued_on, upload)
    with transaction.atomic():
        now = clock.now()
        dossier = at_the_desk(post, reference, revision, Step.REISSUE)
        incident = dossier.incidents.get(subject=Subject.RESULT, settled_at=None)
        kind, old = IncidentKind(incident.kind), dossier.result_number
        same = stored.digest == dossier.result_digest
        refuse_if(results.reissue_reasons(kind, number, old, is_same_file=same))
        _replaced(dossier, incident, post, number.strip(), now)
        note = f"Kết quả số {number.strip()} thay kết quả số {old}"
        facts = {"number": number.strip(), "old_number": old, "is_free": incident.is_free}
        move = dossier.take(
            Step.REISSUE, by=post.actor, at=now, note=note, correct_by=None,
            facts=facts | {"incident": kind.value, "fault": incident.fault},
            result_number=number.strip(), result_on=issued_on, result_digest=stored.digest,
        )  # fmt: skip
        publish(ResultReissued(move.pk, dossier.pk))
    return dossier


def _replaced(dossier: Dossier, incident: Incident, post: Post, number: str, now: datetime) -> None:
    """Keep the result that is replaced, and note that the incident is put right."""
    EarlierResult.objects.create(
        dossier=dossier, incident=incident, number=dossier.result_number,
        issued_on=dossier.result_on, digest=dossier.result_digest, replaced_at=now,
    )  # fmt: skip
    incident.settled_at, incident.settled_by = now, post.holder_name
    incident.settled_how = f"Cấp lại kết quả số {number} lúc {localtime(now):%H:%M ngày %d/%m/%Y}"
    incident.save(update_fields=["settled_at", "settled_by", "settled_how"])
