"""Which calendar the running dossiers were counted on, so that a recount that is owed is seen."""

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation

RUNNING = [
    "accepted", "transferring", "assigning", "examining", "consulting", "verifying", "proposed",
    "approved", "refused",
]  # fmt: skip


class Migration(migrations.Migration):
    """See the operations."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("dossiers", "0026_asking_again")]

    operations: ClassVar[list[Operation]] = [
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                fields=["calendar_edition"],
                name="dossier_edition",
                condition=models.Q(("due_at__isnull", False), ("status__in", RUNNING)),
            ),
        ),
    ]
