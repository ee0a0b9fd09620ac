"""Which dossiers a letter of apology or a second person is wanted for; by which law and calendar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.timezone import localtime

from motcua.agencies.heads import heads_but
from motcua.agencies.queries import agency_facts
from motcua.core import clock
from motcua.core.actors import Role
from motcua.core.errors import Reason
from motcua.dossiers.acts import (
    BY_TWO_OFFICIALS,
    GONE_OUT,
    ApprovalKind,
    ApprovalState,
    LetterState,
)
from motcua.dossiers.explanations import unexplained
from motcua.dossiers.late_entries import entered_late
from motcua.dossiers.models import Apology, Approval, Dossier
from motcua.dossiers.rules import apologies as rules
from motcua.dossiers.silence_queries import MOST
from motcua.dossiers.workflow import RUNNING, Step
from motcua.law.queries import profile, profile_on
from motcua.procedures.queries import terms_of
from motcua.procedures.rules import limit_under
from motcua.workdays.queries import work_calendar

if TYPE_CHECKING:
    from motcua.law.types import Profile
    from motcua.workdays.types import WorkCalendar

Rows = QuerySet[Dossier]
FOR_HEADS = Q(facts__contains={"agreed_by": Role.UNIT_HEAD.value})


def law_of(dossier: Dossier) -> Profile:
    """The law under which a dossier was accepted."""
    if dossier.profile_id:
        return profile(dossier.profile_id)
    day = localtime(dossier.accepted_at or clock.now()).date()
    return profile_on(day, agency_facts(dossier.agency_id).code)


def calendar_of(dossier: Dossier) -> WorkCalendar:
    """The working days and hours of whoever has the dossier."""
    return work_calendar(dossier.agency_id, dossier.unit_id)


def last_moment(dossier: Dossier, due: datetime) -> datetime:
    """Until when a letter can promise this dossier a new date."""
    days = law_of(dossier).limits.apology_min_days_before
    return rules.sign_by(due, days, calendar_of(dossier))


def promised(dossier: Dossier) -> int:
    """How often this dossier was promised a later date: with an apology, or moved by two persons."""
    letters = dossier.apologies.filter(state__in=GONE_OUT, new_due_at__isnull=False)
    moved = dossier.due_changes.filter(kind=Step.MOVE_DATE, new__gt=F("old"))
    return letters.count() + moved.count()


def promise_refused(dossier: Dossier, new: datetime, due: datetime, now: datetime) -> list[Reason]:
    """Why this dossier cannot be promised the later date `new`: too often, too late, no date, too far.

    Law: ST-14, WF-08
    """
    law, calendar = law_of(dossier), calendar_of(dossier)
    limit = limit_under(law, terms_of(dossier.procedure_version_id), dossier.case)
    return (
        rules.may_promise_again(promised(dossier), law.reappointment_max)
        or rules.in_time_to_promise(now, last_moment(dossier, due), dossier.accepted_at)
        or rules.date_reasons(new, due, now, calendar)
        or (rules.promise_reasons(new, due, limit, calendar) if limit else [])
    )


def about_to_be_late(now: datetime) -> Rows:
    """Running dossiers still in time, about whose present date nothing was written yet."""
    written = Apology.objects.filter(dossier=OuterRef("pk"), old_due_at=OuterRef("due_at"))
    return Dossier.objects.filter(
        ~Exists(written), status__in=RUNNING, due_at__gt=now, finished_at=None
    )


def late_without_letter(rows: Rows, now: datetime) -> Rows:
    """Those of `rows` whose date has gone by without a word to the applicant about it."""
    written = Apology.objects.filter(
        dossier=OuterRef("pk"), state__in=GONE_OUT, old_due_at=OuterRef("due_at")
    )
    return rows.filter(~Exists(written), status__in=RUNNING, due_at__lt=now, finished_at=None)


def late_unapologised() -> int:
    """How many dossiers of the house are late without a word to their applicants, to `MOST` (ST-14)."""
    return late_without_letter(Dossier.objects.all(), clock.now())[:MOST].count()


def _to_sign(rows: Rows, now: datetime) -> Rows:
    waiting = Apology.objects.filter(dossier=OuterRef("pk"), state=LetterState.DRAFTED)
    return rows.filter(Exists(waiting))


def _to_post(rows: Rows, now: datetime) -> Rows:
    """Those whose letter was signed and told to nobody: there is only paper to tell it."""
    signed = Apology.objects.filter(dossier=OuterRef("pk"), state=LetterState.SIGNED)
    return rows.filter(Exists(signed))


def _asked(*kinds: ApprovalKind) -> Callable[[Rows, datetime], Rows]:
    def those(rows: Rows, now: datetime) -> Rows:
        waiting = Approval.objects.filter(
            dossier=OuterRef("pk"), kind__in=kinds, state=ApprovalState.OPEN
        )
        others = Exists(heads_but(unit="dossier__unit_id", person="asked_by_person"))
        return rows.filter(Exists(waiting.exclude(FOR_HEADS & others)))

    return those


def _to_agree(rows: Rows, now: datetime) -> Rows:
    """Those of the unit on which the law lets its head agree to one more slip."""
    waiting = Approval.objects.filter(
        FOR_HEADS, dossier=OuterRef("pk"), kind=ApprovalKind.ASK_AGAIN, state=ApprovalState.OPEN
    )
    return rows.filter(Exists(waiting))


@dataclass(frozen=True)
class AsideList:
    """A worklist of some roles that cuts across statuses."""

    title: str
    roles: tuple[Role, ...]
    rows: Callable[[Rows, datetime], Rows]


LISTS = {
    "thu-xin-loi": AsideList("Thư xin lỗi chờ ký", (Role.APPROVER,), _to_sign),
    "thu-gui-giay": AsideList("Thư xin lỗi cần in, gửi giấy", (Role.DESK_OFFICER,), _to_post),
    "cho-duyet-hai-nguoi": AsideList(
        "Chờ duyệt hai người", (Role.APPROVER,), _asked(*BY_TWO_OFFICIALS)
    ),
    "cho-don-vi-dong-y": AsideList("Chờ trưởng đơn vị đồng ý", (Role.UNIT_HEAD,), _to_agree),
    "xin-rut": AsideList("Xin rút hồ sơ", (Role.DESK_OFFICER,), _asked(ApprovalKind.WITHDRAW)),
    "nhap-muon": AsideList("Nhập muộn", (Role.APPROVER, Role.UNIT_HEAD), entered_late),
    "chua-giai-trinh": AsideList(
        "Trễ hẹn chưa giải trình", (Role.DESK_OFFICER, Role.APPROVER, Role.UNIT_HEAD), unexplained
    ),
    "tre-chua-xin-loi": AsideList(
        "Trễ hẹn chưa xin lỗi", (Role.APPROVER, Role.UNIT_HEAD), late_without_letter
    ),
}
