"""One procedure: its terms for a dossier, its page for a citizen."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, Max, OuterRef

from motcua.core.errors import NotFound
from motcua.procedures import rules
from motcua.procedures.forms.definitions import definition_from
from motcua.procedures.forms.generic import FORM
from motcua.procedures.forms.types import FormDefinition
from motcua.procedures.importing.dates import decision_date
from motcua.procedures.models import (
    CODE_PATTERN,
    Field,
    FormVersion,
    Procedure,
    ProcedureVersion,
)
from motcua.procedures.types import (
    Abolition,
    Detail,
    Duration,
    OnlineLevel,
    ProcedurePage,
    Terms,
    VersionStatus,
)
from motcua.workdays.types import Waiting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from motcua.workdays.types import TimeLimit

CODE = re.compile(CODE_PATTERN)


def terms_of(version_id: int) -> Terms:
    """The terms of this version, whatever was published since.

    Law: CAT-07
    """
    return _remembered(ProcedureVersion.objects.filter(pk=version_id))


def published_terms(code: str) -> Terms:
    """The terms one may file under now; `NotFound` when nothing is published under this code.

    Law: CAT-07, CAT-09
    """
    if not CODE.fullmatch(code):
        raise NotFound
    return _remembered(
        ProcedureVersion.objects.filter(procedure__code=code, status=VersionStatus.PUBLISHED)
    )


def procedure_page(code: str) -> ProcedurePage:
    """What the page of a published procedure shows.

    Law: CAT-01, CAT-03, LVL-03
    """
    version = _published(code)
    detail, own = version.detail, _has_own_form(version)
    return ProcedurePage(
        detail=detail,
        version_number=version.number,
        valid_from=version.valid_from,
        level=_level(version, detail),
        time_text=rules.limit_text(_limit(version), detail.channels),
        fee_text=rules.fee_text(detail.channels),
        where=rules.where(detail),
        named_where=rules.named_where(detail),
        has_own_form=own,
        slots=rules.slots_to_file(detail.slots, has_own_form=own),
        legal_time_text=rules.limit_text(_legal_limit(version), detail.channels),
        is_local_limit=bool(version.local_limit_value),
        at_once=version.at_once,
        min_identity_level=version.min_identity_level,
        decided_on=version.decided_on,
        decision=_decision(version, detail),
    )


def abolition_of(code: str) -> Abolition | None:
    """Since when this procedure is bãi bỏ and by which decision; none when it is not.

    Law: CAT-09
    """
    if not CODE.fullmatch(code):
        return None
    row = Procedure.objects.filter(code=code, abolished_at__isnull=False).first()
    if row is None or row.abolished_at is None:
        return None
    since = row.abolished_on or row.abolished_at.date()
    return Abolition(row.code, row.name, since, row.abolished_by)


def published_codes() -> list[tuple[str, str]]:
    """(code, name) of everything on the public list, by name of field then code."""
    rows = ProcedureVersion.objects.filter(status=VersionStatus.PUBLISHED)
    return list(rows.order_by("procedure__code").values_list("procedure__code", "name"))


def highest_level(codes: Sequence[str] = ()) -> int:
    """How surely one must prove who one is for all of these procedures; for every one if none named."""
    rows = ProcedureVersion.objects.filter(status=VersionStatus.PUBLISHED)
    rows = rows.filter(procedure__code__in=codes) if codes else rows
    return rows.aggregate(most=Max("min_identity_level"))["most"] or 1


def field_names() -> list[str]:
    """Every field of administration of which there is or was a procedure, in order."""
    known = ProcedureVersion.objects.filter(field=OuterRef("pk"))
    return sorted(Field.objects.filter(Exists(known)).values_list("name", flat=True))


def _published(code: str) -> ProcedureVersion:
    """The version on the public list under this code."""
    if not CODE.fullmatch(code):
        raise NotFound
    try:
        return ProcedureVersion.objects.select_related("procedure", "form").get(
            procedure__code=code, status=VersionStatus.PUBLISHED
        )
    except ProcedureVersion.DoesNotExist as error:
        raise NotFound from error


def _decision(version: ProcedureVersion, detail: Detail) -> str:
    """The decision of publication with its day, told once: many sources write it into the number."""
    day = version.decided_on
    if not detail.decision or day is None or decision_date(detail.decision) == day.isoformat():
        return detail.decision
    return f"{detail.decision} ngày {day:%d/%m/%Y}"


def _limit(version: ProcedureVersion) -> Duration | None:
    """The limit that the authority promises: its own when it set one, else the legal one."""
    if version.local_limit_value:
        return Duration(version.local_limit_value, version.local_limit_unit, version.limit_method)
    return _legal_limit(version)


def _legal_limit(version: ProcedureVersion) -> Duration | None:
    """The limit of the law."""
    if version.legal_limit_value:
        return Duration(version.legal_limit_value, version.legal_limit_unit, version.limit_method)
    return None


def _has_own_form(version: ProcedureVersion) -> bool:
    """Whether the procedure has an e-form of its own, not the one that serves all the others."""
    return version.form is not None and version.form.form_key != FORM["form_key"]


def _level(version: ProcedureVersion, detail: Detail) -> OnlineLevel:
    """The level with all its conditions; what the finder lists was computed at publication."""
    return rules.online_level(detail, has_own_form=_has_own_form(version))


# What a version says is known by its fingerprint; these are all the columns beside it that count.
_MARKS = (
    "pk", "number", "digest", "form_id", "local_limit_value", "local_limit_unit",
    "legal_limit_value", "legal_limit_unit", "limit_method", "at_once",
    "on_supplement", "on_payment", "min_identity_level",
)  # fmt: skip


def _remembered(rows: QuerySet[ProcedureVersion]) -> Terms:
    """The terms of the only one of `rows`; its long content is read and taken apart once per process.

    Its marks are read every time, so that what another process changed is seen at once.
    """
    marks = rows.order_by("pk").values_list(*_MARKS).first()
    if marks is None:
        raise NotFound
    return _terms_by(marks)


@lru_cache(maxsize=256)
def _terms_by(marks: tuple[Any, ...]) -> Terms:
    return _terms(ProcedureVersion.objects.select_related("form").get(pk=marks[0]))


def _terms(version: ProcedureVersion) -> Terms:
    """The terms of a version as values."""
    detail: Detail = version.detail
    limit, own = _limit(version), _has_own_form(version)
    slots = rules.slots_to_file(detail.slots, has_own_form=own)
    cases = tuple(dict.fromkeys(slot.case for slot in slots if slot.case))
    return Terms(
        version_id=version.pk,
        procedure_code=detail.code,
        procedure_name=detail.name,
        version_number=version.number,
        field_name=detail.field,
        levels=detail.levels,
        time_limit=rules.time_limit(limit),
        time_limit_text=rules.limit_text(limit, detail.channels),
        slots=slots,
        form=_form_of(version, detail.name),
        result_names=tuple(result.name for result in detail.results),
        fee_text=rules.fee_text(detail.channels),
        cases=cases,
        online_level=_level(version, detail),
        case_limits=_case_limits(version, detail, cases),
        at_once=version.at_once,
        min_identity_level=version.min_identity_level,
        on_supplement=Waiting(version.on_supplement) if version.on_supplement else None,
        on_payment=Waiting(version.on_payment) if version.on_payment else None,
        sets=detail.sets,
    )


def _case_limits(
    version: ProcedureVersion, detail: Detail, cases: tuple[str, ...]
) -> tuple[tuple[str, TimeLimit], ...]:
    """The cases with a limit of their own; a local limit holds for all that are longer."""
    local = _limit(version) if version.local_limit_value else None
    found = []
    for case, limit in rules.case_limits(detail.channels, cases).items():
        shorter = local if local and rules.keeps_within(local, limit) else limit
        if counted := rules.time_limit(shorter):
            found.append((case, counted))
    return tuple(found)


def _form_of(version: ProcedureVersion, name: str) -> FormDefinition:
    """The form of this version; the generic one carries the procedure's name in its title."""
    if version.form_id is None:  # a draft that was never published
        return definition_from(FORM | {"title": f"Đơn đề nghị: {name}"})
    form = _form(version.form_id)
    return form if _has_own_form(version) else replace(form, title=f"{form.title}: {name}")


@lru_cache(maxsize=128)
def _form(form_id: int) -> FormDefinition:
    """The form of this row; a row is never edited, so it is read once per process."""
    return definition_from(FormVersion.objects.get(pk=form_id).definition)
