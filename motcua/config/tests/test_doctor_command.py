"""`bin/manage doctor` tells what bin/doctor tells."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from motcua.config.doctor import line
from motcua.sites.backoffice.findings import Finding

pytestmark = pytest.mark.django_db


def test_a_year_without_calendar_is_told_and_the_command_fails() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM workdays_workyear")
    said = StringIO()

    with pytest.raises(CommandError, match="cần xem lại"):
        call_command("doctor", "--quick", stdout=said)

    assert "✗ Lịch làm việc: Bảng lịch đã bị sửa ngoài hệ thống" in said.getvalue()
    assert "Chưa có lịch làm việc năm" in said.getvalue()


def test_what_is_not_due_yet_is_told_as_a_task_and_not_as_a_fault() -> None:
    found = Finding("Lịch làm việc", "Đủ.", task="trước 15/12/2026, xác nhận")

    assert line(found) == "✓ Lịch làm việc: Đủ. Việc cần làm: trước 15/12/2026, xác nhận."
