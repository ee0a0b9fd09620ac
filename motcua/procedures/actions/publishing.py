"""Publishing versions and taking procedures off the public list."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import F

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Actor, Role
from motcua.core.errors import NotFound
from motcua.procedures.models import CatalogueStamp, FormVersion, Procedure, ProcedureVersion
from motcua.procedures.types import VersionStatus

SYSTEM = Actor(Role.SYSTEM, "system:catalogue", "Danh mục thủ tục")
BATCH = 500


@transaction.atomic
def publish_versions(*, version_ids: Sequence[int], by: Actor = SYSTEM) -> int:
    """Put these versions on the public list, each in place of the one before; how many.

    A dossier keeps the version it has: the replaced one stays, only off the list.

    Law: CAT-07, CAT-10
    """
    now = clock.now()
    drafts = ProcedureVersion.objects.filter(pk__in=version_ids, status=VersionStatus.DRAFT)
    procedures = list(drafts.values_list("procedure_id", flat=True))
    ProcedureVersion.objects.filter(
        procedure_id__in=procedures, status=VersionStatus.PUBLISHED
    ).update(status=VersionStatus.REPLACED, valid_to=now.date())
    published = drafts.update(
        status=VersionStatus.PUBLISHED, published_at=now, valid_from=now.date()
    )
    Procedure.objects.filter(pk__in=procedures, abolished_at__isnull=False).update(
        abolished_at=None
    )
    if published:
        turn_stamp()
        record(by, "catalogue.publish", "catalogue", at=now, versions=published)
    return published


@transaction.atomic
def abolish_procedure(*, code: str, by: Actor = SYSTEM, on: date | None = None) -> Procedure:
    """Bãi bỏ: off the public list at once; open dossiers keep their version.

    Law: CAT-09
    """
    now = clock.now()
    procedure = Procedure.objects.select_for_update().filter(code=code).first()
    if procedure is None:
        raise NotFound
    procedure.versions.filter(status__in=(VersionStatus.PUBLISHED, VersionStatus.DRAFT)).update(
        status=VersionStatus.ABOLISHED, valid_to=on or now.date()
    )
    procedure.abolished_at = now
    procedure.digest = ""  # the source may bring it back as a new version
    procedure.save(update_fields=["abolished_at", "digest"])
    turn_stamp()
    record(by, "catalogue.abolish", "catalogue", at=now, code=code)
    return procedure


def turn_stamp() -> None:
    """Tell every process that its index is out of date."""
    if not CatalogueStamp.objects.filter(pk=1).update(revision=F("revision") + 1):
        CatalogueStamp.objects.create(pk=1, revision=1)


def forms_by_code() -> dict[str, int]:
    """The newest active e-form of each procedure code."""
    forms = FormVersion.objects.filter(is_active=True).order_by("form_key", "version")
    return {code: form.pk for form in forms for code in form.procedure_codes}
