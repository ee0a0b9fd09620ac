"""What officials tell each other across units: a question, an answer, a word to hurry.

Each job may run twice; a message has its key and goes out once.
"""

from __future__ import annotations

from django.conf import settings
from django.utils.timezone import localtime

from motcua.agencies.queries import agency_facts, head_posts
from motcua.core.errors import NotFound
from motcua.dossiers.models import Consultation, Dossier, Move, Urging, UrgingDocument
from motcua.notices.actions.sending import send
from motcua.notices.types import ToPost

ASKED, ANSWERED, URGED = ("opinion_asked", "opinion_given", "dossier_urged")
UNIT_URGED, UNIT_ANSWERED = ("unit_urged", "unit_answered")
TEMPLATES = (ASKED, ANSWERED, URGED, UNIT_URGED, UNIT_ANSWERED)


def tell_consulted(move_id: int) -> None:
    """Tell the heads of the units that were asked: what, and until when (WF-03)."""
    move = _move(move_id)
    rows = Consultation.objects.filter(dossier=move.dossier, asked_at=move.at, closed_at=None)
    waiting = list(rows.select_related("unit"))
    heads = head_posts([each.unit_id for each in waiting])
    for each in waiting:
        told = _facts(move.dossier) | {
            "by": f"{each.asked_by}, {_unit(move)}",
            "content": each.content,
            "answer_due": f"{localtime(each.due_at):%H:%M ngày %d/%m/%Y}",
        }
        for post_id in heads.get(each.unit_id, ()):
            key = f"opinion:{each.pk}:post:{post_id}"
            send(ToPost(post_id), ASKED, told, dedupe_key=key)


def tell_asker(move_id: int) -> None:
    """Tell the case officer that a unit has answered."""
    move = _move(move_id)
    if move.dossier.assignee_id is None:
        return
    told = _facts(move.dossier) | {"by": f"{move.by}, {_unit(move)}", "content": move.note}
    to = ToPost(move.dossier.assignee_id)
    send(to, ANSWERED, told, dedupe_key=f"answered:{move.pk}")


def tell_urged(urging_id: int) -> None:
    """Tell whoever a leader urged (WF-10)."""
    urging = Urging.objects.select_related("dossier").filter(pk=urging_id).first()
    if urging is None:
        raise NotFound
    told = _facts(urging.dossier) | {"by": urging.urged_by, "content": urging.text}
    for post_id in urging.recipients.order_by("pk").values_list("pk", flat=True):
        key = f"urging:{urging.pk}:post:{post_id}"
        send(ToPost(post_id), URGED, told, dedupe_key=key)


def tell_unit(document_id: int) -> None:
    """Tell the heads and leaders to whom an urging document goes (WF-10)."""
    row = _document(document_id)
    told = _of_document(row) | {"by": row.signed_by, "content": row.text}
    for post_id in row.recipients.order_by("pk").values_list("pk", flat=True):
        send(ToPost(post_id), UNIT_URGED, told, dedupe_key=f"unit_urged:{row.pk}:post:{post_id}")


def tell_signer(document_id: int) -> None:
    """Tell who signed an urging document that the unit has answered."""
    row = _document(document_id)
    told = _of_document(row) | {"by": row.answered_by, "content": row.answer}
    send(ToPost(row.signer_id), UNIT_ANSWERED, told, dedupe_key=f"unit_answered:{row.pk}")


def _document(document_id: int) -> UrgingDocument:
    row = UrgingDocument.objects.select_related("unit").filter(pk=document_id).first()
    if row is None:
        raise NotFound
    return row


def _of_document(row: UrgingDocument) -> dict[str, str]:
    return {
        "number": row.number,
        "unit": row.unit.name,
        "agency": agency_facts(row.agency_id).name,
        "answer_by": f"{row.answer_by:%d/%m/%Y}",
        "link": f"{settings.PORTAL_URL}/can-bo/don-doc/{row.pk}/",
    }


def _move(move_id: int) -> Move:
    move = Move.objects.select_related("dossier", "unit").filter(pk=move_id).first()
    if move is None:
        raise NotFound
    return move


def _unit(move: Move) -> str:
    return move.unit.name if move.unit else agency_facts(move.dossier.agency_id).name


def _facts(dossier: Dossier) -> dict[str, str]:
    """What an official is told of a dossier: its number, and nothing of its owner."""
    return {
        "reference": dossier.code or dossier.reference,
        "procedure": dossier.procedure_name,
        "agency": agency_facts(dossier.agency_id).name,
        "due": f"{localtime(dossier.due_at):%H:%M ngày %d/%m/%Y}" if dossier.due_at else "chưa hẹn",
        "link": f"{settings.PORTAL_URL}/can-bo/ho-so/{dossier.reference}/",
    }
