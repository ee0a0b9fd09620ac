"""Fail on names the glossary forbids: python scripts/glossary_check.py

The words in the last column of docs/glossary.md between backticks may not be part of a name that
we define: a module, class, function, argument or variable.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z]+")


def forbidden() -> dict[str, str]:
    """Each forbidden word with the word to use instead."""
    found = {}
    for line in (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == 3:
            good = re.findall(r"`([^`]+)`", cells[1])
            for word in re.findall(r"`([^`]+)`", cells[2]):
                found[word] = good[0] if good else cells[0]
    return found


def names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, name) of everything this module defines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id


def snake(name: str) -> str:
    """`name` in small words joined by underscores, with one at each end."""
    return f"_{'_'.join(word.lower() for word in WORD.findall(name))}_"


def complaints() -> Iterator[str]:
    """One sentence for each name that the glossary forbids."""
    words = forbidden()
    for path in sorted((ROOT / "motcua").rglob("*.py")):
        if {"migrations", "tests"} & set(path.parts):  # a test is a sentence
            continue
        found = [(1, path.stem), *names(ast.parse(path.read_text(encoding="utf-8")))]
        for line, name in found:
            for word, good in words.items():
                if f"_{word}_" in snake(name):
                    where = f"{path.relative_to(ROOT)}:{line}"
                    yield f"{where}: {name}: the glossary says `{good}`, not `{word}`."


if __name__ == "__main__":
    said = list(complaints())
    print("\n".join(said) or "Every name is in the glossary's words.")
    sys.exit(bool(said))
