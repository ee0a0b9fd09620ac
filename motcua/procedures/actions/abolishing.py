"""Taking a procedure off the list: bãi bỏ, by a decision."""

from datetime import date

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Greatest

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Actor
from motcua.core.errors import NotFound, Reason, refuse_if
from motcua.core.text import clean
from motcua.procedures import rules
from motcua.procedures.actions.stamp import SYSTEM, turn_stamp
from motcua.procedures.models import Procedure
from motcua.procedures.types import VersionStatus


@transaction.atomic
def abolish_procedure(
    *,
    code: str,
    decision: str,
    by: Actor = SYSTEM,
    on: date | None = None,
    by_source: bool = False,
) -> Procedure:
    """Bãi bỏ: off the public list and not startable at once; submitted dossiers keep their version.

    What the authority decides stands until it decides otherwise (`restore_procedure`); what a source
    withdrew comes back when the source lists it again.

    Law: CAT-09
    """
    now, decision = clock.now(), clean(decision)
    procedure = Procedure.objects.select_for_update().filter(code=code).first()
    if procedure is None:
        raise NotFound
    day = on or now.date()
    reasons = rules.abolition_reasons(decision, day, today=now.date())
    if procedure.abolished_at and (by_source or not procedure.abolished_by_source):
        reasons.append(Reason("abolished_already", f"Thủ tục {code} đã bãi bỏ từ trước."))
    refuse_if(reasons)
    procedure.versions.filter(status__in=(VersionStatus.PUBLISHED, VersionStatus.DRAFT)).update(
        status=VersionStatus.ABOLISHED, valid_to=Greatest("valid_from", Value(day))
    )
    procedure.abolished_at, procedure.abolished_on, procedure.abolished_by = now, day, decision
    procedure.abolished_by_source = by_source
    procedure.save(
        update_fields=["abolished_at", "abolished_on", "abolished_by", "abolished_by_source"]
    )
    turn_stamp()
    record(by, "catalogue.abolish", "catalogue", at=now, code=code, decision=decision)
    return procedure
