"""An old code belongs to one agency: dossiers of two that shared one would bear the same codes."""

import sys
from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.models.functions import Trim

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import at_the_machine


def part(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Where agencies share an old code, the first keeps it; each of the others is named.

    Until it is given one of its own, its dossiers bear its present identifier. The journal of each
    keeps the code it had.
    """
    agencies = apps.get_model("agencies", "Agency").objects
    agencies.update(old_code=Trim("old_code"))
    owners: dict[str, str] = {}
    for agency in agencies.exclude(old_code="").order_by("pk"):
        if agency.old_code not in owners:
            owners[agency.old_code] = agency.name
            continue
        sys.stderr.write(
            f"Mã cũ {agency.old_code} là của {owners[agency.old_code]}: đã bỏ khỏi {agency.name} "
            f"({agency.code}). Mời kiểm tra, rồi nhập mã đúng bằng bin/manage add_agency.\n"
        )
        agencies.filter(pk=agency.pk).update(old_code="")
        record(
            at_the_machine(), "agency.old_code_dropped", f"agency:{agency.pk}", at=clock.now(),
            old_code=agency.old_code, owner=owners[agency.old_code],
        )  # fmt: skip


class Migration(migrations.Migration):
    """See the operations."""

    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("agencies", "0001_initial"),
        ("audit", "0002_no_truncate"),
    ]

    operations: ClassVar[list[Operation]] = [
        migrations.RunPython(part, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.UniqueConstraint(
                fields=("old_code",), name="agency_old_code", condition=~models.Q(old_code="")
            ),
        ),
    ]
