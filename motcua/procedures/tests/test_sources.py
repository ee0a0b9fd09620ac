"""A damaged file or record is a flaw of its own; everything else comes in."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from motcua.procedures.actions.importing import Tally, import_readings
from motcua.procedures.importing.sources import read_record, readings
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import procedure_page
from motcua.procedures.tests.records import a_file, a_packet, a_record
from motcua.procedures.types import Detail, Duration

BEES, KITES = "1.000001", "1.000002"


def imported(path: Path) -> Tally:
    return import_readings(readings(path), publish=True)


def problems(tally: Tally) -> list[str]:
    return [flaw.problem for flaw in tally.flaws]


def the_detail(record: dict[str, Any]) -> tuple[Detail, list[str]]:
    reading = read_record(1, record)
    assert reading.detail is not None
    return reading.detail, [f"{flaw.field}: {flaw.problem}" for flaw in reading.flaws]


def limited(days: object) -> dict[str, Any]:
    times = [{"THOIGIANGIAIQUYET": days, "DONVITINH": "Ngày"}]
    return a_packet(CACHTHUCTHUCHIEN=[{"KENH": "2", "THOIGIAN": times}])


@pytest.mark.django_db
def test_a_number_beyond_all_bounds_does_not_end_the_import(tmp_path: Path) -> None:
    endless = json.dumps(limited("@")).replace('"@"', "1e999")

    tally = imported(a_file(tmp_path, endless, a_record()))

    assert (tally.published, tally.refused) == (2, 0)
    assert "Thời hạn không phải số nguyên hợp lý" in problems(tally)


@pytest.mark.django_db
def test_a_message_that_is_no_json_does_not_end_the_import(tmp_path: Path) -> None:
    path = tmp_path / "tep.json"
    path.write_text(json.dumps([{"message": "not json"}, a_record()]))

    tally = imported(path)

    assert (tally.published, tally.refused) == (1, 1)
    assert "Bản ghi không phải JSON" in problems(tally)


@pytest.mark.django_db
def test_what_stands_before_the_break_in_a_packed_file_comes_in(tmp_path: Path) -> None:
    records = [a_record(f"1.1{number:05d}") for number in range(2000)]
    path = tmp_path / "tep.jsonl.gz"
    body = "\n".join(json.dumps(record) for record in records).encode()
    path.write_bytes(gzip.compress(body)[:-2000])

    tally = imported(path)

    assert tally.published > 500
    assert problems(tally) == ["Tệp nén hỏng hoặc thiếu đoạn cuối"]


def test_a_packed_document_that_is_cut_off_is_told(tmp_path: Path) -> None:
    path = tmp_path / "tep.json.gz"
    path.write_bytes(gzip.compress(json.dumps(a_record()).encode())[:-12])

    (only,) = readings(path)

    assert (only.detail, only.flaws[0].problem) == (None, "Tệp không phải JSON")


@pytest.mark.django_db
def test_words_too_long_for_a_list_are_whole_on_the_page(tmp_path: Path) -> None:
    long: dict[str, Any] = {"field": "L" * 400, "subjects": ["S" * 200], "levels": ["C" * 60]}

    tally = imported(a_file(tmp_path, a_record(**long), a_record("1.000003")))

    assert tally.published == 2
    assert problems(tally) == ["Nội dung quá dài"] * 3
    version = ProcedureVersion.objects.get(procedure__code=BEES)
    assert version.field is not None and version.field.name == "L" * 250
    assert procedure_page(BEES).detail.field == "L" * 400


@pytest.mark.parametrize(
    ("days", "limit", "note"),
    [
        ("3", Duration(3, "calendar_day"), ""),
        ("03", Duration(3, "calendar_day"), ""),
        (3.0, Duration(3, "calendar_day"), ""),
        ("2,5", None, "2,5 Ngày"),
        (2.5, None, "2.5 Ngày"),
        ("5-7", None, "5-7 Ngày"),
        ("vài", None, "vài Ngày"),
        ("99999", None, "99999 Ngày"),
        ("", None, ""),
    ],
)
def test_only_a_whole_number_is_a_time_limit(
    days: object, limit: Duration | None, note: str
) -> None:
    detail, flaws = the_detail(limited(days))

    term = detail.channels[0]
    assert (term.duration, term.note) == (limit, note)
    assert bool(flaws) == bool(note)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"new_field": "x"}, "new_field: Trường chưa dùng đến"),
        ({"results": [{"name": "Giấy", "colour": "đỏ"}]}, "results.colour: Trường chưa dùng đến"),
        ({"channels_text": "Bảng khác"}, "channels_text: Bảng lời khác với từng kênh"),
        ({"legal_text": "Luật ong"}, "legal_text: Không tách được tên văn bản"),
        ({"online_submission": False}, "online_submission: Có kênh trực tuyến mà ghi chưa"),
        ({"channels": [], "online_submission": True}, "online_submission: Ghi nộp trực tuyến mà"),
        ({"document_cases": [{"case": "Cấp lại", "documents": []}]}, "documents: Trường hợp không"),
    ],
)
def test_what_a_crawled_record_says_and_nobody_reads_is_told(
    changes: dict[str, Any], told: str
) -> None:
    assert any(flaw.startswith(told) for flaw in the_detail(a_record(**changes))[1])


def test_laws_that_run_together_are_taken_apart_or_kept_whole() -> None:
    numbers = ["1/2020/QH14", "2/2021/NĐ-CP"]
    cut, _ = the_detail(
        a_record(
            legal_documents=numbers,
            legal_text="Luật Ong1/2020/QH14Nghị định hướng dẫn Luật số 1/2020/QH14 về ong2/2021/NĐ-CP",
        )
    )
    whole, _ = the_detail(a_record(legal_documents=numbers, legal_text="Luật Ong và nghị định"))

    assert [(law.number, law.name) for law in cut.legal_bases] == [
        ("1/2020/QH14", "Luật Ong"),
        ("2/2021/NĐ-CP", "Nghị định hướng dẫn Luật số 1/2020/QH14 về ong"),
    ]
    assert [law.title for law in whole.legal_bases] == [*numbers, "Luật Ong và nghị định"]


def test_words_beside_a_price_are_kept() -> None:
    options = [
        {
            "duration": {"value": 3, "unit": "Ngày"}, "free": False,
            "fees": [{"amount": 10, "currency": "USD", "note": "/bản"}],
            "text": "10 USD(/bản)Tại cơ quan đại diện ở nước ngoài.",
        }
    ]  # fmt: skip
    detail, flaws = the_detail(a_record(channels=[{"channel": "direct", "options": options}]))

    term = detail.channels[0]
    assert term.note == "Tại cơ quan đại diện ở nước ngoài"
    assert (term.fees[0].amount, term.fees[0].currency) == (10, "USD")
    assert flaws == []
