"""The slip with which papers pass from one unit to the next: task and limit stand on it.

Law: WF-04, RCV-11
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from motcua.dossiers import access
from motcua.dossiers.form_templates import print_paper
from motcua.dossiers.models import Dossier, Station
from motcua.dossiers.slips.forms import SlipKind
from motcua.dossiers.slips.lists import ListedDossier, TransferList
from motcua.dossiers.station_queries import giver_of, slip_station
from motcua.dossiers.stations import limit_text
from motcua.dossiers.transfer_paper import list_heading
from motcua.procedures.queries import terms_of

if TYPE_CHECKING:
    from motcua.agencies.models import Post, Unit


def station_slip(post: Post, reference: str, number: int) -> tuple[str, bytes]:
    """Name and PDF of the slip of one station; printing it is journalled."""
    station = slip_station(post, reference, number)
    dossier = station.dossier
    assert station.started_at is not None
    at = localtime(station.started_at)
    is_open = access.may_see(access.shown_to(post), reference)
    access.note_read(post, dossier, f"station:{number}", asks=is_open)
    giver = giver_of(station)
    heading = list_heading(giver.agency_id, station.slip, SlipKind.TRANSFER_LIST, at)
    paper = TransferList(
        replace(heading, office=replace(heading.office, name=giver.name)),
        _party(giver), _party(station.unit), at,
        (_listed(station, dossier),), station.given_by, station.received_by,
    )  # fmt: skip
    return f"{station.slip.replace('/', '-')}.pdf", print_paper(paper)


def _party(unit: Unit) -> str:
    """A side of the hand-over as the paper names it: units of two agencies are often called alike."""
    return f"{unit.name}, {unit.agency.name}"


def _listed(station: Station, dossier: Dossier) -> ListedDossier:
    names = {slot.code: slot.name for slot in terms_of(dossier.procedure_version_id).slots}
    papers = dossier.documents.filter(removed_at=None)
    due = f", đến {localtime(station.due_at):%H:%M %d/%m/%Y}" if station.due_at else ""
    limit = limit_text(station.amount, station.per)
    return ListedDossier(
        code=dossier.code or dossier.reference,
        request=dossier.procedure_name,
        owner_name=dossier.applicant_name,
        address=str(dossier.applicant.get("address", "")),
        received_at=localtime(dossier.accepted_at) if dossier.accepted_at else None,
        due_at=localtime(dossier.due_at) if dossier.due_at else None,
        time_limit=limit,
        unit=station.unit.name,
        papers="; ".join(
            {paper.slot: names.get(paper.slot, paper.name) for paper in papers}.values()
        ),
        note=f"Việc: {station.task}. Thời hạn {limit}{due}.",
    )
