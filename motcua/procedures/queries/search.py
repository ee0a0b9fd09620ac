"""The finder: one index per process, rebuilt when the catalogue was published anew."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from threading import Lock

from motcua.core.text import fold, sort_key
from motcua.procedures.finder.events import LifeEvent, life_events
from motcua.procedures.finder.index import Entry, Hit, Index
from motcua.procedures.models import CatalogueStamp, ProcedureVersion
from motcua.procedures.types import (
    AUDIENCES,
    LEVEL_NAMES,
    Answer,
    Facet,
    Filters,
    Found,
    VersionStatus,
)

__all__ = ["catalogue_page", "catalogue_tree", "find", "life_events", "served_events"]

_lock = Lock()
_current: list[tuple[int, Index]] = []
FACET_SIZE = 8


def find(
    question: str, filters: Filters | None = None, *, limit: int = 10, offset: int = 0
) -> Answer:
    """The published procedures that answer `question`, best first.

    Law: CAT-13, CH-09
    """
    hits = _index().answer(question, filters or Filters())
    return Answer(
        found=tuple(_found(hit) for hit in hits[offset : offset + limit]),
        total=len(hits),
        facets=_facets([hit.entry for hit in hits]),
    )


def served_events() -> tuple[LifeEvent, ...]:
    """The life events under which the catalogue of today has an answer.

    Law: CAT-13
    """
    served = {slug for entry in _index().entries for slug in entry.events}
    return tuple(event for event in life_events() if event.slug in served)


def catalogue_tree() -> list[tuple[str, list[tuple[str, str]]]]:
    """Fields in dictionary order, each with the (code, name) of its procedures.

    Law: CH-08
    """
    tree: dict[str, list[tuple[str, str]]] = {}
    for entry in _index().entries:
        tree.setdefault(entry.field or "Lĩnh vực khác", []).append((entry.code, entry.name))
    return sorted(tree.items(), key=lambda item: sort_key(item[0]))


def catalogue_page(*, after: str, size: int) -> tuple[tuple[Found, ...], int]:
    """The `size` published procedures whose codes come after `after`, and how many there are in all."""
    entries = _index().entries  # in the order of their codes
    start = bisect_right(entries, after, key=lambda entry: entry.code)
    page = entries[start : start + size]
    return tuple(_found(Hit(entry, 0.0)) for entry in page), len(entries)


def _index() -> Index:
    """The index of the catalogue as it is published now."""
    revision = CatalogueStamp.objects.values_list("revision", flat=True).first() or 0
    if _current and _current[0][0] == revision:
        return _current[0][1]
    with _lock:
        if not (_current and _current[0][0] == revision):
            _current[:] = [(revision, Index(_entries()))]
    return _current[0][1]


def _entries() -> Iterable[Entry]:
    """What the index needs of every published version."""
    rows = ProcedureVersion.objects.filter(status=VersionStatus.PUBLISHED).order_by(
        "procedure__code"
    )
    for row in rows.values(
        "procedure__code", "name", "field__name", "levels", "subjects", "agencies",
        "card", "is_full_online",
    ):  # fmt: skip
        card, folded, field = row["card"], fold(row["name"]), row["field__name"] or ""
        yield Entry(
            code=row["procedure__code"],
            name=row["name"],
            field=field,
            levels=tuple(row["levels"]),
            subjects=tuple(row["subjects"]),
            agencies=tuple(row["agencies"]),
            results=card.get("results", ""),
            cases=card.get("cases", ""),
            keywords=card.get("keywords", ""),
            events=tuple(e.slug for e in life_events() if e.holds(folded, field)),
            audiences=_audiences(row["subjects"]),
            agency=card.get("agency", ""),
            time_text=card.get("time", ""),
            fee_text=card.get("fee", ""),
            level_name="Toàn trình" if row["is_full_online"] else "Một phần",
        )


def _audiences(subjects: Sequence[str]) -> tuple[str, ...]:
    """Persons, organisations or both."""
    words = " ".join(fold(subject) for subject in subjects)
    person = any(word in words for word in ("cong dan", "nguoi", "can bo", "ca nhan", "dang vien"))
    other = any(word in words for word in ("to chuc", "doanh nghiep", "hop tac xa"))
    return tuple(key for key, is_one in (("person", person), ("organisation", other)) if is_one)


def _found(hit: Hit) -> Found:
    """One answer as lists show it."""
    entry = hit.entry
    return Found(
        code=entry.code,
        name=entry.name,
        field=entry.field,
        agency=entry.agency,
        time_text=entry.time_text,
        fee_text=entry.fee_text,
        level_name=entry.level_name,
        score=round(hit.score, 2),
    )


def _facets(entries: Sequence[Entry]) -> dict[str, tuple[Facet, ...]]:
    """The ways to narrow these answers, the largest first."""
    return {
        "field": _counted(entries, lambda entry: (entry.field,)),
        "agency": _counted(entries, lambda entry: (entry.agency,)),
        "level": tuple(
            facet
            for name in LEVEL_NAMES
            for facet in _counted(entries, lambda entry: entry.levels)
            if facet.value == name
        ),
        "audience": _counted(entries, lambda entry: entry.audiences, AUDIENCES),
    }


def _counted(
    entries: Sequence[Entry],
    values: Callable[[Entry], tuple[str, ...]],
    labels: dict[str, str] | None = None,
) -> tuple[Facet, ...]:
    """The most frequent values with their counts."""
    counts = Counter(value for entry in entries for value in values(entry) if value)
    return tuple(
        Facet(value, (labels or {}).get(value, value), count)
        for value, count in counts.most_common(FACET_SIZE)
    )
