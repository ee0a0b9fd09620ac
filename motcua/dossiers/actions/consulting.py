"""The case officer asks other units; each answers by its own deadline; the overall clock runs on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from motcua.agencies.queries import askable_units
from motcua.core import clock
from motcua.core.errors import NotFound, Reason, Refused, refuse_if
from motcua.core.events import publish
from motcua.dossiers import access, rules
from motcua.dossiers.actions.intake import at_the_desk
from motcua.dossiers.events import DossierMoved, OpinionGiven, OpinionsAsked
from motcua.dossiers.models import Consultation, Dossier
from motcua.dossiers.types import AlarmKind
from motcua.dossiers.workflow import Status, Step, next_status
from motcua.files.actions import store
from motcua.workdays.queries import work_calendar
from motcua.workdays.rules import closing

if TYPE_CHECKING:
    from motcua.agencies.models import Post
    from motcua.dossiers.actions.papers import Upload
    from motcua.dossiers.types import Asking


@transaction.atomic
def consult(
    *, post: Post, reference: str, revision: int | None = None, asked: Sequence[Asking]
) -> Dossier:
    """Lấy ý kiến: each unit is asked what and until when; nothing stops the overall clock (WF-03)."""
    dossier = at_the_desk(post, reference, revision, Step.CONSULT)
    askable = askable_units(dossier.agency_id)
    askable.pop(dossier.unit_id or 0, None)
    refuse_if(rules.askings(asked, askable, ()))
    now = clock.now()
    until = _until(dossier, asked, now)
    names = [askable[each.unit_id] for each in asked]
    told = [
        f"{name} (trước {localtime(due):%H:%M ngày %d/%m/%Y}): {each.content.strip()}"
        for name, due, each in zip(names, until, asked, strict=True)
    ]
    move = dossier.take(
        Step.CONSULT, by=post.actor, at=now, note="\n".join(told), facts={"asked": names}
    )
    Consultation.objects.bulk_create(
        Consultation(
            dossier=dossier, unit_id=each.unit_id, content=each.content.strip(), due_at=due,
            asked_at=now, asked_by=post.holder_name, asked_by_key=post.actor.key,
        )
        for each, due in zip(asked, until, strict=True)
    )  # fmt: skip
    publish(OpinionsAsked(move.pk, dossier.pk))
    publish(DossierMoved(move.pk, dossier.pk))
    return dossier


def _until(dossier: Dossier, asked: Sequence[Asking], now: datetime) -> list[datetime]:
    """The moment by which each unit answers: the close of its day, never after the result is due.

    A dossier that is late already needs its opinions all the same: its date bounds nothing more.
    """
    calendar = work_calendar(dossier.agency_id, dossier.unit_id)
    ahead = dossier.due_at if dossier.due_at and dossier.due_at > now else None
    due, today = localtime(ahead) if ahead else None, localtime(now).date()
    days = {each.due_on for each in asked}
    sound = {day for day in days if day >= today and (due is None or day <= due.date())}
    open_days = {day for day in sound if calendar.is_open(day)}
    refuse_if(rules.opinion_dates(asked, today, due, open_days))
    found = [closing(each.due_on, calendar) for each in asked]
    until = [min(at, due) if due else at for at in found]
    refuse_if(
        reason
        for line, at in enumerate(until, start=1)
        for reason in rules.already_over(line, at, now)
    )
    return until


def opine(
    *,
    post: Post,
    reference: str,
    revision: int | None = None,
    answer: str,
    upload: Upload | None = None,
) -> Dossier:
    """Cho ý kiến: the head of the unit asked answers; with that its door to the dossier closes.

    The file is taken in before the dossier is locked, so that nobody waits for a slow upload.
    """
    seen = access.to_see(access.asked_of(post), reference)
    next_status(Status(seen.status), Step.OPINE, post.actor.role)
    refuse_if(rules.required_text("answer", answer, "Mời ghi ý kiến của đơn vị."))
    stored = store(upload, upload.name or "y-kien", post.actor) if upload else None
    with transaction.atomic():
        now = clock.now()
        dossier = access.to_change(access.asked_of(post), reference)
        asked = Consultation.objects.filter(
            dossier=dossier, unit_id=post.unit_id, closed_at=None
        ).first()
        if asked is None:  # answered or closed while the file came in
            raise NotFound
        _refuse_older_question(dossier, revision)
        asked.replied_at = asked.closed_at = now
        asked.replied_by, asked.answer = post.holder_name, answer.strip()
        if stored and upload:
            asked.digest, asked.file_name = stored.digest, upload.name or "y-kien"
        asked.save()
        dossier.alarms.filter(kind=AlarmKind.OPINION, occasion=asked.pk, closed_at=None).update(
            closed_at=now
        )
        move = dossier.take(Step.OPINE, by=post.actor, at=now, note=answer.strip())
        publish(OpinionGiven(move.pk, dossier.pk))
    return dossier


def _refuse_older_question(dossier: Dossier, revision: int | None) -> None:
    """Refuse an answer written to a question that was closed and asked anew since.

    What other units answered meanwhile changes the revision too, and is no reason to type again.
    """
    last = dossier.moves.filter(step=Step.CONSULT).last()
    if revision is not None and last is not None and revision < last.seq:
        refuse_if(
            rules.changed_meanwhile(revision, last.seq, last.step, last.by, localtime(last.at))
        )


@transaction.atomic
def close_consult(
    *, post: Post, reference: str, revision: int | None = None, note: str = ""
) -> Dossier:
    """Kết thúc lấy ý kiến: with answers missing too, and then with a word why (WF-03)."""
    dossier = at_the_desk(post, reference, revision, Step.CLOSE_CONSULT)
    waiting = Consultation.objects.filter(dossier=dossier, closed_at=None)
    missing = [each.unit.name for each in waiting.select_related("unit")]
    if missing and not note.strip():
        text = (
            f"Còn {', '.join(missing)} chưa cho ý kiến. "
            "Mời anh/chị ghi vì sao không chờ nữa, hoặc chờ thêm."
        )
        raise Refused([Reason("note_missing", text, field="note")])
    now = clock.now()
    waiting.update(closed_at=now)
    move = dossier.take(
        Step.CLOSE_CONSULT, by=post.actor, at=now, note=note.strip(), facts={"missing": missing}
    )
    publish(DossierMoved(move.pk, dossier.pk))
    return dossier
