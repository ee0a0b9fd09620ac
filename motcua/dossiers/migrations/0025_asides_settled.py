"""A visit can be called off; what withdrawn dossiers left open beside them is settled."""

from typing import Any, ClassVar

import motcua.dossiers.acts
from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.models import OuterRef, Subquery

KINDS = [(kind, name) for kind, name in motcua.dossiers.acts.APPROVAL_NAMES.items()]
OPEN_VISIT = models.Q(("called_off_at", None), ("recorded_at", None))


def settle(apps: Any, schema_editor: Any) -> None:
    """Close the lines, opinions and visits of dossiers that are no longer where these are open."""
    dossiers = apps.get_model("dossiers", "Dossier")
    left = Subquery(dossiers.objects.filter(pk=OuterRef("dossier_id")).values("changed_at")[:1])
    lines = apps.get_model("dossiers", "TransferLine").objects.filter(settled_at=None)
    lines.exclude(dossier__status="transferring").update(
        settled_at=left, settled_by="Hệ thống", is_taken=False, reason="Hồ sơ đã thôi bàn giao"
    )
    asked = apps.get_model("dossiers", "Consultation").objects.filter(closed_at=None)
    asked.exclude(dossier__status="consulting").update(closed_at=left)
    visits = apps.get_model("dossiers", "Verification").objects.filter(recorded_at=None)
    visits.exclude(dossier__status="verifying").update(called_off_at=left)


class Migration(migrations.Migration):
    """See the operations."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("dossiers", "0024_papers")]

    operations: ClassVar[list[Operation]] = [
        migrations.AddField(
            model_name="verification",
            name="called_off_at",
            field=models.DateTimeField(null=True, verbose_name="không tiến hành từ"),
        ),
        migrations.RemoveConstraint(model_name="verification", name="verification_open_once"),
        migrations.RemoveIndex(model_name="verification", name="verification_open"),
        migrations.AddConstraint(
            model_name="verification",
            constraint=models.UniqueConstraint(
                condition=OPEN_VISIT, fields=("dossier",), name="verification_open_once"
            ),
        ),
        migrations.AddIndex(
            model_name="verification",
            index=models.Index(
                condition=OPEN_VISIT, fields=["visit_at", "id"], name="verification_open"
            ),
        ),
        migrations.AlterField(
            model_name="approval",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=20),
        ),
        migrations.RunPython(settle, migrations.RunPython.noop),
    ]
