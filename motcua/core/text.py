"""Vietnamese text: one normal form on the way in, one folded form for search, one key for order."""

import re
import unicodedata

_SPACES = re.compile(r"[^\S\n]+")
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng
DIGITS = 18  # of the largest number that an address or a form may name
_INVISIBLE = {"Cc", "Cf", "Cs", "Co"}


def clean(text: str) -> str:
    """`text` in NFC, without control or invisible characters, spaces folded to one.

    Line ends stay; a lone surrogate, a NUL or a direction override does not survive (U-01, U-04, U-05).
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = unicodedata.normalize("NFC", lines)
    # A long text has few different characters: each is judged once.
    if unseen := {ch for ch in set(kept) if ch != "\n" and not _is_seen(ch)}:
        kept = "".join(ch for ch in kept if ch not in unseen)
    return _SPACES.sub(" ", unicodedata.normalize("NFC", kept)).strip()


def _is_seen(ch: str) -> bool:
    """Whether a person can see it. A letter newer than our tables counts, a noncharacter does not."""
    kind = unicodedata.category(ch)
    if kind == "Cn":
        return ord(ch) & 0xFFFE != 0xFFFE and not 0xFDD0 <= ord(ch) <= 0xFDEF
    return kind not in _INVISIBLE


def whole_number(text: str) -> int | None:
    """The number that `text` writes in plain digits, when a row or a page can have it; else `None`."""
    plain = text.isascii() and text.isdigit() and len(text) <= DIGITS
    return int(text) if plain else None


def fold(text: str) -> str:
    """`text` as people type it in a hurry: lower case, no marks, đ as d, single spaces."""
    marks_off = "".join(
        ch
        for ch in unicodedata.normalize("NFD", text.lower().replace("đ", "d").replace("Đ", "d"))
        if not unicodedata.combining(ch)
    )
    return " ".join(marks_off.split())


def sort_key(text: str) -> str:
    """A key that orders Vietnamese names as a dictionary does, in any byte-wise collation.

    Letters weigh first (a ă â … d đ …), tones after (ngang, huyền, hỏi, ngã, sắc, nặng).
    """
    letters, tones = [], []
    for ch in unicodedata.normalize("NFC", text.lower()):
        parts = unicodedata.normalize("NFD", ch)
        tone = next((t for t in parts if t in _TONES), "")
        base = unicodedata.normalize("NFC", parts.replace(tone, "")) if tone else ch
        place = _LETTERS.find(base)
        letters.append(f"{place + 40:02d}" if place >= 0 else f"0{base}" if base != " " else "00")
        tones.append(str(_TONES.find(tone) + 1 if tone else 0))
    return "".join(letters) + " " + "".join(tones)
