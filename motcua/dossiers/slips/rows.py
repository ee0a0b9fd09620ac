"""Thousands of rows of a table, drawn straight onto pages: what typst would take minutes of memory for.

The head, the heading of the table and the foot are drawn by typst once, and lie under every page.
Texts are broken and placed as `drawing/sheet.typ` does it, so that a page looks the same either way.

Law: FRM-04, FRM-05
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from motcua.dossiers.slips.filling import Block, Run
from motcua.dossiers.slips.typeface import BOLD, BOLD_ITALIC, ITALIC, REGULAR, typeface

MM = 72 / 25.4
SIZE, SMALL, SMALLER = 10.0, 8.0, 0.85
INSET, SMALL_INSET = (1.6 * MM, 1.3 * MM), (0.9 * MM, 0.9 * MM)
GAP = 0.5  # between lines, in sizes
STROKE = 0.5
CUTS = {
    (False, False): REGULAR,
    (True, False): BOLD,
    (False, True): ITALIC,
    (True, True): BOLD_ITALIC,
}
_PIECES = re.compile(r"\n|[ \u200b]|[^ \n\u200b]*?[-/](?=[^\W\d])|[^ \n\u200b]+")


@dataclass(frozen=True)
class Word:
    """Letters that stay together: how wide they are, and as the page draws them."""

    drawn: str
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
    used: dict[str, set[str]] = field(default_factory=dict)  # letters by cut, for the fonts

    @property
    def capital(self) -> float:
        """From the foot of a line to the top of its capitals."""
        face = typeface(REGULAR)
        return face.capital * self.size / face.units

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
        grid.used.setdefault(cut, set()).update(run["t"])
        for piece in _PIECES.findall(run["t"]):
            if piece != "\u200b":
                yield piece, cut, size


def _parts(word: Word, letters: str, room: float) -> list[Word]:
    """A word as it is, or cut up by letters where it is wider than its column."""
    if word.width <= room:
        return [word]
    return [_word(letter, word.cut, word.size) for letter in letters]


def _line(words: list[Word]) -> Line:
    while words and words[-1].drawn == _word(" ", words[-1].cut, words[-1].size).drawn:
        words = words[:-1]
    return Line(tuple(words), sum(word.width for word in words))


@cache
def _glyph(cut: str, letter: str) -> tuple[str, float]:
    face = typeface(cut)
    glyph = face.glyph(letter)
    return f"{glyph:04X}", face.width(glyph)


_words: dict[tuple[str, str, float], Word] = {}
MOST_WORDS = 20_000  # remembered: names and streets come again and again


def _word(letters: str, cut: str, size: float) -> Word:
    known = _words.get((letters, cut, size))
    if known is None:
        glyphs = [_glyph(cut, letter) for letter in letters]
        width = sum(wide for _, wide in glyphs) * size / 1000
        known = Word("".join(drawn for drawn, _ in glyphs), width, cut, size)
        if len(_words) >= MOST_WORDS:
            _words.clear()
        _words[letters, cut, size] = known
    return known


def drawn(row: list[list[Line]], grid: Grid, top: float) -> Iterator[str]:
    """What a page says to write one row whose upper edge is at `top`."""
    first = top - grid.inset[1] - grid.capital
    step = grid.capital + GAP * grid.size
    for n, lines in enumerate(row):
        left, right = grid.edges[n] + grid.inset[0], grid.edges[n + 1] - grid.inset[0]
        share = {"center": 0.5, "right": 1.0}.get(grid.aligns[n], 0.0)
        for k, line in enumerate(lines):
            x = left + (right - left - line.width) * share
            yield f"1 0 0 1 {x:.2f} {first - k * step:.2f} Tm"
            yield from _said(line.words)


def _said(words: tuple[Word, ...]) -> Iterator[str]:
    start = 0
    for n in range(1, len(words) + 1):
        here = words[start]
        if n == len(words) or (words[n].cut, words[n].size) != (here.cut, here.size):
            letters = "".join(word.drawn for word in words[start:n])
            yield f"/{here.cut} {here.size:g} Tf <{letters}> Tj"
            start = n


def ruled(grid: Grid, levels: list[float]) -> str:
    """The lines of the rows on a page, `levels` from the top down."""
    top, bottom, left, right = levels[0], levels[-1], grid.edges[0], grid.edges[-1]
    across = "".join(f"{left:.2f} {y:.2f} m {right:.2f} {y:.2f} l " for y in levels[1:])
    down = "".join(f"{x:.2f} {top:.2f} m {x:.2f} {bottom:.2f} l " for x in grid.edges)
    return f"{STROKE} w 2 J {across}{down}S"
