"""What is posted up at the counter: the published procedures of an agency, of a field, or of both."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from motcua.core.text import sort_key
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries.terms import procedure_page
from motcua.procedures.types import ProcedurePage, VersionStatus

AT_ONCE = 30  # sheets on one page: what a browser prints without trouble
Counted = list[tuple[str, int]]


@dataclass(frozen=True)
class Posted:
    """Some of the sheets that were asked for: how many there are, which these are, where the rest begins."""

    pages: tuple[ProcedurePage, ...]
    total: int
    first: int
    next: str = ""


def posted(*, agency: str, field: str, after: str = "") -> Posted:
    """The sheets of this agency and this field, by code, beginning behind the code `after`.

    Law: CAT-10
    """
    asked = _published()
    if field:
        asked = asked.filter(field__name=field)
    if agency:
        asked = asked.filter(Q(card__agency=agency) | Q(agencies__contains=[agency]))
    codes = asked.order_by("procedure__code").values_list("procedure__code", flat=True)
    some = list(codes.filter(procedure__code__gt=after)[: AT_ONCE + 1])
    total = asked.count()
    before = codes.filter(procedure__code__lte=after).count() if after else 0
    shown = some[:AT_ONCE]
    more = shown[-1] if len(some) > AT_ONCE else ""
    return Posted(tuple(procedure_page(code) for code in shown), total, before + 1, more)


def what_is_posted() -> tuple[Counted, Counted]:
    """The fields and the agencies under which something is published, each with how many.

    Law: CAT-10
    """
    rows = list(_published().values_list("field__name", "card__agency"))
    fields = Counter(name for name, _ in rows if name)
    agencies = Counter(name for _, name in rows if name)
    return _in_order(fields), _in_order(agencies)


def _published() -> QuerySet[ProcedureVersion]:
    return ProcedureVersion.objects.filter(status=VersionStatus.PUBLISHED)


def _in_order(counts: Counter[str]) -> Counted:
    return sorted(counts.items(), key=lambda item: sort_key(item[0]))
