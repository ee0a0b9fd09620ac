"""From a move to the facts that its slip prints."""

from __future__ import annotations

from django.conf import settings
from django.utils.timezone import localtime

from motcua.agencies.queries import agency_facts
from motcua.dossiers.models import Dossier, Move
from motcua.dossiers.slips import SealedPaper
from motcua.dossiers.slips.forms import (
    AppointmentSlip,
    Heading,
    Missing,
    Office,
    Owner,
    PaperLine,
    RejectionSlip,
    Slip,
    SlipKind,
    SupplementSlip,
)
from motcua.dossiers.types import CHANNEL_NAMES, DELIVERY_NAMES, Channel, Delivery
from motcua.dossiers.workflow import Step
from motcua.procedures.queries import terms_of

_LETTERS = {
    SlipKind.APPOINTMENT: "TNHS",
    SlipKind.SUPPLEMENT: "BSHS",
    SlipKind.REJECTION: "TCHS",
    SlipKind.CONTROL: "KSHS",
}
_FORMS = {
    "electronic": "electronic",
    "original": "original",
    "certified_copy": "copy",
    "photocopy": "photo",
}


def number_of(move: Move, kind: SlipKind) -> str:
    """The number of a slip: dossier, turn, and the letters of its form."""
    dossier = move.dossier
    return f"{dossier.code or dossier.reference}/{_LETTERS[kind]}-{move.seq}"


def sealed(move: Move, kind: SlipKind, number: str) -> SealedPaper:
    """What the QR of the slip says (COD-09)."""
    dossier = move.dossier
    return SealedPaper(
        dossier_code=dossier.code or dossier.reference,
        procedure_code=dossier.procedure_code,
        identity_no=str(dossier.applicant.get("national_id", "")),
        kind=kind,
        number=number,
        issued_at=localtime(move.at),
        due_at=localtime(dossier.due_at) if dossier.due_at else None,
    )


def heading_of(dossier: Dossier, move: Move, number: str, qr: str) -> Heading:
    """The head of every slip: who issues it, to whom, about what."""
    agency = agency_facts(dossier.agency_id)
    owner = dossier.applicant
    return Heading(
        office=Office(
            superior=agency.name,
            place=str(settings.AUTHORITY.get("place", "Sông Hà")),
            phone=agency.phone,
            website=settings.PORTAL_URL,
        ),
        owner=Owner(
            name=str(owner.get("name", "")),
            identity_no=str(owner.get("national_id", "")),
            address=str(owner.get("address", "")),
            phone=str(owner.get("phone", "")),
            email=str(owner.get("email", "")),
        ),
        number=number,
        issued_at=localtime(move.at),
        dossier_code=dossier.code or dossier.reference,
        request=dossier.procedure_name,
        qr=qr,
    )


def slip(move: Move, kind: SlipKind, number: str, qr: str) -> Slip:
    """The slip that goes with a move, ready to print."""
    heading = heading_of(move.dossier, move, number, qr)
    if kind is SlipKind.APPOINTMENT:
        return _appointment(move, heading)
    if kind is SlipKind.SUPPLEMENT:
        return _supplement(move, heading)
    return _rejection(move, heading)


def _appointment(move: Move, heading: Heading) -> AppointmentSlip:
    dossier = move.dossier
    papers = dossier.documents.filter(removed_at=None)
    return AppointmentSlip(
        heading=heading,
        papers=(
            PaperLine("Tờ khai điện tử", "electronic"),
            *(PaperLine(d.name, _FORMS[d.form]) for d in papers),
        ),
        time_limit=terms_of(dossier.procedure_version_id).time_limit_text,
        accepted_at=localtime(move.at),
        due_at=localtime(dossier.due_at) if dossier.due_at else None,
        delivery=DELIVERY_NAMES[Delivery(dossier.delivery)],
        filer=dossier.submitter.full_name if dossier.submitter else dossier.applicant_name,
        officer=move.by,
        channel=CHANNEL_NAMES[Channel(dossier.channel)],
    )


def _supplement(move: Move, heading: Heading) -> SupplementSlip:
    return SupplementSlip(
        heading=heading,
        items=tuple(Missing(i["name"], i["text"]) for i in move.dossier.supplement_items),
        legal_basis=move.note,
        officer=move.by,
        request_no=move.dossier.supplements_asked,
    )


def _rejection(move: Move, heading: Heading) -> RejectionSlip:
    reason, _, basis = move.note.partition("\nCăn cứ: ")
    submitted = move.dossier.submitted_at
    return RejectionSlip(
        heading=heading,
        reason=reason,
        legal_basis=basis,
        officer=move.by,
        submitted_at=localtime(submitted) if submitted else None,
        settling=move.step == Step.REFUSE,
    )
