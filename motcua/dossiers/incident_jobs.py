"""Who is told that a paper was lost or damaged, and that it was made good. May run twice."""

from __future__ import annotations

from django.conf import settings
from django.utils.timezone import localtime

from motcua.agencies.queries import agency_facts
from motcua.core.errors import NotFound
from motcua.dossiers.incident_words import KIND_NAMES, Fault, IncidentKind, cost_text
from motcua.dossiers.models import Incident
from motcua.dossiers.workflow import TEXTS, Status
from motcua.notices.actions.sending import send
from motcua.notices.types import ToPerson

TEMPLATES = ("papers_mishandled", "papers_made_good")


def tell_papers(incident_id: int, is_settled: bool = False) -> None:
    """Tell the filer; who filed for somebody without an account is told by the desk (their page says)."""
    rows = Incident.objects.select_related("dossier__submitter")
    incident = rows.filter(pk=incident_id).first()
    if incident is None:
        raise NotFound
    person = incident.dossier.submitter
    if person is None:
        return
    template = TEMPLATES[is_settled]
    key = f"incident:{incident.pk}:{template}"
    send(ToPerson(person.pk), template, _told(incident, is_settled), dedupe_key=key)


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
