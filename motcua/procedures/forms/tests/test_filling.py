"""Filling in: what people type is kept, understood where it can be, and answered in sentences."""

import unicodedata
from typing import Any

import pytest

from motcua.procedures.forms.rules import (
    merge,
    normalised,
    page_view,
    read_page,
    stays_on_page,
)
from motcua.procedures.forms.tests.samples import (
    TODAY,
    FewPlaces,
    one_field,
    seeded,
)


def typed(post: dict[str, str] | str, **field: Any) -> tuple[Any, str]:
    """What is kept and what is said when `post` is typed into a form of one field."""
    post = {"f": post} if isinstance(post, str) else post
    answers, reasons = read_page(one_field(**field), "s", post, {}, today=TODAY, places=FewPlaces())
    return answers["s"].get("f"), " ".join(reason.text for reason in reasons)


@pytest.mark.parametrize(
    "name", ["H' Hen Niê", "K’Brếu", "Nguyễn Thị Hoà", "Y-Moan Ênuôl", "O'Neill Jr.", "Đặng Ê-ban"]
)
def test_a_real_name_is_never_refused(name: str) -> None:
    assert typed(name, label="Họ tên") == (name, "")
    assert typed(unicodedata.normalize("NFD", name), label="Họ tên") == (name, "")


@pytest.mark.parametrize("name", ["Nguyễn Văn 2", "Аnna", "-", "A" * 300])
def test_what_is_no_name_is_kept_and_answered(name: str) -> None:
    kept, said = typed(name, label="Họ tên")

    assert kept == name
    assert "Mời ông/bà" in said


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("001 190 012 345", "001190012345"),
        ("001.190.012.345", "001190012345"),
        ("００１１９００１２３４５", "001190012345"),
    ],
)
def test_an_identity_number_may_be_typed_with_spaces(text: str, kept: str) -> None:
    assert typed(text, check="national_id") == (kept, "")


def test_a_short_identity_number_says_how_many_digits_there_are() -> None:
    assert typed("00119001234", check="national_id") == (
        "00119001234",
        "Số định danh cá nhân phải có đúng 12 chữ số; ông/bà đã nhập 11 chữ số. "
        "Mời ông/bà xem lại trên thẻ căn cước.",
    )
    assert "chỉ gồm chữ số" in typed("O01190012345", check="national_id")[1]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("+84 912 345 678", "0912345678"),
        ("84912345678", "0912345678"),
        ("0084 912.345.678", "0912345678"),
        ("(024) 3825-1234", "02438251234"),
        ("+81 90 1234 5678", "+819012345678"),
    ],
)
def test_a_phone_number_is_understood_as_people_write_it(text: str, kept: str) -> None:
    assert typed(text, type="phone") == (kept, "")


@pytest.mark.parametrize(
    ("day", "month", "year", "kept"),
    [("27", "3", "1958", "1958-03-27"), ("７", "03", "1958", "1958-03-07")],
)
def test_a_date_comes_in_three_boxes(day: str, month: str, year: str, kept: str) -> None:
    post = {"f-day": day, "f-month": month, "f-year": year}
    assert typed(post, type="date") == (kept, "")
    with_dots = {name.replace("-", "."): value for name, value in post.items()}
    assert typed(with_dots, type="date") == (kept, "")


@pytest.mark.parametrize("text", ["27/3/1958", "27-03-1958", "27.3.1958", "1958-03-27"])
def test_a_date_may_come_in_one_text(text: str) -> None:
    assert typed(text, type="date") == ("1958-03-27", "")


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (("29", "2", "2023"), "không có trong lịch"),
        (("31", "11", "2023"), "không có trong lịch"),
        (("1", "", "1990"), "còn thiếu tháng"),
        (("một", "2", "1990"), "phải là số"),
        (("1", "2", "90"), "năm đủ 4 chữ số"),
        (("1", "2", "0001"), "có năm 1"),
        (("23", "11", "2026"), "ngày đã qua hoặc hôm nay"),
    ],
)
def test_a_wrong_date_is_kept_as_typed_and_answered(parts: tuple[str, ...], words: str) -> None:
    post = dict(zip(("f-day", "f-month", "f-year"), parts, strict=True))

    kept, said = typed(post, type="date", max="today")

    assert words in said
    assert isinstance(kept, dict) == (parts[2] not in ("0001", "2026"))


@pytest.mark.parametrize(
    ("parts", "kept"),
    [
        (("", "", "1950"), "1950"),
        (("00", "00", "1950"), "1950"),
        (("", "4", "1950"), "1950-04"),
        (("2", "4", "1950"), "1950-04-02"),
    ],
)
def test_a_birth_date_may_be_known_in_part(parts: tuple[str, ...], kept: str) -> None:
    post = dict(zip(("f-day", "f-month", "f-year"), parts, strict=True))
    assert typed(post, type="date", partial=True) == (kept, "")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("50.000.000", 50_000_000),
        ("50 000 000 đ", 50_000_000),
        ("50,000,000 VND", 50_000_000),
        ("0", 0),
        ("1000000000000000", 10**15),
    ],
)
def test_money_is_a_whole_number_of_dong(text: str, kept: int) -> None:
    assert typed(text, type="money") == (kept, "")


