"""The index of the watch has all it reads: the end of a step, the clock; made while others work."""

from typing import ClassVar

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

OPEN = [
    "submitted", "pre_supplement", "accepted", "transferring", "assigning", "examining",
    "supplement", "supplemented", "consulting", "verifying", "proposed", "approved", "refused",
    "correcting", "result_ready",
]  # fmt: skip


class Migration(migrations.Migration):
    """The new one first: the watch is never without."""

    atomic = False
    dependencies: ClassVar[list[tuple[str, str]]] = [("dossiers", "0036_cause_parts")]

    operations: ClassVar[list[Operation]] = [
        migrations.RunSQL(  # what an interrupted attempt left behind is of no use
            "DROP INDEX CONCURRENTLY IF EXISTS dossier_stood", migrations.RunSQL.noop
        ),
        AddIndexConcurrently(
            "dossier",
            models.Index(
                fields=["status", "since_at", "id"],
                include=("due_at", "step_due_at", "clock_at"),
                name="dossier_stood",
                condition=models.Q(("status__in", OPEN)),
            ),
        ),
        RemoveIndexConcurrently("dossier", "dossier_since"),
    ]
