"""What the units that settle a dossier together are told: their part, whose results are there.

Each job may run twice; a message has its key and goes out once. Of the owner nothing is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.timezone import localtime

from motcua.agencies.queries import (
    agency_facts,
    head_posts,
    in_place_of,
    receiving_posts,
    unit_names,
)
from motcua.core.errors import NotFound
from motcua.dossiers.models import Alarm, Dossier, Move, Station
from motcua.dossiers.stations import limit_text
from motcua.dossiers.types import AlarmKind
from motcua.dossiers.workflow import Step
from motcua.notices.actions.sending import send
from motcua.notices.types import ToPost

if TYPE_CHECKING:
    from collections.abc import Collection

TEMPLATES = PLANNED, BEGUN, ANSWERED, CLOSED = (
    "station_planned", "station_begun", "station_answered", "station_closed",
)  # fmt: skip


def tell_planned(move_id: int) -> None:
    """Tell every unit of a plan its task and limit, all at once; whose turn it is already, too (WF-05).

    And who settles the dossier, unless they wrote the plan: the desk may have (Đ19(6)).
    """
    move = _move(move_id)
    rows = Station.objects.filter(dossier=move.dossier, planned_at=move.at, closed_at=None)
    stations = list(rows.select_related("dossier"))
    posts = receiving_posts([station.unit_id for station in stations if not station.is_lead])
    for station in stations:
        told = _facts(station)
        readers = _settling(move.dossier) if station.is_lead else posts.get(station.unit_id, [])
        for post_id in readers:
            if move.by_key != f"post:{post_id}":
                send(ToPost(post_id), PLANNED, told, dedupe_key=f"plan:{move.pk}:post:{post_id}")


def tell_begun(station_id: int) -> None:
    """Tell a unit that what it waited for is there, and until when it has (WF-04, WF-05)."""
    station = _station(station_id)
    if station.closed_at is not None or station.started_at is None:
        return
    posts = receiving_posts([station.unit_id]).get(station.unit_id, [])
    if station.is_lead:
        posts = _settling(station.dossier)
    told = _facts(station) | {"inputs": _there(station)}
    for post_id in posts:
        key = f"station_begun:{station.pk}:post:{post_id}"
        send(ToPost(post_id), BEGUN, told, dedupe_key=key)


def tell_answered(move_id: int) -> None:
    """Tell who settles the dossier, and the desk that took it in, what a unit has done (WF-05, WF-06)."""
    move = _move(move_id)
    rows = Station.objects.select_related("dossier")
    station = rows.get(dossier=move.dossier, order=move.facts["station"])
    told = _facts(station) | {"content": station.answer, "link": _page(station.dossier)}
    told["by"] = f"{move.by}, {told['unit']}"
    for post_id in _waiting(move.dossier):
        send(ToPost(post_id), ANSWERED, told, dedupe_key=f"station_done:{move.pk}:post:{post_id}")


def tell_closed(station_id: int) -> None:
    """Tell a unit that nobody waits for its part any more, and why."""
    station = _station(station_id)
    if station.is_lead:  # planned anew under another number
        return
    told = _facts(station) | {"by": station.closed_by, "content": station.reason}
    for post_id in receiving_posts([station.unit_id]).get(station.unit_id, []):
        key = f"station_closed:{station.pk}:post:{post_id}"
        send(ToPost(post_id), CLOSED, told, dedupe_key=key)


def is_planned_anew(move: Move) -> bool:
    """Whether a dossier that was divided before got another plan: no news for its owner (CH-14)."""
    return move.step == Step.INTERLINK and "linked" not in move.facts


def alarm_about(alarm: Alarm) -> dict[str, str]:
    """Of an alarm about a part: which unit does it, what keeps it from being done; of others nothing."""
    if alarm.kind not in (AlarmKind.STATION, AlarmKind.IDLE):
        return {}
    station = _station(alarm.occasion)
    is_timed = station.due_at is not None
    reason = "chưa có ai nhận việc" if is_timed else "chưa tính được hạn: thiếu lịch làm việc"
    return {"holder": _named([station.unit_id], station.dossier)[0], "reason": reason}


def _settling(dossier: Dossier) -> list[int]:
    """Who works on the dossier, else the head of its unit."""
    if dossier.assignee_id:
        return in_place_of(dossier.assignee_id)
    unit_id = dossier.unit_id or 0
    return head_posts([unit_id]).get(unit_id, [])


def _waiting(dossier: Dossier) -> list[int]:
    """Who settles the dossier, and the post that took it in."""
    taken = dossier.moves.filter(step=Step.ACCEPT).values_list("by_key", flat=True).last() or ""
    desk = [int(taken.removeprefix("post:"))] if taken.startswith("post:") else []
    present = [*_settling(dossier), *(post for each in desk for post in in_place_of(each))]
    return list(dict.fromkeys(present))


def _move(move_id: int) -> Move:
    move = Move.objects.select_related("dossier").filter(pk=move_id).first()
    if move is None:
        raise NotFound
    return move


def _station(station_id: int) -> Station:
    rows = Station.objects.select_related("dossier")
    station = rows.filter(pk=station_id).first()
    if station is None:
        raise NotFound
    return station


def _page(dossier: Dossier) -> str:
    return f"{settings.PORTAL_URL}/can-bo/ho-so/{dossier.reference}/"


def _facts(station: Station) -> dict[str, str]:
    """What an official is told of a station: the number of the dossier, the task, until when.

    A unit whose part does not run has no door to the dossier: it is led to the list of those it has.
    """
    dossier, due = station.dossier, station.due_at
    is_open = station.is_lead or (station.started_at is not None and station.closed_at is None)
    no_date = "chưa tính được" if station.started_at else "tính từ khi đến lượt"
    return {
        "reference": dossier.code or dossier.reference,
        "procedure": dossier.procedure_name,
        "agency": agency_facts(dossier.agency_id).name,
        "by": station.planned_by,
        "unit": _named([station.unit_id], dossier)[0],
        "task": station.task,
        "limit": limit_text(station.amount, station.per),
        "inputs": "; ".join(_inputs(station)) or "không chờ đơn vị nào",
        "answer_due": f"{localtime(due):%H:%M ngày %d/%m/%Y}" if due else no_date,
        "slip": f"Giấy tờ chuyển theo giấy bàn giao số {station.slip}." if station.slip else "",
        "link": _page(dossier)
        if is_open
        else f"{settings.PORTAL_URL}/can-bo/danh-sach/lien-thong/",
    }


def _named(units: Collection[int], dossier: Dossier) -> list[str]:
    """What units are called where the dossier is settled: one of another agency with its name."""
    names = unit_names(units, dossier.agency_id)
    return [names[unit] for unit in units]


def _inputs(station: Station, *, is_done: bool | None = None) -> list[str]:
    """Whom a part waits for; `is_done`: those whose result is there, or those not waited for any more."""
    rows = Station.objects.filter(dossier_id=station.dossier_id, order__in=station.needs)
    if is_done is not None:
        rows = rows.filter(done_at__isnull=not is_done)
    return _named(list(rows.values_list("unit_id", flat=True)), station.dossier)


def _there(station: Station) -> str:
    """Whose results are there, as whoever begins reads it; whom nobody waits for any more is said."""
    done, closed = _inputs(station, is_done=True), _inputs(station, is_done=False)
    there = "; ".join(done) or "chưa đơn vị nào"
    return there + (f" (thôi chờ: {'; '.join(closed)})" if closed else "")
