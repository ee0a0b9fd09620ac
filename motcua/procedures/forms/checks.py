"""The named checks a text field may carry. Nobody writes a regular expression into a form.

Each check first tidies what was typed (spaces, full-width digits, small letters), then says in one
sentence what is wrong and what to do, or says nothing.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

_ALSO_IN_NAMES = set(" '’ʼ‘`.-,")
_FILLERS = set(" .-–()\u00a0/")


@dataclass(frozen=True)
class Check:
    """One named check: how to tidy, what to object, what to hint, what to tell machines."""

    tidy: Callable[[str], str]
    problem: Callable[[str], str]
    hint: str
    pattern: str = ""


def ascii_digits(text: str) -> str:
    """`text` with full-width and other decimal digits written 0 to 9. Law: house rule"""
    return "".join(
        str(unicodedata.decimal(ch)) if unicodedata.decimal(ch, None) is not None else ch
        for ch in text
    )


def without_fillers(text: str) -> str:
    """`text` as machines want a number: no spaces, dots, dashes, brackets. Law: house rule"""
    return "".join(ch for ch in ascii_digits(text) if ch not in _FILLERS)


def national_id_problem(text: str) -> str:
    """What is wrong with a personal identification number. Law: EF-04"""
    if not _is_digits(text):
        return (
            "Số định danh cá nhân chỉ gồm chữ số. "
            "Mời ông/bà nhập lại 12 chữ số in trên thẻ căn cước."
        )
    if len(text) != 12:
        return (
            f"Số định danh cá nhân phải có đúng 12 chữ số; ông/bà đã nhập {len(text)} chữ số. "
            "Mời ông/bà xem lại trên thẻ căn cước."
        )
    return ""


def enterprise_code_problem(text: str) -> str:
    """What is wrong with an enterprise code: 10 digits, or 10 and 3 for a branch. Law: EF-04"""
    main, _, branch = text.partition("-")
    if _is_digits(main + branch) and len(main) == 10 and len(branch) in (0, 3):
        return ""
    return (
        "Mã số doanh nghiệp phải có 10 chữ số (đơn vị phụ thuộc thêm 3 chữ số sau dấu gạch). "
        "Mời ông/bà xem lại trên giấy chứng nhận đăng ký doanh nghiệp."
    )


def person_problem(text: str) -> str:
    """What is wrong with the number of a person, who may be a foreigner with a passport. Law: EF-04"""
    if not national_id_problem(text) or _is_passport(text):
        return ""
    return (
        "Mời ông/bà nhập số định danh cá nhân (12 chữ số in trên thẻ căn cước), "
        "hoặc số hộ chiếu nếu là người nước ngoài (7 đến 9 chữ cái, chữ số)."
    )


def person_or_enterprise_problem(text: str) -> str:
    """What is wrong with a number that is either a person's or an enterprise's. Law: EF-04"""
    if not person_problem(text) or not enterprise_code_problem(text):
        return ""
    return (
        "Mời ông/bà nhập số định danh cá nhân (12 chữ số), mã số doanh nghiệp (10 chữ số) "
        "hoặc số hộ chiếu (7 đến 9 chữ cái, chữ số)."
    )


def vsic4_problem(text: str) -> str:
    """What is wrong with a four-digit code of the economic classification. Law: EF-04"""
    if _is_digits(text) and len(text) == 4:
        return ""
    return (
        "Mã ngành cấp bốn phải có đúng 4 chữ số, ví dụ 4711. "
        "Mời ông/bà tra mã trong danh mục ngành kinh tế Việt Nam."
    )


def id_paper_problem(text: str) -> str:
    """What is wrong with the number of an identity paper: 8 to 12 digits or letters. Law: EF-04"""
    if 8 <= len(text) <= 12 and all(ch in _DIGITS or "A" <= ch <= "Z" for ch in text):
        return ""
    return (
        "Số giấy tờ tùy thân gồm 8 đến 12 chữ số hoặc chữ cái không dấu. "
        "Mời ông/bà xem lại trên giấy tờ."
    )


def id_number_problem(kind: str, text: str) -> str:
    """What is wrong with the number of the kind of paper that was chosen, by its name. Law: EF-04"""
    if "căn cước" in kind.lower():
        return national_id_problem(text)
    if "cmnd" in kind.lower() and not (_is_digits(text) and len(text) in (9, 12)):
        return (
            "Số CMND gồm 9 chữ số (loại mới 12 chữ số). Mời ông/bà xem lại số trên giấy, "
            "hoặc chọn lại loại giấy tờ."
        )
    return ""


def person_name_problem(text: str) -> str:
    """What is wrong with a person's name. H' Hen Niê, K’Brếu and O'Neill are right. Law: EF-04"""
    for ch in text:
        if ch in _ALSO_IN_NAMES or unicodedata.combining(ch):
            continue
        if not ch.isalpha():
            return (
                f"Họ tên có ký tự “{ch}”. Mời ông/bà chỉ dùng chữ cái, dấu cách, "
                "dấu nháy, dấu chấm hoặc gạch nối."
            )
        if not unicodedata.name(ch, "").startswith(("LATIN", "MODIFIER LETTER")):
            return (
                f"Họ tên có chữ “{ch}” không thuộc bảng chữ cái La-tinh. "
                "Mời ông/bà gõ lại họ tên như trên giấy tờ."
            )
    if not any(ch.isalpha() for ch in text):
        return "Họ tên phải có chữ cái. Mời ông/bà nhập như trên giấy tờ tùy thân."
    return ""


