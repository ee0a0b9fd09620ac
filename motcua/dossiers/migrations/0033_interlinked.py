"""Stations of interlinked dossiers, and the alarm about a late one."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    """Stations of interlinked dossiers, and the alarm about a late one."""

    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("agencies", "0002_old_codes"),
        ("dossiers", "0032_stepdates_index"),
    ]

    operations: ClassVar[list[Operation]] = [
        migrations.AlterField(
            model_name="alarm",
            name="kind",
            field=models.CharField(
                choices=[
                    ("answer", "trả lời tiếp nhận"),
                    ("opinion", "cho ý kiến"),
                    ("station", "trả kết quả liên thông"),
                    ("late_ahead", "thư xin lỗi chờ ký"),
                    ("more_answer", "trả lời phần bổ sung"),
                    ("hand_over", "bàn giao cho đơn vị giải quyết"),
                    ("take_over", "xác nhận bàn giao"),
                    ("result", "trả kết quả"),
                    ("correction", "cấp lại kết quả"),
                    ("supply", "bổ sung của người nộp"),
                    ("no_letter", "trễ hẹn mà chưa có thư xin lỗi"),
                    ("asked_long", "người nộp lâu chưa bổ sung"),
                    ("unassigned", "lâu chưa phân công"),
                    ("step_date", "hoàn thành bước được giao"),
                    ("step", "lâu không có bước xử lý nào"),
                    ("unsigned", "nằm chờ ký"),
                    ("unissued", "đã ký mà chưa ban hành"),
                    ("uncollected", "có kết quả mà lâu chưa trả"),
                    ("visit", "qua ngày xác minh mà chưa có biên bản"),
                    ("untold", "có kết quả mà người nộp chưa được báo"),
                    ("unreached", "tin báo không tới được người nộp"),
                    ("dead_job", "việc nền không làm được"),
                    ("unowned", "không có ai giữ"),
                    ("gone", "người thụ lý không còn ở vị trí"),
                    ("no_clock", "không có hạn nào đang chạy"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="Station",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(verbose_name="số dòng")),
                ("is_lead", models.BooleanField(default=False, verbose_name="chủ trì")),
                ("by_paper", models.BooleanField(default=False, verbose_name="chuyển bản giấy")),
                ("task", models.TextField(verbose_name="việc phải làm")),
                ("amount", models.PositiveSmallIntegerField(verbose_name="thời hạn")),
                (
                    "per",
                    models.CharField(
                        choices=[
                            ("working_hour", "giờ làm việc"),
                            ("working_day", "ngày làm việc"),
                        ],
                        max_length=20,
                    ),
                ),
                ("needs", models.JSONField(default=list, verbose_name="chờ kết quả của")),
                ("planned_at", models.DateTimeField()),
                ("planned_by", models.CharField(max_length=200)),
                ("started_at", models.DateTimeField(null=True, verbose_name="bắt đầu")),
                ("due_at", models.DateTimeField(null=True, verbose_name="hạn")),
                ("done_at", models.DateTimeField(null=True, verbose_name="xong")),
                ("done_by", models.CharField(blank=True, max_length=200)),
                ("done_by_key", models.CharField(blank=True, max_length=40)),
                ("answer", models.TextField(blank=True, verbose_name="kết quả")),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("file_name", models.CharField(blank=True, max_length=255)),
                ("closed_at", models.DateTimeField(null=True, verbose_name="hết chờ")),
                ("closed_by", models.CharField(blank=True, max_length=200)),
                ("reason", models.TextField(blank=True, verbose_name="vì sao thôi chờ")),
                ("late_told_at", models.DateTimeField(null=True, verbose_name="báo trễ lúc")),
                (
                    "slip",
                    models.CharField(blank=True, max_length=30, verbose_name="số phiếu chuyển"),
                ),
                ("given_by", models.CharField(blank=True, max_length=200, verbose_name="bên giao")),
                ("received_at", models.DateTimeField(null=True, verbose_name="nhận giấy tờ lúc")),
                (
                    "received_by",
                    models.CharField(blank=True, max_length=200, verbose_name="bên nhận"),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stations",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.unit",
                    ),
                ),
            ],
            options={
                "ordering": ("order",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at", None)),
                        fields=["unit", "dossier"],
                        name="station_open",
                    ),
                    models.Index(
                        condition=models.Q(("closed_at", None), ("late_told_at", None)),
                        fields=["due_at", "id"],
                        name="station_late",
                    ),
                    models.Index(
                        condition=models.Q(("digest", ""), _negated=True),
                        fields=["digest"],
                        name="station_file",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("dossier", "order"), name="station_number")
                ],
            },
        ),
    ]
