"""After the calendar changed: whose date would move, an agreement by a second person, the moving.

Nothing moves by itself (F-21). Both jobs work in batches, one transaction each; killed, they go on
where the last batch ended, and run twice, even at once, they do nothing twice. A job that died can
so be started again by anybody who keeps the calendar; what is still being counted can be dropped.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Actor, Role
from motcua.core.errors import NotFound, Refused, refuse_if
from motcua.core.events import publish
from motcua.core.text import clean
from motcua.core.two_persons import Hand, same_hand
from motcua.dossiers import ledger
from motcua.dossiers import recount_rows as rows
from motcua.dossiers.acts import ApprovalState, LetterState
from motcua.dossiers.events import DossiersRecounted, RecountApproved, RecountAsked, RecountReady
from motcua.dossiers.models import Alarm, Dossier, Move, Recount, RecountLine
from motcua.dossiers.models.apologies import Apology
from motcua.dossiers.models.approvals import Approval
from motcua.dossiers.models.batch import STEP, NewDate, Why, take_many
from motcua.dossiers.recount_ends import move_ends
from motcua.dossiers.recount_lines import line_of
from motcua.dossiers.rules import recounts as rules
from motcua.dossiers.types import AlarmKind, LineState, RecountState
from motcua.dossiers.workflow import RUNNING
from motcua.workdays.edition_queries import last_that_moves_dates
from motcua.workdays.queries import latest_edition
from motcua.workdays.types import local

BATCH = 1000
NOTHING_MOVED = (RecountState.COUNTING, RecountState.READY)
BEGUN = {RecountState.COUNTING: RecountAsked, RecountState.MOVING: RecountApproved}


@transaction.atomic
def ask_recount(*, hand: Hand, edition: int, reason: str) -> int:
    """Tính xem hồ sơ nào đổi ngày: the count begins in the background; nothing moves. Its number."""
    refuse_if([*rules.old_edition(edition, latest_edition()), *rules.wanted_reason(clean(reason))])
    now = clock.now()
    try:
        with transaction.atomic():
            row = Recount.objects.create(
                edition=edition, state=RecountState.COUNTING, reason=clean(reason),
                asked_by=hand.actor.name, asked_by_key=hand.actor.key,
                asked_by_person=hand.person, asked_at=now,
                to_look_at=_to_look_at(edition).count(),
            )  # fmt: skip
    except IntegrityError:
        raise Refused([rules.ANOTHER_OPEN]) from None
    record(hand.actor, "recount.ask", f"recount:{row.pk}", at=now, edition=edition)
    publish(RecountAsked(row.pk, subject=f"recount:{row.pk}"))
    return row.pk


@transaction.atomic
def approve_recount(*, hand: Hand, number: int) -> None:
    """Duyệt: another person agrees to the list they saw; the moving begins in the background."""
    row, now = _ready(number), clock.now()
    refuse_if(same_hand(row.asked_by_person, hand))
    refuse_if(rules.old_edition(row.edition, latest_edition()))
    row.state, row.cursor = RecountState.MOVING, 0
    _decided(row, hand, now)
    record(hand.actor, "recount.approve", f"recount:{row.pk}", at=now, found=row.found)
    publish(RecountApproved(row.pk, subject=f"recount:{row.pk}"))


@transaction.atomic
def drop_recount(*, hand: Hand, number: int, reason: str = "") -> None:
    """Bỏ: no date moves. A whole list that moves dates another person drops, and says why (SEC-05).

    What is still being counted, finds nothing or stands on a calendar of yesterday, anybody drops:
    it settles nothing.
    """
    row, now = _locked(number), clock.now()
    refuse_if([] if row.state in NOTHING_MOVED else [rules.NOT_READY])
    is_whole = row.looked_at >= row.to_look_at
    if is_whole and row.found and row.edition >= last_that_moves_dates():
        refuse_if(rules.not_by_who_asked(row.asked_by_person == hand.person))
        refuse_if(rules.wanted_why(clean(reason)))
    row.state, row.finished_at = RecountState.DROPPED, now
    _decided(row, hand, now)
    facts = {"reason": clean(reason)[: rules.LONGEST], "found": row.found}
    record(hand.actor, "recount.drop", f"recount:{row.pk}", at=now, **facts)


@transaction.atomic
def go_on(*, hand: Hand, number: int) -> None:
    """Chạy tiếp: the job under way is started once more, for one that died.

    In a row of its own: the job before may still hang where it is, and hold whatever comes after it.
    """
    row = _locked(number)
    begun = BEGUN.get(RecountState(row.state))
    if begun is None:
        raise Refused([rules.NOT_UNDER_WAY])
    record(hand.actor, "recount.go_on", f"recount:{row.pk}", at=clock.now(), state=row.state)
    publish(begun(row.pk, subject=f"recount:{row.pk}:again"))


def _ready(number: int) -> Recount:
    row = _locked(number)
    refuse_if([] if row.state == RecountState.READY else [rules.NOT_READY])
    return row


def _decided(row: Recount, hand: Hand, now: datetime) -> None:
    row.decided_by, row.decided_by_key, row.decided_at = hand.actor.name, hand.actor.key, now
    row.save()


def _locked(number: int) -> Recount:
    row = Recount.objects.select_for_update().filter(pk=number).first()
    if row is None:
        raise NotFound
    return row


def _to_look_at(edition: int) -> QuerySet[Dossier]:
    """Dossiers whose clock runs and that were not counted on this edition yet."""
    elsewhere = Q(calendar_edition=None) | ~Q(calendar_edition=edition)
    return Dossier.objects.filter(elsewhere, status__in=RUNNING, due_at__isnull=False)


def count_recount(recount_id: int) -> None:
    """Job: find the dossiers whose date would move."""
    counting = ledger.Counting()
    while _count_batch(recount_id, counting):
        pass


@transaction.atomic
def _count_batch(recount_id: int, counting: ledger.Counting) -> bool:
    row, now = _locked(recount_id), clock.now()
    if row.state != RecountState.COUNTING:
        return False
    batch = rows.to_count(row.edition, row.cursor, BATCH)
    if batch:
        lines = [line for each in batch if (line := line_of(each, counting, row.edition, now))]
        rows.write_lines(row.pk, lines)
        row.cursor, row.looked_at = batch[-1].id, row.looked_at + len(batch)
        row.found += sum(line.state == LineState.WAITING for line in lines)
        row.skipped += sum(line.state == LineState.SKIPPED for line in lines)
    else:
        row.state, row.cursor, row.to_look_at = RecountState.READY, 0, row.looked_at
        publish(RecountReady(f"recount:{row.pk}"))
    row.save()
    return bool(batch)


def move_recount(recount_id: int) -> None:
    """Job: give the dossiers of an agreed list their new dates."""
    counting = ledger.Counting()
    while _move_batch(recount_id, counting):
        pass


@transaction.atomic
def _move_batch(recount_id: int, counting: ledger.Counting) -> bool:
    row, now = _locked(recount_id), clock.now()
    if row.state != RecountState.MOVING:
        return False
    lines = rows.agreed_to(row.pk, row.cursor, BATCH)
    latest = latest_edition()
    if lines and latest != row.edition:  # with no line left it is done, not stopped
        return _stop(row, latest, now)
    why = Why(
        Actor(Role.SYSTEM, row.decided_by_key, row.decided_by), now, row.reason, row.decided_by
    )
    if lines:
        _move_lines(row, lines, why, counting)
        moved = sum(line.state == LineState.MOVED for line in lines)
        row.moved, row.stayed = row.moved + moved, row.stayed + len(lines) - moved
        publish(DossiersRecounted(row.pk, row.cursor, lines[-1].line))
        row.cursor = lines[-1].line
    else:
        row.state, row.finished_at = RecountState.DONE, now
        record(why.by, "recount.done", f"recount:{row.pk}", at=now, moved=row.moved)
    row.save()
    return bool(lines)


def _stop(row: Recount, latest: int, now: datetime) -> bool:
    """Leave the rest as it is: nobody agreed to dates of a calendar that is no longer in force.

    The rest are those found that neither moved nor stayed (`RecountPage.left`).
    """
    rest = RecountLine.objects.filter(recount=row, state=LineState.WAITING)
    left = rest.update(state=LineState.SKIPPED, note=rules.superseded(latest))
    row.state, row.finished_at = RecountState.DONE, now
    row.save()
    by = Actor(Role.SYSTEM, row.decided_by_key, row.decided_by)
    told = {"moved": row.moved, "left": left, "edition": latest}
    record(by, "recount.stop", f"recount:{row.pk}", at=now, **told)
    return False


def _move_lines(
    row: Recount, lines: list[rows.Waiting], why: Why, counting: ledger.Counting
) -> None:
    """Move what is as it was when it was shown; say of the others why they stay."""
    _count_changed(row, lines, counting)
    aside = _with_asides([line.id for line in lines])
    for line in lines:
        line.note = line.note or _why_not(line, why.at)
        if line.note:
            line.state = LineState.SKIPPED
    going = [line for line in lines if not line.note]
    move_ends(going, row.edition, counting, why.at)
    plain = [line for line in going if line.id not in aside]
    moves = take_many([_new_date(line, row.edition, counting) for line in plain], why)
    for line in going:
        line.move = moves.get(line.id) or _take_one(row, line, why).pk
    rows.say_what_became(lines)


def _count_changed(row: Recount, lines: list[rows.Waiting], counting: ledger.Counting) -> None:
    """Count those again that took a step since they were listed; the others are as they were shown."""
    changed = {line.id: line for line in lines if line.revision != line.seen}
    moves = ledger.clock_moves(changed) if changed else {}
    for dossier in Dossier.objects.filter(pk__in=changed):
        line, told = changed[dossier.pk], moves.get(dossier.pk, [])
        by = rules.counts_by(line.rule_version)
        try:
            found = ledger.counted_again(dossier, told, counting, row.edition, by)
        except Refused as no:
            line.note = no.reasons[0].text
        else:
            line.note = "" if found.due_at == line.new else rules.MEANWHILE
            line.legal_new = found.legal_due_at


def _why_not(line: rows.Waiting, now: datetime) -> str:
    """Why a date stays that was agreed to; empty when it moves."""
    if line.status not in RUNNING or line.moments["due_at"] != line.old:
        return rules.MEANWHILE
    return rules.gone_by(line.old, line.new, now)


def _new_date(line: rows.Waiting, edition: int, counting: ledger.Counting) -> NewDate:
    return NewDate(
        id=line.id, reference=line.reference, code=line.code, status=line.status,
        revision=line.revision, moments=line.moments, clock_at=line.clock_at, warn_at=line.warn_at,
        step_due_at=line.step_due_at, step_warn_at=line.step_warn_at, told=line.told,
        due_at=local(line.new), legal_due_at=line.legal_new, edition=edition,
        rule_version=rules.counts_by(line.rule_version),
        hours=counting.calendar(edition, line.agency_id, line.unit_id),
    )  # fmt: skip


def _with_asides(ids: list[int]) -> set[int]:
    """Those beside which a request, a letter or its alarm lies open: a new date changes these too."""
    asked = Approval.objects.filter(state=ApprovalState.OPEN)
    drafted = Apology.objects.filter(state=LetterState.DRAFTED)
    raised = Alarm.objects.filter(kind=AlarmKind.LATE_AHEAD, closed_at=None)
    found: set[int] = set()
    for beside in (asked, drafted, raised):
        found.update(beside.filter(dossier_id__in=ids).values_list("dossier_id", flat=True))
    return found


def _take_one(row: Recount, line: rows.Waiting, why: Why) -> Move:
    """One dossier by itself, with whatever follows from a new date."""
    dossier = Dossier.objects.get(pk=line.id)
    facts = {
        "reason": row.reason,
        "approved_by": row.decided_by,
        "edition": row.edition,
        "old_due_at": line.old.isoformat(),
        **line.told,
    }
    changes: dict[str, Any] = {"due_at": local(line.new)} if line.new != line.old else {}
    changes |= {"legal_due_at": line.legal_new, "calendar_edition": row.edition}
    changes["rule_version"] = rules.counts_by(line.rule_version)
    if dossier.step_due_at != line.step_due_at:
        changes |= {"step_due_at": line.step_due_at, "step_warn_at": line.step_warn_at}
    return dossier.take(STEP, by=why.by, at=why.at, facts=facts, **changes)
