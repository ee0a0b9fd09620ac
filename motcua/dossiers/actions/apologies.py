"""Letters of apology: drafted by the clock before a result is late, signed by a leader, sent."""

from __future__ import annotations

from datetime import datetime, time
from functools import cache
from typing import TYPE_CHECKING

from django.db import transaction

from motcua.agencies.queries import acting_posts
from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Role
from motcua.core.errors import Reason, Refused, refuse_if
from motcua.core.events import publish
from motcua.dossiers import access, rules
from motcua.dossiers.actions.intake import at_the_desk
from motcua.dossiers.actions.raising import WATCH
from motcua.dossiers.acts import GONE_OUT, LetterState
from motcua.dossiers.events import AlarmRaised, DossierApologised, DossierExtended
from motcua.dossiers.explanations import reason_for
from motcua.dossiers.ledger import redate
from motcua.dossiers.letters import (
    about_to_be_late,
    calendar_of,
    last_moment,
    law_of,
    promise_refused,
    promised,
)
from motcua.dossiers.models import Alarm, Apology, Dossier
from motcua.dossiers.models.rollups import count_letter
from motcua.dossiers.rules import apologies as letters
from motcua.dossiers.slip_facts import number_of
from motcua.dossiers.slips.forms import SlipKind
from motcua.dossiers.types import AlarmKind, AlarmLevel
from motcua.dossiers.workflow import Step
from motcua.law.queries import versions
from motcua.workdays.queries import work_calendar
from motcua.workdays.rules import add_workdays
from motcua.workdays.types import at_time, local

if TYPE_CHECKING:
    from motcua.agencies.models import Post
    from motcua.workdays.types import WorkCalendar

BATCH = 500


def draft_letters() -> int:
    """Soạn thư xin lỗi: a draft for each dossier about to be late; says how many were drafted.

    May run twice, and at the same moment in two places: a dossier has one draft at most.
    """
    now, drafted = clock.now(), 0
    days = max((each.profile.limits.apology_min_days_before for each in versions()), default=1)
    horizon = at_time(add_workdays(local(now).date(), days, work_calendar()), time.max)
    ahead = about_to_be_late(now).filter(due_at__lte=horizon).order_by("due_at", "pk")
    rest, calendars = ahead, cache(work_calendar)  # read once for each unit, not for each dossier
    while True:
        found = list(rest.select_related("agency")[:BATCH])
        drafted += sum(
            _draft(dossier.pk, now)
            for dossier in found
            if _is_time(dossier, now, calendars(dossier.agency_id, dossier.unit_id))
        )
        if len(found) < BATCH:
            return drafted
        last = [found[-1].due_at, found[-1].pk]
        rest = ahead.extra(where=["(due_at, dossiers_dossier.id) > (%s, %s)"], params=last)


def _is_time(dossier: Dossier, now: datetime, calendar: WorkCalendar) -> bool:
    """Whether the letter about this dossier is to be drafted now."""
    if dossier.due_at is None or dossier.accepted_at is None:
        return False
    law = law_of(dossier)
    days = law.limits.apology_min_days_before
    start = letters.draft_from(dossier.accepted_at, dossier.due_at, days, calendar)
    last = letters.sign_by(dossier.due_at, days, calendar)
    return start is not None and start <= now <= last and promised(dossier) < law.reappointment_max


@transaction.atomic
def _draft(dossier_id: int, now: datetime) -> bool:
    """Draft the letter of one dossier, if it is time; True if a draft was written."""
    dossier = (
        about_to_be_late(now)
        .select_for_update(skip_locked=True, of=("self",))
        .filter(pk=dossier_id)
        .first()
    )
    if dossier is None or not _is_time(dossier, now, calendar := calendar_of(dossier)):
        return False
    assert dossier.due_at and dossier.accepted_at  # or it would not be time
    due, last = dossier.due_at, last_moment(dossier, dossier.due_at)
    if dossier.apologies.filter(old_due_at=due).exists():
        return False  # drafted by another round between our reading and our lock
    seats = acting_posts({dossier.agency_id}, (Role.APPROVER,))
    letter = Apology.objects.create(
        dossier=dossier, old_due_at=due, sign_by=last, drafted_at=now,
        new_due_at=letters.proposed(dossier.accepted_at, due, calendar),
        signer_id=seats[0].id if seats else None, reason=reason_for(dossier),
    )  # fmt: skip
    posts = [seat.id for seat in seats]
    record(
        WATCH, "dossier.letter_drafted", dossier.reference, at=now, letter=letter.pk, posts=posts
    )
    _raise(dossier, last, now, posts)
    return True


def _raise(dossier: Dossier, last: datetime, now: datetime, posts: list[int]) -> None:
    """Tell those who can sign that a letter waits for them."""
    alarm, fresh = Alarm.objects.get_or_create(
        dossier=dossier, kind=AlarmKind.LATE_AHEAD, occasion=dossier.revision,
        level=AlarmLevel.WARNING, defaults={"due_at": last, "raised_at": now},
    )  # fmt: skip
    if fresh:
        alarm.raised_to.add(*posts)
        publish(AlarmRaised(alarm.pk, subject=f"dossier:{dossier.pk}"))


