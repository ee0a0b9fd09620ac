"""What the authority changes by itself: another form, a shorter limit. Each is a new version."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Actor
from motcua.core.errors import NotFound, Reason, refuse_if
from motcua.core.text import clean
from motcua.procedures import rules
from motcua.procedures.actions.forms import generic_form_id, generic_form_ids
from motcua.procedures.actions.publishing import publish_versions
from motcua.procedures.actions.stamp import SYSTEM, in_batches, locked, locked_by_code
from motcua.procedures.models import FormVersion, Procedure, ProcedureVersion
from motcua.procedures.types import Duration, VersionStatus
from motcua.workdays.types import Waiting


@dataclass(frozen=True)
class Promise:
    """A local limit that was set: in which version, and which waiting drafts cannot have it."""

    version: ProcedureVersion
    dropped: tuple[int, ...] = ()


@transaction.atomic
def carry_form(*, form_id: int, by: Actor = SYSTEM) -> int:
    """A new version with this form for each of its procedures that has none of its own, or an older
    version of this one; what is published already is not touched. How many new versions.

    Law: CAT-07, CAT-14, EF-01
    """
    form = FormVersion.objects.get(pk=form_id)
    earlier = FormVersion.objects.filter(form_key=form.form_key, version__lt=form.version)
    lesser = generic_form_ids() | set(earlier.values_list("pk", flat=True))
    owners = locked(Procedure.objects.filter(code__in=form.procedure_codes))
    return _carried(form.pk, ProcedureVersion.objects.filter(procedure__in=owners), lesser, by)


def carry_generic_form(*, by: Actor = SYSTEM) -> int:
    """A new version, with the generic form as the code has it now, for each published procedure that
    was published with an earlier one. How many new versions.

    Law: CAT-07, EF-01
    """
    newest = generic_form_id()
    lesser = generic_form_ids() - {newest}
    stale = ProcedureVersion.objects.filter(status=VersionStatus.PUBLISHED, form_id__in=lesser)
    owners = list(stale.order_by("procedure_id").values_list("procedure_id", flat=True))
    done = 0
    for some in in_batches(owners):
        with transaction.atomic():
            kept = locked(Procedure.objects.filter(pk__in=some))
            versions = ProcedureVersion.objects.filter(procedure__in=kept)
            done += _carried(newest, versions, lesser, by)
    return done


def _carried(
    form_id: int, versions: QuerySet[ProcedureVersion], lesser: Iterable[int], by: Actor
) -> int:
    """Drafts get the form in place, published versions in a new one; their procedures are locked."""
    versions.filter(status=VersionStatus.DRAFT, form_id__in=lesser).update(form=form_id)
    published = versions.filter(status=VersionStatus.PUBLISHED, form_id__in=lesser)
    after = [_successor(version, form_id=form_id) for version in published]
    return publish_versions(version_ids=[one.pk for one in after], by=by)


@transaction.atomic
def set_local_limit(
    *, code: str, limit: Duration | None, decision: str, agency: str = "", by: Actor = SYSTEM
) -> Promise:
    """The shorter limit that the authority promises, or none again: a new version from now on.

    It is never longer than the legal one; dossiers already filed keep the promise they were given.

    Law: CAT-17, CAT-07
    """
    locked_by_code([code])
    version = ProcedureVersion.objects.filter(
        procedure__code=code, status=VersionStatus.PUBLISHED
    ).first()
    if version is None:
        raise NotFound
    decision, agency = clean(decision), clean(agency)
    refuse_if(rules.local_limit_reasons(limit, legal_of(version), decision))
    value, unit = (limit.value, limit.unit) if limit else (None, "")
    dropped = _tell_drafts(version, limit)
    after = _successor(version, local_limit_value=value, local_limit_unit=unit)
    publish_versions(version_ids=[after.pk], by=by)
    record(
        by, "catalogue.local_limit", "catalogue", at=clock.now(), code=code, value=value, unit=unit,
        decision=decision, agency=agency, dropped=len(dropped),
    )  # fmt: skip
    return Promise(after, dropped)


@transaction.atomic
def set_at_once(*, code: str, at_once: bool, decision: str, by: Actor = SYSTEM) -> ProcedureVersion:
    """Whether the result of a procedure is given at once: a new version from now on, and for drafts.

    The source of the catalogue does not say; the authority decides it, and it stays until it decides
    otherwise. Law: RCV-06, CAT-07
    """
    locked_by_code([code])
    versions = ProcedureVersion.objects.filter(procedure__code=code)
    version = versions.filter(status=VersionStatus.PUBLISHED).first()
    if version is None:
        raise NotFound
    decision = clean(decision)
    refuse_if(rules.decision_reasons(decision))
    if version.at_once is at_once:
        return version
    versions.filter(status=VersionStatus.DRAFT).update(at_once=at_once)
    after = _successor(version, at_once=at_once)
    publish_versions(version_ids=[after.pk], by=by)
    record(
        by, "catalogue.at_once", "catalogue", at=clock.now(), code=code, at_once=at_once,
        decision=decision,
    )  # fmt: skip
    return after


@transaction.atomic
def set_identity_level(
    *, code: str, level: int, decision: str, by: Actor = SYSTEM
) -> ProcedureVersion:
    """How surely one must prove who one is to file online: a new version from now on, and for drafts.

    The source of the catalogue does not say; what the authority decides stays until it decides
    otherwise. Law: ACC-04, CAT-07
    """
    locked_by_code([code])
    versions = ProcedureVersion.objects.filter(procedure__code=code)
    version = versions.filter(status=VersionStatus.PUBLISHED).first()
    if version is None:
        raise NotFound
    decision = clean(decision)
    wrong = [] if level in (1, 2) else [Reason("level_unknown", "Mức định danh là 1 hoặc 2.")]
    refuse_if([*rules.decision_reasons(decision), *wrong])
    if version.min_identity_level == level:
        return version
    versions.filter(status=VersionStatus.DRAFT).update(min_identity_level=level)
    after = _successor(version, min_identity_level=level)
    publish_versions(version_ids=[after.pk], by=by)
    record(
        by, "catalogue.identity_level", "catalogue", at=clock.now(), code=code, level=level,
        decision=decision,
    )  # fmt: skip
    return after


@transaction.atomic
def restore_procedure(*, code: str, decision: str, by: Actor = SYSTEM) -> ProcedureVersion:
    """Put a procedure that was bãi bỏ on the list again, with the newest content there is.

    Law: CAT-07, CAT-09
    """
    now, decision = clock.now(), clean(decision)
    procedure = locked_by_code([code]).get(code)
    if procedure is None:
        raise NotFound
    reasons = rules.decision_reasons(decision)
    newest = procedure.versions.order_by("-number").first()
    if newest is None or procedure.abolished_at is None:
        reasons.append(Reason("not_abolished", f"Thủ tục {code} không ở trạng thái bãi bỏ."))
    refuse_if(reasons)
    assert newest is not None  # said above
    procedure.abolished_at = procedure.abolished_on = None
    procedure.abolished_by, procedure.abolished_by_source = "", False
    procedure.save()
    is_draft = newest.status == VersionStatus.DRAFT
    version = newest if is_draft else _successor(newest, form_id=newest.form_id)
    ProcedureVersion.objects.filter(pk=version.pk).update(valid_from=None)
    publish_versions(version_ids=[version.pk], by=by)
    record(by, "catalogue.restore", "catalogue", at=now, code=code, decision=decision)
    return version


def _tell_drafts(version: ProcedureVersion, limit: Duration | None) -> tuple[int, ...]:
    """The promise holds for versions still to come, too, unless their law is stricter than it.

    The numbers, as they will be, of the drafts that cannot have it.
    """
    dropped = []
    drafts = ProcedureVersion.objects.filter(
        procedure_id=version.procedure_id, status=VersionStatus.DRAFT, number__gt=version.number
    ).defer("detail_values")
    for draft in drafts:
        kept = limit if limit and rules.keeps_within(limit, legal_of(draft)) else None
        if limit and not kept:
            dropped.append(draft.number + 1)
        draft.local_limit_value = kept.value if kept else None
        draft.local_limit_unit = kept.unit if kept else ""
        draft.save(update_fields=["local_limit_value", "local_limit_unit"])
    return tuple(dropped)


def legal_of(version: ProcedureVersion) -> Duration | None:
    """The legal limit of this version."""
    if not version.legal_limit_value:
        return None
    return Duration(version.legal_limit_value, version.legal_limit_unit, version.limit_method)


@transaction.atomic
def set_waiting(
    *, code: str, decision: str, by: Actor = SYSTEM, **waits: Waiting | None
) -> ProcedureVersion:
    """What a wait for papers (`on_supplement`) or money (`on_payment`) does to the clock of a
    procedure, where the law of its field says so; None: as the legal profile says, again.

    A new version from now on, and in drafts; dossiers already filed keep the rule they were filed
    under. Law: DL-07, DL-08, CAT-07
    """
    locked_by_code([code])
    versions = ProcedureVersion.objects.filter(procedure__code=code)
    version = versions.filter(status=VersionStatus.PUBLISHED).first()
    if version is None:
        raise NotFound
    decision = clean(decision)
    refuse_if([*rules.decision_reasons(decision), *rules.waiting_reasons(waits)])
    wanted = {name: str(wait or "") for name, wait in waits.items()}
    if all(getattr(version, name) == value for name, value in wanted.items()):
        return version
    versions.filter(status=VersionStatus.DRAFT).update(**wanted)
    after = _successor(version, **wanted)
    publish_versions(version_ids=[after.pk], by=by)
    record(
        by, "catalogue.waiting", "catalogue", at=clock.now(), code=code, decision=decision, **wanted
    )
    return after


def _successor(version: ProcedureVersion, **changes: Any) -> ProcedureVersion:
    """A draft that says what `version` says but for `changes`, right after everything that was ever
    published of the procedure.

    Drafts that wait for a decision go on standing behind it: nobody was promised their numbers.
    """
    versions = ProcedureVersion.objects.filter(procedure_id=version.procedure_id)
    said = versions.exclude(status=VersionStatus.DRAFT)
    last = said.aggregate(last=Max("number"))["last"] or version.number
    waiting = versions.filter(status=VersionStatus.DRAFT, number__gt=last)
    for draft in waiting.order_by("-number").only("pk", "number"):
        draft.number += 1
        draft.save(update_fields=["number"])
    after = ProcedureVersion.objects.get(pk=version.pk)
    after.pk, after._state.adding = None, True  # a copy of the row
    after.number, after.status = last + 1, VersionStatus.DRAFT
    after.created_at, after.published_at = clock.now(), None
    after.valid_from = after.valid_to = None
    for name, value in changes.items():
        setattr(after, name, value)
    after.save(force_insert=True)
    return after
