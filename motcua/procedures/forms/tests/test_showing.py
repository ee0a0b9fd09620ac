"""Showing: summary in words, prefilled answers with their source, and the HTML of a page."""

from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from django.template.loader import render_to_string

from motcua.core.errors import Reason
from motcua.procedures.forms.rules import (
    Progress,
    page_view,
    pages,
    prefill,
    progress,
    read_page,
    sources_now,
    summary,
)
from motcua.procedures.forms.tests.samples import (
    MARRIAGE,
    NAMES,
    TODAY,
    FewPlaces,
    form,
    one_field,
    seeded,
)
from motcua.procedures.forms.words import date_in_words, number_in_words
from motcua.testing.answers import valid_answers


@dataclass(frozen=True)
class Someone:
    full_name: str = "Nguyễn Thị Lan"
    national_id: str = "001190012345"
    birth_on: date | None = date(1990, 3, 27)
    gender: str = "2"
    phone: str = "0912345678"
    email: str = "lan@example.com"
    nationality: str = "VN"
    ethnicity: str = "01"
    province_code: str = "01"
    commune_code: str = "00004"
    address_detail: str = "Số 1, phố Huế"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (11, "mười một"),
        (105, "một trăm linh năm"),
        (1990, "một nghìn chín trăm chín mươi"),
        (2000, "hai nghìn"),
        (2005, "hai nghìn không trăm linh năm"),
        (2026, "hai nghìn không trăm hai mươi sáu"),
    ],
)
def test_numbers_are_written_as_they_are_said(number: int, words: str) -> None:
    assert number_in_words(number) == words


def test_a_date_that_is_none_has_no_words() -> None:
    assert date_in_words("2026-12-20") == (
        "Ngày hai mươi tháng mười hai năm hai nghìn không trăm hai mươi sáu"
    )
    no_dates: list[Any] = ["1950", "2023-02-31", None, {}]
    assert [date_in_words(value) for value in no_dates] == [""] * 4


def test_the_summary_is_in_words_with_names_of_places() -> None:
    definition = seeded("de_nghi_dang_ky_ho_kinh_doanh")
    cards = summary(definition, valid_answers(definition), FewPlaces())

    said = {label: text for card in cards for label, text in card.rows}
    assert said["Giới tính"] == "Nam"
    assert said["Ngày sinh"] == "27/03/1990"
    assert said["Vốn kinh doanh (VNĐ)"] == "2 ₫"
    assert said["Trụ sở"] == "Số 1, phố Huế, Phường Ba Đình, Thành phố Hà Nội"
    assert said["Ngành chính"] == "Có"
    assert cards[-1].title == "Ngành, nghề kinh doanh – mục 1"
    assert cards[-1].page_key == "nn"


def test_the_summary_says_what_was_left_out() -> None:
    definition = seeded("ct01_thay_doi_thong_tin_cu_tru")
    cards = {card.title: card.rows for card in summary(definition, {})}

    assert ("Họ, chữ đệm và tên", "Không khai") in cards["Người kê khai"]
    assert cards["Thành viên hộ gia đình cùng thay đổi"] == (("Danh sách", "Không khai"),)


def test_the_account_fills_in_the_declarant_and_names_the_source() -> None:
    definition = seeded("to_khai_dang_ky_khai_sinh")

    answers, sources = prefill(definition, Someone())

    assert answers["nyc"]["nycHoTen"] == "Nguyễn Thị Lan"
    assert answers["nyc"]["nycSoGiayToTuyThan"] == "001190012345"
    assert answers["nyc"]["nycNoiCuTru"]["ward_code"] == "00004"
    assert sources["nyc.nycHoTen"] == "Điền sẵn từ tài khoản của ông/bà"
    assert "meHoTen" not in answers.get("me", {})
    assert answers["me"]["meQuocTich"] == "VN"
    assert "me.meQuocTich" not in sources


def test_in_a_marriage_the_account_fills_in_its_own_side_only() -> None:
    definition = seeded("to_khai_dang_ky_ket_hon")

    assert "namHoTen" not in prefill(definition, Someone())[0]["nam"]
    assert prefill(definition, Someone())[0]["nu"]["nuHoTen"] == "Nguyễn Thị Lan"
    assert "nuHoTen" not in prefill(definition, Someone(gender="1"))[0]["nu"]
    assert prefill(definition, Someone(gender=""))[1] == {}


def test_the_head_of_the_household_is_somebody_else() -> None:
    answers, _ = prefill(seeded("ct01_thay_doi_thong_tin_cu_tru"), Someone())

    assert answers["nk"]["hoTen"] == "Nguyễn Thị Lan"
    assert not {"chuHoHoTen", "chuHoSoDinhDanh"} & set(answers["nk"])


@pytest.mark.parametrize("name", NAMES)
def test_what_is_prefilled_is_right(name: str) -> None:
    definition = seeded(name)
    answers, sources = prefill(definition, Someone())
    for page in pages(definition):
        _, reasons = read_page(definition, page.key, {}, answers, today=TODAY)
        assert not {reason.field for reason in reasons} & set(sources)


