"""Every switch of a legal profile does something: it is read outside the app that keeps it."""

import re
from functools import cache
from pathlib import Path

import pytest

from motcua.law.words import CHOICES, LIMITS

HOUSE = Path(__file__).parents[2] / "motcua"
LATER = {  # which requirement will read it
    "pakn_forward_working_days": "PAK-04",
    "pakn_reject_wd": "PAK-07",
    "pakn_ask_wd": "PAK-07",
    "pakn_answer_wd": "PAK-07",
    "pakn_publish_wd": "PAK-07",
    "planned_stop_notice_wd": "CH-16",
    "publication_ministry_days": "CAT-08",
    "publication_province_days": "CAT-08",
    "eoffice_register_wd": "DOC-07",
}
BY_ANOTHER_NAME = {"portal_mode": r"\bplace_under\(|\bfiling_place\("}  # of law.queries
SWITCHES = (*(each.key for each in LIMITS), *CHOICES, "levels")


@cache
def _said() -> str:
    """What the other apps say, without their tests."""
    files = (
        path
        for path in sorted(HOUSE.rglob("*.py"))
        if "tests" not in path.parts and path.parent != HOUSE / "law"
    )
    return "\n".join(path.read_text() for path in files)


def _is_read(key: str) -> bool:
    reader = BY_ANOTHER_NAME.get(key, rf"\b(?:law|profile|limits)\w*(?:\([^()]*\))*\.{key}\b")
    return re.search(reader, _said()) is not None


@pytest.mark.parametrize("key", SWITCHES)
def test_a_switch_is_read_or_waits_for_its_requirement(key: str) -> None:
    assert _is_read(key) is (key not in LATER)


def test_what_waits_is_a_switch() -> None:
    assert set(LATER) <= set(SWITCHES)