@pytest.mark.parametrize("text", ["50 triệu", "1e30", "-5", "12,5", "9" * 40])
def test_money_that_is_no_amount_is_answered(text: str) -> None:
    assert "Mời ông/bà" in typed(text, type="money")[1]


@pytest.mark.parametrize(
    ("text", "kept"), [("82,5", 82.5), ("82.5", 82.5), ("1.250", 1250), ("1.250,75", 1250.75)]
)
def test_an_area_may_have_a_decimal_comma(text: str, kept: float) -> None:
    assert typed(text, type="number", label="Diện tích (m²)") == (kept, "")


def test_a_count_has_no_decimals_and_keeps_its_limits() -> None:
    assert "số nguyên" in typed("1,5", type="number")[1]
    assert "tối đa là 20" in typed("21", type="number", max=20)[1]
    assert "từ 1 trở lên" in typed("0", type="number", min=1)[1]


@pytest.mark.parametrize("text", ["14:30", "14h30", "14 giờ 30", "14g30 phút"])
def test_a_time_is_understood_as_people_write_it(text: str) -> None:
    assert typed(text, type="time") == ("14:30", "")


def test_a_long_text_is_kept_whole_and_the_limit_is_told() -> None:
    kept, said = typed("á" * 201)

    assert kept == "á" * 201
    assert said == ("Câu hỏi dài tối đa 200 ký tự; ông/bà đã nhập 201. Mời ông/bà viết ngắn lại.")


def test_a_required_question_says_what_to_do_in_the_words_of_its_kind() -> None:
    assert typed("", required=True)[1] == "Mời ông/bà nhập câu hỏi."
    options = [{"value": "1", "label": "Nam"}]
    said = typed("", type="select", options=options, required=True)[1]
    assert said == "Mời ông/bà chọn câu hỏi."
    assert typed("9", type="select", options=options)[1].endswith("trong danh sách.")
    assert "đánh dấu" in typed({}, type="consent", required=True)[1]


def test_an_address_needs_a_commune_of_its_province() -> None:
    post = {"f-province_code": "92", "f-ward_code": "00004", "f-detail": "Ấp 1"}
    assert "chọn lại xã, phường" in typed(post, type="address")[1]
    assert "chọn xã, phường" in typed(post | {"f-ward_code": ""}, type="address")[1]
    assert typed(post | {"f-ward_code": "31120"}, type="address")[1] == ""


def test_the_button_for_communes_shows_them_and_scolds_nobody() -> None:
    definition = one_field(type="address", required=True)
    post = {"f-province_code": "92", "f-ward_code": "", "f-detail": "", "communes": "f"}

    answers, reasons = read_page(definition, "s", post, {}, today=TODAY)
    view = page_view(definition, "s", answers, places=FewPlaces())

    assert stays_on_page(post)
    assert reasons == []
    assert view.fields[0].communes == (("31120", "Phường Cái Khế"),)


def test_the_date_of_birth_is_written_out_in_words() -> None:
    definition = seeded("to_khai_dang_ky_khai_sinh")
    post = {"nksNgaySinh-day": "5", "nksNgaySinh-month": "4", "nksNgaySinh-year": "2025"}

    answers, _ = read_page(definition, "nks", post, {}, today=TODAY)

    words = "Ngày mùng năm tháng tư năm hai nghìn không trăm hai mươi lăm"
    assert answers["nks"]["nksNgaySinhBangChu"] == words


def test_pages_of_one_section_keep_each_others_answers() -> None:
    definition = seeded("to_khai_dang_ky_khai_tu")
    one, _ = read_page(definition, "nkt", {"nktHoTen": "Y Thơm"}, {}, today=TODAY)
    two, _ = read_page(definition, "nkt-2", {"nktSoGiayToTuyThan": "1"}, one, today=TODAY)

    assert two["nkt"]["nktHoTen"] == "Y Thơm"
    assert one["nkt"].get("nktSoGiayToTuyThan") is None


def test_the_newer_answers_win_field_by_field() -> None:
    older = {"a": {"x": 1, "y": 2}, "rows": [{"z": 1}]}
    newer = {"a": {"y": 3}, "rows": [], "b": {"w": 4}}

    assert merge(older, newer) == {"a": {"x": 1, "y": 3}, "rows": [], "b": {"w": 4}}


def test_answers_of_a_partner_are_brought_to_our_form() -> None:
    definition = seeded("to_khai_dang_ky_khai_sinh")
    raw = {"nyc": {"nycSoDienThoai": "+84912345678", "la": 1}, "khac": 5, "me": "x"}

    assert normalised(definition, raw) == {"nyc": {"nycSoDienThoai": "0912345678"}}
    assert normalised(definition, None) == {}
