"""Services with a place of their own: a line for each, read and written back, wrong lines named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.law.places import MOST, kept_places, lines_of, places_of
from motcua.law.types import FilingPlace, PortalMode

CODES = st.from_regex(r"\A[1-9]\.\d{6}\Z")
ADDRESSES = st.sampled_from(["", "https://dichvucong.bo.example", "https://bo.example/nop?a=1"])
PLACES = st.dictionaries(CODES, st.builds(FilingPlace, st.sampled_from(PortalMode), ADDRESSES))


@given(PLACES)
def test_what_is_written_is_read_again(places: dict[str, FilingPlace]) -> None:
    sorted_places = tuple(sorted(places.items()))

    content, reasons = places_of(lines_of(sorted_places))

    assert reasons == []
    assert kept_places(content) == sorted_places


@pytest.mark.parametrize(
    "line", ["1.004884: quốc gia", "1.004884 = QUỐC GIA", " 1.004884   quoc gia ", "\n1.004884: quốc gia\n"]
)  # fmt: skip
def test_a_keeper_may_write_it_in_more_than_one_way(line: str) -> None:
    assert places_of(line) == ([["1.004884", "NATIONAL", ""]], [])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("1.004884", "mời nhập mã thủ tục"),
        ("1.004884: huyện", "“cổng này”, “quốc gia”, “bộ”"),
        ("khai sinh: bộ", "mời nhập mã thủ tục"),
        ("1.004884: bộ ftp://x", "mời nhập mã thủ tục"),
        ("1.004884: bộ https://?x", "https://"),
        ("1.004884: bộ https://[abc", "https://"),
        ("1.004884: bộ http://bo.example", "mời nhập mã thủ tục"),
        ("1.004884: bộ https://" + "a" * 300, "https://"),
    ],
)
def test_a_line_that_says_no_place_is_named(line: str, said: str) -> None:
    content, reasons = places_of(f"1.000656: bộ\n{line}")

    assert [row[0] for row in content] == ["1.000656"]
    assert [(r.code, r.field) for r in reasons] == [("bad_place", "filed_elsewhere")]
    assert reasons[0].text.startswith("Dòng 2 “")
    assert said in reasons[0].text


def test_a_service_named_twice_is_refused() -> None:
    assert "đã có ở một dòng trên" in places_of("1.000656: bộ\n1.000656: quốc gia")[1][0].text


def test_more_lines_than_anybody_reads_are_refused_in_one_sentence() -> None:
    content, reasons = places_of("\n".join(f"1.{n:06d}: bộ" for n in range(MOST + 1)))

    assert (content, [r.code for r in reasons]) == ([], ["too_many"])
