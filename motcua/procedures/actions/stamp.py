"""The catalogue as a whole: who acts when nobody does, whose rows are locked, when indexes are stale."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from django.db.models import F, QuerySet

from motcua.core.actors import Actor, Role
from motcua.procedures.models import CatalogueStamp, Procedure

BATCH = 200
T = TypeVar("T")
SYSTEM = Actor(Role.SYSTEM, "system:catalogue", "Danh mục thủ tục")


def in_batches(items: Iterable[T]) -> Iterator[list[T]]:
    """The items, as many at a time as one transaction should hold."""
    rest = iter(items)
    while some := list(islice(rest, BATCH)):
        yield some


def locked(procedures: QuerySet[Procedure]) -> dict[int, Procedure]:
    """These procedures by their keys, locked, always in the same order.

    Whatever publishes, abolishes or numbers versions takes this lock first and reads versions only then.
    """
    return {row.pk: row for row in procedures.select_for_update().order_by("pk")}


def locked_by_code(codes: Iterable[str]) -> dict[str, Procedure]:
    """The procedures of these codes, locked."""
    rows = locked(Procedure.objects.filter(code__in=list(codes)))
    return {row.code: row for row in rows.values()}


def turn_stamp() -> None:
    """Tell every process that its index is out of date."""
    if not CatalogueStamp.objects.filter(pk=1).update(revision=F("revision") + 1):
        CatalogueStamp.objects.create(pk=1, revision=1)
