"""The one-stop desk is told why a unit is late. The job may run twice; a message goes out once."""

from __future__ import annotations

from django.conf import settings
from django.utils.timezone import localtime

from motcua.agencies.queries import acting_posts, agency_facts
from motcua.core.actors import Role
from motcua.core.errors import NotFound
from motcua.dossiers.models import Explanation
from motcua.dossiers.rules.explanations import explained
from motcua.notices.actions.sending import send
from motcua.notices.types import ToPost

DELAY_EXPLAINED = "delay_explained"
TEMPLATES = (DELAY_EXPLAINED,)


def tell_explained(explanation_id: int) -> None:
    """Tell the head of the desk, else its officers, and nobody whose dossier it is (WF-09)."""
    row = Explanation.objects.select_related("dossier", "unit").filter(pk=explanation_id).first()
    if row is None:
        raise NotFound
    dossier = row.dossier
    seats = acting_posts({dossier.agency_id}, (Role.UNIT_HEAD, Role.DESK_OFFICER))
    heads = [seat.id for seat in seats if seat.role is Role.UNIT_HEAD and seat.at_desk]
    unit = row.unit.name if row.unit else ""
    told = {
        "reference": dossier.code or dossier.reference,
        "procedure": dossier.procedure_name,
        "agency": agency_facts(dossier.agency_id).name,
        "by": f"{row.explained_by}, {unit}" if unit else row.explained_by,
        "due": f"{localtime(row.old_due_at):%H:%M ngày %d/%m/%Y}",
        "content": explained(row.cause, row.text),
        "link": f"{settings.PORTAL_URL}/can-bo/ho-so/{dossier.reference}/",
    }
    for post_id in heads or [seat.id for seat in seats if seat.role is Role.DESK_OFFICER]:
        key = f"explained:{row.pk}:post:{post_id}"
        send(ToPost(post_id), DELAY_EXPLAINED, told, dedupe_key=key)
