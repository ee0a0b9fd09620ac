"""Who read which dossier on which day and why, how much each post read, and who read too much."""

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.models.deletion import PROTECT

WHY = [
    ("asked", "Trả lời người nộp hỏi về hồ sơ"),
    ("together", "Phối hợp với đơn vị đang giải quyết hồ sơ"),
    ("leading", "Chỉ đạo, kiểm tra tiến độ giải quyết"),
    ("complaint", "Giải quyết phản ánh, kiến nghị, khiếu nại, tố cáo"),
    ("inspection", "Thanh tra, kiểm tra, kiểm toán"),
    ("mending", "Đối chiếu, sửa sai sót, lưu trữ"),
    ("other", "Lý do khác"),
]


def _key() -> "models.BigAutoField[int, int]":
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


def _post() -> "models.ForeignKey[models.Model, models.Model]":
    return models.ForeignKey(
        db_index=False, on_delete=PROTECT, related_name="+", to="agencies.post"
    )


class Migration(migrations.Migration):
    """See the operations."""

    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("agencies", "__first__"),
        ("dossiers", "0036_journalled"),
    ]

    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", _key()),
                ("day", models.DateField()),
                ("is_theirs", models.BooleanField(verbose_name="việc của vị trí này")),
                (
                    "why",
                    models.CharField(blank=True, choices=WHY, max_length=20, verbose_name="lý do"),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="nói rõ")),
                ("first_at", models.DateTimeField(null=True)),
                ("noted_at", models.DateTimeField(null=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=PROTECT, related_name="readings", to="dossiers.dossier"
                    ),
                ),
                ("post", _post()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["day"], name="reading_swept"),
                    models.Index(
                        condition=models.Q(("is_theirs", False)),
                        fields=["day", "dossier"],
                        name="reading_not_theirs",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("post", "dossier", "day"), name="reading_once_a_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadingTally",
            fields=[
                ("id", _key()),
                ("hour", models.DateTimeField()),
                ("opened", models.PositiveIntegerField(default=0)),
                ("listed", models.PositiveIntegerField(default=0)),
                ("post", _post()),
            ],
            options={
                "indexes": [models.Index(fields=["hour"], name="tally_swept")],
                "constraints": [
                    models.UniqueConstraint(fields=("post", "hour"), name="tally_of_an_hour")
                ],
            },
        ),
        migrations.CreateModel(
            name="MassReading",
            fields=[
                ("id", _key()),
                ("day", models.DateField()),
                ("found_at", models.DateTimeField()),
                ("words", models.CharField(max_length=200, verbose_name="vượt mức nào")),
                ("post", _post()),
                ("told_to", models.ManyToManyField(related_name="+", to="agencies.post")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("post", "day"), name="mass_once_a_day")
                ],
            },
        ),
        migrations.AddField(
            model_name="registerorder",
            name="reason",
            field=models.CharField(blank=True, default="", max_length=500, verbose_name="lý do"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="registerorder",
            name="taken_at",
            field=models.DateTimeField(null=True, verbose_name="tải lần đầu"),
        ),
    ]
