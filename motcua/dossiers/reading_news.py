"""Who is told of reading: whoever answers for a post that read too much; owners, once a day.

Each job may run twice; a message has its key and goes out once.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.timezone import localtime

from motcua.agencies.queries import agency_facts
from motcua.core.errors import NotFound
from motcua.dossiers.jobs import reader_of
from motcua.dossiers.models import Dossier, MassReading, Reading
from motcua.dossiers.rules.reading import why_told
from motcua.dossiers.workflow import TEXTS, Status
from motcua.notices.actions.sending import send
from motcua.notices.types import ToPerson, ToPost

if TYPE_CHECKING:
    from collections.abc import Sequence

TEMPLATES = READ, MUCH = ("dossier_read", "much_read")
SHOWN = 10  # readers of one day in a message; the page has them all


def tell_much_read(mass_id: int) -> None:
    """Tell whoever was named when a post read more than its work explains (S-24)."""
    found = (
        MassReading.objects.select_related("post__unit", "post__agency").filter(pk=mass_id).first()
    )
    if found is None:
        raise NotFound
    post = found.post
    told = {
        "by": post.holder_name, "unit": post.unit.name, "agency": post.agency.name,
        "at": f"{localtime(found.found_at):%H:%M ngày %d/%m/%Y}", "words": found.words,
    }  # fmt: skip
    for reader in found.told_to.order_by("pk"):
        place = "/quan-tri/luot-xem/" if reader.role == "keeper" else "/can-bo/luot-xem/"
        link = f"{settings.PORTAL_URL}{place}?vi-tri={post.pk}"
        send(
            ToPost(reader.pk),
            MUCH,
            told | {"link": link},
            dedupe_key=f"much:{found.pk}:{reader.pk}",
        )


def tell_owner(dossier_id: int, day: int) -> None:
    """Tell whoever filed a dossier that others than its officials read it on a day (NTC-20).

    Only people with an account: the page that shows every reading is theirs.
    """
    dossier = Dossier.objects.select_related("submitter").filter(pk=dossier_id).first()
    if dossier is None:
        raise NotFound
    to, read_on = reader_of(dossier.applicant, dossier.submitter), date.fromordinal(day)
    rows = Reading.objects.filter(dossier=dossier, day=read_on, is_theirs=False)
    rows = rows.filter(first_at__isnull=False).select_related("post__unit", "post__agency")
    readings = list(rows.order_by("first_at")[: SHOWN + 1])
    if not readings or not isinstance(to, ToPerson):
        return
    agency = agency_facts(dossier.agency_id)
    told = {
        "reference": dossier.code or dossier.reference, "procedure": dossier.procedure_name,
        "agency": agency.name, "phone": agency.phone, "status": TEXTS[Status(dossier.status)],
        "at": f"{read_on:%d/%m/%Y}", "items": _lines(readings),
        "link": f"{settings.PORTAL_URL}/ho-so/{dossier.reference}/ai-da-xem/",
    }  # fmt: skip
    send(to, READ, told, dedupe_key=f"read:{dossier.pk}:{day}")


def _lines(readings: Sequence[Reading]) -> str:
    lines = [
        f"- {each.post.holder_name}, {each.post.title}, {each.post.unit.name}, "
        f"{each.post.agency.name}: {why_told(each.why) or 'chưa nêu lý do'}"
        for each in readings[:SHOWN]
    ]
    if len(readings) > SHOWN:
        lines.append("- … và những người khác.")
    return "\n".join(lines)
