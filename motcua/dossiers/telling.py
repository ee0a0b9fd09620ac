"""What officials tell each other across units: a question, an answer, a word to hurry.

Each job may run twice; a message has its key and goes out once.
"""

from __future__ import annotations

from django.conf import settings
from django.utils.timezone import localtime

from motcua.agencies.queries import (
    acting_posts,
    agency_facts,
    head_posts,
    in_place_of,
    receiving_posts,
)
from motcua.core.actors import Role
from motcua.core.errors import NotFound
from motcua.dossiers.models import (
    Consultation,
    Dossier,
    Move,
    TransferLine,
    Urging,
    UrgingDocument,
)
from motcua.dossiers.passing import late_key
from motcua.dossiers.workflow import CLOSED
from motcua.notices.actions.sending import send
from motcua.notices.types import ToPost

ASKED, ANSWERED, URGED = ("opinion_asked", "opinion_given", "dossier_urged")
UNIT_URGED, UNIT_ANSWERED, UNIT_LATE = ("unit_urged", "unit_answered", "unit_late")
PASSED_IN, AWAITED = "dossier_passed_in", "papers_awaited"
TEMPLATES = (PASSED_IN, AWAITED, ASKED, ANSWERED, URGED, UNIT_URGED, UNIT_ANSWERED, UNIT_LATE)


def answer_to(post_id: int, template: str, told: dict[str, str], key: str) -> None:
    """Tell the post that asked; whoever took over its work, once nobody acts in it any more."""
    for each in in_place_of(post_id):
        own = key if each == post_id else f"{key}:post:{each}"
        send(ToPost(each), template, told, dedupe_key=own)


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
    answer_to(move.dossier.assignee_id, ANSWERED, told, f"answered:{move.pk}")


def tell_passed_in(move_id: int) -> None:
    """Tell the desk of an agency that a dossier was passed on to it, and whether papers follow (RCV-10).

    Nobody, once that desk has passed it on in its turn.
    """
    move = _move(move_id)
    papers, to = move.facts.get("list", ""), move.dossier.agency_id
    if move.facts.get("to_agency", to) != to:
        return
    desk = acting_posts([to], [Role.DESK_OFFICER])
    told = _facts(move.dossier) | {
        "by": f"{move.by}, {move.facts['from']}",
        "content": move.note,
        "slip": f"Giấy tờ chuyển theo giấy bàn giao số {papers}." if papers else "",
    }
    for post_id in [seat.id for seat in desk if seat.at_desk]:
        send(ToPost(post_id), PASSED_IN, told, dedupe_key=f"passed:{move.pk}:post:{post_id}")


def tell_giver(line_id: int) -> None:
    """Tell the desk that sent papers to another agency that they are not there (RCV-10).

    Nobody, if they came meanwhile or the dossier was taken back. A desk without people: whoever leads its agency.
    """
    rows = TransferLine.objects.select_related("dossier", "list__from_unit")
    line = rows.filter(pk=line_id).first()
    if line is None:
        raise NotFound
    if line.is_taken or line.dossier.status in CLOSED:
        return
    giver = line.list.from_unit
    posts = receiving_posts([giver.pk]).get(giver.pk) or [
        seat.id for seat in acting_posts([giver.agency_id], [Role.APPROVER])
    ]
    told = _facts(line.dossier) | {
        "slip": line.list.number,
        "content": _awaited(line),
        "link": f"{settings.PORTAL_URL}/can-bo/ban-giao/{line.list_id}/",
    }
    key = f"papers_missing:{line.pk}" if line.settled_at else late_key(line.pk)
    for number, post_id in enumerate(posts):  # the first has the key by which the watch looks
        send(ToPost(post_id), AWAITED, told, dedupe_key=f"{key}:post:{post_id}" if number else key)


def _awaited(line: TransferLine) -> str:
    if line.settled_at:
        return f"{line.settled_by} báo giấy tờ không đến: {line.reason}"
    until = f"{localtime(line.must_by):%H:%M ngày %d/%m/%Y}" if line.must_by else ""
    return f"Phải đến trước {until}, nơi nhận chưa xác nhận."


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
    answer_to(row.signer_id, UNIT_ANSWERED, told, f"unit_answered:{row.pk}")


def tell_signer_late(document_id: int) -> None:
    """Tell who signed an urging document that its day has passed without an answer, if it still has."""
    row = _document(document_id)
    if row.answered_at is None:
        answer_to(row.signer_id, UNIT_LATE, _of_document(row), f"unit_late:{row.pk}")


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
