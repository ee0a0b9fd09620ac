"""The manual tells what is there: every path opens, every variable is the one that is read."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGES = sorted([*ROOT.glob("docs/howto/*.md"), *ROOT.glob("docs/run/*.md")])
PATHS = re.compile(r"`((?:motcua|bin|docs|tests|templates|scripts|assets)/[\w./-]*)`")
LINKS = re.compile(r"\]\((?!https?:|#)([^)#]+)")
COMMANDS = re.compile(r"bin/manage ([a-z]+_[a-z_]+)")
VARIABLE = re.compile(r"\b(MOTCUA_[A-Z]+(?:_[A-Z]+)*|DATABASE_URL|PG_BIN)\b")
READERS = ("motcua/**/*.py", "bin/*", "scripts/*", "conftest.py", "tests/**/*.py")


def _words(pattern: re.Pattern[str], *globs: str) -> set[str]:
    found: set[str] = set()
    for glob in globs:
        for path in ROOT.glob(glob):
            if path.is_file() and path != Path(__file__):
                text = path.read_text(encoding="utf-8", errors="ignore")
                if path.suffix == ".py":  # what it says about itself is not what it reads
                    text = "\n".join(re.findall(r'["\'](\w+)["\']', text))
                found |= set(pattern.findall(text))
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_path_in_a_page_opens(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    missing = [path for path in PATHS.findall(text) if not (ROOT / path).exists()]
    missing += [link for link in LINKS.findall(text) if not (page.parent / link).exists()]

    assert missing == []


def test_every_page_is_in_its_list() -> None:
    for page in PAGES:
        index = (page.parent / "README.md").read_text(encoding="utf-8")
        assert page.name == "README.md" or f"({page.name})" in index


def test_the_page_on_configuration_names_every_variable_and_no_other() -> None:
    told = _words(VARIABLE, "docs/run/configure.md")

    assert told == _words(VARIABLE, *READERS)


def test_every_command_that_is_named_exists() -> None:
    known = {path.stem for path in ROOT.glob("motcua/*/management/commands/*.py")}

    assert _words(COMMANDS, "docs/**/*.md", "README.md") <= known
