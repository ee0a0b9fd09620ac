"""Every switch of a legal profile does something: it is read outside the app that keeps it."""

import ast
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
BY_ANOTHER_NAME = {"portal_mode": {"place_under", "filing_place"}}  # functions of law.queries
SWITCHES = (*(each.key for each in LIMITS), *CHOICES, "levels")
OF_THE_LAW = ("law", "profile", "limits")  # so begin the names of what is read from


def reads(source: str) -> set[str]:
    """Which attributes of a law a module reads, and which functions it calls.

    What stands in comments, docstrings and other texts is no reading.
    """
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and _name(node.value).startswith(OF_THE_LAW):
            found.add(node.attr)
        elif isinstance(node, ast.Call):
            found.add(f"{_name(node.func)}()")
    return found


def _name(node: ast.expr) -> str:
    """What a value is called: a name, an attribute, or what is called for it."""
    if isinstance(node, ast.Call):
        return _name(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


@cache
def _read() -> set[str]:
    """What the other apps read, without their tests."""
    files = (
        path
        for path in sorted(HOUSE.rglob("*.py"))
        if "tests" not in path.parts and path.parent != HOUSE / "law"
    )
    return set().union(*(reads(path.read_text("utf-8")) for path in files))


def _is_read(key: str) -> bool:
    calls = {f"{name}()" for name in BY_ANOTHER_NAME.get(key, ())}
    return bool(calls & _read()) if calls else key in _read()


@pytest.mark.parametrize("key", SWITCHES)
def test_a_switch_is_read_or_waits_for_its_requirement(key: str) -> None:
    assert _is_read(key) is (key not in LATER)


def test_what_waits_is_a_switch() -> None:
    assert set(LATER) <= set(SWITCHES)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("days = law_of(dossier).limits.pakn_ask_wd", True),
        ("def f(profile): return profile.pakn_ask_wd", True),
        ("# law.pakn_ask_wd is read later", False),
        ('"""Counts by law.limits.pakn_ask_wd."""', False),
        ('SQL = "law.pakn_ask_wd"', False),
        ("form.pakn_ask_wd", False),
    ],
)
def test_a_mention_is_no_reading(source: str, found: bool) -> None:
    assert ("pakn_ask_wd" in reads(source)) is found
