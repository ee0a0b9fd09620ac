"""The pages of a long paper: what typst drew lies under each, and rows and numbers are written on it.

Law: FRM-04, FRM-05
"""

import io
import zlib
from dataclasses import dataclass, field
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Stream

from motcua.dossiers.slips.rows import STROKE, Grid
from motcua.dossiers.slips.typeface import REGULAR, Typeface, typeface

MM = 72 / 25.4
TOP, FOOT, RIGHT = 10 * MM, 13 * MM, 10 * MM  # margins of `drawing/sheet.typ`
NUMBER_SIZE = 7.5
PATH = pypdfium2.raw.FPDF_PAGEOBJ_PATH
A_HUNDRED = 100  # letters in one stretch of the table from glyphs to letters
_CMAP = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
%s
endcmap CMapName currentdict /CMap defineresource pop end end"""


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
    """A PDF that grows by pages."""

    def __init__(self) -> None:
        self.pdf = pikepdf.new()
        self._fonts = Dictionary()
        self._faces: dict[str, Any] = {}
        self._under: list[tuple[Ground, Any]] = []

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self.pdf.pages)

    def as_drawn(self, content: bytes, count: int | None = None) -> None:
        """Take over pages of a PDF as they are: all, or the first ones."""
        with pikepdf.open(io.BytesIO(content)) as drawn:
            self.pdf.pages.extend(drawn.pages[:count])

    def page(self, under: Ground, said: str, above: tuple[Ground, float] | None = None) -> None:
        """One more page: `under` it what typst drew, on it what is said; `above`, further down, more."""
        name, form = self._form(under)
        laid, names = [f"q {name} Do Q", said], {name: form}
        if above:
            block, down = above
            name, form = self._form(block)
            names[name] = form
            area = f"0 {FOOT:.2f} {block.width:.2f} {block.height:.2f} re W n"
            laid.append(f"q 1 0 0 1 0 {-down:.2f} cm {area} {name} Do Q")
        content = zlib.compress("\n".join(laid).encode("ascii"))
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, round(under.width, 3), round(under.height, 3)]),
            Resources=Dictionary(Font=self._fonts, XObject=Dictionary(names)),
            Contents=Stream(self.pdf, content, Filter=Name.FlateDecode),
        )
        self.pdf.pages.append(pikepdf.Page(self.pdf.make_indirect(page)))

    def _form(self, under: Ground) -> tuple[str, Any]:
        """What typst drew as something that lies under as many pages as want it, and its name."""
        for n, (known, form) in enumerate(self._under):
            if known is under:
                return f"/Under{n}", form
        with pikepdf.open(io.BytesIO(under.content)) as drawn:
            form = self.pdf.copy_foreign(drawn.pages[under.count - 1].as_form_xobject())
        self._under.append((under, form))
        return f"/Under{len(self._under) - 1}", form

    def name_fonts(self, cuts: set[str]) -> None:
        """Promise these fonts to the pages; `finish` says what is in them."""
        for cut in cuts - set(self._faces):
            self._faces[cut] = self.pdf.make_indirect(Dictionary(Type=Name.Font))
            self._fonts[f"/{cut}"] = self._faces[cut]

    def finish(self, used: dict[str, set[str]]) -> None:
        """Put in the fonts, with the letters that were used of each."""
        for cut, font in self._faces.items():
            face = typeface(cut)
            for key, value in _font(self.pdf, face, used.get(cut, set())).items():
                font[key] = value


def numbered(ground_page: Ground, number: int, grid: Grid) -> str:
    """The number of the page, at the right of its foot."""
    said = f"Trang {number}"
    face = typeface(REGULAR)
    grid.used.setdefault(REGULAR, set()).update(said)
    glyphs = [face.glyph(each) for each in said]
    x = ground_page.width - RIGHT - sum(map(face.width, glyphs)) * NUMBER_SIZE / 1000
    letters = "".join(f"{glyph:04X}" for glyph in glyphs)
    return f"/{REGULAR} {NUMBER_SIZE} Tf 1 0 0 1 {x:.2f} {ground_page.foot:.2f} Tm <{letters}> Tj"


def _font(pdf: pikepdf.Pdf, face: Typeface, letters: set[str]) -> dict[str, Any]:
    """What a reader of the PDF must know of a font: its file, widths, and the letter of each glyph."""
    scale = 1000 / face.units
    of_glyph = {face.glyph(each): each for each in sorted(letters, reverse=True) if each >= " "}
    widths = [each for g in sorted(of_glyph) for each in (g, Array([round(face.width(g))]))]
    file = Stream(pdf, zlib.compress(face.data), Filter=Name.FlateDecode, Length1=len(face.data))
    described = Dictionary(
        Type=Name.FontDescriptor, FontName=Name(f"/{face.name}"), Flags=4, ItalicAngle=0,
        FontBBox=Array([round(side * scale) for side in face.box]), StemV=80,
        Ascent=round(face.box[3] * scale), Descent=round(face.box[1] * scale),
        CapHeight=round(face.capital * scale), FontFile2=file,
    )  # fmt: skip
    inside = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name(f"/{face.name}"),
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(described), DW=500, W=Array(widths),
        CIDToGIDMap=Name.Identity,
    )  # fmt: skip
    return {
        "/Subtype": Name.Type0,
        "/BaseFont": Name(f"/{face.name}"),
        "/Encoding": Name("/Identity-H"),
        "/DescendantFonts": Array([pdf.make_indirect(inside)]),
        "/ToUnicode": Stream(pdf, _letters(of_glyph)),
    }


def _letters(of_glyph: dict[int, str]) -> bytes:
    """The table by which a reader finds and copies letters."""
    lines = [f"<{g:04X}> <{said.encode('utf-16-be').hex()}>" for g, said in of_glyph.items()]
    stretches = [lines[n : n + A_HUNDRED] for n in range(0, len(lines), A_HUNDRED)]
    told = "\n".join(
        f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in stretches
    )
    return (_CMAP % told).encode("ascii")
