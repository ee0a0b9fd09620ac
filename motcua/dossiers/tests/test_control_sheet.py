"""The control sheet tells every hand-over: who gave, who took, where, and how it stood with the date."""

from datetime import datetime

import pytest
import time_machine
from django.utils.timezone import localtime

from motcua.dossiers.actions import intake
from motcua.dossiers.actions.standing_in import supplement_at_counter
from motcua.dossiers.control_facts import control_sheet
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import dossier_page
from motcua.dossiers.types import Channel
from motcua.dossiers.workflow import Status, Step
from motcua.testing.cast import Cast
from motcua.testing.dossiers import a_dossier, a_pdf, accepted
from motcua.workdays.types import HANOI

pytestmark = pytest.mark.django_db
DESK = "Bộ phận Tiếp nhận và Trả kết quả"
JUSTICE = "Phòng Tư pháp - Hộ tịch"


def test_each_row_goes_from_one_hand_to_the_next(cast: Cast) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 8, 30, tzinfo=HANOI)):
        rows = control_sheet(a_dossier(cast, Status.DELIVERED), "https://x.example/q").handovers

    assert [(r.note, r.giver_office, r.receiver_office) for r in rows] == [
        ("Nộp hồ sơ", "Người nộp hồ sơ", DESK),
        ("Chuyển đơn vị giải quyết. Đã kiểm tra, đạt 1 giấy tờ", DESK, JUSTICE),
        ("Phân công", JUSTICE, JUSTICE),
        ("Trình lãnh đạo. Đề xuất: giải quyết, cấp kết quả", JUSTICE, "Văn phòng"),
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


@pytest.mark.parametrize(
    ("status", "office"),
    [
        (Status.SUBMITTED, DESK),
        (Status.PRE_SUPPLEMENT, "Người nộp hồ sơ"),
        (Status.WITHDRAWN, "Người nộp hồ sơ"),
        (Status.REJECTED, "Người nộp hồ sơ"),
        (Status.EXAMINING, JUSTICE),
        (Status.PROPOSED, "Lãnh đạo cơ quan"),
        (Status.APPROVED, "Văn thư"),
        (Status.RESULT_READY, DESK),
        (Status.DELIVERED, "Người nộp hồ sơ"),
    ],
)
def test_the_last_row_names_who_holds_the_dossier_as_lan_reads_it(
    cast: Cast, status: Status, office: str
) -> None:
    dossier = a_dossier(cast, status)

    last = control_sheet(dossier, "https://x.example/q").handovers[-1]

    assert (last.receiver_office, last.receiver) == (office, "")
    assert dossier_page(cast.lan, dossier.reference).holder.startswith(office) or (
        office == "Người nộp hồ sơ"
    )


def test_a_dossier_never_accepted_came_in_on_the_day_it_was_filed(cast: Cast) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 8, 30, tzinfo=HANOI), tick=False):
        dossier = a_dossier(cast, Status.SUBMITTED)
    with time_machine.travel(datetime(2026, 11, 24, 9, 0, tzinfo=HANOI)):
        intake.withdraw_dossier(citizen=cast.lan, reference=dossier.reference)
    dossier.refresh_from_db()

    sheet = control_sheet(dossier, "https://x.example/q")

    assert sheet.accepted_at == datetime(2026, 11, 23, 8, 30, tzinfo=HANOI)


def test_a_hand_that_was_late_stays_late_when_the_result_is_there(cast: Cast) -> None:
    dossier = a_dossier(cast, Status.DELIVERED)
    passed = dossier.moves.get(step=Step.TRANSFER).at
    Dossier.objects.filter(pk=dossier.pk).update(due_at=passed, legal_due_at=passed)
    dossier.refresh_from_db()

    rows = control_sheet(dossier, "https://x.example/q").handovers

    assert [(r.note.partition(".")[0], r.standing) for r in rows] == [
        ("Nộp hồ sơ", ""),
        ("Chuyển đơn vị giải quyết", ""),
        ("Phân công", "late"),
        ("Trình lãnh đạo", "late"),
        ("Ký duyệt", "late"),
        ("Ban hành kết quả", "late"),
        ("Trả kết quả", ""),
    ]


def test_what_is_brought_to_the_counter_comes_from_the_applicant_and_goes_back_to_them(
    cast: Cast,
) -> None:
    dossier = a_dossier(cast, Status.PRE_SUPPLEMENT, channel=Channel.COUNTER)
    gone = control_sheet(dossier, "https://x.example/q").handovers
    supplement_at_counter(
        post=cast.hung, reference=dossier.reference, answers=dossier.answers,
        papers=[(dossier.supplement_items[0]["slot"], "ro.pdf", a_pdf("bản rõ hơn"))],
    )  # fmt: skip
    dossier.refresh_from_db()
    accepted(cast, dossier)

    rows = control_sheet(dossier, "https://x.example/q").handovers

    hen = dossier.applicant_name
    until = datetime.fromisoformat(dossier.moves.get(step=Step.ACCEPT).facts["transfer_due_at"])
    by_law = f"bàn giao trước {localtime(until):%H:%M ngày %d/%m/%Y}"
    assert (gone[-1].receiver_office, gone[-1].receiver) == ("Người nộp hồ sơ", "")
    assert [(r.note, r.giver, r.receiver) for r in rows] == [
        ("Nộp hồ sơ", hen, "Trần Văn Hùng"),
        ("Yêu cầu bổ sung", "Trần Văn Hùng", hen),
        ("Nộp bổ sung", hen, "Trần Văn Hùng"),
        (f"Tiếp nhận, {by_law}. Đã kiểm tra, đạt 1 giấy tờ", "Trần Văn Hùng", ""),
    ]
    assert [r.giver_office for r in rows] == ["Người nộp hồ sơ", DESK, "Người nộp hồ sơ", DESK]
    assert [r.receiver_office for r in rows[:3]] == [DESK, "Người nộp hồ sơ", DESK]
