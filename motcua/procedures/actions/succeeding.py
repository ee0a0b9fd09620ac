"""What the authority changes by itself: another form, a shorter limit. Each is a new version."""

from typing import Any

from django.db import transaction

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Actor
from motcua.core.errors import NotFound, refuse_if
from motcua.procedures import rules
from motcua.procedures.actions.forms import generic_form_ids
from motcua.procedures.actions.publishing import SYSTEM, publish_versions
from motcua.procedures.models import FormVersion, Procedure, ProcedureVersion
from motcua.procedures.types import Duration, VersionStatus


@transaction.atomic
def carry_form(*, form_id: int, by: Actor = SYSTEM) -> int:
    """A new version with this form for each of its procedures that has none of its own, or an older
    version of this one; what is published already is not touched. How many new versions.

    Law: CAT-07, CAT-14, EF-01
    """
    form = FormVersion.objects.get(pk=form_id)
    earlier = FormVersion.objects.filter(form_key=form.form_key, version__lt=form.version)
    lesser = generic_form_ids() | set(earlier.values_list("pk", flat=True))
    versions = ProcedureVersion.objects.filter(procedure__code__in=form.procedure_codes)
    versions.filter(status=VersionStatus.DRAFT, form_id__in=lesser).update(form=form)
    published = list(versions.filter(status=VersionStatus.PUBLISHED, form_id__in=lesser))
    for version in published:
        _succeed(version, by, form_id=form.pk)
    return len(published)


@transaction.atomic
def set_local_limit(
    *, code: str, limit: Duration | None, decision: str, agency: str = "", by: Actor = SYSTEM
) -> ProcedureVersion:
    """The shorter limit that the authority promises, or none again: a new version from now on.

    It is never longer than the legal one; dossiers already filed keep the promise they were given.

    Law: CAT-17, CAT-07
    """
    version = ProcedureVersion.objects.filter(
        procedure__code=code, status=VersionStatus.PUBLISHED
    ).first()
    if version is None:
        raise NotFound
    refuse_if(rules.local_limit_reasons(limit, legal_of(version), decision))
    now = clock.now()
    value, unit = (limit.value, limit.unit) if limit else (None, "")
    _tell_drafts(version, limit)
    after = _succeed(version, by, local_limit_value=value, local_limit_unit=unit)
    record(
        by, "catalogue.local_limit", "catalogue", at=now, code=code, value=value, unit=unit,
        decision=decision, agency=agency,
    )  # fmt: skip
    return after


def _tell_drafts(version: ProcedureVersion, limit: Duration | None) -> None:
    """The promise holds for versions still to come, too, unless their law is stricter than it."""
    drafts = ProcedureVersion.objects.filter(
        procedure_id=version.procedure_id, status=VersionStatus.DRAFT, number__gt=version.number
    ).defer("detail_values")
    for draft in drafts:
        legal = legal_of(draft)
        kept = limit if limit and legal and not rules.is_longer(limit, legal) else None
        draft.local_limit_value = kept.value if kept else None
        draft.local_limit_unit = kept.unit if kept else ""
        draft.save(update_fields=["local_limit_value", "local_limit_unit"])


def legal_of(version: ProcedureVersion) -> Duration | None:
    """The legal limit of this version."""
    if not version.legal_limit_value:
        return None
    return Duration(version.legal_limit_value, version.legal_limit_unit, version.limit_method)


def _succeed(version: ProcedureVersion, by: Actor, **changes: Any) -> ProcedureVersion:
    """Publish a version that says what `version` says but for `changes`, right after it.

    Drafts that wait for a decision go on standing behind it: nobody was promised their numbers.
    """
    procedure = Procedure.objects.select_for_update().get(pk=version.procedure_id)
    waiting = procedure.versions.filter(status=VersionStatus.DRAFT, number__gt=version.number)
    for draft in waiting.order_by("-number").only("pk", "number"):
        draft.number += 1
        draft.save(update_fields=["number"])
    after = ProcedureVersion.objects.get(pk=version.pk)
    after.pk, after._state.adding = None, True  # a copy of the row
    after.number, after.status = version.number + 1, VersionStatus.DRAFT
    after.created_at, after.published_at = clock.now(), None
    after.valid_from = after.valid_to = None
    for name, value in changes.items():
        setattr(after, name, value)
    local = (
        Duration(after.local_limit_value, after.local_limit_unit)
        if after.local_limit_value
        else None
    )
    after.card = rules.card(after.detail, local)
    level = rules.online_level(after.detail, has_own_form=after.form_id not in generic_form_ids())
    after.is_full_online, after.level_reasons = level.is_full, list(level.reasons)
    after.save(force_insert=True)
    publish_versions(version_ids=[after.pk], by=by)
    return after
