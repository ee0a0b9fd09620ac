"""Before acceptance a dossier that belongs to another agency goes to the desk there (RCV-10)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from motcua.agencies.queries import agency_facts, desks_beside, staffed_desks
from motcua.core import clock
from motcua.core.actors import Role
from motcua.core.errors import NotFound, Reason, Refused, refuse_if
from motcua.core.events import publish
from motcua.dossiers import access, rules
from motcua.dossiers.actions.intake import at_the_desk
from motcua.dossiers.events import DossierPassedOn, PapersAwaited
from motcua.dossiers.ledger import law_on
from motcua.dossiers.models import Dossier, TransferLine, TransferList, next_list
from motcua.dossiers.models.counters import count_passed
from motcua.dossiers.passing import ON_PAPER, late_key, papers_by, pass_by, places_for
from motcua.dossiers.rules.passing import papers_not_late, passing
from motcua.dossiers.rules.silence import BESIDE
from motcua.dossiers.types import AlarmKind
from motcua.dossiers.workflow import Status, Step
from motcua.law.queries import profile_on
from motcua.notices.queries import written
from motcua.workdays.queries import work_calendar
from motcua.workdays.rules import add_working_hours

if TYPE_CHECKING:
    from motcua.agencies.models import Post


@transaction.atomic
def pass_on(
    *, post: Post, reference: str, revision: int | None = None, agency_id: int, note: str
) -> Dossier:
    """Chuyển cơ quan có thẩm quyền: at once by the connection, its papers with a hand-over list.

    It keeps its temporary number; the desk there has its own hours to answer, from when the papers
    are there. From now on it is theirs: this desk reads it no more.
    """
    seen = access.to_change(access.dossiers_at(post), reference)
    refuse_if(passing(Status(seen.status), agency_id, places_for(seen)))
    dossier = at_the_desk(post, reference, revision, Step.PASS_ON)
    refuse_if(rules.required_text("note", note, "Mời nêu vì sao hồ sơ thuộc cơ quan kia."))
    now, origin = clock.now(), dossier.agency_id
    must_by, there = pass_by(dossier, post.unit_id), agency_facts(agency_id)
    dossier.at_hand = calendar = work_calendar(agency_id)
    facts = {
        "from": agency_facts(origin).name, "to": there.name, "to_agency": agency_id,
        "must_by": must_by.isoformat(),
    }  # fmt: skip
    since = now
    if dossier.channel in ON_PAPER:
        since = papers_by(now, calendar)
        facts["list"] = _give(dossier, post, staffed_desks()[agency_id], since, now)
    law = profile_on(localtime(now).date(), there.code)
    move = dossier.take(
        Step.PASS_ON, by=post.actor, at=now, note=note.strip(), facts=facts, agency_id=agency_id,
        unit_id=None, profile_id=law.id,
        answer_due_at=add_working_hours(since, law.limits.online_ack_working_hours, calendar),
    )  # fmt: skip
    _leave_alarms(dossier, post, now)
    count_passed(origin, agency_id, Status(dossier.status))
    publish(DossierPassedOn(move.pk, dossier.pk))
    return dossier


def _leave_alarms(dossier: Dossier, post: Post, now: datetime) -> None:
    """What this desk was warned of is over with it; what stands beside the dossier goes along.

    News that reached nobody is not found a second time: the watch tells it to the other desk.
    """
    there = dossier.alarms.filter(closed_at=None)
    there.exclude(kind__in=BESIDE).update(closed_at=now, closed_by=post.holder_name)
    for alarm in there.filter(kind__in=BESIDE):
        alarm.raised_to.clear()
        alarm.raised_at = now
        alarm.save(update_fields=["raised_at"])


def _give(dossier: Dossier, post: Post, desk: int, must_by: datetime, now: datetime) -> str:
    """The hand-over list of one with which the papers go to the other desk; its number."""
    year = localtime(now).year
    paper = TransferList.objects.create(
        from_unit_id=post.unit_id, to_unit_id=desk, year=year, order=next_list(post.unit_id, year),
        given_by=post.holder_name, given_by_key=post.actor.key, given_at=now,
    )  # fmt: skip
    TransferLine.objects.create(list=paper, dossier=dossier, must_by=must_by)
    return paper.number


@transaction.atomic
def confirm_papers(*, post: Post, number: int, chosen: Collection[str]) -> list[str]:
    """Xác nhận đã nhận giấy tờ: this desk has them in hand, and its hours to answer begin; once."""
    return _settle(post, number, chosen, "")


@transaction.atomic
def report_missing(*, post: Post, number: int, chosen: Collection[str], note: str) -> list[str]:
    """Giấy tờ không đến: nobody waits for them any more; the desk answers, or asks for them again.

    Not before they are late. Whoever gave them is told why.
    """
    refuse_if(rules.required_text("note", note, "Mời nêu vì sao không chờ giấy tờ nữa."))
    return _settle(post, number, chosen, note.strip())


def _settle(post: Post, number: int, chosen: Collection[str], missing: str) -> list[str]:
    """Settle the chosen lines of a list that came to this agency's desk; each with its dossier."""
    paper = TransferList.objects.filter(pk=number, to_unit__is_desk=True).first()
    if post.role != Role.DESK_OFFICER or paper is None:
        raise NotFound
    if paper.to_unit_id not in desks_beside(post.unit_id):
        raise NotFound
    if not chosen:
        text = "Chưa chọn hồ sơ nào. Mời anh/chị đánh dấu hồ sơ rồi bấm lại."
        raise Refused([Reason("list_size", text)])
    open_ = paper.lines.filter(settled_at=None)
    rows = open_.filter(dossier__reference__in=chosen).order_by("dossier_id")
    done = []
    for reference in list(rows.values_list("dossier__reference", flat=True)):
        dossier = at_the_desk(post, reference, None, Step.CHECK_PAPERS)  # before its line
        line = open_.filter(dossier=dossier).select_for_update(of=("self",)).first()
        if line is not None:
            _settle_one(dossier, line, post, missing)
            done.append(reference)
    return done


