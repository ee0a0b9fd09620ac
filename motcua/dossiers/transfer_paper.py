"""From a hand-over list to its paper: what was given, and who has confirmed it so far.

Law: RCV-11, FRM-07
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.timezone import localtime

from motcua.agencies.queries import agency_facts
from motcua.core.errors import NotFound
from motcua.dossiers import models, readings
from motcua.dossiers.consulting_queries import list_of, may_name, recalled_of
from motcua.dossiers.form_templates import print_paper
from motcua.dossiers.models import TransferLine
from motcua.dossiers.places import sides_of
from motcua.dossiers.slips import ListHeading, Office, SealedPaper, qr_payload
from motcua.dossiers.slips.forms import SlipKind
from motcua.dossiers.slips.lists import ListedDossier, Minutes, TransferList
from motcua.dossiers.slips.sets import LETTERS
from motcua.law.queries import profile_on
from motcua.procedures.queries import terms_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from motcua.agencies.models import Post
    from motcua.procedures.types import Terms


def transfer_paper(post: Post, number: int) -> tuple[str, bytes]:
    """Name and PDF of a hand-over list as it stands; printing it is journalled by its dossiers."""
    row, lines = _read(post, number)
    takers = sorted({line.settled_by for line in lines if line.is_taken})
    at = localtime(row.given_at)
    paper = TransferList(
        list_heading(row.from_unit.agency_id, row.number, SlipKind.TRANSFER_LIST, at), *sides_of(row),
        at, _all(lines, post, recalled_of(row, lines)), row.given_by, ", ".join(takers),
    )  # fmt: skip
    return f"{row.number.replace('/', '-')}.pdf", print_paper(paper)


def hand_over_minutes(post: Post, number: int) -> tuple[str, bytes]:
    """Name and PDF of the minutes of a hand-over: what was taken over, once nothing is open."""
    row, lines = _read(post, number)
    taken = [line for line in lines if line.is_taken]
    if not taken or any(line.settled_at is None for line in lines):
        raise NotFound
    at = localtime(max(line.settled_at for line in lines if line.settled_at))
    named = row.number.replace(LETTERS[SlipKind.TRANSFER_LIST], LETTERS[SlipKind.MINUTES])
    paper = Minutes(
        list_heading(row.from_unit.agency_id, named, SlipKind.MINUTES, at), *sides_of(row), at,
        _all(taken, post), row.given_by, ", ".join(sorted({line.settled_by for line in taken})),
    )  # fmt: skip
    return f"{named.replace('/', '-')}.pdf", print_paper(paper)


def _read(post: Post, number: int) -> tuple[models.TransferList, list[TransferLine]]:
    """A list and its lines; whose names it shows is journalled (SEC-06)."""
    row = list_of(post, number)
    lines = list(row.lines.select_related("dossier__unit").prefetch_related("dossier__documents"))
    named = [line.dossier.reference for line in lines if may_name(post, line.dossier)]
    readings.listed(post, f"transfer:{row.pk}", named)
    return row, lines


def list_heading(agency_id: int, number: str, kind: SlipKind, at: datetime) -> ListHeading:
    """The head of a hand-over paper of an agency, by the form set of the day."""
    agency = agency_facts(agency_id)
    law = profile_on(at.date(), agency.code)
    sealed = SealedPaper("", "", "", kind, number, at, form_set=law.form_set)
    office = Office(
        agency.name, settings.AUTHORITY["place"], phone=agency.phone, website=settings.PORTAL_URL
    )
    return ListHeading(office, number, at, qr_payload(sealed), law.form_set)


def _all(
    lines: list[TransferLine], post: Post, recalled: Collection[int] = ()
) -> tuple[ListedDossier, ...]:
    versions = {line.dossier.procedure_version_id for line in lines}
    terms = {version: terms_of(version) for version in versions}
    return tuple(
        _listed(
            line, terms[line.dossier.procedure_version_id], has=may_name(post, line.dossier),
            back=_went_back(line, recalled),
        )
        for line in lines
    )  # fmt: skip


def _went_back(line: TransferLine, recalled: Collection[int]) -> str:
    """How to say that a dossier was not taken over: papers between agencies may never have come."""
    if line.list.to_unit.is_desk:
        return "Thôi chờ"
    return "Rút lại" if line.pk in recalled else "Trả lại"


def _listed(line: TransferLine, terms: Terms, *, has: bool, back: str) -> ListedDossier:
    """A dossier as the paper prints it; what went back says so, and whose it is only to who `has` it."""
    dossier = line.dossier
    names = {slot.code: slot.name for slot in terms.slots}
    given = {d.slot: names.get(d.slot, d.name) for d in dossier.documents.all() if not d.removed_at}
    is_back = line.settled_at is not None and not line.is_taken
    return ListedDossier(
        code=dossier.code or dossier.reference,
        request=dossier.procedure_name,
        owner_name=dossier.applicant_name if has else "",
        address=str(dossier.applicant.get("address", "")) if has else "",
        received_at=localtime(dossier.accepted_at) if dossier.accepted_at else None,
        due_at=localtime(dossier.due_at) if dossier.due_at else None,
        time_limit=terms.time_limit_text,
        unit=dossier.unit.name if dossier.unit else "",
        set_count=terms.sets or 1,
        papers="; ".join(given.values()) if has else "",
        by_post=dossier.delivery == "post",
        note=f"{back}: {line.reason}" if is_back else "",
    )