_DIGITS = set("0123456789")


def _is_passport(text: str) -> bool:
    """Whether a passport can have this number; of some countries they are digits alone."""
    return 7 <= len(text) <= 9 and all(ch in _DIGITS or "A" <= ch <= "Z" for ch in text)


def _is_digits(text: str) -> bool:
    return bool(text) and all(ch in _DIGITS for ch in text)


def _upper_code(text: str) -> str:
    return without_fillers(text).upper()


def _enterprise(text: str) -> str:
    digits = _upper_code(text)
    return f"{digits[:10]}-{digits[10:]}" if len(digits) == 13 and _is_digits(digits) else digits


CHECKS: dict[str, Check] = {
    "national_id": Check(
        without_fillers,
        national_id_problem,
        "12 chữ số in trên thẻ căn cước, ví dụ 001 190 012 345",
        "^[0-9]{12}$",
    ),
    "enterprise_code": Check(
        _enterprise,
        enterprise_code_problem,
        "10 chữ số trên giấy chứng nhận đăng ký doanh nghiệp",
        "^[0-9]{10}(-[0-9]{3})?$",
    ),
    "person_or_enterprise": Check(
        _enterprise,
        person_or_enterprise_problem,
        "12 chữ số nếu là cá nhân, 10 chữ số nếu là doanh nghiệp, hoặc số hộ chiếu",
        "^([0-9]{12}|[0-9]{10}(-[0-9]{3})?|[0-9A-Z]{7,9})$",
    ),
    "person": Check(
        _upper_code,
        person_problem,
        "12 chữ số in trên thẻ căn cước; người nước ngoài nhập số hộ chiếu",
        "^([0-9]{12}|[0-9A-Z]{7,9})$",
    ),
    "vsic4": Check(without_fillers, vsic4_problem, "4 chữ số, ví dụ 4711", "^[0-9]{4}$"),
    "id_paper": Check(
        _upper_code,
        id_paper_problem,
        "Số in trên căn cước, hộ chiếu hoặc giấy tờ tùy thân khác",
        "^[0-9A-Z]{8,12}$",
    ),
    "person_name": Check(str, person_name_problem, "Viết đúng như trên giấy tờ tùy thân"),
}

PATTERNS = {check.pattern: name for name, check in CHECKS.items() if check.pattern} | {
    "^[0-9]{10}$": "enterprise_code",
    "^[0-9]{10}(-[0-9]{3})?$": "enterprise_code",
}
"""The patterns that paper-form definitions carry, and the named check each one means."""