def _settle_one(dossier: Dossier, line: TransferLine, post: Post, missing: str) -> None:
    """The papers are there, or are said not to come: only now can this desk answer, in its hours."""
    now = clock.now()
    if missing:
        due = localtime(line.must_by) if line.must_by else None
        refuse_if(papers_not_late(due, now))
    line.settled_at, line.settled_by = now, post.holder_name
    line.is_taken, line.reason = not missing, missing
    line.save(update_fields=["settled_at", "settled_by", "is_taken", "reason"])
    dossier.at_hand = calendar = work_calendar(dossier.agency_id)
    hours = law_on(dossier, now).limits.online_ack_working_hours
    note = f"Giấy tờ không đến: {missing}" if missing else "Đã nhận giấy tờ"
    dossier.take(
        Step.CHECK_PAPERS, by=post.actor, at=now, note=f"{note} (giấy bàn giao {line.list.number})",
        facts={"list": line.list.number, "came": not missing},
        answer_due_at=add_working_hours(now, hours, calendar),
    )  # fmt: skip
    answers = dossier.alarms.filter(kind=AlarmKind.ANSWER, closed_at=None)
    answers.update(closed_at=now, closed_by=post.holder_name)
    if missing:
        publish(PapersAwaited(line.pk, subject=f"dossier:{dossier.pk}"))


def remind_givers() -> int:
    """Nhắc bên gửi giấy tờ: whoever sent papers that are not there in time is told; once each."""
    late = TransferLine.objects.filter(
        settled_at=None, must_by__lt=clock.now(), list__to_unit__is_desk=True
    )
    lines = dict(late.values_list("pk", "dossier_id"))
    told = written([late_key(pk) for pk in lines])
    untold = [pk for pk in lines if late_key(pk) not in told]
    for pk in untold:
        with transaction.atomic():
            publish(PapersAwaited(pk, subject=f"dossier:{lines[pk]}"))
    return len(untold)
