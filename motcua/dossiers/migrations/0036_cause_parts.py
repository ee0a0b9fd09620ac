"""A delay may come from the parts of others."""

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    """See the operations."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("dossiers", "0035_stationwarn")]

    operations: ClassVar[list[Operation]] = [
        migrations.AlterField(
            model_name="explanation",
            name="cause",
            field=models.CharField(
                choices=[
                    ("opinion", "Chờ cơ quan, đơn vị khác cho ý kiến"),
                    ("parts", "Chờ đơn vị phối hợp giải quyết xong phần việc của mình"),
                    ("visit", "Phải xác minh thêm tại chỗ"),
                    ("complex", "Nội dung phức tạp, phải xem xét kỹ"),
                    ("records", "Phải đối chiếu với sổ sách, hồ sơ lưu trữ"),
                    ("workload", "Cùng lúc có nhiều hồ sơ, cán bộ chưa kịp giải quyết"),
                    ("absent", "Cán bộ thụ lý nghỉ đột xuất"),
                    ("system", "Hệ thống hoặc đường truyền bị sự cố"),
                    ("other", "Lý do khác"),
                ],
                max_length=20,
                verbose_name="lý do",
            ),
        ),
    ]
