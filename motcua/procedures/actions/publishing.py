"""Publishing versions: at once, or on the day from which they hold."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Actor
from motcua.core.errors import refuse_if
from motcua.procedures import rules
from motcua.procedures.actions.abolishing import abolish_procedure
from motcua.procedures.actions.forms import generic_form_ids, pin_forms
from motcua.procedures.actions.stamp import SYSTEM, in_batches, locked, turn_stamp
from motcua.procedures.models import Procedure, ProcedureVersion
from motcua.procedures.types import WITHDRAWN, Duration, VersionStatus

JUDGED = ("card", "is_full_online", "level_reasons")


@transaction.atomic
def publish_versions(
    *, version_ids: Sequence[int], by: Actor = SYSTEM, on: date | None = None
) -> int:
    """Put these drafts on the public list, each in place of the one before; how many.

    With a day still to come they wait for it (`publish_due`). A dossier keeps the version it has:
    the replaced one stays, only off the list. What the authority itself has abolished stays a draft,
    and so does content older than what is on the list.

    Law: CAT-07, CAT-09, CAT-10
    """
    now = clock.now()
    today = now.date()
    refuse_if(rules.publication_reasons(on, today=today))
    drafts = _newest_drafts(version_ids)
    if on is not None and on > today:
        return _schedule(drafts, on, by)
    ready = [one for one in drafts if on or one.valid_from is None or one.valid_from <= today]
    _replace(ready, today)
    for version in ready:
        version.status, version.published_at = VersionStatus.PUBLISHED, now
        version.valid_from = on or today
    pin_forms(ready)
    judge(ready)
    fields = ["status", "published_at", "valid_from", "form", *JUDGED]
    ProcedureVersion.objects.bulk_update(ready, fields)
    if ready:
        turn_stamp()
        _tell("catalogue.publish", ready, by)
    return len(ready)


def publish_due(*, by: Actor = SYSTEM) -> int:
    """Publish what waited for today or for a day before; of one procedure only the newest; how many.

    A version that its source no longer lists publicly takes the procedure off the list instead.

    Law: CAT-07, CAT-09
    """
    today = clock.now().date()
    due = ProcedureVersion.objects.filter(status=VersionStatus.DRAFT, valid_from__lte=today)
    owners = sorted(set(due.values_list("procedure_id", flat=True)))
    return sum(_publish_due(some, today, by) for some in in_batches(owners))


@transaction.atomic
def _publish_due(owners: Sequence[int], today: date, by: Actor) -> int:
    """What is due of these procedures; one transaction."""
    due = ProcedureVersion.objects.filter(
        procedure__in=owners, status=VersionStatus.DRAFT, valid_from__lte=today
    )
    newest = _newest_drafts(list(due.values_list("pk", flat=True)))
    due.exclude(pk__in=[one.pk for one in newest]).update(valid_from=None)  # overtaken
    hidden = [one for one in newest if not one.detail.is_public]
    for version in hidden:
        if not withdraw(version.procedure, by=by):  # off the list already: nothing to wait for
            due.filter(pk=version.pk).update(valid_from=None)
    shown = [one.pk for one in newest if one not in hidden]
    return publish_versions(version_ids=shown, by=by) if shown else 0


def withdraw(procedure: Procedure, *, by: Actor) -> bool:
    """Take a procedure off the list because its source took it off; False when it is off already.

    Law: CAT-09
    """
    if procedure.abolished_at or not procedure.versions.filter(status=VersionStatus.PUBLISHED):
        return False
    abolish_procedure(code=procedure.code, decision=WITHDRAWN, by=by, by_source=True)
    return True


def judge(versions: Iterable[ProcedureVersion]) -> None:
    """What lists show of these versions, and their online level, as they stand now; not saved.

    Law: LVL-03
    """
    generic = generic_form_ids()
    for version in versions:
        detail = version.detail
        level = rules.online_level(detail, has_own_form=version.form_id not in generic)
        version.card = rules.card(detail, local_of(version))
        version.is_full_online, version.level_reasons = level.is_full, list(level.reasons)


def local_of(version: ProcedureVersion) -> Duration | None:
    """The limit that the authority promises for this version."""
    if not version.local_limit_value:
        return None
    return Duration(version.local_limit_value, version.local_limit_unit)


def _newest_drafts(version_ids: Sequence[int]) -> list[ProcedureVersion]:
    """Of each procedure the newest of these drafts that may still come, read under its lock.

    Not what is older than the list shows, and nothing of a procedure that the authority abolished.
    """
    owners = ProcedureVersion.objects.filter(pk__in=version_ids).values("procedure_id")
    procedures = locked(Procedure.objects.filter(pk__in=owners))
    listed = dict(
        ProcedureVersion.objects.filter(
            procedure__in=procedures, status=VersionStatus.PUBLISHED
        ).values_list("procedure_id", "number")
    )
    drafts = ProcedureVersion.objects.filter(pk__in=version_ids, status=VersionStatus.DRAFT)
    newest = {one.procedure_id: one for one in drafts.order_by("procedure_id", "number")}
    kept = []
    for owner, version in newest.items():
        version.procedure = procedures[owner]
        gone = version.procedure.abolished_at and not version.procedure.abolished_by_source
        if not gone and version.number > listed.get(owner, 0):
            kept.append(version)
    return kept


def _schedule(drafts: Sequence[ProcedureVersion], on: date, by: Actor) -> int:
    """Let these drafts wait for their day."""
    for version in drafts:
        version.valid_from = on
    ProcedureVersion.objects.bulk_update(drafts, ["valid_from"])
    if drafts:
        _tell("catalogue.schedule", drafts, by, on=on.isoformat())
    return len(drafts)


def _replace(ready: Sequence[ProcedureVersion], today: date) -> None:
    """Take off the list what stood there, forget drafts of before, and undo a withdrawal."""
    owners = [version.procedure_id for version in ready]
    versions = ProcedureVersion.objects.filter(procedure__in=owners)
    versions.filter(status=VersionStatus.PUBLISHED).update(
        status=VersionStatus.REPLACED, valid_to=today
    )
    now_listed = {version.procedure_id: version.number for version in ready}
    awaited = versions.filter(status=VersionStatus.DRAFT, valid_from__isnull=False)
    older = [
        pk
        for pk, owner, number in awaited.values_list("pk", "procedure_id", "number")
        if number < now_listed[owner]
    ]
    ProcedureVersion.objects.filter(pk__in=older).update(valid_from=None)
    Procedure.objects.filter(pk__in=owners, abolished_at__isnull=False).update(
        abolished_at=None, abolished_on=None, abolished_by="", abolished_by_source=False
    )


def _tell(deed: str, versions: Sequence[ProcedureVersion], by: Actor, **more: str) -> None:
    """The journal names every procedure whose version was published or is awaited."""
    codes = [f"{version.procedure.code} v{version.number}" for version in versions]
    record(by, deed, "catalogue", at=clock.now(), versions=len(codes), codes=codes, **more)
