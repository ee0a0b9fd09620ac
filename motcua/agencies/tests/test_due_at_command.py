"""`bin/manage due_at`: the date on the command line, its lines, and what it will not count."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from motcua.testing.cast import Cast
from motcua.workdays.models import OfficeHours

pytestmark = pytest.mark.django_db


def _told(*words: str) -> list[str]:
    said = StringIO()
    call_command("due_at", *words, stdout=said)
    return said.getvalue().splitlines()


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("--received 2026-11-20T16:00 --limit 8h", "2026-11-23T16:00+07:00"),
        ("--received 2026-11-20T09:00Z --limit 8h", "2026-11-23T16:00+07:00"),
        ("--received 2026-11-20 --limit 3wd", "2026-11-26T17:30+07:00"),
        ("--received 2026-11-20T10:00 --limit 2wd --method day_as_8h", "2026-11-25T10:00+07:00"),
        ("--received 2026-11-19 --limit 2cd", "2026-11-23T17:30+07:00"),
        ("--received 2026-10-30 --limit 1m", "2026-11-30T17:30+07:00"),
        ("--received 2026-11-23T15:20 --method IN_DAY", "2026-11-25T17:30+07:00"),
        ("--received 2026-11-20T16:00:05 --limit 8h", "2026-11-23T16:00:05+07:00"),
    ],
)
def test_every_kind_of_limit_gets_its_moment(words: str, due: str) -> None:
    assert _told(*words.split()) == [due]


def test_a_pause_is_given_back_and_a_restart_counts_again() -> None:
    received = ("--received", "2026-11-09", "--limit", "10wd")
    pause = ("--pause", "2026-11-11..2026-11-16")

    assert _told(*received, *pause) == ["2026-11-27T17:30+07:00"]
    assert _told(*received, *pause, *pause) == ["2026-11-27T17:30+07:00"]
    assert _told(*received, "--restart", "2026-11-16") == ["2026-12-01T17:30+07:00"]
    assert _told(*received, *pause, "--restart", "2026-11-16T09:00") == ["2026-12-01T17:30+07:00"]


def test_the_explanation_shows_each_day_and_the_sum() -> None:
    told = _told("--received", "2026-11-23T15:30", "--limit", "8h", "--explain")

    assert told == [
        "2026-11-25T15:30+07:00",
        "  15:30 thứ Hai 23/11/2026: tiếp nhận",
        "  thứ Hai 23/11/2026: +2 giờ (cộng 2 giờ)",
        "  thứ Ba 24/11/2026: nghỉ lễ, Ngày Văn hóa Việt Nam",
        "  thứ Tư 25/11/2026: +6 giờ (cộng 8 giờ)",
        "  15:30 thứ Tư 25/11/2026: hẹn trả kết quả",
    ]


@pytest.mark.parametrize("named", ["{agency}/MC", "{agency}"])
def test_a_unit_counts_by_its_own_hours(cast: Cast, named: str) -> None:
    OfficeHours.objects.create(
        owner=f"agency:{cast.ward.pk}",
        since=date(2026, 1, 1),
        slots=[["07:00", "11:30"], ["13:30", "17:00"]],
    )
    words = ("--received", "2026-11-20", "--limit", "3wd")

    assert _told(*words, "--unit", named.format(agency=cast.ward.code)) == [
        "2026-11-26T17:00+07:00"
    ]
    assert _told(*words) == ["2026-11-26T17:30+07:00"]


def test_a_code_that_several_units_share_asks_for_the_agency(cast: Cast) -> None:
    with pytest.raises(CommandError, match=f"{cast.ward.code}/MC") as no:
        _told("--received", "2026-11-20", "--limit", "3wd", "--unit", "MC")
    assert no.value.returncode == 2


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("--received 2026-11-20 --limit 8", "chưa có đơn vị: viết 8h"),
        ("--received 2026-11-20 --limit 8x", "không có đơn vị “x”"),
        ("--received 2026-11-20 --limit tám", "Không đọc được thời hạn"),
        ("--received 2026-11-20 --limit ٣wd", "Không đọc được thời hạn"),
        ("--received 2026-11-20 --limit 99999wd", "từ 0 đến 10000"),
        ("--received 2026-11-20 --limit 9999m", "Chưa có lịch làm việc năm"),
        ("--received 2026-11-20 --limit 9000h", "Chưa có lịch làm việc năm"),
        ("--received 2026-11-20", "Thiếu --limit"),
        ("--limit 8h", "Thiếu --received"),
        ("--received 2026-02-30 --limit 8h", "Không đọc được thời điểm “2026-02-30”"),
        ("--received 0001-01-01T00:00+14:00 --limit 8h", "Không đọc được thời điểm"),
        ("--received 9999-12-31T23:59 --limit 8h", "Chưa có lịch làm việc năm 9999"),
        ("--received 2026-11-20 --limit 8h --method DAY_AS_8H", "Chọn một trong: DAY, HOUR"),
        ("--received 2026-11-20 --limit 3wd --method QUICK", "Không có cách tính QUICK"),
        ("--received 2026-11-20 --limit 3wd --method IN_DAY", "nhập 0 hoặc 1"),
        ("--received 2026-11-20 --limit 3wd --pause 2026-11-23", "viết TỪ..ĐẾN"),
        (
            "--received 2026-11-09 --limit 3wd --pause 2026-11-10..2026-11-11"
            " --pause 2026-11-16..2026-11-13",
            "Khoảng dừng thứ 2 kết thúc",
        ),
        (
            "--received 2026-11-20 --limit 3wd --pause 2026-11-10..2026-11-23",
            "Khoảng dừng thứ 1, 17:30 10/11/2026, sớm hơn lúc tiếp nhận",
        ),
        ("--received 2026-11-20 --limit 3wd --restart 2026-11-19", "--restart"),
        ("--received 2026-11-20 --limit 3wd --unit ZZ.9", "Không có cơ quan hay đơn vị nào"),
    ],
)
def test_bad_input_is_answered_with_a_sentence(words: str, sentence: str) -> None:
    with pytest.raises(CommandError) as no:
        _told(*words.split())

    assert sentence in str(no.value)
    assert no.value.returncode == 2


@pytest.mark.parametrize("words", [("--limit", "-3wd"), ("--quick",)])
def test_words_that_are_no_option_end_with_two_and_a_sentence(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        _told("--received", "2026-11-20", *words)

    assert end.value.code == 2
    assert "Không hiểu dòng lệnh" in capsys.readouterr().err
