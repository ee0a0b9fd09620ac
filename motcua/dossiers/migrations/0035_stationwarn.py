"""From when on a part of an interlinked dossier is warned of, and the alarm about one that is idle."""

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    """See the operations."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("dossiers", "0034_urged_names")]

    operations: ClassVar[list[Operation]] = [
        migrations.AddField(
            model_name="station",
            name="warn_at",
            field=models.DateTimeField(null=True, verbose_name="báo sắp hết hạn từ"),
        ),
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
                    ("undecided", "đề nghị chờ duyệt"),
                    ("unissued", "đã ký mà chưa ban hành"),
                    ("uncollected", "có kết quả mà lâu chưa trả"),
                    ("visit", "qua ngày xác minh mà chưa có biên bản"),
                    ("untold", "có kết quả mà người nộp chưa được báo"),
                    ("unreached", "tin báo không tới được người nộp"),
                    ("dead_job", "việc nền không làm được"),
                    ("unowned", "không có ai giữ"),
                    ("gone", "người thụ lý không còn ở vị trí"),
                    ("no_clock", "không có hạn nào đang chạy"),
                    ("idle", "phần liên thông không có ai nhận hoặc chưa có hạn"),
                ],
                max_length=20,
            ),
        ),
    ]
