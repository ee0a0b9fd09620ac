"""When a question is asked: a strict subset of JSONLogic, the same here and in `logic.js`.

Fourteen operators and no coercion; a missing answer is null. There is no eval, no regular
expression and no loop: a rule of at most `MAX_NODES` nodes ends after as many steps.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

MAX_DEPTH = 12
MAX_NODES = 200
_INDEX = re.compile(r"0|[1-9][0-9]{0,5}")
_MANY = 50
_ARITY = {
    "var": (1, 2),
    "and": (1, _MANY),
    "or": (1, _MANY),
    "if": (2, _MANY),
    "===": (2, 2),
    "!==": (2, 2),
    "!": (1, 1),
    "!!": (1, 1),
    "in": (2, 2),
    "<": (2, 2),
    "<=": (2, 2),
    ">": (2, 2),
    ">=": (2, 2),
    "len": (1, 1),
}
OPERATORS = tuple(_ARITY)


class ConditionError(ValueError):
    """A rule that is not in the subset, or too long to be one."""


def rule_problem(rule: Any) -> str:
    """Why `rule` may not be used as a condition, or nothing. Law: house rule"""
    try:
        nodes = sum(1 for _ in _nodes(rule, 0))
    except ConditionError as error:
        return str(error)
    return f"quá dài: {nodes} bước, tối đa {MAX_NODES}" if nodes > MAX_NODES else ""


def variables(rule: Any) -> list[str]:
    """The answers a checked rule looks at, in reading order. Law: house rule"""
    return [node["var"][0] for node in _nodes(rule, 0) if isinstance(node, dict) and "var" in node]


def renamed(rule: Any, new_name: Callable[[str], str]) -> Any:
    """A copy of a checked rule in which every variable carries its full name. Law: house rule"""
    if isinstance(rule, list):
        return [renamed(item, new_name) for item in rule]
    if not isinstance(rule, dict):
        return rule
    operator, arguments = _split(rule)
    if operator == "var":
        return {"var": [new_name(arguments[0]), *arguments[1:]]}
    return {operator: [renamed(item, new_name) for item in arguments]}


def holds(rule: Any, answers: Any) -> bool:
    """Whether `rule` is true of `answers`. Law: house rule"""
    return truthy(evaluate(rule, answers))


def evaluate(rule: Any, answers: Any) -> Any:
    """The value of `rule` for `answers`; `ConditionError` when it is no rule. Law: house rule"""
    if problem := rule_problem(rule):
        raise ConditionError(problem)
    return _value(rule, answers)


def truthy(value: Any) -> bool:
    """False for null, false, 0, "" and []; everything else is true. Law: house rule"""
    return not (
        value is None or value is False or value in ("", []) or (_is_number(value) and value == 0)
    )


def _nodes(rule: Any, depth: int) -> Iterator[Any]:
    if depth > MAX_DEPTH:
        raise ConditionError(f"lồng quá sâu: tối đa {MAX_DEPTH} tầng")
    if isinstance(rule, list):
        parts = rule
    elif isinstance(rule, dict):
        operator, parts = _split(rule)
        rule = {operator: parts}
        if operator == "var":
            _check_variable(parts)
            parts = []
    else:
        _check_plain(rule)
        parts = []
    yield rule
    for part in parts:
        yield from _nodes(part, depth + 1)


def _split(rule: dict[str, Any]) -> tuple[str, list[Any]]:
    if len(rule) != 1:
        raise ConditionError("mỗi bước phải có đúng một phép")
    ((operator, given),) = rule.items()
    if operator not in _ARITY:
        raise ConditionError(f"phép “{operator}” không có trong danh sách: {' '.join(OPERATORS)}")
    arguments = given if isinstance(given, list) else [given]
    least, most = _ARITY[operator]
    if not least <= len(arguments) <= most:
        raise ConditionError(f"phép “{operator}” không nhận {len(arguments)} tham số")
    return operator, arguments


def _check_variable(arguments: list[Any]) -> None:
    if not isinstance(arguments[0], str) or not arguments[0]:
        raise ConditionError("phép “var” cần tên một câu trả lời")
    if len(arguments) > 1:
        if isinstance(arguments[1], list | dict):
            raise ConditionError("giá trị thay thế của “var” phải là một giá trị đơn")
        _check_plain(arguments[1])


def _check_plain(value: Any) -> None:
    if value is None or isinstance(value, str | bool):
        return
    # A number that JavaScript cannot hold exactly would compare differently in the browser.
    if not isinstance(value, int | float) or not abs(value) <= 2**53 - 1:
        raise ConditionError("chỉ dùng chữ, số, đúng/sai hoặc rỗng")


def _value(rule: Any, answers: Any) -> Any:
    if isinstance(rule, list):
        return [_value(item, answers) for item in rule]
    if not isinstance(rule, dict):
        return rule
    operator, arguments = _split(rule)
    if operator in _LAZY:
        return _LAZY[operator](arguments, answers)
    return _STRICT[operator](*(_value(item, answers) for item in arguments))


def _variable(arguments: list[Any], answers: Any) -> Any:
    found = answers
    for part in arguments[0].split("."):
        if isinstance(found, dict):
            found = found.get(part)
        elif isinstance(found, list) and _INDEX.fullmatch(part) and int(part) < len(found):
            found = found[int(part)]
        else:
            found = None
    return arguments[1] if found is None and len(arguments) > 1 else found


def _and(arguments: list[Any], answers: Any) -> Any:
    value = None
    for item in arguments:
        value = _value(item, answers)
        if not truthy(value):
            break
    return value


def _or(arguments: list[Any], answers: Any) -> Any:
    value = None
    for item in arguments:
        value = _value(item, answers)
        if truthy(value):
            break
    return value


def _if(arguments: list[Any], answers: Any) -> Any:
    for place in range(0, len(arguments) - 1, 2):
        if truthy(_value(arguments[place], answers)):
            return _value(arguments[place + 1], answers)
    return _value(arguments[-1], answers) if len(arguments) % 2 else None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, dict | list) or isinstance(other, dict | list):
        return False
    if _is_number(one) and _is_number(other):
        return bool(one == other)
    return type(one) is type(other) and bool(one == other)


def _in(needle: Any, hay: Any) -> bool:
    if isinstance(hay, str):
        return isinstance(needle, str) and needle in hay
    return isinstance(hay, list) and any(_same(needle, item) for item in hay)


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def comparison(one: Any, other: Any) -> bool:
        alike = (_is_number(one) and _is_number(other)) or (
            isinstance(one, str) and isinstance(other, str)
        )
        return alike and bool(compare(one, other))

    return comparison


_LAZY: dict[str, Callable[[list[Any], Any], Any]] = {
    "var": _variable,
    "and": _and,
    "or": _or,
    "if": _if,
}
_STRICT: dict[str, Callable[..., Any]] = {
    "===": _same,
    "!==": lambda one, other: not _same(one, other),
    "!": lambda value: not truthy(value),
    "!!": truthy,
    "in": _in,
    "<": _ordered(lambda one, other: one < other),
    "<=": _ordered(lambda one, other: one <= other),
    ">": _ordered(lambda one, other: one > other),
    ">=": _ordered(lambda one, other: one >= other),
    "len": lambda value: len(value) if isinstance(value, str | list) else 0,
}
