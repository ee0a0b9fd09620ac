"""A unit's worklists read their own index; the plain ones on unit and official give way to it."""

import django.db.models.deletion
from django.db import migrations, models

OPEN = [
    "submitted", "pre_supplement", "accepted", "assigning", "examining", "proposed", "approved",
    "refused", "result_ready",
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0002_applicant_search")]

    operations = [
        migrations.AlterField(
            model_name="dossier",
            name="assignee",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.post",
            ),
        ),
        migrations.AlterField(
            model_name="dossier",
            name="unit",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.unit",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(("status__in", OPEN), ("unit__isnull", False)),
                fields=["unit", "status", "clock_at", "id"],
                name="dossier_unit",
            ),
        ),
    ]
