"""From requirement to rule: python scripts/law_index.py [--write] (docs/law_index.md)

Every public function of a rules module, of the modules of e-forms and of those named below ends its
docstring with `Law: <ids>` or with `Law: house rule`; a function without it is a complaint, and so is
an index that is out of date.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
INDEX = ROOT / "docs" / "law_index.md"
HEAD = """# Law index

Which rule implements which requirement. Drawn by `bin/docs` from the docstrings; do not edit.

| requirement | rule |
|---|---|
"""


PACKAGES = ("rules", "forms")  # packages that hold nothing but rules
MODULES = ("motcua/law/places.py",)  # and single modules of which the same is true


def rule_modules() -> Iterator[Path]:
    """Every module of rules: rules.py, the modules of a package of rules, and those named above."""
    named = {ROOT / module for module in MODULES}
    for path in sorted((ROOT / "motcua").rglob("*.py")):
        if path.name == "rules.py" or path.parent.name in PACKAGES or path in named:
            yield path


def laws(path: Path) -> list[tuple[str, str]]:
    """(requirement, rule) for each public function; the requirement is empty if unnamed."""
    found = []
    name = path.relative_to(ROOT)
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            named = re.search(r"(?:^|\s)Law: (.+)$", ast.get_docstring(node) or "", re.MULTILINE)
            for law in named[1].rstrip(".").split(", ") if named else [""]:
                found.append((law, f"`{name}` {node.name}"))
    return found


def main(write: bool) -> int:
    """Draw the index, complain of rules without a law and of an index out of date."""
    rows = sorted(row for path in rule_modules() for row in laws(path))
    drawn = HEAD + "".join(f"| {law} | {rule} |\n" for law, rule in rows)
    unnamed = [rule for law, rule in rows if not law]
    for rule in unnamed:
        print(f"{rule}: end the docstring with `Law: <ids>` or `Law: house rule`.")
    if write:
        INDEX.write_text(drawn, encoding="utf-8")
        print(f"{INDEX.relative_to(ROOT)}: {len(rows)} lines.")
    elif not INDEX.exists() or INDEX.read_text(encoding="utf-8") != drawn:
        print("docs/law_index.md is out of date: run bin/docs.")
        return 1
    else:
        print(f"{len(rows)} rules name their law.")
    return int(bool(unnamed))


if __name__ == "__main__":
    sys.exit(main("--write" in sys.argv))
