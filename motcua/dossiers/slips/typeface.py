"""The letters of Tinos, read from its file: how wide each is, and which glyph draws it.

Law: FRM-04
"""

from __future__ import annotations

import struct
from array import array
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
REGULAR, BOLD, ITALIC, BOLD_ITALIC = "Regular", "Bold", "Italic", "BoldItalic"
UNICODE_BMP = (3, 1)  # the table of letters by their Unicode number
BOX = 0x25A1


@dataclass(frozen=True)
class Typeface:
    """One font: glyphs by letter, widths in thousandths of its size, and where its capitals end."""

    name: str
    data: bytes = field(repr=False)
    glyphs: dict[int, int] = field(repr=False)
    widths: array[int] = field(repr=False)
    units: int
    capital: int
    box: tuple[int, int, int, int]

    def glyph(self, letter: str) -> int:
        """The glyph of a letter; what the font has not is a box."""
        return self.glyphs.get(ord(letter)) or self.glyphs[BOX]

    def width(self, glyph: int) -> float:
        """How wide a glyph is, in thousandths of the size of the letters."""
        return self.widths[min(glyph, len(self.widths) - 1)] * 1000 / self.units


@cache
def typeface(style: str) -> Typeface:
    """One of the four cuts of Tinos."""
    data = (FONTS / f"Tinos-{style}.ttf").read_bytes()
    (count,) = struct.unpack_from(">H", data, 4)
    places: dict[str, int] = {}
    for n in range(count):
        tag, _, place, _ = struct.unpack_from(">4sIII", data, 12 + 16 * n)
        places[tag.decode("ascii")] = place
    head = places["head"]
    (units,) = struct.unpack_from(">H", data, head + 18)
    box = struct.unpack_from(">4h", data, head + 36)
    (capital,) = struct.unpack_from(">h", data, places["OS/2"] + 88)
    glyphs = _glyphs(data, places["cmap"])
    return Typeface(f"Tinos-{style}", data, glyphs, _widths(data, places), units, capital, box)


def _widths(data: bytes, places: dict[str, int]) -> array[int]:
    (count,) = struct.unpack_from(">H", data, places["hhea"] + 34)
    return array("H", struct.unpack_from(">" + "Hh" * count, data, places["hmtx"])[::2])


def _glyphs(data: bytes, cmap: int) -> dict[int, int]:
    """The letters of a format 4 table: stretches of numbers, each moved by a step or looked up."""
    (tables,) = struct.unpack_from(">H", data, cmap + 2)
    for n in range(tables):
        platform, coding, offset = struct.unpack_from(">HHI", data, cmap + 4 + 8 * n)
        if (platform, coding) == UNICODE_BMP:
            break
    at = cmap + offset
    (doubled,) = struct.unpack_from(">H", data, at + 6)
    many = f">{doubled // 2}H"
    ends, starts, steps, lookups = (
        struct.unpack_from(many, data, at + 14 + doubled * part + (2 if part else 0))
        for part in range(4)
    )
    found = {}
    for n, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for letter in range(first, last + 1):
            glyph = letter
            if lookups[n]:
                row = at + 16 + doubled * 3 + 2 * n
                (glyph,) = struct.unpack_from(">H", data, row + lookups[n] + 2 * (letter - first))
            if glyph := (glyph + steps[n]) % 0x10000 if glyph else 0:
                found[letter] = glyph
    return found
