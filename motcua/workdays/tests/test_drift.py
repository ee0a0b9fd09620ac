"""What somebody changes in the tables by hand is noticed, told and can be undone."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from motcua.audit.queries import deeds_on
from motcua.workdays.actions.keeping import set_day_off
from motcua.workdays.models import Stamp
from motcua.workdays.queries import calendar_drift, latest_edition, work_calendar

pytestmark = pytest.mark.django_db
HOLIDAY = date(2026, 11, 24)


def by_hand(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_calendar_kept_by_actions_has_no_drift() -> None:
    set_day_off(day=date(2026, 12, 1), name="Nghỉ bão")

    assert calendar_drift() == []


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        (
            "DELETE FROM workdays_dayoff WHERE day = '2026-11-24'",
            "24/11/2026: nghỉ, Ngày Văn hóa Việt Nam → ngày thường",
        ),
        ("UPDATE workdays_workyear SET confirmed = true", "Năm 2027 đã xác nhận"),
        (
            "INSERT INTO workdays_officehours (owner, since, slots, saturday) "
            """VALUES ('', '2027-01-01', '[["07:00", "15:00"]]', '[]')""",
            "thêm giờ làm việc từ 01/01/2027: 07:00–15:00",
        ),
        ("UPDATE workdays_dayoff SET name = name", "bảng lịch đã bị ghi, nay lại như cũ"),
    ],
)
def test_rows_changed_by_hand_are_told_day_by_day(sql: str, told: str) -> None:
    by_hand(sql)

    assert calendar_drift() == [told]


def test_what_was_changed_by_hand_is_put_back_and_written_down() -> None:
    by_hand("DELETE FROM workdays_dayoff WHERE day = '2026-11-24'")
    assert work_calendar().is_open(HOLIDAY)
    before, said = latest_edition(), StringIO()

    call_command("work_calendar", "2026", "--restore", stdout=said)

    assert "Trả lại: 24/11/2026: ngày thường → nghỉ" in said.getvalue()
    assert not work_calendar().is_open(HOLIDAY)
    assert calendar_drift() == []
    assert latest_edition() == before + 1
    assert "calendar.restore" in {deed for year in (2026, 2027) for deed in deeds_on(f"calendar:{year}")}  # fmt: skip


def test_a_house_without_any_calendar_has_no_drift() -> None:
    by_hand("DELETE FROM workdays_calendaredition")
    Stamp.objects.all().delete()

    assert calendar_drift() == []
