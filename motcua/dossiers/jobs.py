"""What is done in the background after a step. Each job takes a move, and may run twice.

By the time it runs the dossier may have gone on: what it says, it reads from the move.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.timezone import localtime

from motcua.agencies.queries import agency_facts
from motcua.core.errors import NotFound
from motcua.dossiers import slip_facts
from motcua.dossiers.holders import holder_of
from motcua.dossiers.models import Move, Slip
from motcua.dossiers.slips import qr_payload, render
from motcua.dossiers.workflow import STEP_TEXTS, TEXTS, Status, Step
from motcua.files.actions import store
from motcua.notices.actions.sending import send

TEMPLATES = {
    Step.SUBMIT: "dossier_submitted",
    Step.SUPPLEMENT: "dossier_submitted",
    Step.ACCEPT: "dossier_accepted",
    Step.ASK_SUPPLEMENT: "supplement_asked",
    Step.REJECT: "dossier_rejected",
    Step.WITHDRAW: "dossier_withdrawn",
    Step.TRANSFER: "dossier_moved",
    Step.ASSIGN: "dossier_moved",
    Step.PROPOSE: "dossier_moved",
    Step.SEND_BACK: "dossier_moved",
    Step.DECIDE: "dossier_moved",
    Step.REFUSE: "dossier_refused",
    Step.ISSUE: "result_ready",
    Step.DELIVER: "dossier_delivered",
}
# What officials write to each other at these steps is not for the applicant.
INTERNAL = {Step.TRANSFER, Step.ASSIGN, Step.PROPOSE, Step.SEND_BACK, Step.DECIDE}


def _move(move_id: int) -> Move:
    move = Move.objects.select_related("dossier__submitter", "to_unit").filter(pk=move_id).first()
    if move is None:
        raise NotFound
    return move


def issue_slip(move_id: int) -> None:
    """Print the form that goes with a step and keep it as it was issued; twice is once."""
    move = _move(move_id)
    kind = slip_facts.SLIPS.get(Step(move.step))
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
    send(dossier.submitter_id, template, _told(move), dedupe_key=f"move:{move.pk}")


def _told(move: Move) -> dict[str, str]:
    """What a message about this move can say, as it was when the move was made."""
    dossier, step, facts = move.dossier, Step(move.step), move.facts
    agency = agency_facts(dossier.agency_id)
    unit = move.to_unit.name if move.to_unit else agency.name
    return {
        "reference": facts.get("code") or dossier.reference,
        "procedure": dossier.procedure_name,
        "agency": agency.name,
        "phone": agency.phone,
        "step": STEP_TEXTS[step],
        "status": TEXTS[Status(move.target)],
        "holder": holder_of(Status(move.target), unit, facts.get("assignee", "")),
        "by": move.by,
        "at": f"{localtime(move.at):%H:%M ngày %d/%m/%Y}",
        "answer_due": _moment(facts.get("answer_due_at")),
        "due": _moment(facts.get("due_at")),
        "note": "" if step in INTERNAL else move.note,
        "reason": facts.get("reason", ""),
        "legal_basis": facts.get("legal_basis", ""),
        "right_place": facts.get("right_place", ""),
        "items": "\n".join(f"- {i['name']}: {i['text']}" for i in facts.get("items", [])),
        "link": f"{settings.PORTAL_URL}/ho-so/{dossier.reference}/",
    }


def _moment(at: str | None) -> str:
    """A moment kept with a move, as people read it."""
    return f"{localtime(datetime.fromisoformat(at)):%H:%M ngày %d/%m/%Y}" if at else "chưa hẹn"