@transaction.atomic
def sign_letter(
    *, post: Post, reference: str, revision: int | None = None, new_due_at: datetime, reason: str
) -> Dossier:
    """Ký thư xin lỗi và hẹn lại: a new date, once, in time, with the reason (ST-14)."""
    now = clock.now()
    dossier = at_the_desk(post, reference, revision, Step.EXTEND)
    due = dossier.due_at
    if due is None:
        text = "Hồ sơ này không có ngày hẹn trả nên không có gì để hẹn lại."
        raise Refused([Reason("no_date", text)])
    refuse_if([*_reason_missing(reason), *promise_refused(dossier, new_due_at, due, now)])
    letter = _letter(dossier, due, last_moment(dossier, due), now)
    _mark_signed(letter, post, now, reason, new_due_at)
    facts = {
        "reason": reason.strip(), "old_due_at": due.isoformat(), "due_at": new_due_at.isoformat(),
        "signer": post.holder_name, "signer_title": post.title,
    }  # fmt: skip
    move = dossier.take(
        Step.EXTEND, by=post.actor, at=now, note=reason.strip(), facts=facts,
        **redate(dossier, Step.EXTEND, now, facts),
    )  # fmt: skip
    _number(letter, move.pk, number_of(move, SlipKind.APOLOGY))
    count_letter(dossier, now)
    publish(DossierExtended(move.pk, dossier.pk))
    return dossier


@transaction.atomic
def apologise(*, post: Post, reference: str, revision: int | None = None, reason: str) -> Dossier:
    """Gửi thư xin lỗi không hẹn lại: the date is missed or can no longer be moved (WF-09)."""
    now = clock.now()
    dossier = at_the_desk(post, reference, revision, Step.APOLOGISE)
    due = dossier.due_at
    if due is None or now <= last_moment(dossier, due):
        refuse_if(letters.may_promise_again(promised(dossier), law_of(dossier).reappointment_max))
        text = "Còn kịp xin lỗi và hẹn lại ngày khác. Mời anh/chị ký thư xin lỗi và hẹn lại."
        raise Refused([Reason("letter_in_time", text)])
    if dossier.apologies.filter(state__in=GONE_OUT, old_due_at=due).exists():
        text = "Đã gửi thư xin lỗi về lần chậm này. Mời anh/chị chỉ đạo giải quyết ngay."
        raise Refused([Reason("apologised_before", text)])
    refuse_if(_reason_missing(reason))
    letter = _letter(dossier, due, last_moment(dossier, due), now)
    _mark_signed(letter, post, now, reason, None)
    facts = {
        "reason": reason.strip(), "old_due_at": due.isoformat(),
        "signer": post.holder_name, "signer_title": post.title,
    }  # fmt: skip
    move = dossier.take(Step.APOLOGISE, by=post.actor, at=now, note=reason.strip(), facts=facts)
    _number(letter, move.pk, number_of(move, SlipKind.APOLOGY))
    count_letter(dossier, now)
    publish(DossierApologised(move.pk, dossier.pk))
    return dossier


@transaction.atomic
def drop_letter(*, post: Post, reference: str, revision: int | None = None, reason: str) -> Dossier:
    """Bỏ dự thảo: the leader answers for it that the result will be in time."""
    now = clock.now()
    dossier = at_the_desk(post, reference, revision, Step.EXTEND)
    letter = dossier.apologies.filter(state=LetterState.DRAFTED).first()
    if letter is None:
        text = "Không có dự thảo thư xin lỗi nào đang chờ ký."
        raise Refused([Reason("no_letter", text)])
    missing = "Mời ghi vì sao hồ sơ sẽ kịp hạn."
    refuse_if(rules.required_text("reason", reason, missing))
    letter.state, letter.dropped_at, letter.reason = LetterState.DROPPED, now, reason.strip()
    letter.save(update_fields=["state", "dropped_at", "reason"])
    dossier.alarms.filter(kind=AlarmKind.LATE_AHEAD, closed_at=None).update(closed_at=now)
    record(post.actor, "dossier.letter_dropped", dossier.reference, at=now, letter=letter.pk)
    return dossier


@transaction.atomic
def note_posted(*, post: Post, reference: str) -> Dossier:
    """Đã gửi thư giấy: the desk printed the letter of who has neither e-mail nor telephone (ST-14)."""
    dossier, now = access.to_change(access.dossiers_at(post), reference), clock.now()
    sent = dossier.apologies.filter(state=LetterState.SIGNED).update(
        state=LetterState.SENT, sent_at=now
    )
    if not sent:
        text = "Không còn thư xin lỗi nào chờ gửi giấy. Mời xem lại trang hồ sơ."
        raise Refused([Reason("no_letter", text)])
    record(post.actor, "dossier.letter_posted", dossier.reference, at=now)
    return dossier


def _reason_missing(reason: str) -> list[Reason]:
    missing = "Mời nêu lý do chậm, bằng lời người dân hiểu được."
    return rules.required_text("reason", reason, missing)


def _letter(dossier: Dossier, due: datetime, last: datetime, now: datetime) -> Apology:
    """The draft that waits, or a new one when the leader writes before the clock does."""
    draft = dossier.apologies.filter(state=LetterState.DRAFTED).first()
    return draft or Apology(dossier=dossier, old_due_at=due, sign_by=last, drafted_at=now)


def _mark_signed(
    letter: Apology, post: Post, now: datetime, reason: str, new_due_at: datetime | None
) -> None:
    letter.state, letter.signer_id, letter.signed_at = LetterState.SIGNED, post.pk, now
    letter.reason, letter.new_due_at = reason.strip(), new_due_at
    letter.save()


def _number(letter: Apology, move_id: int, number: str) -> None:
    letter.move_id, letter.number = move_id, number
    letter.save(update_fields=["move", "number"])
