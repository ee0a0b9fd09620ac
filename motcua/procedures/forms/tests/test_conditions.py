"""Conditions: strict, bounded, and the same in Python and in the browser."""

import json
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from motcua.procedures.forms.conditions import (
    MAX_DEPTH,
    MAX_NODES,
    OPERATORS,
    ConditionError,
    evaluate,
    holds,
    rule_problem,
    variables,
)

ROOT = Path(__file__).parents[4]
LOGIC_JS = ROOT / "assets" / "src" / "js" / "logic.js"
CASES = 20_500
NAMES = ["a", "b", "c.0", "c.1", "c.01", "c.length", "d.province_code", "d", "x", "a.length", "c.²"]
VALUES: list[Any] = [
    *(None, True, False, 0, 1, 2, -1, 3.5, 1.0, "", "0", "co", "chua", "Đà", "D"),
    *("2026-01-02", "2025-12-31", [], ["co", 1], [True], [1], [[0]], "😀", "\ufffd", "o"),
]
ARITY = {"!": 1, "!!": 1, "len": 1}


def a_rule(chance: random.Random, depth: int = 0) -> Any:
    if depth > 3 or chance.random() < 0.3:
        name = chance.choice(NAMES)
        plain = chance.choice([value for value in VALUES if not isinstance(value, list)])
        return chance.choice([{"var": name}, {"var": [name]}, {"var": [name, plain]}, plain, []])
    operator = chance.choice([name for name in OPERATORS if name != "var"])
    count = ARITY.get(operator, 2)
    if operator in ("and", "or", "if"):
        count = chance.randint(2, 5)
    parts = [a_rule(chance, depth + 1) for _ in range(count)]
    return chance.choice([parts, {operator: parts}]) if chance.random() < 0.1 else {operator: parts}


def some_answers(chance: random.Random) -> dict[str, Any]:
    def pick() -> Any:
        return chance.choice(VALUES)

    answers = {"a": pick(), "b": pick(), "c": [pick(), pick()], "d": {"province_code": pick()}}
    return {key: value for key, value in answers.items() if chance.random() < 0.9}


def in_python(rule: Any, answers: Any) -> Any:
    try:
        return {"value": evaluate(rule, answers)}
    except ConditionError:
        return {"refused": True}


def in_javascript(cases: list[Any], folder: Path) -> list[Any]:
    (folder / "logic.mjs").write_text(LOGIC_JS.read_text("utf-8"), "utf-8")
    (folder / "cases.json").write_text(json.dumps(cases), "utf-8")
    (folder / "run.mjs").write_text(
        "import { evaluate, ConditionError } from './logic.mjs'\n"
        "import fs from 'node:fs'\n"
        "const cases = JSON.parse(fs.readFileSync(new URL('./cases.json', import.meta.url)))\n"
        "const all = cases.map(([rule, answers]) => {\n"
        "  try { return { value: evaluate(rule, answers) } } catch (error) {\n"
        "    if (error instanceof ConditionError) return { refused: true }\n"
        "    throw error\n"
        "  }\n"
        "})\n"
        "console.log(JSON.stringify(all))\n",
        "utf-8",
    )
    done = subprocess.run(
        ["node", str(folder / "run.mjs")], capture_output=True, text=True, check=True, timeout=120
    )
    found: list[Any] = json.loads(done.stdout)
    return found


def alike(one: Any, other: Any) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    return bool(one == other)


@pytest.mark.skipif(
    shutil.which("node") is None, reason="máy này không có node để so với JavaScript"
)
def test_python_and_the_browser_agree_on_every_condition(tmp_path: Path) -> None:
    chance = random.Random(11)
    cases = [[a_rule(chance), some_answers(chance)] for _ in range(CASES)]
    cases += [[rule, {}] for rule in BROKEN]

    theirs = in_javascript(cases, tmp_path)

    wrong = [
        (case, ours, other)
        for case, other in zip(cases, theirs, strict=True)
        if not (
            (ours := in_python(*case)).keys() == other.keys()
            and alike(ours.get("value"), other.get("value"))
        )
    ]
    assert not wrong, wrong[:3]


def nested(depth: int) -> Any:
    rule: Any = True
    for _ in range(depth):
        rule = {"!": [rule]}
    return rule


BROKEN: list[Any] = [
    {"==": [1, 1]},
    {"===": [1]},
    {"===": [1, 1], "!": [1]},
    {},
    {"var": [{"var": "a"}]},
    {"var": 0},
    {"var": ""},
    {"map": [[], {}]},
    {"+": [1, 1]},
    {"===": [2**60, 1]},
    nested(MAX_DEPTH + 1),
    {"and": [{"and": [True] * 50}] * 5},
    {"constructor": [1]},
    {"__proto__": [1]},
]


@pytest.mark.parametrize("rule", BROKEN)
def test_what_is_not_in_the_subset_is_refused(rule: Any) -> None:
    assert rule_problem(rule)
    with pytest.raises(ConditionError):
        evaluate(rule, {})


def test_a_rule_at_the_limit_still_works() -> None:
    assert holds(nested(MAX_DEPTH), {})
    assert (
        rule_problem({"and": [{"and": [True] * 40}] * 5})
        == f"quá dài: 206 bước, tối đa {MAX_NODES}"
    )


def test_a_missing_answer_is_null_and_never_equals_anything_else() -> None:
    assert holds({"===": [{"var": "x"}, None]}, {})
    assert not holds({"===": [{"var": "x"}, ""]}, {})
    assert not holds({"===": [{"var": "x"}, 0]}, {})
    assert not holds({"<": [{"var": "x"}, 1]}, {})


def test_true_is_not_one_and_the_text_1_is_not_the_number() -> None:
    assert not holds({"===": [True, 1]}, {})
    assert not holds({"===": ["1", 1]}, {})
    assert not holds({"in": [True, [1, 2]]}, {})


def test_the_variables_of_a_rule_are_listed_in_reading_order() -> None:
    assert variables({"and": [{"var": "b"}, {"===": [{"var": ["a", 1]}, 2]}]}) == ["b", "a"]
