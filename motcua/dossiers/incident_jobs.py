"""Who is told that a paper was lost or damaged, and that it was made good. May run twice."""

from __future__ import annotations

from django.conf import settings
from django.utils.timezone import localtime

from motcua.agencies.queries import agency_facts
from motcua.core.errors import NotFound
from motcua.dossiers import lost_news
from motcua.dossiers.incident_words import KIND_NAMES, Fault, IncidentKind, cost_text
from motcua.dossiers.jobs import look_up, reader_of
from motcua.dossiers.models import Incident
from motcua.dossiers.workflow import TEXTS, Status
from motcua.notices.actions.sending import send
from motcua.notices.seeds import NO_ACCOUNT
from motcua.notices.types import ToAddress

TEMPLATES = lost_news.TEMPLATES


def tell_papers(incident_id: int, is_settled: bool = False) -> None:
    """Tell the filer, else where the dossier says; whoever has no address is told by the desk.

    What reaches nobody, and what can be written to nobody, the watch finds; see lost_news.
    """
    rows = Incident.objects.select_related("dossier__submitter")
    incident = rows.filter(pk=incident_id).first()
    if incident is None:
        raise NotFound
    dossier = incident.dossier
    to = reader_of(dossier.applicant, dossier.submitter)
    if to is None:
        return
    template, told = TEMPLATES[is_settled], _told(incident, is_settled)
    key = f"incident:{incident.pk}:{template}"
    if isinstance(to, ToAddress):
        template, told["link"] = template + NO_ACCOUNT, look_up(told["reference"])
    send(to, template, told, dedupe_key=key)


def _told(incident: Incident, is_settled: bool) -> dict[str, str]:
    dossier, agency = incident.dossier, agency_facts(incident.dossier.agency_id)
    at = incident.settled_at if is_settled else None
    return {
        "reference": dossier.code or dossier.reference,
        "procedure": dossier.procedure_name,
        "agency": agency.name,
        "phone": agency.phone,
        "status": TEXTS[Status(dossier.status)],
        "at": f"{localtime(at or incident.reported_at):%H:%M ngày %d/%m/%Y}",
        "mishap": KIND_NAMES[IncidentKind(incident.kind)],
        "reason": incident.what,
        "cost": cost_text(Fault(incident.fault), incident.is_free),
        "apology": incident.apology,
        "answer": incident.settled_how,
        "link": f"{settings.PORTAL_URL}/ho-so/{dossier.reference}/",
    }
