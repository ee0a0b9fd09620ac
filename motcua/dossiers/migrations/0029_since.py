"""Since when, and by which step, a dossier lies where it lies: columns that rewrite no table."""

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    """Empty at first: what they say of the dossiers there are follows, see 0029_since_filled."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("dossiers", "0028_urging_documents")]

    operations: ClassVar[list[Operation]] = [
        migrations.AddField(
            "dossier", "since_at", models.DateTimeField(null=True, verbose_name="ở chỗ này từ")
        ),
        migrations.AddField("dossier", "since_revision", models.IntegerField(default=0)),
    ]
