"""Papers asked for while a dossier is examined: the items of each slip, why, and second askings."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


def _key() -> models.BigAutoField:
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


def _to(model: str, name: str = "+", *, null: bool = False) -> models.ForeignKey:
    return models.ForeignKey(
        null=null, on_delete=django.db.models.deletion.PROTECT, related_name=name, to=model
    )


class Migration(migrations.Migration):
    dependencies: ClassVar = [("agencies", "0001_initial"), ("dossiers", "0009_ledger")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="CorrectionReason",
            fields=[
                ("id", _key()),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("text", models.CharField(max_length=300, verbose_name="lý do")),
                (
                    "legal_basis",
                    models.CharField(blank=True, max_length=300, verbose_name="căn cứ pháp lý"),
                ),
                ("for_papers", models.BooleanField(default=True)),
                ("for_questions", models.BooleanField(default=True)),
                ("is_active", models.BooleanField(default=True)),
                ("place", models.PositiveSmallIntegerField(default=0)),
            ],
            options={"ordering": ("place", "code")},
        ),
        migrations.AddField(
            model_name="dossier",
            name="supply_by",
            field=models.DateTimeField(null=True, verbose_name="chờ bổ sung đến"),
        ),
        migrations.CreateModel(
            name="CorrectionItem",
            fields=[
                ("id", _key()),
                ("slot", models.CharField(blank=True, max_length=60)),
                ("question", models.CharField(blank=True, max_length=200)),
                ("name", models.TextField()),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("text", models.TextField()),
                ("legal_basis", models.TextField(blank=True)),
                ("resolved_at", models.DateTimeField(null=True)),
                ("dossier", _to("dossiers.dossier", "corrections")),
                ("move", _to("dossiers.move", "corrections")),
            ],
            options={"ordering": ("id",)},
        ),
        migrations.CreateModel(
            name="SecondAsking",
            fields=[
                ("id", _key()),
                ("asked_at", models.DateTimeField()),
                ("revision", models.IntegerField()),
                ("reason", models.TextField()),
                ("items", models.JSONField()),
                ("sector_basis", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("is_granted", models.BooleanField(null=True)),
                ("answer", models.TextField(blank=True)),
                ("asked_by", _to("agencies.post")),
                ("decided_by", _to("agencies.post", null=True)),
                ("dossier", _to("dossiers.dossier", "second_askings")),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at", None)),
                        fields=("dossier",),
                        name="second_asking_once_open",
                    )
                ],
            },
        ),
    ]
