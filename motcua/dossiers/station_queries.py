"""How the parts of an interlinked dossier stand: for who settles it, for a unit, for its owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Max, Q
from django.utils.timezone import localtime

from motcua.core import clock
from motcua.core.errors import NotFound
from motcua.dossiers import access, queries
from motcua.dossiers.models import Dossier, Station
from motcua.dossiers.pages import DeskDossier
from motcua.dossiers.passing import ON_PAPER, pass_by, places_for
from motcua.dossiers.places import name_of
from motcua.dossiers.rules.station_lines import had_papers
from motcua.dossiers.stations import (
    SETTLE,
    STATE_NAMES,
    StationState,
    Told,
    limit_text,
    state_of,
    told_text,
)
from motcua.dossiers.workflow import Status, Step, open_steps

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from motcua.agencies.models import Post, Unit

MOVING = (StationState.RUNNING, StationState.LATE)


@dataclass(frozen=True)
class StationRow:
    """One station as an official reads it; a guest reads what came of those it waits for only."""

    number: int
    id: int
    unit_id: int
    unit: str
    is_lead: bool
    by_paper: bool
    task: str
    amount: int
    per: str
    limit: str
    needs: list[int]
    state: StationState
    started_at: datetime | None
    due_at: datetime | None
    done_at: datetime | None
    done_by: str
    answer: str
    file_name: str
    closed_at: datetime | None
    closed_by: str
    reason: str
    slip: str
    given_by: str
    received_at: datetime | None
    received_by: str
    is_mine: bool
    may_steer: bool  # urge it, or wait for it no longer
    is_read: bool

    @property
    def state_text(self) -> str:
        """How it stands, in words."""
        return STATE_NAMES[self.state]

    @property
    def may_receive(self) -> bool:
        """Whether this reader can say that the papers are there."""
        return self.is_mine and self.by_paper and self.received_at is None and self.is_moving

    @property
    def is_moving(self) -> bool:
        """Whether its limit runs."""
        return self.state in MOVING

    @property
    def has_slip(self) -> bool:
        """Whether papers were passed to it with a slip that this reader may print."""
        return bool(self.slip) and self.is_read


def stations_read(post: Post, dossier: Dossier) -> QuerySet[Station]:
    """The stations whose results this reader may read: of a guest its own, and what that one needs."""
    every: QuerySet[Station] = dossier.stations.all()
    if not access.is_guest(post, dossier):
        return every
    mine = every.filter(unit_id=post.unit_id, closed_at=None)
    needed = {number for needs in mine.values_list("needs", flat=True) for number in needs}
    return every.filter(Q(order__in=needed) | Q(pk__in=mine.values("pk")))


def stations_beside(post: Post, reference: str) -> list[StationRow]:
    """Every station of a dossier that the caller has just been shown through its door."""
    rows = list(
        Station.objects.filter(dossier__reference=reference).select_related(
            "dossier", "unit__agency"
        )
    )
    if not rows:
        return []
    dossier, now = rows[0].dossier, clock.now()
    guest = access.is_guest(post, dossier)
    steers = not guest and Step.CLOSE_STATION in open_steps(Status(dossier.status), post.actor.role)
    mine = [row for row in rows if row.unit_id == post.unit_id and not row.is_lead]
    read = {n for row in mine if row.closed_at is None for n in [row.order, *row.needs]}
    if not guest and post.role in SETTLE:  # the papers come back to whoever settles it
        mine += [row for row in rows if row.is_lead]
    return [
        _row(row, now, reads=not guest or row.order in read, is_mine=row in mine, steers=steers)
        for row in rows
    ]


def lead_unit(reference: str) -> int | None:
    """The unit that settles a dossier which the caller has just been shown."""
    return Dossier.objects.filter(reference=reference).values_list("unit_id", flat=True).first()


def _row(row: Station, now: datetime, *, reads: bool, is_mine: bool, steers: bool) -> StationRow:
    state = state_of(row.started_at, row.due_at, row.done_at, row.closed_at, now)
    return StationRow(
        number=row.order, id=row.pk, unit_id=row.unit_id,
        unit=name_of(row.unit, row.dossier.agency_id), is_lead=row.is_lead, by_paper=row.by_paper,
        task=row.task, amount=row.amount, per=row.per,
        limit=limit_text(row.amount, row.per), needs=row.needs, state=state,
        started_at=row.started_at, due_at=row.due_at, done_at=row.done_at,
        done_by=row.done_by if reads else "", answer=row.answer if reads else "",
        file_name=row.file_name if reads and row.digest else "", closed_at=row.closed_at,
        closed_by=row.closed_by, reason=row.reason if reads else "", slip=row.slip,
        given_by=row.given_by, received_at=row.received_at, received_by=row.received_by,
        is_mine=is_mine, may_steer=steers and row.closed_at is None and not row.is_lead,
        is_read=reads,
    )  # fmt: skip


def linked_text(reference: str) -> str:
    """How far the others are that settle this dossier too, as its applicant reads it (CH-14)."""
    rows = list(
        Station.objects.filter(dossier__reference=reference, is_lead=False).select_related(
            "dossier", "unit__agency"
        )
    )
    if all(row.closed_at for row in rows):
        return ""
    now, told = clock.now(), []
    for row in rows:
        state = state_of(row.started_at, row.due_at, row.done_at, row.closed_at, now)
        at = row.done_at or row.due_at
        unit = name_of(row.unit, row.dossier.agency_id)
        told.append(Told(unit, state, localtime(at) if at else None))
    return told_text(told)


def slip_station(post: Post, reference: str, number: int) -> Station:
    """A station to which papers were passed, for its slip: who settles the dossier, or that unit.

    Whoever gave the papers keeps its copy, though with its own part its door to the dossier closed.
    """
    if access.may_see(access.shown_to(post), reference):
        dossier = access.to_see(access.shown_to(post), reference)
        rows = stations_read(post, dossier).exclude(slip="").select_related("unit__agency")
        if row := rows.filter(order=number).first():
            return row
    for given in slips_given(post, reference):
        if given.order == number:
            return given
    raise NotFound


def slips_given(post: Post, reference: str) -> list[Station]:
    """The stations to which this post's unit passed the papers of a dossier, the last one first."""
    if not access.may_see(access.gave_papers(post), reference):
        return []
    dossier = access.to_see(access.gave_papers(post), reference)
    rows = list(dossier.stations.select_related("dossier", "unit__agency"))
    sent = [row for row in rows if row.slip and _gave(post, rows, row)]
    return sorted(sent, key=lambda row: row.order, reverse=True)


