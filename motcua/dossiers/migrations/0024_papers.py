"""Minutes of a visit among the papers whose words a house may change; reasons of slips by version."""

from typing import ClassVar

import motcua.dossiers.slips.forms
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

KINDS = [(kind, kind) for kind in motcua.dossiers.slips.forms.SlipKind]


class Migration(migrations.Migration):
    """See the operations."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("dossiers", "0023_corrections")]

    operations: ClassVar[list[Operation]] = [
        migrations.AlterField(
            model_name="formtemplate",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=30),
        ),
        migrations.AddField(
            model_name="correctionreason",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
    ]
