"""What need not be asked again: answers taken over from the account, each with its source.

Only the person who declares is filled in; a mother, a bride or the deceased never is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

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


class Gendered(Protocol):
    """All that tells which part of a form is one's own."""

    @property
    def gender(self) -> str:
        """The code of the gender."""


@dataclass(frozen=True)
class _Fact:
    """A fact of the account, known by the end of the key that asks for it."""

    ending: str
    types: set[FieldType]
    value: Callable[[Declarant], Any]
    purpose: str = ""  # the browser's word for it


def prefill(definition: FormDefinition, person: Declarant) -> tuple[Answers, dict[str, str]]:
    """Answers to start from, and for each taken over the path of its field and its source.

    Law: EF-02, EF-03
    """
    answers: Answers = {}
    sources: dict[str, str] = {}
    own = own_section(definition, person)
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


def own_section(definition: FormDefinition, person: Gendered) -> Section | None:
    """The part of the form that asks for the person who fills it in. Law: EF-02"""
    keys = {section.key for section in definition.sections}
    if set(_COUPLE) <= keys:
        return next((s for s in definition.sections if _COUPLE.get(s.key) == person.gender), None)
    first = definition.sections[0]
    return None if first.repeat else first


def purpose(field: Field) -> str:
    """What a browser may offer to fill in when this asks for the reader's own data (WCAG 1.3.5).

    Law: CH-10
    """
    fact = _fact_asked(field)
    return fact.purpose if fact else ""


def _known(field: Field, person: Declarant) -> Any:
    fact = _fact_asked(field)
    if fact is None:
        return ""
    found = canonical(field, fact.value(person))
    allowed = {option.value for option in field.options}
    return found if not allowed or found in allowed else ""


def _fact_asked(field: Field) -> _Fact | None:
    key = field.key.lower()
    return next((f for f in _FACTS if field.type in f.types and key.endswith(f.ending)), None)


def _address(person: Declarant) -> dict[str, str]:
    return {
        "province_code": person.province_code,
        "ward_code": person.commune_code,
        "detail": person.address_detail,
    }


def _birth(person: Declarant) -> str:
    return person.birth_on.isoformat() if person.birth_on else ""


_T = FieldType
_FACTS = (
    # "chuHoHoTen" is the head of the household: someone else.
    _Fact("chuhohoten", {_T.TEXT}, lambda p: ""),
    _Fact("chuhosodinhdanh", {_T.TEXT}, lambda p: ""),
    _Fact("hoten", {_T.TEXT}, lambda p: p.full_name, "name"),
    _Fact("ngaysinh", {_T.DATE}, _birth, "bday"),
    _Fact("gioitinh", {_T.SELECT}, lambda p: p.gender),
    _Fact("sodinhdanh", {_T.TEXT}, lambda p: p.national_id),
    _Fact("loaigiaytotuythan", {_T.SELECT}, lambda p: "1" if p.national_id else ""),
    _Fact("sogiaytotuythan", {_T.TEXT}, lambda p: p.national_id),
    _Fact("dantoc", {_T.CATALOG}, lambda p: p.ethnicity),
    _Fact("quoctich", {_T.CATALOG}, lambda p: p.nationality),
    _Fact("", {_T.PHONE}, lambda p: p.phone, "tel"),
    _Fact("", {_T.EMAIL}, lambda p: p.email, "email"),
    _Fact("noicutru", {_T.ADDRESS}, _address, "address"),
    _Fact("diachi", {_T.ADDRESS}, _address, "address"),
)
