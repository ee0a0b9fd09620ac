"""Sheets to print: the posting sheet says all the law wants posted; the sample is marked MẪU."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from motcua.core import clock
from motcua.procedures.actions.importing import import_readings
from motcua.procedures.actions.succeeding import set_local_limit
from motcua.procedures.importing.sources import readings
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import posting, published_codes
from motcua.procedures.tests.records import a_file, a_record
from motcua.procedures.types import Duration, Slot
from motcua.procedures.web.sheets import by_case

pytestmark = pytest.mark.django_db
MARRIAGE, SHOP = "1.000894", "1.001612"


def test_the_posting_sheet_says_everything_that_is_posted(client: Client) -> None:
    page = client.get(f"/thu-tuc/{SHOP}/niem-yet/")

    text = page.content.decode()
    assert page.status_code == 200
    for words in (
        "NIÊM YẾT CÔNG KHAI THỦ TỤC HÀNH CHÍNH", SHOP, "Trình tự thực hiện", "Cách thức, thời hạn",
        "Thành phần, số lượng hồ sơ", "Đối tượng thực hiện", "Cơ quan thực hiện", "Kết quả",
        "Yêu cầu, điều kiện", "Căn cứ pháp lý", "In ngày",
    ):  # fmt: skip
        assert words in text


def test_the_posting_sheet_tells_the_promise_beside_the_law(client: Client) -> None:
    set_local_limit(code=SHOP, limit=Duration(1, "working_day"), decision="5/QĐ-UBND")

    sheet = client.get(f"/thu-tuc/{SHOP}/niem-yet/").content.decode()
    page = client.get(f"/thu-tuc/{SHOP}/").content.decode()

    assert "Thời hạn cơ quan cam kết: <strong>1 ngày làm việc</strong>" in sheet
    assert "3 ngày làm việc" in sheet
    assert "luật định 3 ngày làm việc" in page


def test_the_sample_is_marked_and_filled_in_and_lists_its_papers(client: Client) -> None:
    text = client.get(f"/thu-tuc/{MARRIAGE}/ho-so-mau/").content.decode()

    assert '<p class="mc-sample">MẪU</p>' in text
    assert "Trần Thị Mẫu" in text
    assert "Giấy xác nhận tình trạng hôn nhân" in text
    assert "Giấy chứng nhận kết hôn (MẪU)" in text


def test_the_sample_result_is_nobody_elses_and_its_receipt_names_a_day(client: Client) -> None:
    text = client.get("/thu-tuc/1.001193/ho-so-mau/").content.decode()
    receipt = text[text.index("3. Giấy tiếp nhận") :]

    assert "NGUYỄN THỊ MẪU CON" in text
    assert "cấp cho" not in text  # the certificate is the child's, not the father's
    assert '<dd class="govuk-summary-list__value">Nguyễn Văn Mẫu</dd>' in receipt
    assert "Hẹn trả kết quả" in receipt
    assert "(nếu nộp hôm nay)" in receipt
    assert receipt.count(f"/{clock.now():%Y}") + receipt.count(f"/{clock.now().year + 1}") >= 2


def test_every_procedure_has_a_page_a_sheet_and_a_sample_linked_from_it(client: Client) -> None:
    for code, _ in published_codes():
        text = client.get(f"/thu-tuc/{code}/").content.decode()
        for place in ("niem-yet", "ho-so-mau"):
            address = f"/thu-tuc/{code}/{place}/"
            assert f'href="{address}"' in text
            assert client.get(address).status_code == 200


@pytest.mark.parametrize("place", ["niem-yet", "ho-so-mau"])
@pytest.mark.parametrize("code", ["9.999999", "abc", "1.000894' OR 1=1"])
def test_what_is_not_listed_has_no_sheet(client: Client, code: str, place: str) -> None:
    assert client.get(f"/thu-tuc/{code}/{place}/").status_code == 404


def test_where_the_source_is_silent_the_sheet_says_so(tmp_path: Path, client: Client) -> None:
    silent = a_record(
        subjects=[], executing_agencies=[], results=[], legal_documents=[], document_cases=[],
        steps=[], channels=[],
    )  # fmt: skip
    import_readings(readings(a_file(tmp_path, silent)), publish=True)

    text = client.get("/thu-tuc/1.000001/niem-yet/").content.decode()

    for invented in ("Mọi cá nhân", "Văn bản trả lời", "Không phải nộp", "Bộ phận Một cửa các cấp"):
        assert invented not in text
    assert text.lower().count("nguồn chưa ghi") == 9


def test_a_case_is_one_heading_however_its_papers_are_mixed() -> None:
    slots = tuple(
        Slot(f"p{number}", "Giấy", case=case) for number, case in enumerate(("A", "B", "", "A"))
    )
    assert [(case, len(some)) for case, some in by_case(slots)] == [("", 1), ("A", 2), ("B", 1)]


def test_the_sheets_of_a_field_or_an_agency_come_each_on_its_own_paper(client: Client) -> None:
    rows = ProcedureVersion.objects.filter(status="published", field__name="Hộ tịch")
    index = client.get("/niem-yet/").content.decode()

    text = client.get("/niem-yet/", {"linh-vuc": "Hộ tịch"}).content.decode()

    assert f"Hộ tịch</a> ({rows.count()})" in index
    assert text.count('<div class="mc-sheet">') == rows.count() > 1
    assert f"Có {rows.count()} thủ tục" in text
    assert text.count("<h1") == 1
    sheet = finders.find("procedures/sheet.css")
    assert sheet
    assert ".mc-sheet + .mc-sheet { break-before: page; }" in Path(sheet).read_text("utf-8")
    agency = rows.values_list("card__agency", flat=True)[0]
    both = client.get("/niem-yet/", {"linh-vuc": "Hộ tịch", "co-quan": agency}).content.decode()
    assert 0 < both.count('<div class="mc-sheet">') <= rows.count()


def test_many_sheets_come_so_many_at_once_and_none_is_left_out(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "AT_ONCE", 4)
    codes = ProcedureVersion.objects.filter(status="published", field__name="Hộ tịch")
    wanted = sorted(codes.values_list("procedure__code", flat=True))
    seen, after = list[str](), ""

    while True:
        page = client.get("/niem-yet/", {"linh-vuc": "Hộ tịch", "sau": after})
        some = page.context["posted"]
        assert (
            f"bản niêm yết {len(seen) + 1}–{len(seen) + len(some.pages)}" in page.content.decode()
        )
        seen += [one.detail.code for one in some.pages]
        if not (after := some.next):
            break

    assert seen == wanted


@pytest.mark.parametrize(
    "asked", [{"linh-vuc": "không có"}, {"co-quan": "\x00' OR 1=1"}, {"co-quan": "a" * 9000}]
)
def test_a_list_of_sheets_nobody_has_says_so(client: Client, asked: dict[str, str]) -> None:
    page = client.get("/niem-yet/", asked)
    assert (page.status_code, page.context["posted"].total) == (200, 0)
    assert "Không có thủ tục nào" in page.content.decode()
