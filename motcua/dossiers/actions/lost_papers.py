"""Papers of the applicant that were lost or damaged in our hands: on record, told, made good (RCV-20)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.errors import NotFound, Reason, Refused, refuse_if
from motcua.core.events import publish
from motcua.dossiers import access, rules
from motcua.dossiers.events import PapersMishandled
from motcua.dossiers.incident_words import Fault, Subject
from motcua.dossiers.models import Incident
from motcua.dossiers.rules import incidents as results

if TYPE_CHECKING:
    from motcua.agencies.models import Post


@transaction.atomic
def report_papers(
    *, post: Post, reference: str, kind: str, what: str, fault: str, apology: str = ""
) -> Incident:
    """Lập biên bản: which paper, whose fault, with the apology; the applicant is told at once."""
    dossier = access.to_change(access.dossiers_at(post), reference)
    missing = "Mời ghi giấy tờ nào, bị mất hay hỏng thế nào."
    refuse_if(
        [
            *results.papers_reasons(kind, fault),
            *rules.required_text("what", what, missing),
            *(results.apology_missing(Fault(fault), apology) if fault in list(Fault) else ()),
        ]
    )
    if dossier.incidents.filter(subject=Subject.PAPERS, settled_at=None).exists():
        text = "Hồ sơ này đang có một sự cố giấy tờ chưa khắc phục xong. Mời khắc phục xong trước."
        raise Refused([Reason("incident_open", text)])
    now = clock.now()
    incident = Incident.objects.create(
        dossier=dossier, subject=Subject.PAPERS, kind=kind, fault=fault, what=what.strip(),
        apology=apology.strip(), is_free=results.is_free(Fault(fault)),
        reported_by=post.holder_name, reported_at=now,
    )  # fmt: skip
    record(
        post.actor, "dossier.incident", dossier.reference, at=now,
        incident=incident.pk, kind=kind, fault=fault,
    )  # fmt: skip
    publish(PapersMishandled(incident.pk, subject=f"dossier:{dossier.pk}"))
    return incident


@transaction.atomic
def make_good(*, post: Post, reference: str, incident_id: int, how: str) -> Incident:
    """Khắc phục xong: how the paper was replaced; once, and the applicant is told."""
    dossier = access.to_change(access.dossiers_at(post), reference)
    incident = dossier.incidents.filter(subject=Subject.PAPERS, pk=incident_id).first()
    if incident is None:
        raise NotFound
    refuse_if(rules.required_text("how", how, "Mời ghi đã khắc phục thế nào."))
    if incident.settled_at is not None:
        text = f"{incident.settled_by} đã ghi khắc phục xong sự cố này."
        raise Refused([Reason("settled_before", text)])
    incident.settled_at, incident.settled_by = clock.now(), post.holder_name
    incident.settled_how = how.strip()
    incident.save(update_fields=["settled_at", "settled_by", "settled_how"])
    record(
        post.actor, "dossier.incident_settled", dossier.reference, at=incident.settled_at,
        incident=incident.pk,
    )  # fmt: skip
    publish(PapersMishandled(incident.pk, is_settled=True, subject=f"dossier:{dossier.pk}"))
    return incident
