"""Opinions, visits, hand-over lists, urgings; the statuses that go with them."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("agencies", "0001_initial"), ("dossiers", "0010_more_papers")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Consultation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("content", models.TextField(verbose_name="nội dung hỏi")),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.CharField(max_length=200)),
                ("asked_by_key", models.CharField(max_length=40)),
                ("due_at", models.DateTimeField(verbose_name="hạn cho ý kiến")),
                ("replied_at", models.DateTimeField(null=True)),
                ("replied_by", models.CharField(blank=True, max_length=200)),
                ("answer", models.TextField(blank=True, verbose_name="ý kiến")),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("file_name", models.CharField(blank=True, max_length=255)),
                ("closed_at", models.DateTimeField(null=True, verbose_name="hết chờ")),
                ("late_told_at", models.DateTimeField(null=True, verbose_name="báo trễ lúc")),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="TransferCounter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.IntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="TransferLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("must_by", models.DateTimeField(null=True, verbose_name="phải bàn giao trước")),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "settled_by",
                    models.CharField(blank=True, max_length=200, verbose_name="người nhận"),
                ),
                ("is_taken", models.BooleanField(default=False)),
                ("reason", models.TextField(blank=True, verbose_name="lý do trả lại")),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="TransferList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("order", models.IntegerField(verbose_name="số trong năm")),
                ("given_by", models.CharField(max_length=200, verbose_name="người giao")),
                ("given_by_key", models.CharField(max_length=40)),
                ("given_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Urging",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="nội dung")),
                ("urged_at", models.DateTimeField()),
                ("urged_by", models.CharField(max_length=200)),
                ("answer", models.TextField(blank=True, verbose_name="trả lời")),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("visit_at", models.DateTimeField(verbose_name="thời gian")),
                ("place", models.CharField(max_length=300, verbose_name="địa điểm")),
                ("participants", models.TextField(verbose_name="thành phần")),
                ("content", models.TextField(verbose_name="nội dung")),
                (
                    "needs_applicant",
                    models.BooleanField(default=False, verbose_name="người nộp phải có mặt"),
                ),
                ("announced_at", models.DateTimeField()),
                ("announced_by", models.CharField(max_length=200)),
                ("record", models.TextField(blank=True, verbose_name="biên bản")),
                ("present", models.TextField(blank=True, verbose_name="những người có mặt")),
                ("recorded_at", models.DateTimeField(null=True)),
                ("recorded_by", models.CharField(blank=True, max_length=200)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("file_name", models.CharField(blank=True, max_length=255)),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.RemoveIndex(
            model_name="dossier",
            name="dossier_desk",
        ),
        migrations.RemoveIndex(
            model_name="dossier",
            name="dossier_assignee",
        ),
        migrations.RemoveIndex(
            model_name="dossier",
            name="dossier_clock",
        ),
        migrations.RemoveIndex(
            model_name="dossier",
            name="dossier_unit",
        ),
        migrations.RemoveIndex(
            model_name="dossier",
            name="dossier_warn",
        ),
        migrations.AddField(
            model_name="dossier",
            name="transfer_due_at",
            field=models.DateTimeField(null=True, verbose_name="hạn bàn giao"),
        ),
        migrations.AlterField(
            model_name="alarm",
            name="kind",
            field=models.CharField(
                choices=[
                    ("answer", "trả lời tiếp nhận"),
                    ("opinion", "cho ý kiến"),
                    ("late_ahead", "thư xin lỗi chờ ký"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="dossier",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "Bản nháp"),
                    ("submitted", "Đã nộp, chờ tiếp nhận"),
                    ("pre_supplement", "Chờ bổ sung giấy tờ"),
                    ("rejected", "Không được tiếp nhận"),
                    ("accepted", "Đã tiếp nhận"),
                    ("transferring", "Đang bàn giao"),
                    ("assigning", "Đã chuyển, chờ phân công"),
                    ("examining", "Đang thẩm định"),
                    ("consulting", "Đang lấy ý kiến"),
                    ("verifying", "Đang xác minh thực địa"),
                    ("supplement", "Chờ bổ sung khi giải quyết"),
                    ("supplemented", "Đã nộp bổ sung, chờ kiểm tra"),
                    ("proposed", "Đã trình lãnh đạo"),
                    ("approved", "Đã duyệt, chờ ban hành"),
                    ("refused", "Không đồng ý, chờ ban hành"),
                    ("result_ready", "Có kết quả, chờ trả"),
                    ("delivered", "Đã trả kết quả"),
                    ("withdrawn", "Đã rút hồ sơ"),
                    ("stopped", "Đã dừng giải quyết"),
                ],
                default="draft",
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "submitted",
                            "pre_supplement",
                            "accepted",
                            "transferring",
                            "assigning",
                            "examining",
                            "supplement",
                            "supplemented",
                            "consulting",
                            "verifying",
                            "proposed",
                            "approved",
                            "refused",
                            "result_ready",
                        ],
                    )
                ),
                fields=["agency", "status", "clock_at", "id"],
                name="dossier_desk",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "submitted",
                            "pre_supplement",
                            "accepted",
                            "transferring",
                            "assigning",
                            "examining",
                            "supplement",
                            "supplemented",
                            "consulting",
                            "verifying",
                            "proposed",
                            "approved",
                            "refused",
                            "result_ready",
                        ],
                    ),
                    ("unit__isnull", False),
                ),
                fields=["unit", "status", "clock_at", "id"],
                name="dossier_unit",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(
                    ("assignee__isnull", False),
                    (
                        "status__in",
                        [
                            "submitted",
                            "pre_supplement",
                            "accepted",
                            "transferring",
                            "assigning",
                            "examining",
                            "supplement",
                            "supplemented",
                            "consulting",
                            "verifying",
                            "proposed",
                            "approved",
                            "refused",
                            "result_ready",
                        ],
                    ),
                ),
                fields=["assignee", "status", "clock_at", "id"],
                name="dossier_assignee",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "submitted",
                            "pre_supplement",
                            "accepted",
                            "transferring",
                            "assigning",
                            "examining",
                            "supplement",
                            "supplemented",
                            "consulting",
                            "verifying",
                            "proposed",
                            "approved",
                            "refused",
                            "result_ready",
                        ],
                    )
                ),
                fields=["agency", "clock_at", "id"],
                name="dossier_clock",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "submitted",
                            "pre_supplement",
                            "accepted",
                            "transferring",
                            "assigning",
                            "examining",
                            "supplement",
                            "supplemented",
                            "consulting",
                            "verifying",
                            "proposed",
                            "approved",
                            "refused",
                            "result_ready",
                        ],
                    )
                ),
                fields=["agency", "warn_at"],
                name="dossier_warn",
            ),
        ),
        migrations.AddField(
            model_name="consultation",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="consultations",
                to="dossiers.dossier",
            ),
        ),
        migrations.AddField(
            model_name="consultation",
            name="unit",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.unit",
            ),
        ),
        migrations.AddField(
            model_name="transfercounter",
            name="unit",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.unit",
            ),
        ),
        migrations.AddField(
            model_name="transferline",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="transfers",
                to="dossiers.dossier",
            ),
        ),
        migrations.AddField(
            model_name="transferlist",
            name="from_unit",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.unit",
            ),
        ),
        migrations.AddField(
            model_name="transferlist",
            name="to_unit",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.unit",
            ),
        ),
        migrations.AddField(
            model_name="transferline",
            name="list",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="dossiers.transferlist",
            ),
        ),
        migrations.AddField(
            model_name="urging",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="urgings",
                to="dossiers.dossier",
            ),
        ),
        migrations.AddField(
            model_name="urging",
            name="recipients",
            field=models.ManyToManyField(related_name="+", to="agencies.post"),
        ),
        migrations.AddField(
            model_name="urging",
            name="unit",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.unit",
            ),
        ),
        migrations.AddField(
            model_name="verification",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="verifications",
                to="dossiers.dossier",
            ),
        ),
        migrations.AddIndex(
            model_name="consultation",
            index=models.Index(
                condition=models.Q(("closed_at", None)),
                fields=["unit", "dossier"],
                name="consultation_asked",
            ),
        ),
        migrations.AddIndex(
            model_name="consultation",
            index=models.Index(
                condition=models.Q(("closed_at", None), ("late_told_at", None)),
                fields=["due_at", "id"],
                name="consultation_late",
            ),
        ),
        migrations.AddIndex(
            model_name="consultation",
            index=models.Index(
                condition=models.Q(("digest", ""), _negated=True),
                fields=["digest"],
                name="consultation_file",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)),
                fields=("dossier", "unit"),
                name="consultation_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfercounter",
            constraint=models.UniqueConstraint(
                fields=("unit", "year"), name="transfer_counter_year"
            ),
        ),
        migrations.AddIndex(
            model_name="transferlist",
            index=models.Index(fields=["from_unit", "-id"], name="transfer_list_given"),
        ),
        migrations.AddIndex(
            model_name="transferlist",
            index=models.Index(fields=["to_unit", "-id"], name="transfer_list_taken"),
        ),
        migrations.AddConstraint(
            model_name="transferlist",
            constraint=models.UniqueConstraint(
                fields=("from_unit", "year", "order"), name="transfer_list_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="transferline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("settled_at", None)),
                fields=("dossier",),
                name="transfer_open_once",
            ),
        ),
        migrations.AddIndex(
            model_name="verification",
            index=models.Index(
                condition=models.Q(("digest", ""), _negated=True),
                fields=["digest"],
                name="verification_file",
            ),
        ),
        migrations.AddConstraint(
            model_name="verification",
            constraint=models.UniqueConstraint(
                condition=models.Q(("recorded_at", None)),
                fields=("dossier",),
                name="verification_open_once",
            ),
        ),
    ]
