"""What a packet says in an unusual way is kept, or its loss is told."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from motcua.procedures.actions.importing import import_readings
from motcua.procedures.importing.sources import read_record, readings
from motcua.procedures.rules import fee_lines, fee_text
from motcua.procedures.tests.records import a_packet
from motcua.procedures.types import Detail, FormFile, Related, detail_from_json

KITES = "1.000002"


def the_detail(**changes: Any) -> tuple[Detail, list[str]]:
    reading = read_record(1, a_packet(**changes))
    assert reading.detail is not None
    kept = detail_from_json(json.loads(json.dumps(reading.detail.as_json())))
    assert kept == reading.detail
    return reading.detail, [flaw.problem for flaw in reading.flaws]


def published(folder: Path, **changes: Any) -> None:
    path = folder / "goi.json"
    path.write_text(json.dumps(a_packet(**changes), ensure_ascii=False), "utf-8")
    import_readings(readings(path), publish=True)


def charged(**fee: str) -> dict[str, Any]:
    times = [{"THOIGIANGIAIQUYET": "3", "DONVITINH": "Ngày", "PHILEPHI": [fee]}]
    return {"CACHTHUCTHUCHIEN": [{"KENH": "2", "THOIGIAN": times}]}


def papers(*given: dict[str, str], case: str = "") -> dict[str, Any]:
    return {"THANHPHANHOSO": [{"TRUONGHOP": case, "GIAYTO": list(given)}]}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"MATTHC": "1.000003", "TENTTHC": "Sáo diều"}, Related("1.000003", "Sáo diều")),
        ("1.000003", Related("1.000003")),
        ("Sáo diều", Related("", "Sáo diều")),
    ],
)
def test_a_neighbour_that_is_no_list_is_one_neighbour(given: Any, kept: Related) -> None:
    detail, flaws = the_detail(TTHCLIENQUAN=given)
    assert (detail.related, flaws) == ((kept,), [])


def test_a_second_field_stands_beside_the_first() -> None:
    detail, flaws = the_detail(
        LINHVUCTHUCHIEN=[
            {"MALINHVUC": "A", "TENLINHVUC": "Trò chơi"},
            {"MALINHVUC": "B", "TENLINHVUC": "Hàng không"},
        ]
    )
    assert (detail.field, detail.other_fields) == ("Trò chơi", ("Hàng không",))
    assert flaws == ["Nhiều lĩnh vực"]


def test_an_agency_that_has_only_a_code_is_called_by_it() -> None:
    detail, _ = the_detail(
        COQUANCOTHAMQUYEN=[{"MADONVI": "H9", "TENDONVI": ""}],
        COQUANDUOCUYQUYEN=[{"MADONVI": "H8", "TENDONVI": "Phòng Tư pháp"}],
        COQUANPHOIHOP=[{"MADONVI": "H7"}],
    )
    assert (detail.competent_agency, detail.competent_codes) == ("H9", ("H9",))
    assert (detail.delegated_agency, detail.delegated_codes) == ("Phòng Tư pháp", ("H8",))
    assert (detail.coordinating_agency, detail.coordinating_codes) == ("H7", ("H7",))


def test_a_paper_without_a_name_is_called_by_its_form() -> None:
    detail, flaws = the_detail(
        **papers({"MAGIAYTO": "TD", "TENMAUDON": "don.docx", "SOBANCHINH": "1"})
    )
    assert [(slot.name, slot.paper_code) for slot in detail.slots] == [("don.docx", "TD")]
    assert flaws == ["Giấy tờ không có tên"]


def test_a_form_that_goes_with_no_paper_can_still_be_downloaded(
    tmp_path: Path, client: Client, db: None
) -> None:
    asked = papers(
        {"TENGIAYTO": "Ảnh diều", "SOBANCHINH": "1"},
        {"TENGIAYTO": "Mẫu đơn", "SOBANCHINH": "0", "TENMAUDON": "m.docx",
         "URL": "https://example.vn/m"},
    )  # fmt: skip
    detail, _ = the_detail(**asked)
    published(tmp_path, **asked)

    assert detail.form_files == (FormFile("m.docx", "https://example.vn/m"),)
    assert 'href="https://example.vn/m"' in client.get(f"/thu-tuc/{KITES}/").content.decode()


def test_a_case_without_papers_is_kept_as_a_note() -> None:
    detail, flaws = the_detail(**papers(case="Cấp lại"))
    assert detail.paper_notes == ("Cấp lại",)
    assert "Trường hợp không có giấy tờ nào" in flaws


def test_a_number_of_copies_nobody_can_read_asks_for_one() -> None:
    detail, flaws = the_detail(
        **papers(
            {"TENGIAYTO": "Ảnh", "SOBANCHINH": "vài"}, {"TENGIAYTO": "Đơn", "SOBANCHINH": "02 bản"}
        )
    )
    assert [slot.originals for slot in detail.slots] == [1, 2]
    assert flaws == ["Không đọc được số bản"]


def test_a_day_of_a_law_that_cannot_be_read_is_told() -> None:
    law = {"SOVANBAN": "1/2020", "NGAYBANHANH": "hôm qua", "NGAYHIEULUC": "01/02/2020"}
    detail, flaws = the_detail(CANCUPHAPLY=[law])
    assert (detail.legal_bases[0].issued_on, detail.legal_bases[0].effective_on) == (
        "",
        "2020-02-01",
    )
    assert flaws == ["Không đọc được ngày của văn bản"]


@pytest.mark.parametrize(
    ("said", "sets", "flaws"),
    [
        ("2", 2, []), ("một", 1, []), ("02 (hai) bộ", 2, []), ("10", 10, []),
        ("tùy", 0, ["Không đọc được số bộ hồ sơ"]),
    ],
)  # fmt: skip
def test_the_number_of_sets_is_read_in_digits_and_in_words(
    said: str, sets: int, flaws: list[str]
) -> None:
    detail, found = the_detail(SOBOHOSO=said)
    assert (detail.sets, found) == (sets, flaws)
    assert bool(detail.paper_notes) == bool(flaws)


@pytest.mark.parametrize(
    ("fee", "told", "flaws"),
    [
        ({"SOTIEN": "5000", "DONVI": "USD"}, "5.000 USD", []),
        ({"SOTIEN": "49", "DONVI": "USD"}, "49 USD", []),
        ({"SOTIEN": "5000", "DONVI": "Đồng"}, "5.000 đồng", []),
        ({"SOTIEN": "5000", "DONVI": "Đồng/trang"}, "5.000 đồng/trang", []),
        ({"SOTIEN": "5000", "DONVI": "Kíp Lào"}, "5.000 Kíp Lào", ["Đơn vị tiền không rõ"]),
        (
            {"SOTIEN": "15", "DONVI": "%"},
            "Theo thông báo của cơ quan tiếp nhận",
            ["Mức thu tính theo phần trăm"],
        ),
    ],
)
def test_an_amount_is_told_in_the_currency_of_the_source(
    fee: dict[str, str], told: str, flaws: list[str]
) -> None:
    detail, found = the_detail(**charged(MAPHILEPHI="2", **fee))
    assert (fee_text(detail.channels), found) == (told, flaws)


def test_the_page_shows_each_fee_as_it_was_written() -> None:
    lines = [
        fee_lines(the_detail(**charged(MAPHILEPHI="2", **fee))[0].channels[0].fees)
        for fee in (
            {"SOTIEN": "15", "DONVI": "%", "MOTA": "giá trị"},
            {"SOTIEN": "2000", "DONVI": "đồng/trang"},
            {"SOTIEN": "theo biểu"},
        )
    ]
    assert lines == [
        [("15 % (cần hỏi lại cơ quan tiếp nhận)", "giá trị")],
        [("2.000 đồng", "/trang")],
        [("Cần hỏi lại cơ quan tiếp nhận", "theo biểu")],
    ]
