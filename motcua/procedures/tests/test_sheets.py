"""Sheets to print: the posting sheet says all the law wants posted; the sample is marked MẪU."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from motcua.procedures.actions.succeeding import set_local_limit
from motcua.procedures.queries import published_codes
from motcua.procedures.types import Duration

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


def test_the_mark_is_as_the_circular_wants_it_on_every_printed_page() -> None:
    found = finders.find("procedures/sheet.css")
    assert found
    rules = Path(found).read_text("utf-8")

    for rule in ('"Times New Roman"', "16pt", "font-weight: 700", "position: fixed", "size: A4"):
        assert rule in rules


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
