"""Documents with which the one-stop unit urges slow units."""

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.models.deletion import PROTECT

ID = (
    "id",
    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
)


def to(model: str) -> "models.ForeignKey[models.Model, models.Model]":
    """A reference without an index of its own."""
    return models.ForeignKey(db_index=False, on_delete=PROTECT, related_name="+", to=model)


class Migration(migrations.Migration):
    """See the operations."""

    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("agencies", "0001_initial"),
        ("dossiers", "0027_recounts"),
    ]

    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            name="UrgingDocument",
            fields=[
                ID,
                ("year", models.PositiveSmallIntegerField()),
                ("order", models.IntegerField(verbose_name="số trong năm")),
                ("text", models.TextField(verbose_name="nội dung")),
                ("answer_by", models.DateField(verbose_name="hạn trả lời")),
                ("signed_at", models.DateTimeField()),
                ("signed_by", models.CharField(max_length=200, verbose_name="người ký")),
                ("signer_title", models.CharField(max_length=300, verbose_name="thể thức ký")),
                ("copies", models.TextField(blank=True, verbose_name="nơi nhận")),
                ("answer", models.TextField(blank=True, verbose_name="trả lời")),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.CharField(blank=True, max_length=200)),
                ("agency", to("agencies.agency")),
                ("recipients", models.ManyToManyField(related_name="+", to="agencies.post")),
                ("signer", to("agencies.post")),
                ("unit", to("agencies.unit")),
            ],
        ),
        migrations.CreateModel(
            name="UrgedLine",
            fields=[
                ID,
                ("code", models.CharField(max_length=60)),
                ("due_at", models.DateTimeField(null=True, verbose_name="hẹn trả")),
                ("status", models.CharField(max_length=100, verbose_name="đang ở bước")),
                ("why", models.CharField(max_length=200, verbose_name="tình trạng")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=PROTECT, related_name="urged_in", to="dossiers.dossier"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=PROTECT, related_name="lines", to="dossiers.urgingdocument"
                    ),
                ),
            ],
            options={"ordering": ("id",)},
        ),
        migrations.CreateModel(
            name="UrgingCounter",
            fields=[
                ID,
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.IntegerField(default=0)),
                ("agency", to("agencies.agency")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "year"), name="urging_counter_year")
                ]
            },
        ),
        migrations.AddIndex(
            model_name="urgingdocument",
            index=models.Index(fields=["agency", "-id"], name="urging_document_sent"),
        ),
        migrations.AddIndex(
            model_name="urgingdocument",
            index=models.Index(fields=["unit", "-id"], name="urging_document_got"),
        ),
        migrations.AddConstraint(
            model_name="urgingdocument",
            constraint=models.UniqueConstraint(
                fields=("agency", "year", "order"), name="urging_document_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="urgedline",
            constraint=models.UniqueConstraint(
                fields=("document", "dossier"), name="urged_line_once"
            ),
        ),
    ]
