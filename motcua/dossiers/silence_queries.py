"""Where the watch looks for silence: each look goes by an index and finds what was not told yet.

A look gives candidates; what they show, `rules.silence` says from their facts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.agencies.heads import closed_posts, headless_units
from motcua.agencies.queries import seatless
from motcua.core.actors import Role
from motcua.dossiers.acts import GONE_OUT
from motcua.dossiers.life import Place, of_place, role_in
from motcua.dossiers.models import Alarm, Apology, Dossier
from motcua.dossiers.models.watched import CLOCKLESS, LOOSE
from motcua.dossiers.rules.silence import (
    AT_WORK,
    CLOCK_KINDS,
    GRACE,
    LIMITS,
    STEP_ASKED,
    STEP_LEAST,
    STEP_SHARE,
    WITHOUT_DATE,
    Marks,
)
from motcua.dossiers.types import AlarmKind, AlarmLevel
from motcua.dossiers.workflow import RUNNING, Status

BATCH = 500
MOST = 1000  # what the health page counts to
Rows = QuerySet[Dossier]
K = AlarmKind
STEP_RUNS_OUT = (
    "due_at IS NULL AND since_at <= %s OR due_at >= %s AND"
    " due_at - greatest((due_at - since_at) / %s, %s) <= %s"
)


@dataclass(frozen=True)
class Look:
    """One way of looking: for which kinds, at which rows, in which order of an index."""

    kind: AlarmKind
    rows: Callable[[Marks], Rows]
    by: str = ""


def looks() -> list[Look]:
    """Every way of looking at the dossiers themselves."""
    return [
        *[
            Look(kind, _running_out(kind, statuses), "warn_at")
            for kind, statuses in _by_kind(CLOCK_KINDS).items()
        ],
        *[
            Look(kind, _standing(kind, statuses), "since_at")
            for kind, statuses in _by_kind({s: kind for s, (kind, _) in LIMITS.items()}).items()
        ],
        Look(K.STEP_DATE, _step_date, "step_warn_at"),
        Look(K.STEP, _step, "since_at"),
        Look(K.NO_LETTER, _without_letter, "due_at"),
        Look(K.GONE, partial(_untold, K.GONE, among=gone())),
        *[Look(K.UNOWNED, partial(_untold, K.UNOWNED, among=rows)) for rows in unowned()],
        Look(K.NO_CLOCK, partial(_untold, K.NO_CLOCK, among=clockless())),
    ]


def batches(look: Look, marks: Marks) -> Iterator[list[int]]:
    """The candidates of a look, from one batch to the next: no more are held than a batch."""
    order = [look.by, "pk"] if look.by else ["pk"]
    every = look.rows(marks).order_by(*order)
    rest = every
    while True:
        rows = list(rest.values_list("pk", *order[:-1])[:BATCH])
        if rows:
            yield [row[0] for row in rows]
        if len(rows) < BATCH:
            return
        if look.by:
            place, last = f"({look.by}, dossiers_dossier.id) > (%s, %s)", [rows[-1][1], rows[-1][0]]
        else:
            place, last = "dossiers_dossier.id > %s", [rows[-1][0]]
        rest = every.extra(where=[place], params=last)


def _by_kind(kinds: dict[Status, AlarmKind]) -> dict[AlarmKind, list[Status]]:
    found = defaultdict(list)
    for status, kind in kinds.items():
        found[kind].append(status)
    return found


def _untold(kind: AlarmKind, marks: Marks, among: Rows) -> Rows:
    """Those of `among` about which something is to be told: to the owner, or by now to the head."""
    told = Alarm.objects.filter(dossier=OuterRef("pk"), kind=kind, closed_at=None)
    fresh = Q(level=AlarmLevel.PASSED) | Q(raised_at__gt=marks.ago[GRACE])
    return among.filter(~Exists(told.filter(fresh)))


def _running_out(kind: AlarmKind, statuses: list[Status]) -> Callable[[Marks], Rows]:
    def rows(marks: Marks) -> Rows:
        told = Alarm.objects.filter(dossier=OuterRef("pk"), kind=kind, closed_at=None)
        at_rest = Q(since_at__lte=marks.ago[AT_WORK]) if kind is K.RESULT else Q()
        soon = Q(at_rest, ~Exists(told), clock_at__gte=marks.now)
        new = soon | Q(~Exists(told.filter(level=AlarmLevel.PASSED)), clock_at__lt=marks.now)
        return Dossier.objects.filter(new, status__in=statuses, warn_at__lte=marks.now)

    return rows


def _standing(kind: AlarmKind, statuses: list[Status]) -> Callable[[Marks], Rows]:
    def rows(marks: Marks) -> Rows:
        long = marks.ago[LIMITS[statuses[0]][1]]
        waiting = Dossier.objects.filter(status__in=statuses, since_at__lte=long)
        if kind is K.ASKED_LONG:
            waiting = waiting.filter(clock_at=None)
        return _untold(kind, marks, waiting)

    return rows


def _step_date(marks: Marks) -> Rows:
    told = Alarm.objects.filter(dossier=OuterRef("pk"), kind=K.STEP_DATE, closed_at=None)
    soon = Q(~Exists(told), since_at__lte=marks.ago[AT_WORK], step_due_at__gte=marks.now)
    new = soon | Q(~Exists(told.filter(level=AlarmLevel.PASSED)), step_due_at__lt=marks.now)
    return Dossier.objects.filter(new, step_warn_at__lte=marks.now)


def _step(marks: Marks) -> Rows:
    waiting = Dossier.objects.filter(
        status=Status.EXAMINING, since_at__lte=marks.ago[STEP_ASKED], step_due_at=None
    ).extra(
        where=[f"({STEP_RUNS_OUT})"],
        params=[marks.ago[WITHOUT_DATE], marks.now, STEP_SHARE, STEP_LEAST, marks.now],
    )
    return _untold(K.STEP, marks, waiting)


def _without_letter(marks: Marks) -> Rows:
    written = Apology.objects.filter(
        dossier=OuterRef("pk"), state__in=GONE_OUT, old_due_at=OuterRef("due_at")
    )
    told = Alarm.objects.filter(
        dossier=OuterRef("pk"), kind=K.NO_LETTER, occasion=marks.today.toordinal()
    )
    late = Dossier.objects.filter(
        ~Exists(written), ~Exists(told), status__in=RUNNING, due_at__lt=marks.now, finished_at=None
    )
    return late if marks.is_workday else late.none()


def gone() -> Rows:
    """Open dossiers whose officer has left the post in which they have it.

    By the posts, of which few or none have something left: a join would read every dossier.
    """
    held = Dossier.objects.filter(status__in=of_place(Place.ASSIGNEE))
    return held.filter(assignee_id__in=closed_posts(held.filter(assignee_id=OuterRef("pk"))))


def unowned() -> list[Rows]:
    """Open dossiers on which nobody in office can act: wherever a role is held by nobody.

    Each by an index of its own.
    """
    found = [Dossier.objects.filter(LOOSE)]
    if units := headless_units():
        found.append(Dossier.objects.filter(status__in=of_place(Place.UNIT), unit_id__in=units))
    for role in (Role.DESK_OFFICER, Role.APPROVER, Role.REGISTRAR):
        turn = [s for p in (Place.DESK, Place.AGENCY) for s in of_place(p) if role_in(s) is role]
        if agencies := seatless(role):
            found.append(Dossier.objects.filter(agency_id__in=agencies, status__in=turn))
    return found


def clockless() -> Rows:
    """Open dossiers without the clock that their status needs."""
    promised = Q(due_at__isnull=False) | Q(original_due_at__isnull=False)
    by_law = [
        s for s in CLOCKLESS if s not in RUNNING or CLOCK_KINDS.get(Status(s)) is not K.RESULT
    ]
    return Dossier.objects.filter(
        promised | Q(status__in=by_law), status__in=CLOCKLESS, clock_at=None
    )


def unheld() -> int:
    """How many open dossiers have nobody who has them, or no clock (at most MOST); 0 if all is well."""
    found: set[int] = set()
    for rows in (gone(), *unowned(), clockless()):
        found.update(rows.values_list("pk", flat=True)[:MOST])
    return min(len(found), MOST)
