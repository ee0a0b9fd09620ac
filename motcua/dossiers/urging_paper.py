"""From an urging document to its paper, as it was signed.

Law: WF-10
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.timezone import localtime

from motcua.agencies.queries import agency_facts
from motcua.dossiers.form_templates import print_paper
from motcua.dossiers.slips import ListHeading, Office, SealedPaper, qr_payload
from motcua.dossiers.slips.forms import SlipKind
from motcua.dossiers.slips.lists import UrgedDossier, UrgingPaper
from motcua.dossiers.urging_documents import document_of
from motcua.law.queries import profile_on

if TYPE_CHECKING:
    from motcua.agencies.models import Post
    from motcua.agencies.types import AgencyFacts


def office_of(agency: AgencyFacts) -> Office:
    """The head of a document of this agency, as it is called today."""
    return Office(
        agency.parent_name or str(settings.AUTHORITY["name"]), str(settings.AUTHORITY["place"]),
        agency.name, agency.phone, settings.PORTAL_URL,
    )  # fmt: skip


def urging_paper(post: Post, number: int) -> tuple[str, bytes]:
    """Name and PDF of an urging document that the post may read."""
    row = document_of(post, number)
    agency, at = agency_facts(row.agency_id), localtime(row.signed_at)
    law = profile_on(at.date(), agency.code)
    sealed = SealedPaper("", "", "", SlipKind.URGING, row.number, at, form_set=law.form_set)
    heading = ListHeading(Office(**row.office), row.number, at, qr_payload(sealed), law.form_set)
    lines = row.lines.select_related("dossier")
    paper = UrgingPaper(
        heading, row.unit_name, row.text, row.answer_by, row.copies, row.signed_by,
        row.signer_title,
        tuple(
            UrgedDossier(
                line.code, line.dossier.procedure_name,
                localtime(line.due_at) if line.due_at else None, line.status, line.why,
            )
            for line in lines
        ),
    )  # fmt: skip
    return f"{row.number.replace('/', '-')}.pdf", print_paper(paper)
