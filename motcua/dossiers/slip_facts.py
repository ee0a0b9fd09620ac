"""From a move to the facts that its slip prints."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.timezone import localtime

from motcua.agencies.queries import agency_facts
from motcua.dossiers.models import Move
from motcua.dossiers.return_paper import return_place, return_receipt
from motcua.dossiers.slips import SealedPaper
from motcua.dossiers.slips.forms import (
    ApologyLetter,
    AppointmentSlip,
    Heading,
    Missing,
    Office,
    Owner,
    PaperLine,
    RejectionSlip,
    Slip,
    SlipKind,
    StopNotice,
    SupplementSlip,
)
from motcua.dossiers.slips.sets import LETTERS, kinds_of
from motcua.dossiers.taking_in import order_in_year
from motcua.dossiers.types import CHANNEL_NAMES, DELIVERY_NAMES, Channel, Delivery
from motcua.dossiers.workflow import Step
from motcua.law.queries import profile, profile_on
from motcua.law.types import FormSet
from motcua.procedures.queries import terms_of

if TYPE_CHECKING:
    from motcua.agencies.types import AgencyFacts
    from motcua.law.types import Profile
    from motcua.procedures.types import Terms

# the steps that hand the applicant a form
SLIPS = {
    Step.ACCEPT: SlipKind.APPOINTMENT,
    Step.ASK_SUPPLEMENT: SlipKind.SUPPLEMENT,
    Step.ASK_MORE: SlipKind.SUPPLEMENT,
    Step.REJECT: SlipKind.REJECTION,
    Step.REFUSE: SlipKind.REJECTION,
    Step.EXTEND: SlipKind.APOLOGY,
    Step.APOLOGISE: SlipKind.APOLOGY,
    Step.STOP: SlipKind.STOP,
    Step.DELIVER: SlipKind.RETURN_RECEIPT,
}
# the one that is printed only for who wants it (RCV-06)
ON_REQUEST = {Step.SETTLE_AT_ONCE: SlipKind.APPOINTMENT}
# where the legal profile keeps the text that stands on each form
_BASES = {
    SlipKind.APPOINTMENT: "appointment_slip",
    SlipKind.SUPPLEMENT: "supplement_slip",
    SlipKind.REJECTION: "rejection_slip",
    SlipKind.APOLOGY: "apology",
    SlipKind.STOP: "stop_notice",
    SlipKind.CONTROL: "control_sheet",
    SlipKind.REGISTER: "register",
}
# when papers are asked for, as the form says it
_STAGES = {
    Step.ASK_SUPPLEMENT: "khi kiểm tra đầu vào",
    Step.ASK_MORE: "trong quá trình giải quyết",
}
OF_THE_AGENCY = (SlipKind.APOLOGY, SlipKind.STOP)  # letters of the agency, signed by its head
_FORMS = {
    "electronic": "electronic",
    "original": "original",
    "certified_copy": "copy",
    "photocopy": "photo",
}


def slip_kind(move: Move) -> SlipKind | None:
    """The form that goes with a move, if one does.

    Law: FRM-01, RCV-06
    """
    step = Step(move.step)
    wanted = ON_REQUEST.get(step) if move.facts.get("wants_slip") else None
    return SLIPS.get(step, wanted)


def number_of(move: Move, kind: SlipKind) -> str:
    """The number of a slip: dossier, turn, and the letters of its form."""
    return f"{_code(move)}/{LETTERS[kind]}-{move.seq}"


def _code(move: Move) -> str:
    """The number the dossier had when the move was made: it gets its code at acceptance."""
    return str(move.facts.get("code") or move.dossier.reference)


def owner_at(move: Move) -> dict[str, Any]:
    """Whose dossier it was when the move was made: a supplement may name another owner."""
    owner: dict[str, Any] = move.facts.get("applicant") or move.dossier.applicant
    return owner


def _due(move: Move) -> datetime | None:
    """The date that was promised when the move was made."""
    due = move.facts.get("due_at")
    return localtime(datetime.fromisoformat(due)) if due else None


def sealed(move: Move, kind: SlipKind, number: str) -> SealedPaper:
    """What the QR of the slip says (COD-09)."""
    dossier = move.dossier
    return SealedPaper(
        dossier_code=_code(move),
        procedure_code=dossier.procedure_code,
        identity_no=str(owner_at(move).get("national_id", "")),
        kind=kind,
        number=number,
        issued_at=localtime(move.at),
        due_at=_due(move),
        form_set=_set_of(law_of(move), kind),
    )


def law_of(move: Move) -> Profile:
    """The law under which the dossier of a move goes: its own, else that of the day it was accepted."""
    dossier = move.dossier
    if dossier.profile_id is not None:
        return profile(dossier.profile_id)
    day = localtime(dossier.accepted_at or move.at).date()
    return profile_on(day, agency_facts(dossier.agency_id).code)


def _set_of(law: Profile, kind: SlipKind) -> FormSet:
    """The set a paper is printed from: the law's own, else the present one (no stop notice in 2018)."""
    return law.form_set if kind in kinds_of(law.form_set) else FormSet.TT03_2025


def _office(agency: AgencyFacts, kind: SlipKind) -> Office:
    """Who issues the paper: the desk in the name of the agency, or the agency itself."""
    office = Office(agency.name, settings.AUTHORITY["place"])
    if kind in OF_THE_AGENCY:
        superior = agency.parent_name or settings.AUTHORITY["name"]
        office = Office(superior, office.place, agency.name)
    return replace(office, phone=agency.phone, website=settings.PORTAL_URL)


