"""A draft cannot grow without bounds, and nothing of it is cut in silence."""

import json
from typing import Any

import pytest

from motcua.procedures.forms.rules import read_page
from motcua.procedures.forms.tests.samples import TODAY, FewPlaces, form

QUESTIONS: list[dict[str, Any]] = [
    {"key": "ten", "label": "Họ tên", "type": "text", "max_length": 50},
    {"key": "ly_do", "label": "Lý do", "type": "textarea"},
    {"key": "ngay", "label": "Ngày sinh", "type": "date"},
]
FORM = form([{"key": "s", "title": "Phần một", "fields": QUESTIONS}])
HOME = form(
    [{"key": "s", "title": "Nơi ở", "fields": [{"key": "o", "label": "Chỗ ở", "type": "address"}]}]
)
ROWS = form(
    [{"key": "con", "title": "Con", "repeat": True, "max_rows": 2, "fields": QUESTIONS[:2]}]
)


def after(post: dict[str, str], before: dict[str, Any] | None = None) -> tuple[Any, dict[str, str]]:
    answers, reasons = read_page(FORM, "s", post, before or {}, today=TODAY, places=FewPlaces())
    return answers["s"], {reason.field: reason.text for reason in reasons}


def test_what_is_somewhat_too_long_is_kept_and_answered() -> None:
    kept, said = after({"ten": "a" * 500, "ly_do": "b" * 20_000})

    assert (len(kept["ten"]), len(kept["ly_do"])) == (500, 20_000)
    assert "tối đa 50 ký tự; ông/bà đã nhập 500." in said["s.ten"]
    assert "tối đa 2000 ký tự; ông/bà đã nhập 20000." in said["s.ly_do"]


@pytest.mark.parametrize(
    ("typed", "length", "most"),
    [({"ten": "a" * 501}, 501, 50), ({"ly_do": "b" * 4_900_000}, 4_900_000, 2000),
     ({"ngay-year": "1" * 2001}, 2001, 200)],
)  # fmt: skip
def test_what_is_far_too_long_is_not_kept_and_both_lengths_are_said(
    typed: dict[str, str], length: int, most: int
) -> None:
    key = next(iter(typed)).split("-", maxsplit=1)[0]

    kept, said = after({**typed, "ten": typed.get("ten", "Lan")})

    assert kept[key] == ""
    assert f"tối đa {most} ký tự; ông/bà đã nhập {length} nên nội dung" in said[f"s.{key}"]
    assert len(json.dumps(kept)) < 200


def test_an_address_far_too_long_is_not_kept_either() -> None:
    post = {"o-province_code": "01", "o-ward_code": "00004", "o-detail": "c" * 2001}

    answers, reasons = read_page(HOME, "s", post, {}, today=TODAY, places=FewPlaces())

    assert answers == {"s": {"o": ""}}
    assert "ông/bà đã nhập 2001" in reasons[0].text


def test_everything_else_typed_is_kept_and_so_is_what_stood_there_before() -> None:
    before = {"s": {"ly_do": "Mất bản chính", "ten": "Lan"}}

    kept, said = after({"ten": "Nguyễn Thị Lan", "ly_do": "b" * 30_000, "ngay": "1/2/1990"}, before)

    assert kept == {"ten": "Nguyễn Thị Lan", "ly_do": "Mất bản chính", "ngay": "1990-02-01"}
    assert [*said] == ["s.ly_do"]


def test_a_button_that_stays_on_the_page_does_not_hide_that_something_was_not_kept() -> None:
    kept, said = after({"ly_do": "b" * 30_000, "communes": "1"})

    assert (kept["ly_do"], [*said]) == ("", ["s.ly_do"])


def test_a_far_too_long_answer_in_a_row_is_said_beside_that_row() -> None:
    before = {"con": [{"ten": "An", "ly_do": "cũ"}]}
    post = {"0.ten": "An", "0.ly_do": "b" * 30_000, "1.ten": "Bình", "1.ly_do": ""}

    answers, [reason] = read_page(ROWS, "con", post, before, today=TODAY)

    assert answers["con"] == [{"ten": "An", "ly_do": "cũ"}, {"ten": "Bình", "ly_do": ""}]
    assert (reason.code, reason.field) == ("answer_too_long", "con.0.ly_do")
    assert reason.text.startswith("Mục 1: lý do dài tối đa 2000 ký tự; ông/bà đã nhập 30000")


def test_the_largest_page_that_is_kept_is_small() -> None:
    post = {f"{n}.{key}": "đ" * 20_000 for n in range(999) for key in ("ten", "ly_do")}

    answers, reasons = read_page(ROWS, "con", post, {}, today=TODAY)

    assert [len(row["ly_do"]) for row in answers["con"]] == [20_000, 20_000]
    assert reasons[2].text.startswith("Con: tối đa 2 mục; ông/bà đã gửi 999 nên 997 mục cuối")
