"""The index of the watch, by when a step is to be asked after; made while others work."""

from typing import ClassVar

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    """See the operations."""

    atomic = False
    dependencies: ClassVar[list[tuple[str, str]]] = [("dossiers", "0032_stepdates")]

    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(  # what an interrupted attempt left behind is of no use
            "DROP INDEX CONCURRENTLY IF EXISTS dossier_step_due", migrations.RunSQL.noop
        ),
        AddIndexConcurrently(
            "dossier",
            models.Index(
                condition=models.Q(("step_warn_at__isnull", False)),
                fields=["step_warn_at", "id"],
                name="dossier_step_due",
            ),
        ),
    ]
