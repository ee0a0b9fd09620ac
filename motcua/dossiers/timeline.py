"""The story of a dossier: what was done, what waits now, what is still to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from motcua.core import clock
from motcua.dossiers.calls import told_by_call
from motcua.dossiers.control_facts import proposal_of
from motcua.dossiers.places import homes, name_of, step_text
from motcua.dossiers.types import TimelineItem
from motcua.dossiers.workflow import CLOSED, NEXT_TASK, RUNNING, TEXTS, Status, Step

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier, Move

_AHEAD = [Status.ACCEPTED, Status.EXAMINING, Status.APPROVED, Status.DELIVERED]
_AHEAD_TITLES = {
    Status.ACCEPTED: "Tiếp nhận",
    Status.EXAMINING: "Thẩm định hồ sơ",
    Status.APPROVED: "Ký duyệt",
    Status.DELIVERED: "Trả kết quả",
}
_ORDER = list(Status)


def _put_among(items: list[TimelineItem], call: TimelineItem) -> None:
    """A call behind the last step before it; the steps keep their order, also if a clock was set back."""
    before = [n for n, item in enumerate(items) if item.at and call.at and item.at <= call.at]
    items.insert(before[-1] + 1 if before else 0, call)


def _answers(dossier: Dossier, moves: list[Move]) -> dict[tuple[int, datetime], str]:
    """What the units asked gave back, by line and moment: the answer itself stands at the station."""
    if not any(m.step == Step.ANSWER_STATION for m in moves):
        return {}
    done = dossier.stations.filter(done_at__isnull=False, is_lead=False)
    return {(row.order, row.done_at): f"{row.task} → {row.answer}" for row in done if row.done_at}


def _note(move: Move, *, at_desk: bool) -> str:
    """What was said with a step; officials read by when the head wants it done."""
    end = move.facts.get("finish_by")
    if not (at_desk and end):
        return move.note
    said = f"phải xong trước {localtime(datetime.fromisoformat(end)):%H:%M %d/%m/%Y}"
    return f"{move.note}, {said}" if move.note else said.capitalize()


def _now(status: Status, at: datetime | None, holder: str) -> TimelineItem:
    """What waits to be done, by when, and whether that has gone by."""
    late = at is not None and at < clock.now()
    title = NEXT_TASK[status][0] if status in NEXT_TASK else TEXTS[status]
    return TimelineItem(title, at, "", holder, "", "late" if late else "now")


def timeline(
    dossier: Dossier,
    status: Status,
    moves: list[Move],
    holder: str,
    *,
    at_desk: bool,
    as_guest: bool = False,
) -> list[TimelineItem]:
    """Every step taken and every call made, then what is still to come.

    The desk reads the clock of the step, or the end that the head of the unit set for it, which
    is no business of guests; the owner the date that was promised to them.
    """
    there = homes(moves, dossier.agency.name)
    answers = _answers(dossier, moves) if at_desk else {}
    items = [
        TimelineItem(
            step_text(m), m.at, m.by, name_of(m.unit, dossier.agency_id) if m.unit else home,
            answers.get((m.facts.get("station"), m.at), _note(m, at_desk=at_desk)), "done", m.step, m.target,
            tuple(paper["name"] for paper in m.facts.get("checked", ())), proposal_of(m),
        )
        for m, home in zip(moves, there, strict=True)
    ]  # fmt: skip
    for call in told_by_call(dossier, dossier.agency.name):
        after = (home for m, home in zip(moves, there, strict=True) if call.at and m.at > call.at)
        _put_among(items, replace(call, where=next(after, call.where)))
    if status in CLOSED or status is Status.DRAFT:
        return items
    at = dossier.clock_at if at_desk or status not in RUNNING else dossier.due_at
    if at_desk and dossier.step_due_at and not as_guest:
        at = dossier.step_due_at
    items.append(_now(status, at, holder))
    here = _ORDER.index(status)
    items += [
        TimelineItem(_AHEAD_TITLES[s], None, "", "", "", "todo")
        for s in _AHEAD
        if _ORDER.index(s) > here + 1
    ]
    return items
