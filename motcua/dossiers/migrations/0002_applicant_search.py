"""Desks find a dossier by the applicant's name without marks, or by identity number."""

import django.contrib.postgres.indexes
from django.apps.registry import Apps
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from motcua.core.text import fold


def fold_names(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Fill the new column, a thousand dossiers at a time."""
    dossiers = apps.get_model("dossiers", "Dossier").objects
    rows = dossiers.exclude(applicant_name="").only("applicant_name")
    batch = []
    for dossier in rows.iterator(chunk_size=1000):
        dossier.applicant_folded = fold(dossier.applicant_name)[:200]
        batch.append(dossier)
        if len(batch) == 1000:
            dossiers.bulk_update(batch, ["applicant_folded"])
            batch.clear()
    dossiers.bulk_update(batch, ["applicant_folded"])


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0001_initial"),
        ("dossiers", "0001_initial"),
        ("people", "0001_initial"),
        ("procedures", "0001_initial"),
    ]

    operations = [
        TrigramExtension(),
        migrations.AddField(
            model_name="dossier",
            name="applicant_folded",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.RunPython(fold_names, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="dossier",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("applicant_folded", "gin_trgm_ops"),
                condition=models.Q(("status", "draft"), _negated=True),
                name="dossier_applicant",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                models.F("applicant__national_id"),
                condition=models.Q(("status", "draft"), _negated=True),
                name="dossier_identity",
            ),
        ),
    ]
