"""Drafts from imported content: what is new or changed becomes a version; the authority's own goes on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from motcua.core import clock
from motcua.core.text import fold
from motcua.procedures import rules
from motcua.procedures.actions.publishing import local_of
from motcua.procedures.actions.stamp import locked_by_code
from motcua.procedures.importing.cleaning import (
    CODE_SIZE,
    FIELD_SIZE,
    LEVEL_SIZE,
    SUBJECT_SIZE,
)
from motcua.procedures.importing.flaws import Flaw
from motcua.procedures.models import Field, Procedure, ProcedureVersion
from motcua.procedures.types import Detail, Duration, VersionStatus

LOWEST_LEVEL = 1  # the source does not say how surely one must prove who one is


@dataclass
class Tally:
    """What an import did."""

    read: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    duplicates: int = 0
    published: int = 0
    scheduled: int = 0
    withheld: int = 0
    abolished: int = 0
    held: int = 0
    flaws: list[Flaw] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """A detail with the fingerprint of its content."""

    detail: Detail
    digest: str


@dataclass(frozen=True)
class Known:
    """What the catalogue has already: the fields of administration, the forms by code, the generic ones."""

    fields: dict[str, Field]
    forms: dict[str, int]
    generic: set[int]


def write_drafts(batch: Sequence[Row], catalogue: Known, tally: Tally) -> None:
    """New drafts for what is new or changed."""
    now = clock.now()
    known = locked_by_code(row.detail.code for row in batch)
    fresh = [row for row in batch if row.detail.code not in known]
    changed = [row for row in batch if row.detail.code in known
               and known[row.detail.code].digest != row.digest]  # fmt: skip
    tally.created += len(fresh)
    tally.changed += len(changed)
    tally.unchanged += len(batch) - len(fresh) - len(changed)
    created = Procedure.objects.bulk_create(_procedure(row) for row in fresh)
    known.update((procedure.code, procedure) for procedure in created)
    _add_fields((row.detail for row in (*fresh, *changed)), catalogue.fields)
    before = _latest(known[row.detail.code].pk for row in changed)
    versions = [
        _version(row, known[row.detail.code], catalogue, now, before, tally)
        for row in (*fresh, *changed)
    ]
    for row in changed:
        procedure = known[row.detail.code]
        procedure.name, procedure.digest = row.detail.name, row.digest
        procedure.folded = fold(row.detail.name)
    Procedure.objects.bulk_update(
        [known[row.detail.code] for row in changed], ["name", "digest", "folded"]
    )
    ProcedureVersion.objects.bulk_create(versions)


def _procedure(row: Row) -> Procedure:
    """A procedure not known before."""
    name = row.detail.name
    return Procedure(code=row.detail.code, name=name, folded=fold(name), digest=row.digest)


def _add_fields(details: Iterable[Detail], fields: dict[str, Field]) -> None:
    """The fields of administration that are not known yet."""
    new = {
        name: Field(
            name=name,
            code=detail.field_code[:CODE_SIZE],
            ministry_code=detail.ministry_code[:CODE_SIZE],
            folded=fold(name)[:FIELD_SIZE],
        )
        for detail in details
        if (name := detail.field[:FIELD_SIZE]) and name not in fields
    }
    Field.objects.bulk_create(new.values(), ignore_conflicts=True)
    fields.update((row.name, row) for row in Field.objects.filter(name__in=new))


def _latest(procedure_ids: Iterable[int]) -> dict[int, ProcedureVersion]:
    """The newest version of each of these procedures."""
    newest = (
        ProcedureVersion.objects.filter(procedure_id__in=list(procedure_ids))
        .order_by("procedure_id", "-number")
        .distinct("procedure_id")
    )
    return {version.procedure_id: version for version in newest}


def _version(
    row: Row,
    procedure: Procedure,
    known: Known,
    now: datetime,
    before: dict[int, ProcedureVersion],
    tally: Tally,
) -> ProcedureVersion:
    """A draft version; what the authority decided itself comes from the version before.

    What lists show of it is judged when it is published.
    """
    earlier = before.get(procedure.pk)
    detail = _explained(row.detail, earlier)
    limit = rules.legal_limit(detail.channels)
    local = _local_limit(earlier, limit, detail.code, tally)
    return ProcedureVersion(
        procedure=procedure,
        number=earlier.number + 1 if earlier else 1,
        status=VersionStatus.DRAFT,
        name=detail.name,
        field=known.fields.get(detail.field[:FIELD_SIZE]),
        levels=[level[:LEVEL_SIZE] for level in detail.levels],
        subjects=[subject[:SUBJECT_SIZE] for subject in detail.subjects],
        agencies=list(detail.agencies),
        decision=detail.decision[:FIELD_SIZE],
        decided_on=date.fromisoformat(detail.decided_on) if detail.decided_on else None,
        legal_limit_value=limit.value if limit else None,
        legal_limit_unit=limit.unit if limit else "",
        limit_method=limit.method if limit else "DAY",
        local_limit_value=local.value if local else None,
        local_limit_unit=local.unit if local else "",
        **_decided(earlier),
        form_id=_own_form(earlier, detail.code, known),
        detail_values=detail.as_json(),
        digest=row.digest,
        created_at=now,
    )


def _decided(earlier: ProcedureVersion | None) -> dict[str, Any]:
    """What the source does not say and the authority decided, from the version before."""
    if earlier is None:
        return {"min_identity_level": LOWEST_LEVEL}
    names = ("at_once", "min_identity_level", "on_supplement", "on_payment")
    return {name: getattr(earlier, name) for name in names}


def _explained(detail: Detail, earlier: ProcedureVersion | None) -> Detail:
    """The imported facts with the explanations for people that only the version before has."""
    if earlier is None:
        return detail
    before: Detail = earlier.detail
    return replace(
        detail, summary=detail.summary or before.summary, guide=detail.guide or before.guide
    )


def _own_form(earlier: ProcedureVersion | None, code: str, known: Known) -> int | None:
    """The form of the version before, or the procedure's own by now; none is settled at publishing."""
    if earlier and earlier.form_id and earlier.form_id not in known.generic:
        return earlier.form_id
    return known.forms.get(code)


def _local_limit(
    earlier: ProcedureVersion | None, legal: Duration | None, code: str, tally: Tally
) -> Duration | None:
    """The promise of the authority goes on, unless the law is now stricter than it.

    Law: CAT-17
    """
    local = local_of(earlier) if earlier else None
    if local and not rules.keeps_within(local, legal):
        problem = "Thời hạn địa phương không còn trong luật định mới"
        tally.flaws.append(Flaw(0, code, "local_limit", problem, "Bỏ thời hạn địa phương"))
        return None
    return local
