"""In which order a worklist stands: what is due first comes first; a clock that stands still, last.

What is asked of a unit stands by the limit of its own part, not by the date of the whole dossier.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import DateTimeField, F, OrderBy, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from motcua.dossiers.models import Dossier

PART, WARNED = "part_due", "part_warn"
OWN, BY_PART = "clock_at", "by_part"


def with_parts(rows: QuerySet[Dossier], parts: QuerySet[Any]) -> QuerySet[Dossier]:
    """`rows` with the limit of the first of these `parts` that a unit owes each of them, if any."""
    first = parts.filter(dossier_id=OuterRef("pk")).order_by("due_at")
    has_warning = any(field.name == "warn_at" for field in parts.model._meta.fields)
    none = Value(None, output_field=DateTimeField())
    warned = Subquery(first.values("warn_at")[:1]) if has_warning else none
    found = rows.annotate(**{PART: Subquery(first.values("due_at")[:1]), WARNED: warned})
    return found.annotate(**{BY_PART: Coalesce(PART, OWN)})


def clock_name(rows: QuerySet[Dossier]) -> str:
    """By which clock these rows stand."""
    return BY_PART if BY_PART in rows.query.annotations else OWN


def in_order(rows: QuerySet[Dossier]) -> tuple[OrderBy, str]:
    """The order of these rows."""
    return F(clock_name(rows)).asc(nulls_last=True), "id"


def moment_of(dossier: Dossier) -> datetime | None:
    """The clock by which a row stands in its list."""
    moment: datetime | None = getattr(dossier, BY_PART, dossier.clock_at)
    return moment


def still(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Those whose clock stands still."""
    return rows.filter(**{clock_name(rows): None})


def after(rows: QuerySet[Dossier], at: datetime | str, pk: int) -> QuerySet[Dossier]:
    """What stands after a place in the list, among those whose clock runs."""
    return _beyond(rows, at, pk, ">", "gt")


def before(rows: QuerySet[Dossier], at: datetime | str, pk: int) -> QuerySet[Dossier]:
    """What stands before a place in the list."""
    return _beyond(rows, at, pk, "<", "lt")


def _beyond(
    rows: QuerySet[Dossier], at: datetime | str, pk: int, sign: str, lookup: str
) -> QuerySet[Dossier]:
    """By an index that can start in the middle, where there is one."""
    name = clock_name(rows)
    if name == OWN:
        place = f"(clock_at, dossiers_dossier.id) {sign} (%s, %s)"
        return rows.extra(where=[place], params=[at, pk])
    farther, level = Q(**{f"{name}__{lookup}": at}), Q(**{name: at, f"pk__{lookup}": pk})
    return rows.filter(farther | level)
