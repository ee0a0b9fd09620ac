"""Thousands of rows of a table, written straight onto pages: what typst would take minutes of memory for.

The head, the heading of the table and the foot are drawn by typst once, and lie under every page.
Texts are broken and placed as `drawing/sheet.typ` does it, so that a page looks the same either way.

Law: FRM-04, FRM-05
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from reportlab.pdfbase.pdfmetrics import stringWidth

from motcua.dossiers.slips.filling import Block, Run
from motcua.dossiers.slips.pages import (
    BOLD,
    BOLD_ITALIC,
    ITALIC,
    MM,
    REGULAR,
    STROKE,
    capital,
)

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

SIZE, SMALL, SMALLER = 10.0, 8.0, 0.85
INSET, SMALL_INSET = (1.6 * MM, 1.3 * MM), (0.9 * MM, 0.9 * MM)
GAP = 0.5  # between lines, in sizes
CUTS = {
    (False, False): REGULAR,
    (True, False): BOLD,
    (False, True): ITALIC,
    (True, True): BOLD_ITALIC,
}
_PIECES = re.compile(r"\n|[ \u200b]|[^ \n\u200b]*?[-/](?=[^\W\d])|[^ \n\u200b]+")


@dataclass(frozen=True)
class Word:
    """Letters that stay together, and how wide they are."""

    letters: str
    width: float
    cut: str
    size: float


@dataclass(frozen=True)
class Line:
    """Words side by side, from `left` of the cell."""

    words: tuple[Word, ...]
    width: float


@dataclass
class Grid:
    """The columns of a table on a page: where they begin and end, and how their texts stand."""

    edges: list[float]
    aligns: list[str]
    size: float
    inset: tuple[float, float]

    @property
    def capital(self) -> float:
        """From the foot of a line to the top of its capitals."""
        return capital(self.size)

    def height(self, lines: int) -> float:
        """How high a row of so many lines is."""
        text = lines * self.capital + max(lines - 1, 0) * GAP * self.size
        return text + 2 * self.inset[1]

    def lines_in(self, height: float) -> int:
        """How many lines fit into a height."""
        room = height - 2 * self.inset[1] + GAP * self.size
        return max(int(room / (self.capital + GAP * self.size) + 1e-6), 0)


def grid_of(table: Block, left: float, right: float) -> Grid:
    """The columns of a table between two margins: what is in millimetres first, the rest is shared."""
    cols = table["cols"]
    fixed = sum(width for width, unit in cols if unit != "fr") * MM
    shares = sum(width for width, unit in cols if unit == "fr") or 1
    edges = [left]
    for width, unit in cols:
        step = (right - left - fixed) * width / shares if unit == "fr" else width * MM
        edges.append(edges[-1] + step)
    small = table["small"]
    return Grid(edges, table["aligns"], SMALL if small else SIZE, SMALL_INSET if small else INSET)


def rows_of(table: Block, grid: Grid) -> Iterator[list[list[Line]]]:
    """The rows of a table, each cell broken into lines."""
    cells, many = table["cells"], len(grid.aligns)
    rooms = [b - a - 2 * grid.inset[0] for a, b in zip(grid.edges, grid.edges[1:], strict=False)]
    for start in range(0, len(cells), many):
        row = cells[start : start + many]
        yield [_broken(cell, room, grid) for cell, room in zip(row, rooms, strict=True)]


def _broken(cell: str | list[Run], room: float, grid: Grid) -> list[Line]:
    """A cell in lines no wider than its room."""
    runs = [{"t": cell, "b": False, "i": False, "s": False}] if isinstance(cell, str) else cell
    lines: list[Line] = []
    words: list[Word] = []
    width = 0.0
    for piece, cut, size in _pieces(runs, grid):
        if piece == "\n":
            lines.append(_line(words))
            words, width = [], 0.0
            continue
        word = _word(piece, cut, size)
        if words and width + (0 if piece == " " else word.width) > room:
            lines.append(_line(words))
            words, width = [], 0.0
        if piece == " " and not words:
            continue
        for part in _parts(word, piece, room):
            if words and width + part.width > room and piece != " ":
                lines.append(_line(words))
                words, width = [], 0.0
            words.append(part)
            width += part.width
    return [*lines, _line(words)] if words else lines


def _pieces(runs: list[Run], grid: Grid) -> Iterator[tuple[str, str, float]]:
    for run in runs:
        cut = CUTS[run["b"], run["i"]]
        size = grid.size * SMALLER if run["s"] else grid.size
        for piece in _PIECES.findall(run["t"]):
            if piece != "\u200b":
                yield piece, cut, size


def _parts(word: Word, letters: str, room: float) -> list[Word]:
    """A word as it is, or cut up by letters where it is wider than its column."""
    if word.width <= room:
        return [word]
    return [_word(letter, word.cut, word.size) for letter in letters]


def _line(words: list[Word]) -> Line:
    while words and words[-1].letters == " ":
        words = words[:-1]
    return Line(tuple(words), sum(word.width for word in words))


@lru_cache(20_000)  # names and streets come again and again
def _word(letters: str, cut: str, size: float) -> Word:
    return Word(letters, float(stringWidth(letters, cut, size)), cut, size)


def write_rows(canvas: Canvas, rows: list[tuple[list[list[Line]], float]], grid: Grid) -> None:
    """Write rows onto a page, each with the height of its upper edge."""
    text, set_in = canvas.beginText(), ("", 0.0)
    step = grid.capital + GAP * grid.size
    for row, top in rows:
        first = top - grid.inset[1] - grid.capital
        for n, lines in enumerate(row):
            left, right = grid.edges[n] + grid.inset[0], grid.edges[n + 1] - grid.inset[0]
            share = {"center": 0.5, "right": 1.0}.get(grid.aligns[n], 0.0)
            for k, line in enumerate(lines):
                x = left + (right - left - line.width) * share
                text.setTextOrigin(x, first - k * step)
                for wanted, words in groupby(line.words, lambda word: (word.cut, word.size)):
                    if wanted != set_in:
                        text.setFont(*wanted)
                        set_in = wanted
                    text.textOut("".join(word.letters for word in words))
    canvas.drawText(text)


def rule_rows(canvas: Canvas, grid: Grid, levels: list[float]) -> None:
    """Draw the lines of the rows on a page, `levels` from the top down."""
    top, bottom, left, right = levels[0], levels[-1], grid.edges[0], grid.edges[-1]
    canvas.setLineWidth(STROKE)
    canvas.setLineCap(2)
    canvas.lines([(left, y, right, y) for y in levels[1:]])
    canvas.lines([(x, top, x, bottom) for x in grid.edges])
