"""From a move to the facts that its slip prints."""

from __future__ import annotations

from itertools import pairwise

from django.conf import settings
from django.utils.timezone import localtime

from motcua.agencies.queries import agency_facts
from motcua.dossiers.models import Dossier, Move
from motcua.dossiers.slips import SealedPaper
from motcua.dossiers.slips.forms import (
    AppointmentSlip,
    ControlSheet,
    Handover,
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
from motcua.dossiers.workflow import STEP_TEXTS, Step
from motcua.procedures.queries import terms_of
from motcua.workdays.rules import standing

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


def _heading(dossier: Dossier, move: Move, number: str, qr: str) -> Heading:
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
    heading = _heading(move.dossier, move, number, qr)
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


def control_sheet(dossier: Dossier, qr: str) -> ControlSheet:
    """The control sheet: every hand the dossier passed through (FRM-07, FRM-08)."""
    moves = list(dossier.moves.select_related("unit"))
    desk = "Bộ phận Tiếp nhận và Trả kết quả"
    handovers = []
    for before, move in pairwise(moves):
        late = dossier.due_at is not None and move.at > dossier.due_at
        handovers.append(
            Handover(
                giver_office=before.unit.name if before.unit else desk,
                receiver_office=move.unit.name if move.unit else desk,
                at=localtime(move.at),
                giver=before.by,
                receiver=move.by,
                standing="late" if late else "",
                note=STEP_TEXTS[Step(move.step)],
            )
        )
    if handovers and dossier.due_at and dossier.finished_at:
        end = standing(dossier.due_at, dossier.finished_at)
        handovers[-1] = Handover(**{**handovers[-1].__dict__, "standing": str(end)})
    last = moves[-1]
    return ControlSheet(
        heading=_heading(dossier, last, number_of(last, SlipKind.CONTROL), qr),
        accepted_at=localtime(dossier.accepted_at or last.at),
        due_at=localtime(dossier.due_at) if dossier.due_at else None,
        settling_office=dossier.unit.name if dossier.unit else dossier.agency.name,
        handovers=tuple(handovers),
    )
