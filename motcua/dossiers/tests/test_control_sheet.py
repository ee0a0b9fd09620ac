"""The control sheet tells every hand-over: who gave, who took, where, and how it stood with the date."""

from datetime import datetime

import pytest
import time_machine

from motcua.dossiers.control_facts import control_sheet
from motcua.dossiers.workflow import Status
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
DESK = "Bộ phận Tiếp nhận và Trả kết quả"
JUSTICE = "Phòng Tư pháp - Hộ tịch"


def test_each_row_goes_from_one_hand_to_the_next(cast: Cast) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 8, 30, tzinfo=HANOI)):
        rows = control_sheet(a_dossier(cast, Status.DELIVERED), "https://x.example/q").handovers

    assert [(r.note, r.giver_office, r.receiver_office) for r in rows] == [
        ("Nộp hồ sơ", "Người nộp hồ sơ", DESK),
        ("Chuyển đơn vị giải quyết", DESK, JUSTICE),
        ("Phân công", JUSTICE, JUSTICE),
        ("Trình lãnh đạo", JUSTICE, "Văn phòng"),
        ("Ký duyệt", "Văn phòng", "Văn phòng"),
        ("Ban hành kết quả", "Văn phòng", DESK),
        ("Trả kết quả", DESK, "Người nộp hồ sơ"),
    ]
    assert [(r.giver, r.receiver) for r in rows][:3] == [
        ("Nguyễn Thị Lan", "Trần Văn Hùng"),
        ("Trần Văn Hùng", "Đỗ Thị Hòa"),
        ("Đỗ Thị Hòa", "Vũ Thị Mai"),
    ]
    assert rows[-1].receiver == ""
    assert [r.standing for r in rows] == ["", "", "", "", "", "on_time", ""]


def test_a_dossier_on_its_way_waits_for_the_next_hand(cast: Cast) -> None:
    rows = control_sheet(a_dossier(cast, Status.ASSIGNING), "https://x.example/q").handovers

    assert (rows[-1].receiver_office, rows[-1].receiver) == (JUSTICE, "")
