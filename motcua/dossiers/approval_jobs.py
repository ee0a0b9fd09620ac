"""Who is told of what was asked of a second person, and of what became of it. May run twice."""

from __future__ import annotations

from django.conf import settings
from django.utils.timezone import localtime

from motcua.agencies.queries import acting_posts, agency_facts
from motcua.core import clock
from motcua.core.actors import Role
from motcua.core.errors import NotFound
from motcua.dossiers.acts import (
    APPROVAL_NAMES,
    STATE_NAMES,
    ApprovalKind,
    ApprovalState,
    LetterState,
)
from motcua.dossiers.jobs import tell_applicant
from motcua.dossiers.models import Apology, Approval
from motcua.dossiers.telling import answer_to
from motcua.dossiers.workflow import TEXTS, Status
from motcua.notices.actions.sending import send
from motcua.notices.queries import written
from motcua.notices.types import ToPerson, ToPost

TEMPLATES = (
    "withdrawal_asked",
    "withdrawal_to_answer",
    "withdrawal_refused",
    "withdrawal_lapsed",
    "approval_asked",
    "approval_decided",
)


def _approval(approval_id: int) -> Approval:
    rows = Approval.objects.select_related("dossier__submitter", "dossier__agency")
    asked = rows.filter(pk=approval_id).first()
    if asked is None:
        raise NotFound
    return asked


def tell_asked(approval_id: int) -> None:
    """Tell those who may decide; nobody, once it is decided. The citizen is told that we have it."""
    asked = _approval(approval_id)
    kind, told = ApprovalKind(asked.kind), _told(asked)
    if asked.state == ApprovalState.OPEN:
        template = "withdrawal_to_answer" if kind is ApprovalKind.WITHDRAW else "approval_asked"
        for seat in acting_posts({asked.dossier.agency_id}, (asked.decider,)):
            if f"post:{seat.id}" == asked.asked_by_key:
                continue  # nobody decides what they asked for
            if seat.role is Role.UNIT_HEAD and seat.unit_id != asked.dossier.unit_id:
                continue  # another unit's head could not even open it
            key = f"approval:{asked.pk}:asked:post:{seat.id}"
            send(ToPost(seat.id), template, told, dedupe_key=key)
    if kind is ApprovalKind.WITHDRAW:
        _to_citizen(asked, "withdrawal_asked", told)


def tell_decided(approval_id: int) -> None:
    """Tell the asker what became of it: a granted withdrawal is told with the withdrawal itself."""
    asked = _approval(approval_id)
    told = _told(asked)
    has_lapsed = asked.state == ApprovalState.LAPSED
    if asked.kind == ApprovalKind.WITHDRAW:
        if asked.state == ApprovalState.REFUSED:
            _to_citizen(asked, "withdrawal_refused", told)
        elif has_lapsed and asked.dossier.status != Status.WITHDRAWN:
            _to_citizen(asked, "withdrawal_lapsed", told)
        return
    if has_lapsed:
        told["answer"] = f"{_gone(asked)}, đề nghị không còn áp dụng."
    post = asked.asked_by_key.removeprefix("post:")
    if post.isdigit():
        told["by"] = asked.decided_by or "Hệ thống"
        answer_to(int(post), "approval_decided", told, f"approval:{asked.pk}:decided")


def _gone(asked: Approval) -> str:
    """What became of the dossier that an asking lapsed."""
    dossier = asked.dossier
    if asked.kind == ApprovalKind.ASK_AGAIN and dossier.status == Status.EXAMINING:
        return "Hồ sơ đã giao người khác thụ lý"
    return f"Hồ sơ nay ở trạng thái “{TEXTS[Status(dossier.status)]}”"


def _to_citizen(asked: Approval, template: str, told: dict[str, str]) -> None:
    person = asked.dossier.submitter
    if person is not None:
        link = f"{settings.PORTAL_URL}/ho-so/{asked.dossier.reference}/"
        told = {**told, "link": link}
        send(ToPerson(person.pk), template, told, dedupe_key=f"approval:{asked.pk}:{template}")


def _told(asked: Approval) -> dict[str, str]:
    """What may be said of a request: the number of the dossier, and nothing of its owner."""
    dossier, agency = asked.dossier, agency_facts(asked.dossier.agency_id)
    return {
        "reference": dossier.code or dossier.reference,
        "procedure": dossier.procedure_name,
        "agency": agency.name,
        "phone": agency.phone,
        "status": TEXTS[Status(dossier.status)],
        "at": f"{localtime(asked.asked_at):%H:%M ngày %d/%m/%Y}",
        "act": APPROVAL_NAMES[ApprovalKind(asked.kind)],
        "by": asked.asked_by,
        "reason": asked.reason or "không nêu",
        "decision": STATE_NAMES[ApprovalState(asked.state)],
        "answer": asked.answer,
        "link": f"{settings.PORTAL_URL}/can-bo/ho-so/{dossier.reference}/",
    }


def tell_by_letter(move_id: int) -> None:
    """Tell the applicant of a signed letter; sent is what was written to somebody.

    Whoever can be reached by nothing but paper has it printed: the letter stays signed, and the desk
    has a list of those.
    """
    tell_applicant(move_id)
    if not written({f"move:{move_id}"}):
        return
    for letter in Apology.objects.filter(move_id=move_id, state=LetterState.SIGNED):
        letter.state, letter.sent_at = LetterState.SENT, clock.now()
        letter.save(update_fields=["state", "sent_at"])
