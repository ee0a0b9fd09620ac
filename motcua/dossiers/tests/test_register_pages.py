"""The register of a whole year as pages: every line once, no page half empty, nothing cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from motcua.dossiers.slips import DossierRegister, RegisterRow, book
from motcua.dossiers.slips.builtin import builtin
from motcua.dossiers.slips.forms import SlipKind
from motcua.dossiers.slips.pages import FOOT
from motcua.dossiers.slips.samples import sample_of
from motcua.dossiers.tests.test_form_pictures import MOST, PICTURES, SCALE, apart
from motcua.law.types import FormSet

SET = FormSet.TT03_2025
TEMPLATE = builtin(SET, SlipKind.REGISTER)
SIGNED = '<footer><div title="Thủ trưởng">Phạm Văn Bình</div></footer>'


def sample() -> DossierRegister:
    """The register of the previews: two lines."""
    paper = sample_of(SET, SlipKind.REGISTER)
    assert isinstance(paper, DossierRegister)
    return paper


def lines(count: int) -> list[RegisterRow]:
    """So many lines, each with its own number."""
    return [replace(sample().rows[n % 2], number=n + 1) for n in range(count)]


@contextmanager
def written(
    folder: Path, rows: list[RegisterRow], template: str = TEMPLATE
) -> Iterator[pypdfium2.PdfDocument]:
    """A register of these lines."""
    told: list[int] = []
    head = replace(sample(), rows=(), total=len(rows))
    pages = book.write_pdf(folder / "so.pdf", head, rows, template, told.append)
    with pypdfium2.PdfDocument(folder / "so.pdf") as found:
        assert (len(found), told[-1], told) == (pages, len(rows), sorted(told))
        yield found


def text_of(page: pypdfium2.PdfPage) -> str:
    """What a page says."""
    return " ".join(page.get_textpage().get_text_bounded().split())


def numbers_on(page: pypdfium2.PdfPage) -> list[int]:
    """What stands in the first column."""
    column = page.get_textpage().get_text_bounded(14 * 72 / 25.4, 40, 23 * 72 / 25.4, 560)
    return [int(word) for word in column.split() if word.isdigit()]


def lowest(page: pypdfium2.PdfPage) -> float:
    """How far above the foot the last line of the table ends."""
    objects = page.get_objects(filter=[2])
    return float(min(bottom for _, bottom, _, _ in (o.get_bounds() for o in objects)) - FOOT)


def test_a_short_register_looks_like_the_form_that_was_seen_and_found_right(
    tmp_path: Path,
) -> None:
    with written(tmp_path, list(sample().rows)) as found:
        seen = found[0].render(scale=SCALE, grayscale=True).to_pil().quantize(8)

    assert apart(seen, Image.open(PICTURES / f"{SET}-register.png")) < MOST


def test_every_line_stands_once_on_numbered_pages_that_are_full(tmp_path: Path) -> None:
    with written(tmp_path, lines(250)) as found:
        pages = list(found)
        assert [n for page in pages for n in numbers_on(page)] == list(range(1, 251))
        for number, page in enumerate(pages, start=1):
            said = text_of(page)
            assert (f"Trang {number}" in said, "Mẫu số 07" in said) == (True, True)
            assert "Phương thức nhận kết quả" in said
        assert all(0 <= lowest(page) < 40 for page in pages[:-1])


def test_a_line_longer_than_a_page_goes_on_and_loses_no_word(tmp_path: Path) -> None:
    rows = lines(3)
    rows[1] = replace(rows[1], request=" ".join(f"việc{n}" for n in range(900)))

    with written(tmp_path, rows) as found:
        said = " ".join(text_of(page) for page in found)
        assert len(found) > 3
        assert re.findall(r"việc(\d+)", said) == [str(n) for n in range(900)]
        assert all(lowest(page) >= -0.5 for page in found)


def test_a_word_wider_than_its_column_stays_in_it(tmp_path: Path) -> None:
    rows = [replace(lines(1)[0], note="Supercalifragilisticexpialidocious")]

    with written(tmp_path, rows) as found:
        right = max(box for _, _, box, _ in (o.get_bounds() for o in found[0].get_objects()))
        text = found[0].get_textpage().get_text_bounded().replace("\n", "").replace("\r", "")

    assert right < (297 - 9) * 72 / 25.4
    assert "Supercalifragilisticexpialidocious" in text


@pytest.mark.parametrize("count", [5, 13, 14, 15, 16, 17])
def test_what_the_template_says_under_the_table_comes_last_and_whole(
    tmp_path: Path, count: int
) -> None:
    with written(tmp_path, lines(count), TEMPLATE + SIGNED) as found:
        said = [text_of(page) for page in found]

    assert ["THỦ TRƯỞNG" in page for page in said] == [False] * (len(said) - 1) + [True]
    assert "Phạm Văn Bình" in said[-1]


def test_bold_and_small_letters_of_a_cell_are_drawn_as_such(tmp_path: Path) -> None:
    bold = TEMPLATE.replace("<td>{{code}}</td>", "<td><b>{{code}}</b><br><i>{{number}}</i></td>")

    with written(tmp_path, lines(2), bold) as found:
        assert "105-261123-" in text_of(found[0])
    with pikepdf.open(tmp_path / "so.pdf") as book_file:
        [page] = book_file.pages
        fonts = [str(font.BaseFont).partition("+")[2] for font in page.Resources.Font.values()]
    assert {"Tinos-Regular", "Tinos-Bold", "Tinos-Italic"} <= set(fonts)


def test_a_register_of_nothing_says_so(tmp_path: Path) -> None:
    with written(tmp_path, []) as found:
        assert "Không có hồ sơ nào." in text_of(found[0])
