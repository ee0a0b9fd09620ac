"""Somebody whom no message reaches: the desks that hold their dossiers are asked to phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q

from motcua.agencies.queries import acting_posts, agency_facts
from motcua.core.actors import Role
from motcua.dossiers.lost_news import dossiers_of, has_place
from motcua.dossiers.models import Dossier, PhoneCall
from motcua.dossiers.workflow import CLOSED, Status
from motcua.notices.actions.sending import send
from motcua.notices.queries import unreached, unreached_reader
from motcua.notices.types import ToPost, UnreachedFacts

if TYPE_CHECKING:
    from django.db.models import QuerySet

OPEN = [status for status in Status if status not in CLOSED and status is not Status.DRAFT]
TEMPLATE = "phone_the_person"
MOST = 50  # dossiers of one person; who files more than this is a firm with people of its own


def ask_to_phone(unreached_id: int) -> None:
    """Tell the desk of each open dossier of this person to phone them; nobody, once they answer."""
    for dossier in asked_to_phone(unreached_id)[:MOST]:
        told = {
            "reference": dossier.code or dossier.reference,
            "procedure": dossier.procedure_name,
            "agency": agency_facts(dossier.agency_id).name,
            "link": f"{settings.PORTAL_URL}/can-bo/ho-so/{dossier.reference}/",
        }
        for post_id in _who_phones(dossier):
            key = f"unreached:{unreached_id}:{dossier.pk}:post:{post_id}"
            send(ToPost(post_id), TEMPLATE, told, dedupe_key=key)


def asked_to_phone(unreached_id: int) -> QuerySet[Dossier]:
    """What waits for somebody: all of a person with an account, else what the lost news was about."""
    person_id, news = unreached_reader(unreached_id)
    whose = Q(submitter_id=person_id) if person_id is not None else Q(pk__in=dossiers_of(news))
    return Dossier.objects.filter(whose, status__in=OPEN).order_by("pk")


def _who_phones(dossier: Dossier) -> list[int]:
    """The officers of its desk, else whoever leads the agency."""
    seats = acting_posts({dossier.agency_id}, (Role.DESK_OFFICER, Role.APPROVER))
    desk = [seat.id for seat in seats if seat.role is Role.DESK_OFFICER]
    return desk or [seat.id for seat in seats]


def is_written_to(dossier: Dossier) -> bool:
    """Whether we can write to the applicant: an account has an inbox, others their address or number."""
    return dossier.submitter_id is not None or has_place(dossier.applicant)


def unreached_by(dossier: Dossier) -> UnreachedFacts | None:
    """That our messages about this dossier do not arrive; None when they do, or were told since."""
    if dossier.submitter_id is not None:
        found = unreached(dossier.submitter_id)
    else:
        told = dossier.applicant
        found = unreached(None, str(told.get("email") or ""), str(told.get("phone") or ""))
    if found is None:
        return None
    calls = PhoneCall.objects.filter(dossier=dossier, is_reached=True, called_at__gte=found.since)
    return None if calls.exists() else found
