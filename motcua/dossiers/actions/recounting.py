"""After the calendar changed: whose date would move, an agreement by a second person, the moving.

Nothing moves by itself (F-21). Both jobs work in batches, one transaction each; killed, they go on
where the last batch ended, and run twice they do nothing twice.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import Q, QuerySet

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Actor, Role
from motcua.core.errors import NotFound, Refused, refuse_if
from motcua.core.events import publish
from motcua.core.text import clean
from motcua.core.two_persons import Hand, same_hand
from motcua.dossiers import ledger
from motcua.dossiers.acts import ApprovalState, LetterState
from motcua.dossiers.events import DossiersRecounted, RecountApproved, RecountAsked
from motcua.dossiers.models import Dossier, Move, Recount, RecountLine
from motcua.dossiers.models.apologies import Apology
from motcua.dossiers.models.approvals import Approval
from motcua.dossiers.models.batch import STEP, NewDate, take_many
from motcua.dossiers.models.dossier import CLOCKS
from motcua.dossiers.rules import recounts as rules
from motcua.dossiers.rules.clock import ClockMove, counting_unit
from motcua.dossiers.types import LineState, RecountState
from motcua.dossiers.workflow import RUNNING
from motcua.workdays.queries import latest_edition
from motcua.workdays.types import Ledger

BATCH = 1000
WRITTEN = """
UPDATE dossiers_recountline line SET state = new.state, note = new.note, move_id = new.move
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::bigint[]) AS new(id, state, note, move)
WHERE line.id = new.id
"""
READ = (
    "id", "reference", "code", "agency_id", "unit_id", "procedure_version_id", "case", "status",
    "revision", "applicant", "accepted_at", "created_at", "answer_due_at", "original_due_at",
    "due_at", "clock_at", "warn_at", "profile_id", "calendar_edition", "rule_version",
    *{name for name, _ in CLOCKS.values()},
)  # fmt: skip


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
def drop_recount(*, hand: Hand, number: int) -> None:
    """Bỏ: no date moves; either of the two may say so."""
    row, now = _ready(number), clock.now()
    row.state, row.finished_at = RecountState.DROPPED, now
    _decided(row, hand, now)
    record(hand.actor, "recount.drop", f"recount:{row.pk}", at=now)


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
    batch = list(_to_look_at(row.edition).filter(pk__gt=row.cursor).order_by("pk").only(*READ)[:BATCH])  # fmt: skip
    if batch:
        moves = ledger.clock_moves(dossier.pk for dossier in batch)
        lines = [_line(row, each, moves.get(each.pk, []), counting, now) for each in batch]
        found = RecountLine.objects.bulk_create([line for line in lines if line])
        row.cursor, row.looked_at = batch[-1].pk, row.looked_at + len(batch)
        row.found += sum(line.state == LineState.WAITING for line in found)
        row.skipped += sum(line.state == LineState.SKIPPED for line in found)
    else:
        row.state, row.cursor, row.to_look_at = RecountState.READY, 0, row.looked_at
    row.save()
    return bool(batch)


def _line(
    row: Recount,
    dossier: Dossier,
    moves: list[ClockMove],
    counting: ledger.Counting,
    now: datetime,
) -> RecountLine | None:
    """What the new edition makes of a dossier; None when its date stays."""
    assert dossier.due_at
    try:
        stored = ledger.counted_again(dossier, moves, counting).due_at
        new = ledger.counted_again(dossier, moves, counting, row.edition).due_at
    except Refused as no:
        stored, new, note = None, None, no.reasons[0].text
    else:
        if new == dossier.due_at:
            return None
        note = rules.why_not(dossier.due_at, stored, new, now)
    state = LineState.SKIPPED if note else LineState.WAITING
    return RecountLine(
        recount=row, dossier=dossier, old=dossier.due_at, new=new or dossier.due_at,
        state=state, note=note[:200],
    )  # fmt: skip


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
    waiting = row.lines.filter(state=LineState.WAITING, pk__gt=row.cursor).order_by("pk")
    lines = list(waiting[:BATCH])
    by = Actor(Role.SYSTEM, row.decided_by_key, row.decided_by)
    if lines:
        _move_lines(row, lines, by, now, counting)
        moved = sum(line.state == LineState.MOVED for line in lines)
        row.moved, row.stayed = row.moved + moved, row.stayed + len(lines) - moved
        publish(DossiersRecounted(row.pk, row.cursor, lines[-1].pk))
        row.cursor = lines[-1].pk
    else:
        row.state, row.finished_at = RecountState.DONE, now
        record(by, "recount.done", f"recount:{row.pk}", at=now, moved=row.moved)
    row.save()
    return bool(lines)


def _move_lines(
    row: Recount,
    lines: list[RecountLine],
    by: Actor,
    now: datetime,
    counting: ledger.Counting,
) -> None:
    """Move what is as it was when it was shown; say of the others why they stay."""
    ids = [line.dossier_id for line in lines]
    locked = Dossier.objects.filter(pk__in=ids).order_by("pk").only(*READ)
    dossiers = {dossier.pk: dossier for dossier in locked.select_for_update()}
    moves, aside = ledger.clock_moves(ids), _with_asides(ids)
    plain: list[tuple[RecountLine, NewDate]] = []
    for line in lines:
        dossier, past = dossiers[line.dossier_id], moves.get(line.dossier_id, [])
        found = _still(line, dossier, past, counting, row.edition, now)
        line.state = LineState.MOVED if found else LineState.SKIPPED
        if found and dossier.pk in aside:
            line.move = _take_one(row, dossier, found, by, now)
        elif found:
            calendar = counting.calendar(row.edition, dossier.agency_id, counting_unit(past))
            plain.append((line, NewDate(dossier, line.new, calendar, found.rule_version)))
    done = take_many([new for _, new in plain], by, now, row.reason, row.decided_by)
    for (line, _), move in zip(plain, done, strict=True):
        line.move = move
    columns = zip(
        *((line.pk, str(line.state), line.note, line.move_id) for line in lines), strict=True
    )
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN, [list(column) for column in columns])


def _still(
    line: RecountLine,
    dossier: Dossier,
    moves: list[ClockMove],
    counting: ledger.Counting,
    edition: int,
    now: datetime,
) -> Ledger | None:
    """The new count, if it still is what was agreed to; else the line says why not."""
    if dossier.status not in RUNNING or dossier.due_at != line.old:
        line.note = rules.MEANWHILE
        return None
    try:
        found = ledger.counted_again(dossier, moves, counting, edition)
    except Refused as no:
        line.note = no.reasons[0].text[:200]
        return None
    line.note = rules.MEANWHILE if found.due_at != line.new else rules.gone_by(line.new, now)
    return None if line.note else found


def _with_asides(ids: list[int]) -> set[int]:
    """Those beside which a request or a letter lies open: a new date changes these too."""
    asked = Approval.objects.filter(dossier_id__in=ids, state=ApprovalState.OPEN)
    drafted = Apology.objects.filter(dossier_id__in=ids, state=LetterState.DRAFTED)
    return {*asked.values_list("dossier_id", flat=True), *drafted.values_list("dossier_id", flat=True)}  # fmt: skip


def _take_one(row: Recount, dossier: Dossier, found: Ledger, by: Actor, now: datetime) -> Move:
    """One dossier by itself, with whatever follows from a new date."""
    whole = Dossier.objects.get(pk=dossier.pk)
    facts = {
        "reason": row.reason,
        "approved_by": row.decided_by,
        "edition": row.edition,
        "old_due_at": dossier.due_at.isoformat() if dossier.due_at else "",
    }
    return whole.take(STEP, by=by, at=now, facts=facts, **ledger.dated(whole, found))
