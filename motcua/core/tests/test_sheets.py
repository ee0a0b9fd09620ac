"""What is typed by strangers is text in every table that a spreadsheet opens, and computes nothing."""

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import motcua
from motcua.core.sheets import cell, is_formula

EVIL = [
    "=cmd|'/c calc'!A0", "=1+1", "+1+1", "-1+1", "@SUM(1)", " =1+1", "\t=1+1", "\r=1", "\n=1",
    "\u00a0=1", "\u200b=1", "＝1+1", "＋1", "－1", "＠SUM", "|cmd", '=HYPERLINK("//a")', "\ufeff=1",
]  # fmt: skip
WRITERS = {"csv", "xlsxwriter", "openpyxl"}  # the libraries that write tables


@pytest.mark.parametrize("text", EVIL)
def test_what_begins_like_a_formula_is_text_again(text: str) -> None:
    assert is_formula(text)
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    ["", "Nguyễn Thị Lan", "H' Hen Niê", "1-2", "a=b", "lan@songha.example", " Lan", "– gạch"],
)
def test_what_people_are_called_and_write_stays_as_it_is(text: str) -> None:
    assert cell(text) == text


@given(st.text())
def test_no_cell_begins_like_a_formula_and_nothing_is_lost(text: str) -> None:
    written = cell(text)

    assert not is_formula(written)
    assert written in (text, f"'{text}")


def test_every_writer_of_tables_guards_its_cells() -> None:
    """A module that writes tables and does not know `core.sheets` lets strangers compute."""
    unguarded, met = [], 0
    for path in Path(motcua.__file__).parent.rglob("*.py"):
        if "tests" in path.parts:
            continue
        imports = imported(path)
        if imports & WRITERS:
            met += 1
            if "motcua.core.sheets" not in imports:
                unguarded.append(path.name)

    assert unguarded == []
    assert met >= 2


def imported(path: Path) -> set[str]:
    """The modules that a file imports, by their whole names and by their first."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found | {name.split(".")[0] for name in found}
