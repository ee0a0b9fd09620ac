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
from motcua.dossiers.actions.intake import at_the_desk, found_right
from motcua.dossiers.actions.settlement import misdated
from motcua.dossiers.events import SettledAtOnce
from motcua.dossiers.late_entries import received_on_paper
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.late_entries import given_reasons
from motcua.dossiers.taking_in import taken_in
from motcua.dossiers.workflow import Status, Step, next_status
from motcua.files.actions import store
from motcua.files.types import StoredFile
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
    given_at: datetime | None = None,
    revision: int | None = None,
    wants_slip: bool = False,
) -> Dossier:
    """Giải quyết ngay: what acceptance asks for, and the signed result with it, in one step.

    The clock starts and ends at this moment; of what is entered late it started when the papers were
    received and ended when the result was given. No receipt is printed unless the applicant wants one.
    """
    seen = access.to_see(access.dossiers_at(post), reference)
    next_status(Status(seen.status), Step.SETTLE_AT_ONCE, post.actor.role)
    why = _not_signed(seen, number, issued_on, signed_by)
    refuse_if([*why, *_not_then(seen, issued_on, given_at)])
    stored = _kept(upload, post)
    with transaction.atomic():
        now = clock.now()
        dossier = at_the_desk(post, reference, revision, Step.SETTLE_AT_ONCE)
        given = given_at if given_at and received_on_paper(dossier) else now
        result = _result_facts(number, signed_by, given if given != now else None)
        ticks = found_right(dossier, checked)
        facts: dict[str, Any] = {"checked": ticks, "wants_slip": wants_slip, **result}
        changes = taken_in(dossier, post.unit_id, Step.SETTLE_AT_ONCE, now, facts)
        move = dossier.take(
            Step.SETTLE_AT_ONCE, by=post.actor, at=now, facts=facts,
            note=f"Kết quả số {number.strip()}, người ký: {signed_by.strip()}",
            result_number=number.strip(), result_on=issued_on, result_digest=stored.digest,
            finished_at=given, **changes,
        )  # fmt: skip
        corrections.note_right(dossier, now)
        publish(SettledAtOnce(move.pk, dossier.pk))
    return dossier


def _kept(upload: Upload | None, post: Post) -> StoredFile:
    """The file of the result in the store, or the sentence that none was chosen."""
    if upload is None:
        raise Refused([Reason("file_missing", "Mời chọn tệp kết quả.", field="file")])
    return store(upload, upload.name or "ket-qua", post.actor)


def _result_facts(number: str, signed_by: str, given_at: datetime | None) -> dict[str, str]:
    """What the journal keeps of the result; when it was given, if that was not now."""
    given = {"given_at": given_at.isoformat()} if given_at else {}
    return {"number": number.strip(), "signed_by": signed_by.strip()} | given


def _not_signed(seen: Dossier, number: str, issued_on: date, signed_by: str) -> list[Reason]:
    """Why there is no result to give at once: not such a procedure, no number, nobody who signed."""
    return [
        *rules.not_at_once(terms_of(seen.procedure_version_id).at_once),
        *rules.required_text("number", number, "Mời nhập số, ký hiệu của kết quả."),
        *rules.required_text("signed_by", signed_by, "Mời ghi ai đã ký kết quả."),
        *misdated(issued_on, seen),
    ]


def _not_then(seen: Dossier, issued_on: date, given_at: datetime | None) -> list[Reason]:
    """Why what is entered late cannot have been given at this moment; nothing else is asked."""
    received = received_on_paper(seen)
    return given_reasons(given_at, received, issued_on, clock.now()) if received else []
