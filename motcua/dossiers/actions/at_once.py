"""Procedures whose result is given while the applicant waits: taken in and settled in one step (RCV-06)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from motcua.core import clock
from motcua.core.errors import Reason, Refused, refuse_if
from motcua.core.events import publish
from motcua.dossiers import access, rules
from motcua.dossiers.actions import corrections
from motcua.dossiers.actions.intake import at_the_desk, papers_to_check
from motcua.dossiers.actions.settlement import misdated
from motcua.dossiers.events import SettledAtOnce
from motcua.dossiers.late_entries import received_on_paper
from motcua.dossiers.ledger import redate
from motcua.dossiers.models import Dossier
from motcua.dossiers.taking_in import law_here, new_code
from motcua.dossiers.workflow import Status, Step, next_status
from motcua.files.actions import store
from motcua.procedures.queries import terms_of

if TYPE_CHECKING:
    from motcua.agencies.models import Post
    from motcua.dossiers.actions.papers import Upload


def settle_at_once(  # noqa: PLR0913 - one argument for each thing on the counter
    *,
    post: Post,
    reference: str,
    checked: Collection[str],
    number: str,
    issued_on: date,
    signed_by: str,
    upload: Upload | None,
    revision: int | None = None,
    wants_slip: bool = False,
) -> Dossier:
    """Giải quyết ngay: what acceptance asks for, and the signed result with it, in one step.

    The clock starts and ends at this moment. No receipt is printed unless the applicant wants one.
    """
    seen = access.to_see(access.dossiers_at(post), reference)
    next_status(Status(seen.status), Step.SETTLE_AT_ONCE, post.actor.role)
    refuse_if(_not_signed(seen, number, issued_on, signed_by))
    if upload is None:
        raise Refused([Reason("file_missing", "Mời chọn tệp kết quả.", field="file")])
    stored = store(upload, upload.name or "ket-qua", post.actor)
    with transaction.atomic():
        now = clock.now()
        dossier = at_the_desk(post, reference, revision, Step.SETTLE_AT_ONCE)
        papers = papers_to_check(dossier, terms_of(dossier.procedure_version_id))
        refuse_if(rules.unchecked(papers, checked))
        facts: dict[str, Any] = {
            "checked": [{"slot": slot.code, "name": slot.name} for slot in papers],
            "number": number.strip(), "signed_by": signed_by.strip(), "wants_slip": wants_slip,
        }  # fmt: skip
        move = dossier.take(
            Step.SETTLE_AT_ONCE, by=post.actor, at=now, facts=facts,
            note=f"Kết quả số {number.strip()}, người ký: {signed_by.strip()}",
            result_number=number.strip(), result_on=issued_on, result_digest=stored.digest,
            finished_at=now, **_taken_in(dossier, post, now, facts),
        )  # fmt: skip
        corrections.note_right(dossier, now)
        publish(SettledAtOnce(move.pk, dossier.pk))
    return dossier


def _not_signed(seen: Dossier, number: str, issued_on: date, signed_by: str) -> list[Reason]:
    """Why there is no result to give at once: not such a procedure, no number, nobody who signed."""
    return [
        *rules.not_at_once(terms_of(seen.procedure_version_id).at_once),
        *rules.required_text("number", number, "Mời nhập số, ký hiệu của kết quả."),
        *rules.required_text("signed_by", signed_by, "Mời ghi ai đã ký kết quả."),
        *misdated(issued_on, seen),
    ]


def _taken_in(dossier: Dossier, post: Post, now: datetime, facts: dict[str, Any]) -> dict[str, Any]:
    """What acceptance makes of it: its law, code and dates; `facts` say so where it was before now."""
    received = received_on_paper(dossier)
    since = received or now
    if received:
        facts["handed_in_at"] = received.isoformat()
    law = law_here(dossier, since)
    dossier.profile_id = law.id
    return {
        "code": new_code(dossier, law, now),
        "accepted_at": since, "unit_id": post.unit_id, "profile_id": dossier.profile_id,
        **redate(dossier, Step.SETTLE_AT_ONCE, now, facts, unit_id=post.unit_id),
    }  # fmt: skip
