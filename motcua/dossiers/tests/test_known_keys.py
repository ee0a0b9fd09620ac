"""Under whatever key an applicant is written to, the watch knows which dossier it was about."""

import ast
from collections.abc import Iterator
from pathlib import Path

import motcua.dossiers
from motcua.dossiers.lost_news import ASIDES, number_of

HERE = Path(motcua.dossiers.__file__).parent
TO_OFFICIALS = "ToPost"
# About who read it, not about how it goes on: it stands on a page, and nobody is called for it.
NEED_NOT_BE_HEARD = {"read"}


def sent() -> Iterator[tuple[str, str]]:
    """Each key under which somebody is written to who is no official: where, and its words."""
    for path in sorted(HERE.rglob("*.py")):
        if "tests" in path.parts:
            continue
        for function in ast.walk(ast.parse(path.read_text())):
            if isinstance(function, ast.FunctionDef):
                yield from ((path.name, key) for key in keys_in(function))


def keys_in(function: ast.FunctionDef) -> Iterator[str]:
    named = {
        node.targets[0].id: node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    for call in ast.walk(function):
        if not isinstance(call, ast.Call) or ast.unparse(call.func) != "send":
            continue
        if ast.unparse(call.args[0]).startswith(TO_OFFICIALS):
            continue
        [key] = [each.value for each in call.keywords if each.arg == "dedupe_key"]
        yield words(named[key.id] if isinstance(key, ast.Name) else key)


def words(key: ast.expr) -> str:
    """The key with 41 for the number of a row and a star for what else is filled in."""
    assert isinstance(key, ast.JoinedStr)
    parts = []
    for part in key.values:
        if isinstance(part, ast.FormattedValue):
            parts.append("41" if ast.unparse(part.value).endswith(".pk") else "*")
        else:
            parts.append(str(ast.literal_eval(part)))
    return "".join(parts)


def test_every_key_is_known() -> None:
    found = dict.fromkeys(sent())
    assert len(found) >= 4
    for where, key in found:
        family = key.partition(":")[0]
        if family in NEED_NOT_BE_HEARD:
            assert number_of(key.replace("*", "7")) is None, (where, key)
            continue
        said = [told for what, told in ASIDES if what == family] if "*" in key else [""]
        assert said, (where, key)
        for told in said:
            assert number_of(key.replace("*", told)) is not None, (where, key, told)


def test_every_word_about_a_withdrawal_is_known() -> None:
    tree = ast.parse((HERE / "approval_jobs.py").read_text())
    told = {
        ast.literal_eval(call.args[1])
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "_to_citizen"
    }
    assert told == {said for what, said in ASIDES if what == "approval"}
