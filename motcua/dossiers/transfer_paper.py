"""From a hand-over list to its paper: what was given, and who has confirmed it so far.

Law: RCV-11, FRM-07
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.timezone import localtime

from motcua.agencies.queries import agency_facts
from motcua.audit.actions import record
from motcua.core import clock
from motcua.dossiers.consulting_queries import list_of
from motcua.dossiers.form_templates import print_paper
from motcua.dossiers.models import TransferLine
from motcua.dossiers.slips import ListHeading, Office, SealedPaper, qr_payload
from motcua.dossiers.slips.forms import SlipKind
from motcua.dossiers.slips.lists import ListedDossier, TransferList
from motcua.law.queries import profile_on
from motcua.procedures.queries import terms_of

if TYPE_CHECKING:
    from motcua.agencies.models import Post
    from motcua.procedures.types import Terms


def transfer_paper(post: Post, number: int) -> tuple[str, bytes]:
    """Name and PDF of a hand-over list as it stands; printing it is journalled by its dossiers."""
    row = list_of(post, number)
    lines = list(row.lines.select_related("dossier").prefetch_related("dossier__documents"))
    versions = {line.dossier.procedure_version_id for line in lines}
    terms = {version: terms_of(version) for version in versions}
    listed = [_listed(line, terms[line.dossier.procedure_version_id]) for line in lines]
    record(
        post.actor, "dossier.listed", post.actor.key, at=clock.now(), what=f"transfer:{row.pk}",
        shown=[line.dossier.reference for line in lines],
    )  # fmt: skip
    agency, at = agency_facts(row.from_unit.agency_id), localtime(row.given_at)
    law = profile_on(at.date(), agency.code)
    kind = SlipKind.TRANSFER_LIST
    sealed = SealedPaper("", "", "", kind, row.number, at, form_set=law.form_set)
    office = Office(
        agency.name, settings.AUTHORITY["place"], phone=agency.phone, website=settings.PORTAL_URL
    )
    heading = ListHeading(office, row.number, at, qr_payload(sealed), law.form_set)
    takers = sorted({line.settled_by for line in lines if line.is_taken})
    paper = TransferList(
        heading, row.from_unit.name, row.to_unit.name, at, tuple(listed), row.given_by,
        ", ".join(takers),
    )  # fmt: skip
    return f"{row.number.replace('/', '-')}.pdf", print_paper(paper)


def _listed(line: TransferLine, terms: Terms) -> ListedDossier:
    """A dossier as the paper prints it; what went back says so."""
    dossier = line.dossier
    names = {slot.code: slot.name for slot in terms.slots}
    given = {d.slot: names.get(d.slot, d.name) for d in dossier.documents.all() if not d.removed_at}
    back = line.settled_at is not None and not line.is_taken
    return ListedDossier(
        code=dossier.code or dossier.reference,
        request=dossier.procedure_name,
        owner_name=dossier.applicant_name,
        address=str(dossier.applicant.get("address", "")),
        received_at=localtime(dossier.accepted_at) if dossier.accepted_at else None,
        due_at=localtime(dossier.due_at) if dossier.due_at else None,
        time_limit=terms.time_limit_text,
        papers="; ".join(given.values()),
        by_post=dossier.delivery == "post",
        note=f"Trả lại: {line.reason}" if back else "",
    )
