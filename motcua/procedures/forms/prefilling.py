"""What need not be asked again: answers taken over from the account, each with its source.

Only the person who declares is filled in; a mother, a bride or the deceased never is.
"""

from collections.abc import Callable
from typing import Any

from motcua.procedures.forms.types import (
    Answers,
    Declarant,
    Field,
    FieldType,
    FormDefinition,
    Section,
)
from motcua.procedures.forms.values import canonical, is_blank
from motcua.procedures.forms.visibility import fields_of

FROM_ACCOUNT = "Điền sẵn từ tài khoản của ông/bà"
_COUPLE = {"nam": "1", "nu": "2"}  # marriage: the groom's part, the bride's part, by gender code


def prefill(definition: FormDefinition, person: Declarant) -> tuple[Answers, dict[str, str]]:
    """Answers to start from, and for each taken over the path of its field and its source.

    Law: EF-02, EF-03
    """
    answers: Answers = {}
    sources: dict[str, str] = {}
    own = _own_section(definition, person)
    for page in definition.pages:
        if page.repeat:
            continue
        for field in page.fields:
            value = _known(field, person) if page.section is own else ""
            if not is_blank(value):
                sources[f"{page.key}.{field.key}"] = FROM_ACCOUNT
            elif field.default is not None:
                value = canonical(field, field.default)
            if not is_blank(value):
                answers.setdefault(page.section.key, {})[field.key] = value
    return answers, sources


def sources_now(definition: FormDefinition, answers: Answers, person: Declarant) -> dict[str, str]:
    """The sources of the answers that still are what the account says. Law: EF-02"""
    taken, sources = prefill(definition, person)
    return {
        f"{page.key}.{field.key}": sources[f"{page.key}.{field.key}"]
        for page in definition.pages
        for field in page.fields
        if f"{page.key}.{field.key}" in sources
        and fields_of(answers, page.section).get(field.key) == taken[page.section.key][field.key]
    }


def _own_section(definition: FormDefinition, person: Declarant) -> Section | None:
    keys = {section.key for section in definition.sections}
    if set(_COUPLE) <= keys:
        return next((s for s in definition.sections if _COUPLE.get(s.key) == person.gender), None)
    first = definition.sections[0]
    return None if first.repeat else first


def _known(field: Field, person: Declarant) -> Any:
    for ending, types, value in _TABLE:
        if field.type in types and field.key.lower().endswith(ending):
            found = canonical(field, value(person))
            allowed = {option.value for option in field.options}
            return found if not allowed or found in allowed else ""
    return ""


def _address(person: Declarant) -> dict[str, str]:
    return {
        "province_code": person.province_code,
        "ward_code": person.commune_code,
        "detail": person.address_detail,
    }


def _birth(person: Declarant) -> str:
    return person.birth_on.isoformat() if person.birth_on else ""


_T = FieldType
_TABLE: tuple[tuple[str, set[FieldType], Callable[[Declarant], Any]], ...] = (
    # "chuHoHoTen" is the head of the household: someone else.
    ("chuhohoten", {_T.TEXT}, lambda p: ""),
    ("chuhosodinhdanh", {_T.TEXT}, lambda p: ""),
    ("hoten", {_T.TEXT}, lambda p: p.full_name),
    ("ngaysinh", {_T.DATE}, _birth),
    ("gioitinh", {_T.SELECT}, lambda p: p.gender),
    ("sodinhdanh", {_T.TEXT}, lambda p: p.national_id),
    ("loaigiaytotuythan", {_T.SELECT}, lambda p: "1" if p.national_id else ""),
    ("sogiaytotuythan", {_T.TEXT}, lambda p: p.national_id),
    ("dantoc", {_T.CATALOG}, lambda p: p.ethnicity),
    ("quoctich", {_T.CATALOG}, lambda p: p.nationality),
    ("", {_T.PHONE}, lambda p: p.phone),
    ("", {_T.EMAIL}, lambda p: p.email),
    ("noicutru", {_T.ADDRESS}, _address),
    ("diachi", {_T.ADDRESS}, _address),
)
