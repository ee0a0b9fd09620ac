"""What is done in the background after a step. Each job takes a move, and may run twice."""

from __future__ import annotations

from django.conf import settings
from django.utils.timezone import localtime

from motcua.agencies.queries import agency_facts
from motcua.core.errors import NotFound
from motcua.dossiers import slip_facts
from motcua.dossiers.models import Move, Slip
from motcua.dossiers.slips import qr_payload, render
from motcua.dossiers.slips.forms import SlipKind
from motcua.dossiers.workflow import STEP_TEXTS, TEXTS, Status, Step
from motcua.files.actions import store
from motcua.notices.actions import send

TEMPLATES = {
    Step.SUBMIT: "dossier_submitted",
    Step.SUPPLEMENT: "dossier_submitted",
    Step.ACCEPT: "dossier_accepted",
    Step.ASK_SUPPLEMENT: "supplement_asked",
    Step.REJECT: "dossier_rejected",
    Step.WITHDRAW: "dossier_withdrawn",
    Step.REFUSE: "dossier_refused",
    Step.ISSUE: "result_ready",
    Step.DELIVER: "dossier_delivered",
}
SLIPS = {
    Step.ACCEPT: SlipKind.APPOINTMENT,
    Step.ASK_SUPPLEMENT: SlipKind.SUPPLEMENT,
    Step.REJECT: SlipKind.REJECTION,
    Step.REFUSE: SlipKind.REJECTION,
}


def _move(move_id: int) -> Move:
    move = (
        Move.objects.select_related("dossier", "dossier__agency", "unit").filter(pk=move_id).first()
    )
    if move is None:
        raise NotFound
    return move


def issue_slip(move_id: int) -> None:
    """Print the form that goes with a step and keep it as it was issued; twice is once."""
    move = _move(move_id)
    kind = SLIPS.get(Step(move.step))
    if kind is None or Slip.objects.filter(move=move, kind=kind).exists():
        return
    number = slip_facts.number_of(move, kind)
    sealed = slip_facts.sealed(move, kind, number)
    qr = qr_payload(sealed)
    pdf = render(slip_facts.slip(move, kind, number, qr))
    stored = store(pdf, f"{number.replace('/', '-')}.pdf")
    Slip.objects.get_or_create(
        move=move, kind=kind,
        defaults={
            "dossier": move.dossier, "number": number, "digest": stored.digest, "issued_at": move.at,
        },
    )  # fmt: skip


def tell_applicant(move_id: int) -> None:
    """Tell the applicant what happened and what comes next (NTC-01, CH-15)."""
    move = _move(move_id)
    template = TEMPLATES.get(Step(move.step))
    dossier = move.dossier
    if template is None or dossier.submitter_id is None:
        return
    agency = agency_facts(dossier.agency_id)
    send(
        dossier.submitter_id,
        template,
        {
            "reference": dossier.code or dossier.reference,
            "procedure": dossier.procedure_name,
            "agency": agency.name,
            "phone": agency.phone,
            "step": STEP_TEXTS[Step(move.step)],
            "status": TEXTS[Status(move.target)],
            "by": move.by,
            "at": f"{localtime(move.at):%H:%M ngày %d/%m/%Y}",
            "answer_due": _moment(dossier.answer_due_at),
            "due": _moment(dossier.due_at),
            "note": move.note,
            "items": "\n".join(f"- {i['name']}: {i['text']}" for i in dossier.supplement_items),
            "link": f"{settings.PORTAL_URL}/ho-so/{dossier.reference}/",
        },
        dedupe_key=f"move:{move.pk}",
    )


def _moment(at: object) -> str:
    from datetime import datetime

    return f"{localtime(at):%H:%M ngày %d/%m/%Y}" if isinstance(at, datetime) else "chưa hẹn"
