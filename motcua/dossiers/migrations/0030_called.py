"""Calls to applicants whom no message reached; papers lost, by when they were to be told of."""

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.models.deletion import PROTECT

OF_PAPERS = models.Q(("subject", "papers"))


class Migration(migrations.Migration):
    """See the operations."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("dossiers", "0029_since_index")]

    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            name="PhoneCall",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(blank=True, max_length=30, verbose_name="số đã gọi"),
                ),
                ("whose", models.CharField(blank=True, max_length=200, verbose_name="số của")),
                ("is_reached", models.BooleanField(verbose_name="đã báo được")),
                ("note", models.TextField(verbose_name="đã nói gì")),
                ("called_at", models.DateTimeField()),
                ("called_by", models.CharField(max_length=200, verbose_name="người gọi")),
                ("called_by_key", models.CharField(max_length=40)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=PROTECT, related_name="calls", to="dossiers.dossier"
                    ),
                ),
            ],
            options={"ordering": ("id",)},
        ),
        migrations.AddIndex(
            "incident",
            models.Index(condition=OF_PAPERS, fields=["reported_at"], name="papers_reported"),
        ),
        migrations.AddIndex(
            "incident",
            models.Index(condition=OF_PAPERS, fields=["settled_at"], name="papers_settled"),
        ),
    ]
