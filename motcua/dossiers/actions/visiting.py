"""The case officer goes to the place: the visit is announced, then written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from motcua.core import clock
from motcua.core.errors import refuse_if
from motcua.core.events import publish
from motcua.dossiers import access, rules
from motcua.dossiers.actions.intake import at_the_desk
from motcua.dossiers.events import DossierMoved
from motcua.dossiers.models import Dossier, Verification
from motcua.dossiers.workflow import Status, Step, next_status
from motcua.files.actions import store
from motcua.workdays.queries import work_calendar

if TYPE_CHECKING:
    from motcua.agencies.models import Post
    from motcua.dossiers.actions.papers import Upload
    from motcua.dossiers.types import Visit

PRESENT = "Mời ông/bà có mặt."
AGREED = "đã thống nhất với người dân."


@transaction.atomic
def verify(*, post: Post, reference: str, revision: int | None = None, visit: Visit) -> Dossier:
    """Hẹn xác minh thực địa: time, place, participants, content; the applicant is told (ST-12)."""
    dossier = at_the_desk(post, reference, revision, Step.VERIFY)
    now = clock.now()
    calendar = work_calendar(dossier.agency_id, dossier.unit_id)
    refuse_if(rules.visit(visit, now, calendar, dossier.due_at))
    unusual = ", ".join(rules.unusual_time(visit.at, now, calendar, dossier.due_at))
    at = f"{localtime(visit.at):%H:%M ngày %d/%m/%Y}"
    facts = {
        "visit_at": at, "place": visit.place.strip(), "participants": visit.participants.strip(),
        "content": visit.content.strip(), "presence": PRESENT if visit.needs_applicant else "",
    }  # fmt: skip
    note = (
        f"{at}, tại {facts['place']}. Thành phần: {facts['participants']}. "
        f"Nội dung: {facts['content']}. {facts['presence']}"
    ).strip() + (f"\n{unusual.capitalize()}, {AGREED}" if unusual else "")
    move = dossier.take(Step.VERIFY, by=post.actor, at=now, note=note, facts=facts)
    Verification.objects.create(
        dossier=dossier, visit_at=visit.at, place=facts["place"],
        participants=facts["participants"], content=facts["content"],
        needs_applicant=visit.needs_applicant, announced_at=now, announced_by=post.holder_name,
    )  # fmt: skip
    publish(DossierMoved(move.pk, dossier.pk))
    return dossier


def record_verification(
    *,
    post: Post,
    reference: str,
    revision: int | None = None,
    record: str,
    present: str,
    upload: Upload | None = None,
) -> Dossier:
    """Ghi biên bản xác minh: what was found, who was there, the signed record as a file (WF-02).

    The file is taken in before the dossier is locked, so that nobody waits for a slow upload.
    """
    seen = access.to_see(access.dossiers_at(post), reference)
    next_status(Status(seen.status), Step.RECORD_VERIFICATION, post.actor.role)
    refuse_if(
        [
            *rules.required_text("record", record, "Mời ghi nội dung biên bản xác minh."),
            *rules.required_text("present", present, "Mời ghi những người có mặt."),
        ]
    )
    stored = store(upload, upload.name or "bien-ban", post.actor) if upload else None
    with transaction.atomic():
        now = clock.now()
        dossier = at_the_desk(post, reference, revision, Step.RECORD_VERIFICATION)
        made = dossier.verifications.get(recorded_at=None, called_off_at=None)
        made.record, made.present = record.strip(), present.strip()
        made.recorded_at, made.recorded_by = now, post.holder_name
        if stored and upload:
            made.digest, made.file_name = stored.digest, upload.name or "bien-ban"
        made.save()
        note = f"{made.record}\nCó mặt: {made.present}"
        move = dossier.take(Step.RECORD_VERIFICATION, by=post.actor, at=now, note=note)
        publish(DossierMoved(move.pk, dossier.pk))
    return dossier
