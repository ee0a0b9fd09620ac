"""The pages of a long paper: what typst drew lies under each, and rows and numbers are written on it.

Law: FRM-04, FRM-05
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, Rectangle
from reportlab import rl_config
from reportlab.pdfbase.pdfmetrics import getFont, registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

MM = 72 / 25.4
TOP, FOOT, RIGHT = 10 * MM, 13 * MM, 10 * MM  # margins of `drawing/sheet.typ`
STROKE = 0.5
NUMBER_SIZE = 7.5
PATH = pypdfium2.raw.FPDF_PAGEOBJ_PATH
FONTS = Path(__file__).parent / "fonts"
REGULAR, BOLD, ITALIC, BOLD_ITALIC = (
    f"Tinos-{cut}" for cut in ("Regular", "Bold", "Italic", "BoldItalic")
)


@cache
def load_fonts() -> None:
    """Make the four cuts of Tinos known to the library, once in a process; pages are packed as bytes."""
    rl_config.useA85 = 0
    for cut in (REGULAR, BOLD, ITALIC, BOLD_ITALIC):
        registerFont(TTFont(cut, str(FONTS / f"{cut}.ttf")))


def capital(size: float) -> float:
    """How high the capitals of letters of this size are."""
    load_fonts()
    return float(getFont(REGULAR).face.capHeight) * size / 1000


@dataclass(frozen=True)
class Ground:
    """A page that typst drew: where what it says ends, and where its foot stands."""

    content: bytes = field(repr=False)
    width: float
    height: float
    end: float
    foot: float
    count: int


def ground(content: bytes) -> Ground:
    """Measure the last page of a PDF from typst."""
    with pypdfium2.PdfDocument(content) as drawn:
        count = len(drawn)
        page = drawn[count - 1]
        width, height = page.get_size()
        objects = [(each.type == PATH, each.get_bounds()) for each in page.get_objects(max_depth=1)]
    # a line is said to reach further by its whole thickness
    above = [b + is_line * STROKE for is_line, (_, b, _, _) in objects if b > FOOT]
    below = [b for _, (_, b, _, top) in objects if top <= FOOT]
    return Ground(
        content,
        width,
        height,
        min(above, default=height - TOP),
        min(below, default=FOOT / 2),
        count,
    )


class Binding:
    """A PDF that grows by pages: drawn ones before, pages of rows, drawn ones after."""

    def __init__(self) -> None:
        load_fonts()
        self._file = io.BytesIO()
        self.canvas = Canvas(self._file, pageCompression=1, invariant=1, initialFontName=REGULAR)
        self._laid: list[tuple[Ground, tuple[Ground, float] | None]] = []
        self._drawn: list[tuple[int, bytes, int]] = []  # before which page of rows; how many pages
        self.count = 0

    def as_drawn(self, content: bytes, count: int) -> None:
        """Take over the first pages of a PDF as they are."""
        self._drawn.append((len(self._laid), content, count))
        self.count += count

    def turn(self, under: Ground, above: tuple[Ground, float] | None = None) -> None:
        """The page of rows is written: `under` it lies what typst drew; `above`, further down, more."""
        self.canvas.setPageSize((under.width, under.height))
        number = f"Trang {self.count + 1}"
        self.canvas.setFont(REGULAR, NUMBER_SIZE)
        x = under.width - RIGHT - stringWidth(number, REGULAR, NUMBER_SIZE)
        self.canvas.drawString(x, under.foot, number)
        self.canvas.showPage()
        self._laid.append((under, above))
        self.count += 1

    def save(self, path: Path, title: str) -> None:
        """Put it all together."""
        if self._laid:
            self.canvas.save()
        with pikepdf.open(self._file) if self._laid else pikepdf.new() as book:
            forms: dict[int, Any] = {}
            for page, (under, above) in zip(book.pages, self._laid, strict=True):
                if id(under) not in forms:
                    forms[id(under)] = _form(book, under)
                page.add_underlay(forms[id(under)], Rectangle(0, 0, under.width, under.height))
                if above:
                    block, down = above
                    form = _form(book, block)
                    form.BBox = Array([0, FOOT, block.width, block.height])  # its foot is not shown
                    area = Rectangle(0, FOOT - down, block.width, block.height - down)
                    page.add_overlay(form, area)
            for at, content, count in reversed(self._drawn):
                with pikepdf.open(io.BytesIO(content)) as drawn:
                    for page in reversed(drawn.pages[:count]):
                        book.pages.insert(at, page)
            book.docinfo["/Title"] = title
            book.save(path)


def _form(book: pikepdf.Pdf, under: Ground) -> Any:
    """What typst drew as something that lies under as many pages as want it."""
    with pikepdf.open(io.BytesIO(under.content)) as drawn:
        return book.copy_foreign(drawn.pages[under.count - 1].as_form_xobject())
