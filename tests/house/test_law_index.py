"""Who looks for a requirement finds every rule that implements it, those of the e-forms too."""

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "law_index.py"))
FORMS = ROOT / "motcua" / "procedures" / "forms"


def test_the_modules_of_the_e_forms_are_read_like_every_other_rule() -> None:
    read = set(SCRIPT["rule_modules"]())

    assert {FORMS / "filling.py", FORMS / "objections.py", FORMS / "printing.py"} <= read
    assert ROOT / "motcua" / "files" / "rules.py" in read
    dates, desk = ROOT / "motcua" / "workdays" / "rules", ROOT / "motcua" / "dossiers" / "rules"
    assert {dates / "ledger.py", dates / "counting.py", desk / "asking.py"} <= read
    assert {ROOT / "motcua" / "law" / "rules.py", ROOT / "motcua/notices/rules/hours.py"} <= read
    assert ROOT / "motcua" / "law" / "places.py" in read
    assert not [path for path in read if path.name.startswith("test_")]


@pytest.mark.parametrize(
    ("module", "law", "rule"),
    [
        ("filling.py", "EF-04", "read_page"),  # on a line of its own
        ("paging.py", "EF-01", "pages"),  # after the one sentence
        ("printing.py", "EF-06", "blank_paper"),
    ],
)
def test_a_law_is_read_wherever_it_stands_in_the_docstring(
    module: str, law: str, rule: str
) -> None:
    found = SCRIPT["laws"](FORMS / module)

    assert (law, f"`motcua/procedures/forms/{module}` {rule}") in found
    assert all(law for law, _ in found)


@pytest.mark.parametrize("package", ["workdays", "law", "dossiers", "notices"])
def test_every_rule_of_the_clock_the_law_the_desk_and_the_notices_names_its_law(
    package: str,
) -> None:
    here = ROOT / "motcua" / package
    modules = [path for path in SCRIPT["rule_modules"]() if path.is_relative_to(here)]

    rules = [row for path in modules for row in SCRIPT["laws"](path)]

    assert len(rules) > 5
    assert [rule for law, rule in rules if not law] == []
