"""Interlinked settling: several units each do a part of one dossier, in the order of what they need.

Electronic, all are told at once and each begins when its inputs are there (WF-05); on paper one
after another, each passing the papers on with a slip (WF-04). The overall clock runs on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localtime

from motcua.agencies.queries import linked_units, unit_names
from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.errors import NotFound, Reason, refuse_if
from motcua.core.events import publish
from motcua.dossiers import rules
from motcua.dossiers.actions.intake import at_the_desk
from motcua.dossiers.events import DossierMoved, StationBegan, StationClosed, StationsPlanned
from motcua.dossiers.models import Dossier, Station, next_list
from motcua.dossiers.rules import stations as judged
from motcua.dossiers.rules.station_lines import had_papers, of_this_round
from motcua.dossiers.station_limits import due_of, set_limit
from motcua.dossiers.stations import Planned, limit_text
from motcua.dossiers.types import AlarmKind
from motcua.dossiers.workflow import Step

if TYPE_CHECKING:
    from motcua.agencies.models import Post

REPLANNED = "Kế hoạch được sắp lại"
SLIP_MARK = 15  # characters in the number of a slip that say whose it is


@transaction.atomic
def interlink(
    *,
    post: Post,
    reference: str,
    revision: int | None = None,
    plan: Mapping[int, Planned],
    by_paper: bool = False,
) -> Dossier:
    """Giải quyết liên thông: who does what, within how long, waiting for whom; all told at once.

    Once more while stations are open, it plans anew what has not begun; what is not named any more
    is not waited for.
    """
    dossier = at_the_desk(post, reference, revision, Step.INTERLINK)
    now, open_now = clock.now(), _open(dossier)
    round_ = of_this_round(dossier.stations.all())
    begun = {s.order: s for s in round_ if s.started_at or s.closed_at}
    kept = set(begun)
    refuse_if([*_nothing_to_plan(open_now), *_numbers(plan, dossier, open_now)])
    places, lead = linked_units(dossier.agency_id), dossier.unit_id or 0
    held = [s.unit_id for s in open_now if s.started_at]
    refuse_if(judged.plan_reasons(plan, places, lead, kept, held))
    if by_paper:
        plan = judged.one_after_another(plan, kept)
    refuse_if(judged.past_the_date(_foreseen(plan, begun, kept, now), dossier.due_at, now))
    facts: dict[str, Any] = {"stations": sorted(plan), "by_paper": by_paper}
    facts |= {} if open_now else {"linked": _others(plan, dossier)}
    move = dossier.take(
        Step.INTERLINK, by=post.actor, at=now, note=_told(plan, dossier), facts=facts
    )
    _write(dossier, plan, kept, post, now, by_paper=by_paper)
    begin_ready(dossier, now, post.holder_name, say=False)
    publish(StationsPlanned(move.pk, dossier.pk))
    publish(DossierMoved(move.pk, dossier.pk))
    return dossier


def _told(plan: Mapping[int, Planned], dossier: Dossier) -> str:
    names = unit_names({line.unit_id for line in plan.values()}, dossier.agency_id)
    return "\n".join(
        f"{n}. {names[line.unit_id]}: {line.task.strip()} ({limit_text(line.amount, line.per)})"
        for n, line in sorted(plan.items())
    )


def _others(plan: Mapping[int, Planned], dossier: Dossier) -> str:
    """Who settles it too, for its applicant: told when it is divided, not again when that is mended."""
    others = [line.unit_id for _, line in sorted(plan.items()) if not line.is_lead]
    names = unit_names(others, dossier.agency_id)
    return "; ".join(names[unit] for unit in others)


def _open(dossier: Dossier) -> list[Station]:
    return list(dossier.stations.filter(closed_at=None))


def _nothing_to_plan(open_now: list[Station]) -> list[Reason]:
    if not open_now or any(s.started_at is None for s in open_now):
        return []
    return [Reason("all_begun", "Mọi đơn vị đã bắt đầu, không còn dòng nào để sắp lại.", "plan")]


def _numbers(
    plan: Mapping[int, Planned], dossier: Dossier, open_now: list[Station]
) -> list[Reason]:
    """A reason when a line bears the number of a station that has begun, or of an earlier plan.

    And when one that waits would go to another unit: whoever was told of it would never hear.
    """
    waiting = {s.order: s.unit_id for s in open_now if s.started_at is None}
    taken = set(dossier.stations.values_list("order", flat=True)) - waiting.keys()
    begun = [
        Reason(
            "already_begun", f"Dòng {n}: đơn vị này đã bắt đầu, không sắp lại được.", f"unit-{n}"
        )
        for n in sorted(plan)
        if n in taken or n < 1
    ]
    return [*begun, *judged.another_unit(plan, waiting)]


def _foreseen(
    plan: Mapping[int, Planned], begun: Mapping[int, Station], kept: set[int], now: datetime
) -> dict[int, datetime]:
    """When each line would be due if all before it took the whole of their time."""
    needs = judged.needs_of(plan, kept)
    ends = {
        n: max(begun[n].due_at or now, now) if begun[n].closed_at is None else now for n in kept
    }
    found: dict[int, datetime] = {}
    while waiting := judged.ready(needs, ends.keys(), found.keys()):
        for n in waiting:
            start = max([now, *(ends[each] for each in needs[n])])
            found[n] = due_of(plan[n].unit_id, start, plan[n].amount, plan[n].per)
        ends |= found
    return found


def _write(
    dossier: Dossier,
    plan: Mapping[int, Planned],
    kept: set[int],
    post: Post,
    now: datetime,
    *,
    by_paper: bool,
) -> None:
    """The lines as rows: those that wait are written over, those not named any more are closed."""
    needs = judged.needs_of(plan, kept)
    for station in dossier.stations.filter(closed_at=None, started_at=None):
        if station.order not in plan:
            _close(dossier, station, post, now, REPLANNED)
    for n, line in plan.items():
        Station.objects.update_or_create(
            dossier=dossier, order=n,
            defaults={
                "unit_id": line.unit_id, "is_lead": line.is_lead, "task": line.task.strip(),
                "amount": line.amount, "per": line.per, "needs": sorted(needs[n]),
                "by_paper": by_paper, "planned_at": now, "planned_by": post.holder_name,
            },
        )  # fmt: skip


def begin_ready(dossier: Dossier, now: datetime, giver: str, *, say: bool = True) -> None:
    """Begin every station whose inputs are there; the caller has locked the dossier.

    On paper the one that had it passes it on with a numbered slip.
    """
    rows = {station.order: station for station in dossier.stations.all()}
    over = {n for n, station in rows.items() if station.closed_at}
    begun = {n for n, station in rows.items() if station.started_at or station.closed_at}
    for n in judged.ready({n: row.needs for n, row in rows.items()}, over, begun):
        station = rows[n]
        station.started_at = now
        set_limit(station)
        if station.by_paper:
            _pass_papers(dossier, station, rows, giver)
        station.save(update_fields=["started_at", "due_at", "warn_at", "slip", "given_by"])
        if say:
            publish(StationBegan(station.pk, subject=f"dossier:{dossier.pk}"))


def _pass_papers(
    dossier: Dossier, station: Station, rows: Mapping[int, Station], giver: str
) -> None:
    """Number the slip with which the unit where the papers lie passes them on; else the lead does."""
    assert station.started_at is not None
    had, year = had_papers(rows.values(), station), localtime(station.started_at).year
    unit = had.unit if had else dossier.unit or station.unit
    mark = unit.mark if len(unit.mark) <= SLIP_MARK else unit.pk  # every unit counts from 1
    station.slip = f"{next_list(unit.pk, year):02d}/{year}/BGHS-{mark}"
    is_lead = had is None or had.is_lead  # who plans anew need not be who planned first
    station.given_by = giver if had is None or is_lead else had.done_by or had.received_by


def _close(dossier: Dossier, station: Station, post: Post, now: datetime, reason: str) -> None:
    station.closed_at, station.closed_by, station.reason = now, post.holder_name, reason
    station.save(update_fields=["closed_at", "closed_by", "reason"])
    end_alarm(dossier, station, now)
    publish(StationClosed(station.pk, subject=f"dossier:{dossier.pk}"))


def papers_in_hand(dossier: Dossier, station: Station, post: Post, now: datetime) -> None:
    """Write that the papers of a slip came, once; whoever is done with its part had them."""
    if not station.by_paper or station.received_at is not None:
        return
    station.received_at, station.received_by = now, post.holder_name
    station.save(update_fields=["received_at", "received_by"])
    record(post.actor, "dossier.station_papers", dossier.reference, at=now, slip=station.slip)


def end_alarm(dossier: Dossier, station: Station, now: datetime) -> None:
    """What was told of a late or idle station is over."""
    kinds = (AlarmKind.STATION, AlarmKind.IDLE)
    told = dossier.alarms.filter(kind__in=kinds, occasion=station.pk, closed_at=None)
    told.update(closed_at=now)


@transaction.atomic
def close_station(
    *, post: Post, reference: str, number: int, revision: int | None = None, note: str
) -> Dossier:
    """Thôi chờ một đơn vị: with a reason that it is told; what waited for it goes on without."""
    dossier = at_the_desk(post, reference, revision, Step.CLOSE_STATION)
    station = next((s for s in _open(dossier) if s.order == number and not s.is_lead), None)
    if station is None:
        raise NotFound
    refuse_if(rules.required_text("note", note, "Mời ghi vì sao không chờ đơn vị này nữa."))
    now = clock.now()
    _close(dossier, station, post, now, note.strip())
    name = unit_names([station.unit_id], dossier.agency_id)[station.unit_id]
    dossier.take(
        Step.CLOSE_STATION, by=post.actor, at=now, note=f"{name}: {note.strip()}",
        facts={"station": station.order},
    )  # fmt: skip
    begin_ready(dossier, now, post.holder_name)
    return dossier


def finish_lead(dossier: Dossier, post: Post, now: datetime, note: str) -> None:
    """Refuse while another's part is open; the lead's own is done with what it proposes.

    The caller has locked the dossier and goes on to propose it.
    """
    waiting = _open(dossier)
    others = [s.unit_id for s in waiting if not s.is_lead]
    names = unit_names(others, dossier.agency_id)
    refuse_if(judged.still_open([names[unit] for unit in others]))
    for station in waiting:
        station.done_at = station.closed_at = now
        station.done_by, station.done_by_key = post.holder_name, post.actor.key
        station.answer = note
        station.save(update_fields=["done_at", "closed_at", "done_by", "done_by_key", "answer"])
        papers_in_hand(dossier, station, post, now)
        end_alarm(dossier, station, now)
