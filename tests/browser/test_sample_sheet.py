"""The sample dossier on paper: MẪU stands top right on every page, and over no other word."""

from ctypes import c_int, create_string_buffer
from itertools import groupby
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from playwright.sync_api import Browser

from motcua.testing.dossiers import BIRTH

pytestmark = pytest.mark.browser
MARK = "MẪU"
A4 = (595, 842)
POINT = 0.75  # of the browser's pixels
Box = tuple[float, float, float, float]  # left, bottom, right, top
CORNER = 100  # points from the edges of the paper


def words_of(page: Any) -> list[tuple[str, Box]]:
    """Every word of a page, and where it stands."""
    text = page.get_textpage()
    letters = [(text.get_text_range(n, 1), text.get_charbox(n)) for n in range(text.count_chars())]
    words = []
    for is_word, group in groupby(letters, lambda letter: bool(letter[0].strip())):
        if is_word:
            drawn = list(group)
            left, bottom, right, top = zip(*(box for _, box in drawn), strict=True)
            box = (min(left), min(bottom), max(right), max(top))
            words.append(("".join(letter for letter, _ in drawn), box))
    return words


def lettering(page: Any, box: Box) -> tuple[int, bool]:
    """How many points the first letter of this word has, and whether it is bold."""
    text = page.get_textpage()
    spot = (box[0] + 6, (box[1] + box[3]) / 2)
    letter = pdfium.FPDFText_GetCharIndexAtPos(text.raw, *spot, 9.0, 9.0)
    name = create_string_buffer(100)
    pdfium.FPDFText_GetFontInfo(text.raw, letter, name, len(name), c_int())
    return round(pdfium.FPDFText_GetFontSize(text.raw, letter) * POINT), b"Bold" in name.value


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_every_page_of_the_sample_says_so_and_nothing_is_printed_over(
    chromium: Browser, house: str
) -> None:
    page = chromium.new_page()
    page.goto(f"{house}/thu-tuc/{BIRTH}/ho-so-mau/")
    paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    page.close()

    assert len(paper) > 1
    assert {tuple(map(round, sheet.get_size())) for sheet in paper} == {A4}
    for number, sheet in enumerate(paper, 1):
        width, height = sheet.get_size()
        words = words_of(sheet)
        [mark] = [
            box
            for word, box in words
            if word == MARK and box[2] > width - CORNER and box[3] > height - CORNER
        ]
        under = [word for word, box in words if box != mark and overlap(mark, box)]
        assert under == [], f"page {number}"
        assert lettering(sheet, mark) == (16, True), f"page {number}"  # TT 01/2018 Điều 5
