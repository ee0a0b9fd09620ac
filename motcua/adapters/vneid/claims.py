"""The services' words about a person, in ours; both dialects: texts, and numbers where VNeID has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from motcua.core.text import clean
from motcua.people.parties import Identity, PartyKind
from motcua.people.ports import Untrusted

KINDS = {
    "1": PartyKind.PERSON, "2": PartyKind.ENTERPRISE, "3": PartyKind.ORGANISATION,
    "4": PartyKind.AGENCY,
}  # fmt: skip
NUMBERS = {  # by which numbers each kind is known, the first that there is goes first
    PartyKind.PERSON: (("SoDinhDanh", r"\d{12}"), ("SoCMND", r"\d{9}|\d{12}")),
    PartyKind.ENTERPRISE: (
        ("MaSoThue", r"\d{10}(-?\d{3})?"),
        ("MaSoDoanhNghiep", r"\d{10}(-?\d{3})?"),
    ),
}
TAX_CODES = ("MaSoThue", "MaSoDoanhNghiep")
LEVEL = re.compile(r"(?:loa)?\s*([0-9])", re.IGNORECASE)
LEVELS = ("acr", "loAs", "IAL")  # whatever of these is told; the lowest counts
HIGHEST = 2


def level_of(*answers: Mapping[str, Any]) -> int:
    """How surely the service knows who it is: 1 or 2; a level nobody can read counts as none.

    Where no answer names a level it is the lowest.
    """
    said = [told[name] for told in answers for name in LEVELS if told.get(name) not in (None, "")]
    return min((min(_level(each), HIGHEST) for each in said), default=1)


def _level(said: Any) -> int:
    found = LEVEL.fullmatch(str(said).strip()) if isinstance(said, str | int) else None
    return int(found[1]) if found else 0


def together(signed: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """Both answers as one; what names a person must not differ between them."""
    for name in ("TechID", "SoDinhDanh", "SoCMND", "MaSoThue", "MaSoDoanhNghiep", "LoaiTaiKhoan"):
        first, second = (_number(name, each) for each in (signed, told))
        if first and second and first != second:
            raise Untrusted("claims_differ")
    return {**told, **{name: said for name, said in signed.items() if said not in (None, "")}}


def identity_of(service: str, claims: Mapping[str, Any], level: int) -> Identity:
    """Whom the service vouches for."""
    kind = KINDS.get(_text(claims.get("LoaiTaiKhoan")) or "1")
    if kind is None:
        raise Untrusted("kind_unknown")
    house = kind is not PartyKind.PERSON
    name = _text(claims.get("TenDoanhNghiep") if house else "") or _text(claims.get("HoVaTen"))
    if not name:
        raise Untrusted("name_missing")
    return Identity(
        service=service,
        tech_id=_text(claims.get("TechID"))[:200] or f"sub:{_text(claims.get('sub'))}"[:255],
        kind=kind,
        level=level,
        name=name[:200],
        numbers=_numbers(kind, claims),
        birth_on=_day(_text(claims.get("NgayThangNamSinh"))),
        gender=gender if (gender := _text(claims.get("GioiTinh"))) in ("1", "2") else "",
        phone=_text(claims.get("SoDienThoai"))[:20],
        email=_email(_text(claims.get("ThuDienTu"))),
        address=_text(claims.get("DiaChi") if house else claims.get("ThuongTru"))[:300],
        representative=_text(claims.get("NguoiDaiDien"))[:200],
    )


def _numbers(kind: PartyKind, claims: Mapping[str, Any]) -> tuple[str, ...]:
    asked = NUMBERS.get(kind, NUMBERS[PartyKind.ENTERPRISE])
    found = []
    for name, shape in asked:
        said = _number(name, claims)
        if said and not re.fullmatch(shape, said, re.ASCII):
            raise Untrusted("number_wrong")
        if said:
            found.append(said)
    return tuple(dict.fromkeys(found))


def _number(name: str, claims: Mapping[str, Any]) -> str:
    """A number in one spelling: a tax code of a branch is written 10-3 by some, in one by others."""
    said = _text(claims.get(name))
    if name in TAX_CODES and re.fullmatch(r"\d{13}", said, re.ASCII):
        return f"{said[:10]}-{said[10:]}"
    return said


def _text(said: Any) -> str:
    """A claim as a text: services send numbers, texts, and nothing."""
    if isinstance(said, bool) or not isinstance(said, str | int):
        return ""
    return clean(str(said))


def _day(said: str) -> date | None:
    try:
        return datetime.strptime(said, "%Y%m%d").date()
    except ValueError:
        return None


def _email(said: str) -> str:
    return said if "@" in said and len(said) <= 254 else ""
