"""A form as JSON Schema 2020-12, for partners who file through the API."""

from collections.abc import Callable
from typing import Any

from motcua.procedures.forms.checks import CHECKS
from motcua.procedures.forms.types import Field, FieldType, FormDefinition, Section

_ISO_DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_PARTIAL_DATE = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"


def json_schema(definition: FormDefinition) -> dict[str, Any]:
    """The answers a form takes; a field with a condition says so in `x-when` and is optional.

    Law: EF-08
    """
    asked = [section.key for section in definition.sections if _is_asked_for(section)]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": definition.title,
        "description": f"{definition.key}, phiên bản {definition.version}",
        "type": "object",
        "additionalProperties": False,
        "required": asked,
        "properties": {section.key: _section(section) for section in definition.sections},
    }


def _is_asked_for(section: Section) -> bool:
    if section.when is not None:
        return False
    return bool(section.min_rows) if section.repeat else bool(_required(section))


def _required(section: Section) -> list[str]:
    return [field.key for field in section.fields if field.required and field.when is None]


def _section(section: Section) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "required": _required(section),
        "properties": {field.key: _field(field) for field in section.fields},
    }
    marks: dict[str, Any] = {"title": section.title}
    if section.when is not None:
        marks["x-when"] = section.when
    if not section.repeat:
        return fields | marks
    return {
        "type": "array",
        "items": fields,
        "minItems": section.min_rows,
        "maxItems": section.max_rows,
    } | marks


def _field(field: Field) -> dict[str, Any]:
    shape = {"title": field.label} | _SHAPES.get(field.type, _text)(field)
    if not field.required and field.type in _MAY_BE_EMPTY:
        shape = {"title": field.label, "anyOf": [shape, {"const": ""}]}
    if field.hint:
        shape["description"] = field.hint
    if field.when is not None:
        shape["x-when"] = field.when
    if field.type is FieldType.COMPUTED:
        shape["readOnly"] = True
    return shape


def _text(field: Field) -> dict[str, Any]:
    shape: dict[str, Any] = {"type": "string", "maxLength": field.max_length}
    if field.required:
        shape["minLength"] = 1
    if field.check and CHECKS[field.check].pattern:
        shape["pattern"] = CHECKS[field.check].pattern
    return shape


def _number(field: Field) -> dict[str, Any]:
    whole = field.whole or field.type is FieldType.MONEY
    shape: dict[str, Any] = {"type": "integer" if whole else "number"}
    if field.least is not None:
        shape["minimum"] = field.least
    if field.most is not None:
        shape["maximum"] = field.most
    return shape


def _choice(field: Field) -> dict[str, Any]:
    return {"oneOf": [{"const": o.value, "title": o.label} for o in field.options]}


def _address(field: Field) -> dict[str, Any]:
    code = {"type": "string", "pattern": "^[0-9]+$"}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["province_code", "ward_code"],
        "properties": {
            "province_code": code,
            "ward_code": code,
            "detail": {"type": "string", "maxLength": field.max_length},
        },
    }


def _tick(field: Field) -> dict[str, Any]:
    return {"const": True} if field.required else {"type": "boolean"}


def _date(field: Field) -> dict[str, Any]:
    return {"type": "string", "pattern": _PARTIAL_DATE if field.partial else _ISO_DATE}


_MAY_BE_EMPTY = set(FieldType) - {FieldType.CHECKBOX, FieldType.CONSENT, FieldType.COMPUTED}
_SHAPES: dict[FieldType, Callable[[Field], dict[str, Any]]] = {
    FieldType.NUMBER: _number,
    FieldType.MONEY: _number,
    FieldType.SELECT: _choice,
    FieldType.CATALOG: _choice,
    FieldType.ADDRESS: _address,
    FieldType.CHECKBOX: _tick,
    FieldType.CONSENT: _tick,
    FieldType.DATE: _date,
    FieldType.TIME: lambda field: {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$"},
    FieldType.EMAIL: lambda field: {"type": "string", "format": "email", "maxLength": 254},
    FieldType.PHONE: lambda field: {"type": "string", "pattern": "^[+]?[0-9]{8,15}$"},
}
