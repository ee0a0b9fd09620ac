"""The packet of the National database: every field is kept, or its loss is told."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from motcua.procedures.actions.importing import Tally, import_readings
from motcua.procedures.importing.cleaning import sets_in
from motcua.procedures.importing.dates import date_in, decision_date
from motcua.procedures.importing.sources import read_record, readings
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import procedure_page, published_terms
from motcua.procedures.tests.records import a_packet, a_record
from motcua.procedures.types import Detail, Related, detail_from_json

KITES = "1.000002"
PAPER = {
    "MAGIAYTO": "TD-01", "TENGIAYTO": "Tờ khai thả diều", "MA_KQ_THAYTHE": "KQ.G00.000001",
    "SOBANCHINH": "1", "SOBANSAO": "0", "TENMAUDON": "mau-01.docx",
    "URL": "https://example.vn/tai?ma=1",
}  # fmt: skip
WHOLE = a_packet(
    ID="4711",
    QUYETDINH="Quyết định số 7/QĐ-BTN ngày 02/03/2026",
    IDQUYETDINHCONGBO="QD-7",
    COQUANTHUCHIEN=[{"MADONVI": "H99.01", "TENDONVI": "Ủy ban nhân dân cấp xã"}],
    MOTADOITUONGTHUCHIEN="Người có diều",
    TTHCLIENQUAN=[{"MATTHC": "1.000003", "TENTTHC": "Đăng ký sáo diều"}],
    TTHCLIENTHONG=["1.000001"],
    SOBOHOSO="2",
    THANHPHANHOSO=[{"TRUONGHOP": "", "GIAYTO": [PAPER]}],
)


def the_detail(packet: dict[str, Any]) -> tuple[Detail, list[str]]:
    reading = read_record(1, packet)
    assert reading.detail is not None
    return reading.detail, [f"{flaw.field}: {flaw.problem}" for flaw in reading.flaws]


def published(folder: Path, packet: dict[str, Any]) -> Tally:
    path = folder / "goi.json"
    path.write_text(json.dumps(packet, ensure_ascii=False), "utf-8")
    return import_readings(readings(path), publish=True)


def test_codes_decision_neighbours_and_form_files_are_kept() -> None:
    detail, flaws = the_detail(WHOLE)

    assert (detail.source_id, detail.decision_id, detail.decided_on) == (
        "4711",
        "QD-7",
        "2026-03-02",
    )
    assert detail.agency_codes == ("H99.01",)
    assert detail.related == (Related("1.000003", "Đăng ký sáo diều"),)
    assert detail.interlinked == (Related("1.000001"),)
    assert detail.sets == 2
    slot = detail.slots[0]
    assert (slot.paper_code, slot.replaced_by) == ("TD-01", "KQ.G00.000001")
    assert (slot.form_name, slot.form_url) == ("mau-01.docx", "https://example.vn/tai?ma=1")
    assert flaws == []
    assert detail_from_json(json.loads(json.dumps(detail.as_json()))) == detail


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"LOAIMOI": "x"}, "LOAIMOI: Trường chưa dùng đến"),
        ({"KETQUATHUCHIEN": [{"TENKETQUA": "Giấy", "MAUSAC": "đỏ"}]}, "KETQUATHUCHIEN.MAUSAC: "),
        ({"TTHCLIENQUAN": [{"MATTHC": "", "TENTTHC": ""}]}, "TTHCLIENQUAN: Thủ tục liên quan"),
        ({"NGAYQUYETDINH": "hôm qua"}, "NGAYQUYETDINH: Không đọc được ngày"),
        ({"TRANGTHAI": "0"}, "TRANGTHAI: Nguồn ghi là không công khai"),
    ],
)
def test_what_is_not_kept_is_told(changes: dict[str, Any], told: str) -> None:
    assert any(flaw.startswith(told) for flaw in the_detail({**WHOLE, **changes})[1])


def test_an_empty_unknown_field_is_no_flaw() -> None:
    assert the_detail({**WHOLE, "LOAIMOI": "", "KHAC": []})[1] == []


@pytest.mark.django_db
def test_the_page_shows_neighbours_templates_sets_and_the_day_of_the_decision(
    tmp_path: Path, client: Client
) -> None:
    published(tmp_path, {**WHOLE, "QUYETDINH": "7/QĐ-BTN", "NGAYQUYETDINH": "2026-03-02"})

    text = client.get(f"/thu-tuc/{KITES}/").content.decode()

    assert "Đăng ký sáo diều" in text
    assert 'href="https://example.vn/tai?ma=1"' in text
    assert "Số lượng hồ sơ: 2 bộ" in text
    assert "7/QĐ-BTN ngày 02/03/2026" in text
    assert ProcedureVersion.objects.get(procedure__code=KITES).decided_on is not None


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["", "niem-yet/"])
def test_a_day_that_stands_in_the_decision_is_not_told_twice(
    tmp_path: Path, client: Client, place: str
) -> None:
    published(tmp_path, WHOLE)

    text = client.get(f"/thu-tuc/{KITES}/{place}").content.decode()

    assert text.count("02/03/2026") == 1


@pytest.mark.django_db
def test_a_template_that_is_no_web_address_is_not_linked(tmp_path: Path, client: Client) -> None:
    paper = {**PAPER, "URL": "javascript:alert(1)"}
    published(tmp_path, {**WHOLE, "THANHPHANHOSO": [{"TRUONGHOP": "", "GIAYTO": [paper]}]})

    assert "javascript:alert" not in client.get(f"/thu-tuc/{KITES}/").content.decode()


@pytest.mark.django_db
def test_a_case_has_the_time_limit_and_the_fee_that_the_source_gives_it(
    tmp_path: Path, client: Client
) -> None:
    def option(case: str, days: str, fee: str) -> dict[str, Any]:
        return {
            "THOIGIANGIAIQUYET": days, "DONVITINH": "Ngày làm việc", "MOTA": case,
            "PHILEPHI": [{"MAPHILEPHI": "2", "SOTIEN": fee}],
        }  # fmt: skip

    def papers(case: str) -> dict[str, Any]:
        return {"TRUONGHOP": case, "GIAYTO": [{"TENGIAYTO": f"Giấy {case}", "SOBANCHINH": "1"}]}

    published(
        tmp_path,
        a_packet(
            CACHTHUCTHUCHIEN=[
                {"KENH": "2", "THOIGIAN": [option("Cấp mới", "5", "90.000"),
                                           option("Cấp lại do mất", "2", "40.000")]}
            ],
            THANHPHANHOSO=[papers("Cấp mới"), papers("Cấp lại"), papers("Gia hạn")],
        ),
    )  # fmt: skip

    terms = published_terms(KITES)
    limits = {case: terms.limit_of(case) for case in ("Cấp mới", "Cấp lại", "Gia hạn")}
    assert {case: limit.value for case, limit in limits.items() if limit} == {
        "Cấp mới": 5,
        "Cấp lại": 2,
        "Gia hạn": 5,  # no limit of its own: the longest holds
    }
    text = client.get(f"/thu-tuc/{KITES}/").content.decode()
    assert "Cấp lại do mất" in text
    assert "40.000 đồng" in text


@pytest.mark.parametrize(
    ("told", "sets"),
    [
        ("Số lượng hồ sơ: 01 (một) bộ.", 1),
        ("* Số bộ hồ sơ 02 (hai) bộ", 2),
        ("Số lượng: 3 bộ", 3),
        ("Số lượng hồ sơ: 10 bộ", 10),
        ("Số lượng hồ sơ: 15 (mười lăm) bộ", 15),
        ("Số lượng hồ sơ: 100 bộ", 0),
        ("Hồ sơ thiết kế tàu (03 bộ)", 0),
        ("Nghị định số 11/2021 của bộ", 0),
    ],
)
def test_the_number_of_sets_is_read_where_it_is_said(told: str, sets: int) -> None:
    assert sets_in([told]) == sets


def test_a_crawled_record_says_its_sets_and_its_id_too() -> None:
    cases = [
        {"case": "Số lượng hồ sơ: 01 (một) bộ.", "documents": [{"name": "Đơn", "original": 1}]}
    ]
    detail, _ = the_detail(a_record(document_cases=cases, formality_id="abc"))
    assert (detail.sets, detail.source_id) == (1, "abc")


def test_days_are_read_as_they_are_written() -> None:
    written = ("20-11-2014", "20/11/2014", "2014-11-20", "ngày 20 tháng 11 năm 2014", "31/02/2020")
    assert [date_in(day) for day in written] == ["2014-11-20"] * 4 + [""]
    assert decision_date("7/QĐ-BTP ngày 2.3.2024") == "2024-03-02"
    assert decision_date("7/QĐ-BTP") == ""


@pytest.mark.django_db
def test_the_day_of_the_decision_is_on_the_page_of_the_version(tmp_path: Path) -> None:
    published(tmp_path, WHOLE)
    assert str(procedure_page(KITES).decided_on) == "2026-03-02"
