"""Fail when a module, function or template outgrows the house: python scripts/check_sizes.py"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODULE, FUNCTION, TEMPLATE = 300, 40, 150
LONGEST_DOCUMENT = {"README.md": 120, "CONTRIBUTING.md": 80}
FOLDERS = ("motcua", "scripts", "tests", "bench")


def modules() -> Iterator[Path]:
    """Every Python file we wrote (migrations are Django's)."""
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts and "node_modules" not in path.parts:
                yield path


def too_long(path: Path) -> list[str]:
    """What in this module is longer than it should be."""
    name, source = path.relative_to(ROOT), path.read_text(encoding="utf-8")
    found = []
    if (lines := source.count("\n")) > MODULE:
        found.append(f"{name}: {lines} lines, the limit is {MODULE}. Split it by chapter.")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION:
                found.append(
                    f"{name}:{node.lineno}: {node.name} has {lines} lines, the limit is "
                    f"{FUNCTION}. Give its beats names of their own."
                )
    return found


def long_texts() -> list[str]:
    """Templates and documents beyond their limits."""
    limits = {path: TEMPLATE for path in (ROOT / "templates").rglob("*.html")}
    limits |= {ROOT / name: limit for name, limit in LONGEST_DOCUMENT.items()}
    found = []
    for path, limit in sorted(limits.items()):
        if path.exists() and (lines := path.read_text(encoding="utf-8").count("\n")) > limit:
            found.append(f"{path.relative_to(ROOT)}: {lines} lines, the limit is {limit}.")
    return found


if __name__ == "__main__":
    complaints = [line for path in modules() for line in too_long(path)] + long_texts()
    print("\n".join(complaints) or "Every module, function and template fits.")
    sys.exit(bool(complaints))
