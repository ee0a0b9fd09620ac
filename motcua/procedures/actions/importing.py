"""Bringing official procedures into the catalogue, again and again."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from itertools import islice
from json import dumps

from django.db import transaction
from django.db.models import Max

from motcua.core import clock
from motcua.core.text import fold
from motcua.procedures import rules
from motcua.procedures.actions.abolishing import abolish_procedure
from motcua.procedures.actions.forms import forms_by_code, generic_form_ids
from motcua.procedures.actions.publishing import publish_versions
from motcua.procedures.importing.flaws import Flaw, Reading
from motcua.procedures.models import Field, Procedure, ProcedureVersion
from motcua.procedures.types import Detail, Duration, VersionStatus

BATCH = 200
WITHDRAWN = "Cơ sở dữ liệu quốc gia về thủ tục hành chính ghi không công khai"


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
    flaws: list[Flaw] = field(default_factory=list)


@dataclass(frozen=True)
class _Row:
    """A detail with the fingerprint of its content."""

    detail: Detail
    digest: str


@dataclass(frozen=True)
class _Known:
    """What the catalogue has already: the fields of administration, the forms by code, the generic ones."""

    fields: dict[str, Field]
    forms: dict[str, int]
    generic: set[int]


def import_readings(
    readings: Iterable[Reading], *, publish: bool = False, on: date | None = None
) -> Tally:
    """Every record as a new draft version where something changed; each batch is one transaction.

    Nothing that belongs to the authority is touched: local limit and e-form go on to the new
    version. What the source does not list publicly stays a draft, or leaves the list.

    Law: CAT-02, CAT-05, CAT-07, CAT-09
    """
    tally, seen = Tally(), dict[str, str]()
    fields = {row.name: row for row in Field.objects.all()}
    known = _Known(fields, forms_by_code(), generic_form_ids())
    rows = _usable(readings, tally, seen)
    while batch := list(islice(rows, BATCH)):
        with transaction.atomic():
            _write(batch, known, tally)
            shown = [row.detail.code for row in batch if row.detail.is_public]
            tally.withheld += len(batch) - len(shown)
            if publish:
                drafts = _latest_drafts(shown)
                done = publish_versions(version_ids=drafts, on=on)
                later = on is not None and on > clock.now().date()
                tally.scheduled += done if later else 0
                tally.published += 0 if later else done
                tally.abolished += _withdraw(batch)
    return tally


def _withdraw(batch: Sequence[_Row]) -> int:
    """Abolish what is on the list here and no longer public at the source; how many.

    Law: CAT-09
    """
    hidden = [row.detail.code for row in batch if not row.detail.is_public]
    listed = ProcedureVersion.objects.filter(
        procedure__code__in=hidden, status=VersionStatus.PUBLISHED
    )
    codes = list(listed.values_list("procedure__code", flat=True)) if hidden else []
    for code in codes:
        abolish_procedure(code=code, decision=WITHDRAWN)
    return len(codes)


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


def _write(batch: Sequence[_Row], catalogue: _Known, tally: Tally) -> None:
    """New drafts for what is new or changed."""
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
    """The newest version of each of these procedures."""
    newest = (
        ProcedureVersion.objects.filter(procedure_id__in=list(procedure_ids))
        .order_by("procedure_id", "-number")
        .distinct("procedure_id")
    )
    return {version.procedure_id: version for version in newest}


def _version(
    row: _Row,
    procedure: Procedure,
    known: _Known,
    now: datetime,
    before: dict[int, ProcedureVersion],
    tally: Tally,
) -> ProcedureVersion:
    """A draft version; what the authority decided itself comes from the version before."""
    earlier = before.get(procedure.pk)
    detail = _explained(row.detail, earlier)
    limit = rules.legal_limit(detail.channels)
    local = _local_limit(earlier, limit, detail.code, tally)
    form_id = _own_form(earlier, detail.code, known)
    level = rules.online_level(detail, has_own_form=form_id is not None)
    return ProcedureVersion(
        procedure=procedure,
        number=earlier.number + 1 if earlier else 1,
        status=VersionStatus.DRAFT,
        name=detail.name,
        field=known.fields.get(detail.field),
        levels=list(detail.levels),
        subjects=list(detail.subjects),
        agencies=list(detail.agencies),
        decision=detail.decision[:250],
        decided_on=date.fromisoformat(detail.decided_on) if detail.decided_on else None,
        legal_limit_value=limit.value if limit else None,
        legal_limit_unit=limit.unit if limit else "",
        limit_method=limit.method if limit else "DAY",
        local_limit_value=local.value if local else None,
        local_limit_unit=local.unit if local else "",
        is_full_online=level.is_full,
        level_reasons=list(level.reasons),
        form_id=form_id,
        card=rules.card(detail, local),
        detail_values=detail.as_json(),
        digest=row.digest,
        created_at=now,
    )


def _explained(detail: Detail, earlier: ProcedureVersion | None) -> Detail:
    """The imported facts with the explanations for people that only the version before has."""
    if earlier is None:
        return detail
    before: Detail = earlier.detail
    return replace(
        detail, summary=detail.summary or before.summary, guide=detail.guide or before.guide
    )


def _own_form(earlier: ProcedureVersion | None, code: str, known: _Known) -> int | None:
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
    if earlier is None or not earlier.local_limit_value:
        return None
    local = Duration(earlier.local_limit_value, earlier.local_limit_unit)
    if legal is None or rules.is_longer(local, legal):
        problem = "Thời hạn địa phương dài hơn luật định mới"
        tally.flaws.append(Flaw(0, code, "local_limit", problem, "Bỏ thời hạn địa phương"))
        return None
    return local


def _latest_drafts(codes: Sequence[str]) -> list[int]:
    """Of these procedures the newest version, where it is a draft: just written or left from before."""
    newest = (
        Procedure.objects.filter(code__in=codes)
        .annotate(last=Max("versions__number"))
        .values_list("pk", "last")
    )
    numbers = dict(newest)
    drafts = ProcedureVersion.objects.filter(
        procedure_id__in=numbers, status=VersionStatus.DRAFT
    ).values_list("pk", "procedure_id", "number")
    return sorted(pk for pk, owner, number in drafts if number == numbers[owner])
