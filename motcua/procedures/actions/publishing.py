"""Publishing versions: at once, or on the day from which they hold."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import F

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Actor, Role
from motcua.procedures.actions.forms import pin_forms
from motcua.procedures.models import CatalogueStamp, Procedure, ProcedureVersion
from motcua.procedures.types import VersionStatus

SYSTEM = Actor(Role.SYSTEM, "system:catalogue", "Danh mục thủ tục")


@transaction.atomic
def publish_versions(
    *, version_ids: Sequence[int], by: Actor = SYSTEM, on: date | None = None
) -> int:
    """Put these drafts on the public list, each in place of the one before; how many.

    With a day still to come they wait for it (`publish_due`). A dossier keeps the version it has:
    the replaced one stays, only off the list.

    Law: CAT-07, CAT-10
    """
    now = clock.now()
    today = now.date()
    drafts = ProcedureVersion.objects.filter(pk__in=version_ids, status=VersionStatus.DRAFT)
    if on is not None and on > today:
        waiting = drafts.update(valid_from=on)
        record(by, "catalogue.schedule", "catalogue", at=now, versions=waiting, on=on.isoformat())
        return waiting
    if on is None:
        drafts = drafts.exclude(valid_from__gt=today)
    rows = list(drafts.values_list("pk", "procedure_id"))
    procedures = [procedure_id for _, procedure_id in rows]
    pin_forms([pk for pk, _ in rows])
    ProcedureVersion.objects.filter(
        procedure_id__in=procedures, status=VersionStatus.PUBLISHED
    ).update(status=VersionStatus.REPLACED, valid_to=today)
    published = drafts.update(
        status=VersionStatus.PUBLISHED, published_at=now, valid_from=on or today
    )
    Procedure.objects.filter(pk__in=procedures, abolished_at__isnull=False).update(
        abolished_at=None, abolished_on=None, abolished_by=""
    )
    if published:
        turn_stamp()
        record(by, "catalogue.publish", "catalogue", at=now, versions=published)
    return published


@transaction.atomic
def publish_due(*, by: Actor = SYSTEM) -> int:
    """Publish what waited for today or for a day before; of one procedure only the newest; how many.

    Law: CAT-07
    """
    today = clock.now().date()
    waiting = ProcedureVersion.objects.filter(status=VersionStatus.DRAFT, valid_from__lte=today)
    newest: dict[int, int] = {}
    for pk, procedure_id in waiting.order_by("number").values_list("pk", "procedure_id"):
        newest[procedure_id] = pk
    waiting.exclude(pk__in=newest.values()).update(valid_from=None)  # overtaken: no longer awaited
    return publish_versions(version_ids=list(newest.values()), by=by) if newest else 0


def turn_stamp() -> None:
    """Tell every process that its index is out of date."""
    if not CatalogueStamp.objects.filter(pk=1).update(revision=F("revision") + 1):
        CatalogueStamp.objects.create(pk=1, revision=1)
