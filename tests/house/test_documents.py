"""Every path that a document names is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [
    "README.md",
    "CONTRIBUTING.md",
    "docs/tour.md",
    "docs/map.md",
    "docs/decisions/README.md",
]
PATHS = re.compile(r"`((?:motcua|bin|docs|tests|templates|scripts|assets)/[\w./-]*)`")
LINKS = re.compile(r"\]\((?!https?:|#)([^)#]+)")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_path_in_a_document_opens(name: str) -> None:
    page = ROOT / name
    text = page.read_text(encoding="utf-8")

    missing = [path for path in PATHS.findall(text) if not (ROOT / path).exists()]
    missing += [link for link in LINKS.findall(text) if not (page.parent / link).exists()]

    assert missing == []
