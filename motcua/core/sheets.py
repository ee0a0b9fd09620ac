"""What may be written into a table that a spreadsheet opens: text that stays text (S-12)."""

import unicodedata

# What a spreadsheet takes for the beginning of a formula, in the widths people can type.
_STARTS = frozenset("=+-@＝＋－＠﹢﹣﹦﹫")
_ALSO = frozenset("\t\r\n|")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet might compute `text`: by its first letter, or behind what it skips."""
    if text[:1] in _ALSO:
        return True
    for letter in text:
        if not letter.isspace() and unicodedata.category(letter)[0] != "C":
            return letter in _STARTS
    return False


def cell(text: str) -> str:
    """`text` for a cell of a CSV file: what begins like a formula begins with an apostrophe."""
    return f"'{text}" if is_formula(text) else text