def slip_just_given(post: Post, reference: str) -> Station | None:
    """Where the last answer of this post's unit passed the papers on to, when it did."""
    for last in slips_given(post, reference)[:1]:
        done = last.dossier.stations.filter(unit_id=post.unit_id, is_lead=False)
        answered = done.aggregate(at=Max("done_at"))["at"]  # not that of an earlier round
        return last if answered == last.started_at else None
    return None


def _gave(post: Post, rows: list[Station], station: Station) -> bool:
    last = had_papers(rows, station)
    return last is not None and not last.is_lead and last.unit_id == post.unit_id


def giver_of(station: Station) -> Unit:
    """Who had the papers before: the last unit to which they went, else the one that settles it."""
    dossier = station.dossier
    last = had_papers(dossier.stations.select_related("unit__agency"), station)
    return last.unit if last is not None else dossier.unit or station.unit


@dataclass(frozen=True)
class Passing:
    """A dossier that may belong to another agency: where it can go, until when, with papers or not."""

    desk: DeskDossier
    places: dict[int, str]
    must_by: datetime
    on_paper: bool


def passing_page(post: Post, reference: str) -> Passing:
    """What the desk sees before it passes a dossier on; looking at it is journalled."""
    desk = queries.desk_dossier(post, reference)
    dossier = access.to_see(access.dossiers_at(post), reference)
    on_paper = dossier.channel in ON_PAPER
    return Passing(desk, places_for(dossier), pass_by(dossier, post.unit_id), on_paper)
