"""Each agency's and unit's figures since the start of a year, from what every step has written.

Pages read rollups only. `differences` holds them against a count of the dossiers themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from django.db import connection
from django.db.models import F, Q, Sum

from motcua.dossiers.acts import GONE_OUT
from motcua.dossiers.models.rollups import COLUMNS, WITHOUT_RESULT, YearCount
from motcua.dossiers.types import Channel

ELECTRONIC = (Channel.ONLINE, Channel.PARTNER)  # filed without paper, here or on another portal
_PLACE = ("agency_id", "unit_id", "year", "channel")
_SIGNED = ", ".join(f"'{state.value}'" for state in GONE_OUT)
_ENDED = ", ".join(f"'{status.value}'" for status in sorted(WITHOUT_RESULT))

# What the rollups must say, counted anew (CH-12, DL-11).
RAW = f"""
SELECT agency_id, unit_id, channel,
       extract(year FROM at AT TIME ZONE 'Asia/Ho_Chi_Minh')::smallint AS year,
       sum(received) AS received, sum(solved) AS solved, sum(on_time) AS on_time,
       sum(late) AS late, sum(closed) AS closed, sum(apologies) AS apologies
FROM (
SELECT d.agency_id, d.unit_id, d.channel, fact.*, 0 AS apologies
FROM dossiers_dossier d CROSS JOIN LATERAL (VALUES
    (d.accepted_at, 1, 0, 0, 0, 0),
    (CASE WHEN d.status NOT IN ({_ENDED}) THEN d.finished_at END, 0, 1,
     (d.finished_at <= d.legal_due_at AND d.legal_due_at IS NOT NULL)::int,
     (d.finished_at > d.legal_due_at AND d.legal_due_at IS NOT NULL)::int, 0),
    (CASE WHEN d.status IN ({_ENDED}) THEN d.changed_at END, 0, 0, 0, 0, 1)
) AS fact(at, received, solved, on_time, late, closed)
WHERE d.accepted_at IS NOT NULL AND fact.at IS NOT NULL
UNION ALL
SELECT d.agency_id, m.to_unit_id, d.channel, a.signed_at, 0, 0, 0, 0, 0, 1
FROM dossiers_apology a JOIN dossiers_move m ON m.id = a.move_id
JOIN dossiers_dossier d ON d.id = a.dossier_id
WHERE a.state IN ({_SIGNED})
) AS facts
GROUP BY 1, 2, 3, 4
"""


@dataclass(frozen=True)
class Figures:
    """What was received, solved and left in a year; `waiting` at its end, or now."""

    received: int = 0
    received_online: int = 0
    solved: int = 0
    solved_online: int = 0
    on_time: int = 0
    on_time_online: int = 0
    late: int = 0
    late_online: int = 0
    apologies: int = 0
    waiting: int = 0

    def __add__(self, other: Figures) -> Figures:
        each = (getattr(self, one.name) + getattr(other, one.name) for one in fields(Figures))
        return Figures(*each)

    @property
    def percent(self) -> str:
        """How many of a hundred that had a date were on time; nothing when none had."""
        return _percent(self.on_time, self.late)

    @property
    def percent_online(self) -> str:
        """The same of what came in electronically."""
        return _percent(self.on_time_online, self.late_online)


@dataclass(frozen=True)
class Line:
    """One agency's or one unit's figures."""

    code: str
    name: str
    figures: Figures
    overdue: int = 0  # of those that are being solved, past the promised date; see overdue.py


@dataclass(frozen=True)
class Difference:
    """A figure that is not what the dossiers say."""

    place: tuple[int, int | None, int, str]
    kept: tuple[int, ...]
    raw: tuple[int, ...]


def of_agencies(year: int) -> list[Line]:
    """Every agency that has figures in `year`, in the order of their codes."""
    return _lines(YearCount.objects.all(), "agency", year)


def of_agency(agency_id: int, year: int) -> Figures:
    """One agency's figures."""
    return total(_lines(YearCount.objects.filter(agency_id=agency_id), "agency", year))


def of_units(agency_id: int, year: int) -> list[Line]:
    """Every unit of an agency that has figures in `year`, in the order of their codes."""
    return _lines(YearCount.objects.filter(agency_id=agency_id), "unit", year)


def total(lines: list[Line]) -> Figures:
    """All of them together."""
    return sum((line.figures for line in lines), Figures())


def years() -> list[int]:
    """The years that have figures, the latest first."""
    return list(YearCount.objects.order_by("-year").values_list("year", flat=True).distinct())


def differences() -> list[Difference]:
    """Where rollups and dossiers disagree; one statement, so that no step falls in between."""
    kept = ", ".join(f"coalesce(kept.{c}, 0)" for c in COLUMNS)
    raw = ", ".join(f"coalesce(raw.{c}, 0)" for c in COLUMNS)
    place = ", ".join(f"coalesce(kept.{c}, raw.{c})" for c in _PLACE)
    same = " AND ".join(f"kept.{c} = raw.{c}" for c in _PLACE if c != "unit_id")
    same += " AND coalesce(kept.unit_id, 0) = coalesce(raw.unit_id, 0)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {place}, {kept}, {raw} FROM dossiers_yearcount kept"
            f" FULL JOIN ({RAW}) raw ON {same} WHERE ({kept}) IS DISTINCT FROM ({raw})"
            " ORDER BY 1, 2, 3, 4"
        )
        rows = cursor.fetchall()
    end = len(_PLACE), len(_PLACE) + len(COLUMNS)
    return [
        Difference(row[: end[0]], tuple(row[slice(*end)]), tuple(map(int, row[end[1] :])))
        for row in rows
    ]


def _lines(counts: Any, by: str, year: int) -> list[Line]:
    """The figures of each agency or unit, in one query."""
    here = Q(year=year)
    online = here & Q(channel__in=ELECTRONIC)
    sums: dict[str, Any] = {"n_apologies": Sum("apologies", filter=here, default=0)}
    for name in ("received", "solved", "on_time", "late"):
        sums[f"n_{name}"] = Sum(name, filter=here, default=0)
        sums[f"n_{name}_online"] = Sum(name, filter=online, default=0)
    left = F("received") - F("solved") - F("closed")
    rows = (
        counts.filter(year__lte=year)
        .values(f"{by}__code", f"{by}__name")
        .annotate(**sums, n_waiting=Sum(left, default=0))
        .order_by(f"{by}__code")
    )
    found = [
        Line(
            row[f"{by}__code"] or "",
            row[f"{by}__name"] or "",
            Figures(**{one.name: int(row[f"n_{one.name}"]) for one in fields(Figures)}),
        )
        for row in rows
    ]
    return [line for line in found if line.figures != Figures()]


def _percent(on_time: int, late: int) -> str:
    """In tenths, never rounded up: 99,96 % is not all."""
    if not on_time + late:
        return ""
    tenths = on_time * 1000 // (on_time + late)
    whole, tenth = divmod(tenths, 10)
    return f"{whole},{tenth}\u00a0%" if tenth else f"{whole}\u00a0%"
