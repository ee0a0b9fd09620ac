"""By when a case officer is to finish the step they were given; why a unit is late."""

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.models.deletion import PROTECT

KINDS = [
    ("answer", "trả lời tiếp nhận"),
    ("opinion", "cho ý kiến"),
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
]

CAUSES = [
    ("opinion", "Chờ cơ quan, đơn vị khác cho ý kiến"),
    ("visit", "Phải xác minh thêm tại chỗ"),
    ("complex", "Nội dung phức tạp, phải xem xét kỹ"),
    ("records", "Phải đối chiếu với sổ sách, hồ sơ lưu trữ"),
    ("workload", "Cùng lúc có nhiều hồ sơ, cán bộ chưa kịp giải quyết"),
    ("absent", "Cán bộ thụ lý nghỉ đột xuất"),
    ("system", "Hệ thống hoặc đường truyền bị sự cố"),
    ("other", "Lý do khác"),
]

COUNT_LETTERS = """
INSERT INTO dossiers_yearcount
    (agency_id, unit_id, year, channel, received, solved, on_time, late, closed, apologies)
SELECT d.agency_id, m.to_unit_id,
       extract(year FROM a.signed_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::smallint, d.channel,
       0, 0, 0, 0, 0, count(*)
FROM dossiers_apology a JOIN dossiers_move m ON m.id = a.move_id
JOIN dossiers_dossier d ON d.id = a.dossier_id
WHERE a.state IN ('signed', 'sent') GROUP BY 1, 2, 3, 4
ON CONFLICT (agency_id, unit_id, year, channel) DO UPDATE SET apologies = EXCLUDED.apologies
"""


class Migration(migrations.Migration):
    """See the operations."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("dossiers", "0031_mends")]

    operations: ClassVar[list[Operation]] = [
        migrations.AddField(
            "dossier",
            "step_due_at",
            models.DateTimeField(null=True, verbose_name="hạn hoàn thành bước"),
        ),
        migrations.AddField(
            "dossier",
            "step_warn_at",
            models.DateTimeField(null=True, verbose_name="bắt đầu nhắc về bước"),
        ),
        migrations.CreateModel(
            name="Explanation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("old_due_at", models.DateTimeField(verbose_name="hạn đã hẹn")),
                (
                    "cause",
                    models.CharField(choices=CAUSES, max_length=20, verbose_name="lý do"),
                ),
                ("text", models.TextField(blank=True, verbose_name="nói rõ")),
                ("explained_at", models.DateTimeField()),
                (
                    "explained_by",
                    models.CharField(max_length=200, verbose_name="người giải trình"),
                ),
                ("explained_by_key", models.CharField(max_length=40)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=PROTECT, related_name="explanations", to="dossiers.dossier"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True, on_delete=PROTECT, related_name="+", to="agencies.unit"
                    ),
                ),
            ],
            options={"ordering": ("id",)},
        ),
        migrations.AddField(
            "usualtime",
            "unit",
            models.ForeignKey(
                db_index=False, null=True, on_delete=PROTECT, related_name="+", to="agencies.unit"
            ),
        ),
        migrations.AddField("yearcount", "apologies", models.BigIntegerField(default=0)),
        migrations.AlterField("alarm", "kind", models.CharField(choices=KINDS, max_length=20)),
        migrations.RunSQL(COUNT_LETTERS, migrations.RunSQL.noop),
    ]
