"""One procedure: its terms for a dossier, its page for a citizen."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from motcua.core.errors import NotFound
from motcua.procedures import rules
from motcua.procedures.forms.definitions import definition_from, generic_form
from motcua.procedures.forms.types import FormDefinition
from motcua.procedures.models import CODE_PATTERN, FormVersion, ProcedureVersion
from motcua.procedures.types import (
    Detail,
    Duration,
    OnlineLevel,
    ProcedurePage,
    Terms,
    VersionStatus,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet

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
    detail = version.detail
    return ProcedurePage(
        detail=detail,
        version_number=version.number,
        valid_from=version.valid_from,
        level=OnlineLevel(version.is_full_online, tuple(version.level_reasons)),
        time_text=rules.limit_text(_limit(version), detail.channels),
        fee_text=rules.fee_text(detail.channels),
        where=rules.where(detail),
        has_own_form=version.form_id is not None,
        slots=rules.slots_to_file(detail.slots, has_own_form=version.form_id is not None),
    )


def published_codes() -> list[tuple[str, str]]:
    """(code, name) of everything on the public list, by name of field then code."""
    rows = ProcedureVersion.objects.filter(status=VersionStatus.PUBLISHED)
    return list(rows.order_by("procedure__code").values_list("procedure__code", "name"))


def _published(code: str) -> ProcedureVersion:
    """The version on the public list under this code."""
    if not CODE.fullmatch(code):
        raise NotFound
    try:
        return ProcedureVersion.objects.select_related("procedure").get(
            procedure__code=code, status=VersionStatus.PUBLISHED
        )
    except ProcedureVersion.DoesNotExist as error:
        raise NotFound from error


def _limit(version: ProcedureVersion) -> Duration | None:
    """The limit that the authority promises: its own when it set one, else the legal one."""
    if version.local_limit_value:
        return Duration(version.local_limit_value, version.local_limit_unit, version.limit_method)
    if version.legal_limit_value:
        return Duration(version.legal_limit_value, version.legal_limit_unit, version.limit_method)
    return None


# What a version says is known by its fingerprint; these are all the columns beside it that count.
_MARKS = (
    "pk", "number", "digest", "form_id", "local_limit_value", "local_limit_unit",
    "legal_limit_value", "legal_limit_unit", "limit_method",
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
    return _terms(ProcedureVersion.objects.select_related("procedure").get(pk=marks[0]))


def _terms(version: ProcedureVersion) -> Terms:
    """The terms of a version as values."""
    detail: Detail = version.detail
    limit = _limit(version)
    slots = rules.slots_to_file(detail.slots, has_own_form=version.form_id is not None)
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
        form=_form(version.form_id) if version.form_id else generic_form(detail.name),
        result_names=tuple(result.name for result in detail.results),
        fee_text=rules.fee_text(detail.channels),
        cases=tuple(dict.fromkeys(slot.case for slot in slots if slot.case)),
    )


@lru_cache(maxsize=128)
def _form(form_id: int) -> FormDefinition:
    """The form of this row; a row is never edited, so it is read once per process."""
    return definition_from(FormVersion.objects.get(pk=form_id).definition)