def heading_of(move: Move, kind: SlipKind, number: str, qr: str) -> Heading:
    """The head of every slip: who issues it, to whom, about what, in which set of forms."""
    dossier, owner, law = move.dossier, owner_at(move), law_of(move)
    return Heading(
        office=_office(agency_facts(dossier.agency_id), kind),
        owner=Owner(
            name=str(owner.get("name", "")),
            identity_no=str(owner.get("national_id", "")),
            address=str(owner.get("address", "")),
            phone=str(owner.get("phone", "")),
            email=str(owner.get("email", "")),
        ),
        number=number,
        issued_at=localtime(move.at),
        dossier_code=_code(move),
        request=dossier.procedure_name,
        qr=qr,
        form_set=_set_of(law, kind),
        form_basis=law.basis_of(_BASES.get(kind, "")),
    )


def slip(move: Move, kind: SlipKind, number: str, qr: str) -> Slip:
    """The slip that goes with a move, ready to print."""
    heading = heading_of(move, kind, number, qr)
    if kind is SlipKind.APPOINTMENT:
        return _appointment(move, heading)
    if kind is SlipKind.SUPPLEMENT:
        return _supplement(move, heading)
    if kind is SlipKind.STOP:
        return _stop(move, heading)
    if kind is SlipKind.APOLOGY:
        return _apology(move, heading)
    if kind is SlipKind.RETURN_RECEIPT:
        return return_receipt(move, heading)
    return _rejection(move, heading)


def _appointment(move: Move, heading: Heading) -> AppointmentSlip:
    dossier = move.dossier
    papers = dossier.documents.filter(removed_at=None)
    terms = terms_of(dossier.procedure_version_id)
    return AppointmentSlip(
        heading=heading,
        papers=(
            PaperLine("Tờ khai điện tử", "electronic"),
            *(PaperLine(d.name, _FORMS[d.form]) for d in papers),
        ),
        time_limit=terms.time_limit_text,
        accepted_at=localtime(dossier.accepted_at or move.at),
        due_at=_due(move),
        delivery=DELIVERY_NAMES[Delivery(dossier.delivery)],
        filer=_filer(move),
        filer_relation=_relation(move, terms),
        officer=move.by,
        channel=CHANNEL_NAMES[Channel(dossier.channel)],
        set_count=terms.sets or 1,
        fee_text=terms.fee_text,
        return_place=return_place(dossier, heading.office.superior),
        order=order_in_year(dossier.agency_id, heading.dossier_code),
    )


def _filer(move: Move) -> str:
    filer = move.dossier.submitter
    return filer.full_name if filer else str(owner_at(move).get("name", ""))


def _relation(move: Move, terms: Terms) -> str:
    """What the filer is to the owner, when they are two: in the words of the form, if it asked."""
    dossier, owner = move.dossier, owner_at(move)
    filer = dossier.submitter
    if filer is None or filer.national_id == owner.get("national_id"):
        return ""
    if right := owner.get("right_text"):
        return f"nộp thay, {right[0].lower()}{right[1:]}"
    section = dict(terms.form.owner).get("name", "").partition(".")[0]
    answers = dossier.answers.get(section)
    said = str(answers.get("quanHe", "")).strip() if isinstance(answers, dict) else ""
    return f"nộp thay, tư cách: {said}" if said else "nộp thay chủ hồ sơ"


def _supplement(move: Move, heading: Heading) -> SupplementSlip:
    asked = move.dossier.moves.filter(step=move.step, seq__lte=move.seq)
    until = move.facts.get("supply_by")
    return SupplementSlip(
        heading=heading,
        items=tuple(Missing(i["name"], _what(i)) for i in move.facts["items"]),
        legal_basis=move.note,
        officer=move.by,
        request_no=asked.count(),
        stage=_STAGES[Step(move.step)],
        wait_until=localtime(datetime.fromisoformat(until)) if until else None,
    )


def _what(item: dict[str, str]) -> str:
    """What is wrong with one thing, and by which law."""
    basis = item.get("legal_basis", "")
    return f"{item['text'].rstrip('.')}. Căn cứ: {basis}" if basis else item["text"]


def _stop(move: Move, heading: Heading) -> StopNotice:
    accepted = move.dossier.accepted_at
    return StopNotice(
        heading=heading,
        reason=move.facts["reason"],
        legal_basis=move.facts["legal_basis"],
        decided_at=localtime(move.at),
        signer=move.by,
        signer_title=move.facts.get("signer_title", ""),
        received_at=localtime(accepted) if accepted else None,
    )


def _apology(move: Move, heading: Heading) -> ApologyLetter:
    """The letter as it was signed: the dates and the reason of the move, not of the dossier now."""
    dossier, facts = move.dossier, move.facts
    promised_at = localtime(datetime.fromisoformat(facts.get("old_due_at") or facts["due_at"]))
    is_promise = move.step == Step.EXTEND
    agency = agency_facts(dossier.agency_id)
    return ApologyLetter(
        heading=heading,
        received_at=localtime(dossier.accepted_at or move.at),
        promised_at=promised_at,
        new_due_at=_due(move) if is_promise else None,
        responsible=move.to_unit.name if move.to_unit else agency.name,
        reason=facts["reason"],
        place=f"Bộ phận Tiếp nhận và Trả kết quả, {agency.name}",
        signer=facts.get("signer") or move.by,
        signer_title=facts.get("signer_title", ""),
    )


def _rejection(move: Move, heading: Heading) -> RejectionSlip:
    submitted = move.dossier.submitted_at
    return RejectionSlip(
        heading=heading,
        reason=move.facts["reason"],
        legal_basis=move.facts["legal_basis"],
        right_place=move.facts.get("right_place", ""),
        officer=move.by,
        filer=_filer(move),
        submitted_at=localtime(submitted) if submitted else None,
        settling=move.step == Step.REFUSE,
        signer_title=move.facts.get("signer_title", ""),
    )
