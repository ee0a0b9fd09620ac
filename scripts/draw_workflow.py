"""Draw the table of steps as a diagram: python scripts/draw_workflow.py [--write] (docs/workflow.md)"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from motcua.dossiers.workflow import TRANSITIONS  # noqa: E402 - the path must be known first

PAGE = ROOT / "docs" / "workflow.md"
HEAD = """# The life of a dossier

Drawn by `bin/docs` from `motcua/dossiers/workflow.py`; do not edit.

```mermaid
stateDiagram-v2
"""


def drawn() -> str:
    """The whole page."""
    lines = [
        f"    {source} --> {row.target}: {row.step} ({', '.join(sorted(row.roles))})"
        for row in TRANSITIONS
        for source in sorted(row.sources)
    ]
    return HEAD + "\n".join(lines) + "\n```\n"


if __name__ == "__main__":
    if "--write" in sys.argv:
        PAGE.write_text(drawn(), encoding="utf-8")
        print("docs/workflow.md is drawn.")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != drawn():
        sys.exit("docs/workflow.md is out of date: run bin/docs.")
    else:
        print("docs/workflow.md is up to date.")
