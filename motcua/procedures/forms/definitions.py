"""From JSON to a form: every mistake is named together with its place, before anyone sees the form."""

from collections.abc import Mapping
from typing import Any

from motcua.procedures.forms import conditions, generic
from motcua.procedures.forms.catalogs import CATALOGS
from motcua.procedures.forms.checks import CHECKS, PATTERNS
from motcua.procedures.forms.paging import paged
from motcua.procedures.forms.types import Field, FieldType, FormDefinition, Option, Section

_KEY_SIGNS = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
_FIELD_KEYS = {
    *("key", "label", "type", "required", "hint", "options", "pattern", "check", "max_length"),
    *("min", "max", "whole", "partial", "uppercase", "default", "prefill", "source", "when"),
    *("catalog", "parts"),
}
_SECTION_KEYS = {"key", "title", "fields", "repeat", "min_rows", "max_rows", "when", "pages"}
OWNER_FACTS = ("name", "national_id", "address", "phone", "email")
_PAST_BY_NATURE = ("ngày sinh", "ngày, tháng, năm sinh", "ngày cấp", "ngày chết", "ngày mất")
_FRACTIONS = ("(m)", "(m²)", "(m2)", "(m³)", "(ha)", "(kg)", "(tấn)", "(%)")


class DefinitionError(ValueError):
    """A definition that cannot be a form; the message starts with the place of the mistake."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(f"{place}: {problem}")


def definition_from(json: Mapping[str, Any]) -> FormDefinition:
    """The form that `json` describes; `DefinitionError` names the first mistake.

    Law: EF-01, EF-08
    """
    raw_sections = _list(json, "sections", "sections")
    known: list[str] = []
    sections: list[Section] = []
    for number, raw in enumerate(raw_sections):
        sections.append(_section(raw, f"sections[{number}]", sections, known))
    wanted = {section["key"]: section.get("pages") for section in raw_sections}
    return FormDefinition(
        key=_text(json, "form_key", "form_key"),
        version=int(json.get("version", 1)),
        title=_text(json, "title", "title"),
        sections=tuple(sections),
        pages=paged(sections, wanted),
        legal=str(json.get("legal", "")),
        procedure_codes=tuple(map(str, json.get("procedure_codes", ()))),
        owner=_owner(json.get("owner", {}), sections),
    )


def _owner(raw: Any, sections: list[Section]) -> tuple[tuple[str, str], ...]:
    """Which answers say whose dossier it is: (fact, "section.field") pairs."""
    if not isinstance(raw, Mapping):
        raise DefinitionError("owner", "phải là một đối tượng")
    known = {f"{s.key}.{f.key}" for s in sections if not s.repeat for f in s.fields}
    for fact, path in raw.items():
        if fact not in OWNER_FACTS:
            raise DefinitionError(f"owner.{fact}", "thuộc tính không có trong danh sách")
        if path not in known:
            raise DefinitionError(f"owner.{fact}", f"không có ô “{path}”")
    if raw and "name" not in raw:
        raise DefinitionError("owner", "thiếu “name”")
    return tuple(raw.items())


def generic_form(name: str) -> FormDefinition:
    """The form of a procedure that has none of its own: who files, for whom, what is asked.

    Law: EF-01, ACC-10
    """
    return definition_from(generic.FORM | {"title": f"Đơn đề nghị: {name}"})


def _section(raw: Any, place: str, earlier: list[Section], known: list[str]) -> Section:
    if not isinstance(raw, Mapping):
        raise DefinitionError(place, "phải là một đối tượng")
    key = _key(raw, place, {section.key for section in earlier} | {"row"})
    if unknown := sorted(set(raw) - _SECTION_KEYS):
        raise DefinitionError(f"{place}.{unknown[0]}", "thuộc tính không có trong danh sách")
    repeat = bool(raw.get("repeat", False))
    scope = "row" if repeat else key
    when = _condition(raw, place, scope, known)
    here = [name for name in known if not name.startswith("row.")]
    fields: list[Field] = []
    for number, item in enumerate(_list(raw, "fields", f"{place}.fields")):
        fields.append(_field(item, f"{place}.fields[{number}]", scope, here, fields))
        here.append(f"{scope}.{fields[-1].key}")
    known[:] = [name for name in here if not name.startswith("row.")] + [key] * repeat
    return Section(
        key=key,
        title=_text(raw, "title", f"{place}.title"),
        fields=tuple(fields),
        repeat=repeat,
        min_rows=int(raw.get("min_rows", 0)),
        max_rows=int(raw.get("max_rows", 20)),
        when=when,
    )


def _field(raw: Any, place: str, scope: str, known: list[str], earlier: list[Field]) -> Field:
    if not isinstance(raw, Mapping):
        raise DefinitionError(place, "phải là một đối tượng")
    key = _key(raw, place, {field.key for field in earlier})
    if unknown := sorted(set(raw) - _FIELD_KEYS):
        raise DefinitionError(f"{place}.{unknown[0]}", "thuộc tính không có trong danh sách")
    label = _text(raw, "label", f"{place}.label")
    type_ = _type(raw, place)
    check = _check(raw, place, type_, label)
    return Field(
        key=key,
        label=label,
        type=type_,
        required=bool(raw.get("required", False)),
        hint=str(raw.get("hint", "")),
        options=_choices(raw, place, type_),
        check=check,
        max_length=int(raw.get("max_length", 2000 if type_ is FieldType.TEXTAREA else 200)),
        least=_limit(raw, "min", place, type_),
        most=_limit(raw, "max", place, type_),
        whole=bool(raw.get("whole", not label.rstrip().endswith(_FRACTIONS))),
        past=raw.get("max") == "today" or (type_ is FieldType.DATE and _is_past(key, label)),
        partial=bool(raw.get("partial", False)),
        uppercase=bool(raw.get("uppercase", False)),
        default=raw.get("default"),
        prefill=str(raw.get("prefill", "")),
        source=_source(raw, place, type_, earlier),
        when=_condition(raw, place, scope, known),
    )


def _is_past(key: str, label: str) -> bool:
    # Nobody is born tomorrow, and no paper was issued tomorrow: paper forms leave this unsaid.
    return key.lower().endswith("ngaysinh") or label.lower().startswith(_PAST_BY_NATURE)


def _type(raw: Mapping[str, Any], place: str) -> FieldType:
    try:
        return FieldType(raw.get("type", ""))
    except ValueError:
        known = ", ".join(FieldType)
        raise DefinitionError(
            f"{place}.type", f"kiểu “{raw.get('type')}” không có; dùng một trong: {known}"
        ) from None


def _check(raw: Mapping[str, Any], place: str, type_: FieldType, label: str) -> str:
    if "check" in raw:
        if raw["check"] not in CHECKS:
            known = ", ".join(CHECKS)
            raise DefinitionError(
                f"{place}.check",
                f"phép kiểm tra “{raw['check']}” không có; dùng một trong: {known}",
            )
        return str(raw["check"])
    if "pattern" in raw:
        if raw["pattern"] not in PATTERNS:
            raise DefinitionError(
                f"{place}.pattern",
                f"không nhận biểu thức “{raw['pattern']}”; "
                f"hãy dùng “check” với một trong: {', '.join(CHECKS)}",
            )
        return PATTERNS[raw["pattern"]]
    # Paper forms say whose name it is in the label; "Tên chủ đầu tư" may be a company.
    return "person_name" if type_ is FieldType.TEXT and label.startswith("Họ") else ""


def _choices(raw: Mapping[str, Any], place: str, type_: FieldType) -> tuple[Option, ...]:
    if type_ is FieldType.CATALOG:
        if raw.get("catalog") not in CATALOGS:
            known = ", ".join(CATALOGS)
            raise DefinitionError(
                f"{place}.catalog", f"danh mục “{raw.get('catalog')}” không có; dùng: {known}"
            )
        return CATALOGS[raw["catalog"]]
    if type_ is not FieldType.SELECT:
        return ()
    options = tuple(
        Option(
            _text(item, "value", f"{place}.options[{number}].value"),
            _text(item, "label", f"{place}.options[{number}].label"),
        )
        for number, item in enumerate(_list(raw, "options", f"{place}.options"))
    )
    if len({option.value for option in options}) < len(options):
        raise DefinitionError(f"{place}.options", "có hai lựa chọn trùng mã")
    return options


def _limit(raw: Mapping[str, Any], name: str, place: str, type_: FieldType) -> float | None:
    limit = raw.get(name)
    if limit is None:
        return 0 if name == "min" and type_ is FieldType.MONEY else None
    if limit == "today" and name == "max" and type_ is FieldType.DATE:
        return None
    if type_ not in (FieldType.NUMBER, FieldType.MONEY) or not isinstance(limit, int | float):
        raise DefinitionError(f"{place}.{name}", f"giới hạn “{limit}” không dùng được ở đây")
    return limit


def _source(raw: Mapping[str, Any], place: str, type_: FieldType, earlier: list[Field]) -> str:
    if type_ is not FieldType.COMPUTED:
        return ""
    source = str(raw.get("source", ""))
    dates = {f"date_in_words({f.key})": f.key for f in earlier if f.type is FieldType.DATE}
    if source not in dates:
        raise DefinitionError(
            f"{place}.source", f"“{source}” không tính được; dùng date_in_words(một ô ngày ở trên)"
        )
    return dates[source]


def _condition(raw: Mapping[str, Any], place: str, scope: str, known: list[str]) -> Any:
    rule = raw.get("when")
    if rule is None:
        return None
    if problem := conditions.rule_problem(rule):
        raise DefinitionError(f"{place}.when", problem)

    def full_name(name: str) -> str:
        return f"{scope}.{name}" if f"{scope}.{name}" in known else name

    rule = conditions.renamed(rule, full_name)
    for name in conditions.variables(rule):
        if name not in known:
            raise DefinitionError(
                f"{place}.when", f"“{name}” không phải một câu hỏi đứng trước câu này"
            )
    return rule


def _key(raw: Mapping[str, Any], place: str, taken: set[str]) -> str:
    key = _text(raw, "key", f"{place}.key")
    if not set(key) <= _KEY_SIGNS or key.isdigit() or len(key) > 60:
        raise DefinitionError(f"{place}.key", f"mã “{key}” chỉ gồm chữ không dấu, số và gạch dưới")
    if key in taken:
        raise DefinitionError(f"{place}.key", f"mã “{key}” bị trùng")
    return key


def _text(raw: Mapping[str, Any], name: str, place: str) -> str:
    found = raw.get(name) if isinstance(raw, Mapping) else None
    if not isinstance(found, str) or not found.strip():
        raise DefinitionError(place, "thiếu, hoặc không phải là chữ")
    return found


def _list(raw: Mapping[str, Any], name: str, place: str) -> list[Any]:
    found = raw.get(name) if isinstance(raw, Mapping) else None
    if not isinstance(found, list) or not found:
        raise DefinitionError(place, "phải là một danh sách có ít nhất một phần tử")
    return found
