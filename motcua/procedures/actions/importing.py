"""Bringing official procedures into the catalogue, again and again."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import islice
from json import dumps

from django.db import transaction
from django.db.models import Max

from motcua.core import clock
from motcua.core.text import fold
from motcua.procedures import rules
from motcua.procedures.actions.publishing import forms_by_code, publish_versions
from motcua.procedures.importing.flaws import Flaw, Reading
from motcua.procedures.models import Field, Procedure, ProcedureVersion
from motcua.procedures.types import Detail, VersionStatus

BATCH = 200


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
    flaws: list[Flaw] = field(default_factory=list)


@dataclass(frozen=True)
class _Row:
    """A detail with the fingerprint of its content."""

    detail: Detail
    digest: str


def import_readings(readings: Iterable[Reading], *, publish: bool = False) -> Tally:
    """Every record as a new draft version where something changed; each batch is one transaction.

    Nothing that belongs to the authority is touched: local limit and e-form go on to the new version.

    Law: CAT-02, CAT-05, CAT-07
    """
    tally, seen = Tally(), dict[str, str]()
    fields = {row.name: row for row in Field.objects.all()}
    forms = forms_by_code()
    rows = _usable(readings, tally, seen)
    while batch := list(islice(rows, BATCH)):
        with transaction.atomic():
            written = _write(batch, fields, forms, tally)
            if publish:
                codes = [row.detail.code for row in batch]
                tally.published += publish_versions(version_ids=_latest_drafts(codes, written))
    return tally


def _usable(readings: Iterable[Reading], tally: Tally, seen: dict[str, str]) -> Iterator[_Row]:
    """The rows to write; the first of equal codes counts, and the others are reported."""
    for reading in readings:
        tally.read += 1
        tally.flaws.extend(reading.flaws)
        if (detail := reading.detail) is None:
            tally.refused += 1
            continue
        digest = _digest(detail)
        if detail.code in seen:
            same = "giống hệt" if seen[detail.code] == digest else "khác nội dung"
            tally.duplicates += 1
            tally.flaws.append(
                Flaw(reading.row, detail.code, "code", f"Mã lặp lại, {same}", "Giữ bản đầu tiên")
            )
            continue
        seen[detail.code] = digest
        yield _Row(detail, digest)


def _digest(detail: Detail) -> str:
    """The fingerprint of everything the detail says."""
    body = dumps(detail.as_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(body.encode()).hexdigest()


def _write(
    batch: Sequence[_Row], fields: dict[str, Field], forms: dict[str, int], tally: Tally
) -> list[int]:
    """New drafts for what is new or changed; their ids."""
    now = clock.now()
    known = {
        procedure.code: procedure
        for procedure in Procedure.objects.select_for_update().filter(
            code__in=[row.detail.code for row in batch]
        )
    }
    fresh = [row for row in batch if row.detail.code not in known]
    changed = [row for row in batch if row.detail.code in known
               and known[row.detail.code].digest != row.digest]  # fmt: skip
    tally.created += len(fresh)
    tally.changed += len(changed)
    tally.unchanged += len(batch) - len(fresh) - len(changed)
    created = Procedure.objects.bulk_create(_procedure(row) for row in fresh)
    known.update((procedure.code, procedure) for procedure in created)
    _add_fields((row.detail for row in (*fresh, *changed)), fields)
    before = _latest(known[row.detail.code].pk for row in changed)
    versions = [
        _version(row, known[row.detail.code], fields, forms, now, before)
        for row in (*fresh, *changed)
    ]
    for row in changed:
        procedure = known[row.detail.code]
        procedure.name, procedure.digest = row.detail.name, row.digest
        procedure.folded = fold(row.detail.name)
    Procedure.objects.bulk_update(
        [known[row.detail.code] for row in changed], ["name", "digest", "folded"]
    )
    return [version.pk for version in ProcedureVersion.objects.bulk_create(versions)]


def _procedure(row: _Row) -> Procedure:
    """A procedure not known before."""
    name = row.detail.name
    return Procedure(code=row.detail.code, name=name, folded=fold(name), digest=row.digest)


def _add_fields(details: Iterable[Detail], fields: dict[str, Field]) -> None:
    """The fields of administration that are not known yet."""
    new = {
        detail.field: Field(
            name=detail.field,
            code=detail.field_code,
            ministry_code=detail.ministry_code,
            folded=fold(detail.field),
        )
        for detail in details
        if detail.field and detail.field not in fields
    }
    Field.objects.bulk_create(new.values(), ignore_conflicts=True)
    fields.update((row.name, row) for row in Field.objects.filter(name__in=new))


def _latest(procedure_ids: Iterable[int]) -> dict[int, ProcedureVersion]:
    """The newest version of each of these procedures, without its content."""
    newest = (
        ProcedureVersion.objects.filter(procedure_id__in=list(procedure_ids))
        .order_by("procedure_id", "-number")
        .distinct("procedure_id")
        .defer("detail_values")
    )
    return {version.procedure_id: version for version in newest}


def _version(
    row: _Row,
    procedure: Procedure,
    fields: dict[str, Field],
    forms: dict[str, int],
    now: datetime,
    before: dict[int, ProcedureVersion],
) -> ProcedureVersion:
    """A draft version; what the authority decided itself comes from the version before."""
    detail, earlier = row.detail, before.get(procedure.pk)
    limit, level = rules.legal_limit(detail.channels), rules.online_level(detail)
    return ProcedureVersion(
        procedure=procedure,
        number=earlier.number + 1 if earlier else 1,
        status=VersionStatus.DRAFT,
        name=detail.name,
        field=fields.get(detail.field),
        levels=list(detail.levels),
        subjects=list(detail.subjects),
        agencies=list(detail.agencies),
        decision=detail.decision[:250],
        legal_limit_value=limit.value if limit else None,
        legal_limit_unit=limit.unit if limit else "",
        limit_method=limit.method if limit else "DAY",
        local_limit_value=earlier.local_limit_value if earlier else None,
        local_limit_unit=earlier.local_limit_unit if earlier else "",
        is_full_online=level.is_full,
        level_reasons=list(level.reasons),
        form_id=earlier.form_id if earlier and earlier.form_id else forms.get(detail.code),
        card=rules.card(detail),
        detail_values=detail.as_json(),
        digest=row.digest,
        created_at=now,
    )


def _latest_drafts(codes: Sequence[str], written: Sequence[int]) -> list[int]:
    """The drafts just written, and older newest ones that were never published."""
    newest = (
        Procedure.objects.filter(code__in=codes)
        .annotate(last=Max("versions__number"))
        .values_list("pk", "last")
    )
    numbers = dict(newest)
    drafts = ProcedureVersion.objects.filter(
        procedure_id__in=numbers, status=VersionStatus.DRAFT
    ).values_list("pk", "procedure_id", "number")
    return sorted({pk for pk, owner, number in drafts if number == numbers[owner]} | set(written))
