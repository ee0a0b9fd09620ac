"""Answers that are right, for any form: what tests and journeys type into it."""

from collections.abc import Mapping
from typing import Any

from motcua.procedures.forms.filling import normalised
from motcua.procedures.forms.paging import page_of
from motcua.procedures.forms.types import Answers, Field, FieldType, FormDefinition, Page
from motcua.procedures.forms.values import PARTS
from motcua.procedures.forms.views import as_typed, date_parts
from motcua.procedures.forms.visibility import fields_of, rows_of

PROVINCE, WARD = "01", "00004"  # thành phố Hà Nội, phường Ba Đình
_BY_CHECK = {
    "national_id": "001190012345",
    "enterprise_code": "0312345678",
    "person": "001190012345",
    "person_or_enterprise": "001190012345",
    "vsic4": "4711",
    "id_paper": "001190012345",
    "person_name": "H' Hen Niê",
}
_BY_TYPE: dict[FieldType, Any] = {
    FieldType.TEXT: "Nguyễn Thị Hoà",
    FieldType.TEXTAREA: "Kính đề nghị quý cơ quan xem xét, giải quyết.",
    FieldType.DATE: "1990-03-27",
    FieldType.TIME: "14:30",
    FieldType.CHECKBOX: True,
    FieldType.CONSENT: True,
    FieldType.PHONE: "0912345678",
    FieldType.EMAIL: "lan@example.com",
}
# A text that is no name, by the words its question begins with: the demo is read by people.
_BY_WORDS = {
    "Mối quan hệ": "Con",
    "Quan hệ": "Mẹ",
    "Nơi cấp": "Cục Cảnh sát quản lý hành chính về trật tự xã hội",
    "Cơ quan cấp": "UBND phường Ba Đình",
    "Nguyên nhân chết": "Bệnh tim",
    "Lô đất số": "12",
    "Mã số chứng chỉ": "HAN-00012345",
    "Tên hộ kinh doanh": "Tạp hóa Hoà",
    "Tên ngành": "Bán lẻ hàng tạp hóa",
    "Số": "0123456",
}


def valid_answers(
    definition: FormDefinition, *, province_code: str = PROVINCE, ward_code: str = WARD
) -> Answers:
    """Every question of the form answered rightly, one row in each list."""
    place = {"province_code": province_code, "ward_code": ward_code, "detail": "Số 1, phố Huế"}
    answers: Answers = {}
    for section in definition.sections:
        given = {
            field.key: place if field.type is FieldType.ADDRESS else _answer(field)
            for field in section.fields
        }
        answers[section.key] = [given] * max(1, section.min_rows) if section.repeat else given
    return normalised(definition, answers)


def as_post(definition: FormDefinition, page_key: str, answers: Answers) -> dict[str, str]:
    """What a browser would send for one page with these answers."""
    page = page_of(definition, page_key)
    if not page.repeat:
        return _sent(page, fields_of(answers, page.section), "")
    post: dict[str, str] = {}
    for number, row in enumerate(rows_of(answers, page.section)):
        post |= _sent(page, row, f"{number}.")
    return post


def _answer(field: Field) -> Any:
    if field.check:
        return _BY_CHECK[field.check]
    if field.options:
        return field.options[0].value
    if field.type in (FieldType.NUMBER, FieldType.MONEY):
        return int(max(field.least or 0, min(2, field.most or 2)))
    if field.type is FieldType.TEXT:
        for words, said in _BY_WORDS.items():
            if field.label.startswith(words):
                return said[: field.max_length]
    return _BY_TYPE.get(field.type, "")


def _sent(page: Page, given: Mapping[str, Any], start: str) -> dict[str, str]:
    post: dict[str, str] = {}
    for field in page.fields:
        name, value = f"{start}{field.key}", given.get(field.key, "")
        if field.type is FieldType.COMPUTED:
            continue
        if field.type in (FieldType.CHECKBOX, FieldType.CONSENT):
            post |= {name: "yes"} if value is True else {}
        elif field.type in PARTS:
            parts = date_parts(value) if field.type is FieldType.DATE else value or {}
            post |= {f"{name}-{part}": parts.get(part, "") for part in PARTS[field.type]}
        else:
            post[name] = as_typed(field, value)
    return post
