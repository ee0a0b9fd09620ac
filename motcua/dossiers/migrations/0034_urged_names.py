"""A document that urges a unit keeps the names that stood in its head when it was signed."""

from typing import ClassVar

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation


def name(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """What was signed before gets the names of today: by those it was printed until now."""
    rows = apps.get_model("dossiers", "UrgingDocument").objects
    for row in rows.select_related("agency__parent", "unit__agency").iterator():
        agency, unit = row.agency, row.unit
        is_own = unit.agency_id == agency.pk
        row.unit_name = unit.name if is_own else f"{unit.name}, {unit.agency.name}"
        row.office = {
            "superior": agency.parent.name if agency.parent else str(settings.AUTHORITY["name"]),
            "place": str(settings.AUTHORITY["place"]),
            "name": agency.name,
            "phone": agency.phone,
            "website": settings.PORTAL_URL,
        }
        row.save(update_fields=["unit_name", "office"])


class Migration(migrations.Migration):
    """See the operations."""

    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("agencies", "0002_old_codes"),
        ("dossiers", "0033_interlinked"),
    ]

    operations: ClassVar[list[Operation]] = [
        migrations.AddField(
            model_name="urgingdocument",
            name="unit_name",
            field=models.CharField(default="", max_length=500, verbose_name="gửi đơn vị"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="urgingdocument",
            name="office",
            field=models.JSONField(default=dict, verbose_name="tên cơ quan lúc ký"),
        ),
        migrations.RunPython(name, migrations.RunPython.noop, elidable=True),
    ]
