"""The watch over the parts of interlinked dossiers: near their limit, or with nobody to do them.

Of a late part `watching` tells, as of a late opinion. It may run twice, like every watch.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.agencies.queries import head_posts, in_place_of, keeper_posts, receiving_posts
from motcua.dossiers.actions.raising import WATCH, say
from motcua.dossiers.models import Alarm, Dossier, Station
from motcua.dossiers.models.alarms import begins_again
from motcua.dossiers.station_limits import set_limit
from motcua.dossiers.types import AlarmKind, AlarmLevel
from motcua.dossiers.workflow import LINKED

BATCH = 500
Found = tuple[int, int]  # a station and its dossier


def watch_parts(now: datetime) -> int:
    """Báo phần liên thông sắp hết hạn, không có ai nhận hoặc chưa có hạn; says how many."""
    units = set(_running().order_by().values_list("unit_id", flat=True).distinct())
    if not units:
        return 0
    _count_limits()
    return _near(now) + _idle(now, units)


def _running() -> QuerySet[Station]:
    begun = Station.objects.filter(closed_at=None, started_at__isnull=False)
    return begun.filter(dossier__status__in=LINKED)


def _batches(rows: QuerySet[Station]) -> Iterator[Found]:
    """Every one of these, however many: no more are held than a batch."""
    last = 0
    while found := list(
        rows.filter(pk__gt=last).order_by("pk").values_list("pk", "dossier_id")[:BATCH]
    ):
        last = found[-1][0]
        yield from found


def _locked(station_id: int, dossier_id: int) -> tuple[Dossier, Station] | None:
    """The part and its dossier; None when it is over, or somebody is working on it at this moment."""
    free = Dossier.objects.select_for_update(skip_locked=True, of=("self",))
    dossier = free.filter(pk=dossier_id).first()
    station = _running().filter(pk=station_id).first() if dossier else None
    return (dossier, station) if dossier and station else None


def _count_limits() -> None:
    """Count the limits that could not be counted when their turn came: the year is there now."""
    for station_id, dossier_id in _batches(_running().filter(due_at=None)):
        with transaction.atomic():
            there = _locked(station_id, dossier_id)
            if there and set_limit(there[1]):
                there[1].save(update_fields=["due_at", "warn_at"])


def _near(now: datetime) -> int:
    """Warn whoever does a part that a quarter of its time is left, two hours at least (DL-14)."""
    told = Alarm.objects.filter(
        kind=AlarmKind.STATION, dossier=OuterRef("dossier"), occasion=OuterRef("pk")
    )
    near = _running().filter(~Exists(told), warn_at__lte=now, due_at__gte=now)
    return sum(
        _raise(AlarmKind.STATION, station_id, dossier_id, now)
        for station_id, dossier_id in _batches(near)
    )


def _idle(now: datetime, units: set[int]) -> int:
    """Tell whoever settles the dossier of parts that nobody can do, or that have no limit; close what is over."""
    deserted = units - receiving_posts(units).keys()
    idle = _running().filter(Q(unit_id__in=deserted, is_lead=False) | Q(due_at=None))
    open_ones = Alarm.objects.filter(kind=AlarmKind.IDLE, closed_at=None)
    over = open_ones.exclude(occasion__in=idle.values("pk"))
    over.update(closed_at=now, closed_by=WATCH.name)
    untold = idle.filter(
        ~Exists(open_ones.filter(dossier=OuterRef("dossier"), occasion=OuterRef("pk")))
    )
    return sum(
        _raise(AlarmKind.IDLE, station_id, dossier_id, now)
        for station_id, dossier_id in _batches(untold)
    )


@transaction.atomic
def _raise(kind: AlarmKind, station_id: int, dossier_id: int, now: datetime) -> bool:
    """Raise one alarm about a part, if it still runs; True if somebody is told."""
    there = _locked(station_id, dossier_id)
    if there is None:
        return False
    dossier, station = there
    due_at = station.due_at or station.started_at or now
    alarm, fresh = Alarm.objects.get_or_create(
        dossier=dossier, kind=kind, occasion=station.pk, level=AlarmLevel.WARNING,
        defaults={"due_at": due_at, "raised_at": now},
    )  # fmt: skip
    if not fresh and not begins_again(alarm, due_at, now):
        return False
    say(alarm, dossier, _posts(kind, dossier, station))
    return True


def _posts(kind: AlarmKind, dossier: Dossier, station: Station) -> list[int]:
    """Who does the part is warned; of one that nobody can do, who settles the dossier is told.

    A missing calendar is the keepers' to mend.
    """
    settles = who_settles(dossier)
    if kind is AlarmKind.IDLE:
        return [*settles, *(keeper_posts() if station.due_at is None else [])]
    does = receiving_posts([station.unit_id]).get(station.unit_id, [])
    return settles if station.is_lead else does or settles


def who_settles(dossier: Dossier) -> list[int]:
    """The officer who has the dossier, or who answers for that one's work; else the head of its unit."""
    if dossier.assignee_id:
        return in_place_of(dossier.assignee_id)
    unit_id = dossier.unit_id or 0
    return head_posts([unit_id]).get(unit_id, [])