def test_a_corrected_answer_no_longer_names_the_account() -> None:
    definition = seeded("to_khai_dang_ky_khai_tu")
    answers, _ = prefill(definition, Someone())
    answers["nyc"]["nycHoTen"] = "Lan"

    sources = sources_now(definition, answers, Someone())

    assert "nyc.nycHoTen" not in sources
    assert any(path.endswith(".nycSoDienThoai") for path in sources)


def test_the_task_list_knows_how_far_each_page_is() -> None:
    definition = form(MARRIAGE)
    married: dict[str, Any] = {"nguoi": {"hon_nhan": "co"}}

    assert [p.progress for p in progress(definition, {}, today=TODAY)] == [Progress.TO_DO]
    assert [p.progress for p in progress(definition, married, today=TODAY)] == [
        Progress.STARTED,
        Progress.TO_DO,
    ]
    married = {"nguoi": {"hon_nhan": "co", "vo_chong": "Thu"}, "con": []}
    assert {p.progress for p in progress(definition, married, today=TODAY)} == {Progress.DONE}


class Reader(HTMLParser):
    """The parts of a page that have to fit together."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {key: value or "" for key, value in attrs}))

    def all(self, attribute: str, *tags: str) -> list[str]:
        found = [
            a[attribute] for tag, a in self.tags if attribute in a and (not tags or tag in tags)
        ]
        return [word for value in found for word in (value.split() or [""])]


def drawn(definition: Any, page_key: str, answers: Any, reasons: list[Reason]) -> str:
    view = page_view(
        definition,
        page_key,
        answers,
        reasons=reasons,
        places=FewPlaces(),
        communes_url="/dia-danh/?tinh=",
    )
    return render_to_string("portal/eform/page.html", {"eform": view})


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("filled", [True, False])
def test_every_page_is_drawn_so_that_labels_errors_and_boxes_fit(name: str, filled: bool) -> None:
    definition = seeded(name)
    answers = valid_answers(definition) if filled else {}
    for page in pages(definition):
        wrong = [Reason("x", "Sai.", f"{page.key}.{field.key}") for field in page.fields]
        html = drawn(definition, page.key, answers, wrong)
        reader = Reader(html)

        ids = reader.all("id")
        assert len(ids) == len(set(ids))
        assert set(reader.all("for")) <= set(ids)
        assert set(reader.all("aria-describedby")) <= set(ids)
        if not page.repeat:
            assert {reason.field for reason in wrong} <= set(ids)
        assert "style=" not in html
        assert "<script" not in html


def test_what_was_typed_is_shown_again_and_never_becomes_markup() -> None:
    nasty = "\"'><script>alert(1)</script> {{ 7 }} {% now 'Y' %} &amp; </textarea>"
    for kind in ("text", "textarea"):
        definition = one_field(type=kind)
        answers, reasons = read_page(definition, "s", {"f": nasty}, {}, today=TODAY)
        html = drawn(definition, "s", answers, reasons)

        assert "<script" not in html
        assert "{{ 7 }}" in html
        assert answers["s"]["f"] == nasty
        if kind == "text":
            assert nasty in [a.get("value") for tag, a in Reader(html).tags if tag == "input"]


def test_a_question_that_depends_on_its_own_page_is_drawn_with_its_condition() -> None:
    definition = form(MARRIAGE)
    html = drawn(definition, "nguoi", {"nguoi": {"hon_nhan": "chua"}}, [])

    reader = Reader(html)
    assert [a["data-when"] for _, a in reader.tags if "data-when" in a] == [
        '{"===": [{"var": ["nguoi.hon_nhan"]}, "co"]}'
    ]
    assert reader.all("data-variable") == ["nguoi.hon_nhan", "nguoi.vo_chong"]


def test_only_the_answers_that_conditions_need_go_to_another_page() -> None:
    field = {"key": "x", "label": "X", "type": "text", "when": {"var": "nguoi.hon_nhan"}}
    definition = form([*MARRIAGE, {"key": "t", "title": "T", "fields": [field]}])
    answers = {"nguoi": {"hon_nhan": "co", "vo_chong": "Thu"}}

    assert page_view(definition, "t", answers).answers == '{"nguoi": {"hon_nhan": "co"}}'


def test_rows_have_a_button_to_take_each_out_and_one_to_add() -> None:
    definition = form(MARRIAGE)
    two = {"nguoi": {"hon_nhan": "co"}, "con": [{"ten": "An"}, {"ten": "Bình"}]}
    names = Reader(drawn(definition, "con", two, [])).all("name", "button")
    assert names == ["remove-0", "remove-1", "add"]

    full = two | {"con": [{}] * 3}
    assert "add" not in Reader(drawn(definition, "con", full, [])).all("name", "button")
