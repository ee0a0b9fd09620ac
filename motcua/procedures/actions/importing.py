"""Bringing official procedures into the catalogue, again and again."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from json import dumps

from django.db import transaction
from django.db.models import Max

from motcua.core import clock
from motcua.core.actors import Actor
from motcua.core.errors import refuse_if
from motcua.procedures import rules
from motcua.procedures.actions.drafting import Known, Row, Tally, write_drafts
from motcua.procedures.actions.forms import forms_by_code, generic_form_ids
from motcua.procedures.actions.publishing import publish_versions, withdraw
from motcua.procedures.actions.stamp import SYSTEM, in_batches
from motcua.procedures.importing.flaws import Flaw, Reading
from motcua.procedures.models import Field, Procedure, ProcedureVersion
from motcua.procedures.types import Detail, VersionStatus

__all__ = ["Tally", "import_readings"]


def import_readings(
    readings: Iterable[Reading],
    *,
    publish: bool = False,
    on: date | None = None,
    by: Actor = SYSTEM,
) -> Tally:
    """Every record as a new draft version where something changed; each batch is one transaction.

    Nothing that belongs to the authority is touched: local limit and e-form go on to the new
    version, and what it abolished stays so. What the source does not list publicly stays a draft,
    or leaves the list.

    Law: CAT-02, CAT-05, CAT-07, CAT-09
    """
    refuse_if(rules.publication_reasons(on, today=clock.now().date()))
    tally, seen = Tally(), dict[str, str]()
    fields = {row.name: row for row in Field.objects.all()}
    known = Known(fields, forms_by_code(), generic_form_ids())
    for batch in in_batches(_usable(readings, tally, seen)):
        with transaction.atomic():
            write_drafts(batch, known, tally)
            tally.withheld += sum(not row.detail.is_public for row in batch)
            if publish:
                _publish(batch, tally, on, by)
    return tally


def _publish(batch: Sequence[Row], tally: Tally, on: date | None, by: Actor) -> None:
    """Show what the source lists publicly and take off what it hides: now, or on the day that is named."""
    shown = [row.detail.code for row in batch if row.detail.is_public]
    hidden = [row.detail.code for row in batch if not row.detail.is_public]
    if on is not None and on > clock.now().date():
        waiting = _latest_drafts([*shown, *_listed(hidden)])
        tally.scheduled += publish_versions(version_ids=waiting, on=on, by=by)
    else:
        tally.published += publish_versions(version_ids=_latest_drafts(shown), on=on, by=by)
        tally.abolished += _withdraw(hidden, by)
    _tell_held(shown, tally)


def _listed(codes: Sequence[str]) -> list[str]:
    """Which of these procedures are on the list."""
    rows = Procedure.objects.filter(code__in=codes, versions__status=VersionStatus.PUBLISHED)
    return list(rows.values_list("code", flat=True))


def _withdraw(hidden: Sequence[str], by: Actor) -> int:
    """Abolish what is on the list here and no longer public at the source; how many.

    Where a day is set for it, that day is waited for.

    Law: CAT-09
    """
    if not hidden:
        return 0
    today = clock.now().date()
    waiting = ProcedureVersion.objects.filter(
        status=VersionStatus.DRAFT, valid_from__gt=today, procedure__code__in=hidden
    )
    rows = Procedure.objects.filter(code__in=hidden).exclude(pk__in=waiting.values("procedure_id"))
    return sum(withdraw(procedure, by=by) for procedure in rows.order_by("pk"))


def _tell_held(shown: Sequence[str], tally: Tally) -> None:
    """Count and name what has new content but was abolished by a decision of the authority.

    Law: CAT-09
    """
    rows = Procedure.objects.filter(
        code__in=shown,
        abolished_at__isnull=False,
        abolished_by_source=False,
        versions__status=VersionStatus.DRAFT,
    )
    for code, decision in sorted(set(rows.values_list("code", "abolished_by"))):
        tally.held += 1
        problem = "Cơ quan đã bãi bỏ thủ tục, nguồn còn công bố"
        tally.flaws.append(Flaw(0, code, "", problem, "Giữ bản nháp, không công bố", decision))


def _usable(readings: Iterable[Reading], tally: Tally, seen: dict[str, str]) -> Iterator[Row]:
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
        yield Row(detail, digest)


def _digest(detail: Detail) -> str:
    """The fingerprint of everything the detail says."""
    body = dumps(detail.as_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(body.encode()).hexdigest()


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
