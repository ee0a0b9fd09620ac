"""The cast: the same few people in every test, in the demo and in the manual.

Lan is a citizen of Mỹ Phước ward. Hùng takes dossiers in at its desk, Hòa heads the civil-status
unit, Mai works on them, Bình signs and Yến gives them their number. Thu is a citizen too and must
never see anything of Lan's. Ông Sáu works at another commune. Quân and Nga keep the house running:
what one of them drafts, the other agrees to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from motcua.agencies.models import Agency, Post, Unit
from motcua.core.actors import Role
from motcua.people.models import Account, Person

PASSWORD = "motcua-demo"  # only ever for the invented people of the demo


@dataclass
class Cast:
    """Everyone, and the houses they work in."""

    lan: Person
    thu: Person
    hung: Post
    hoa: Post
    mai: Post
    binh: Post
    yen: Post
    sau: Post
    quan: Post
    nga: Post
    ward: Agency
    commune: Agency
    centre: Agency


def _agency(code: str, name: str, kind: str, parent: Agency | None, address: str) -> Agency:
    return Agency.objects.update_or_create(
        code=code,
        defaults={
            "name": name, "kind": kind, "parent": parent, "address": address,
            "phone": "1900 0000", "email": f"{code.lower().replace('.', '')}@songha.example",
        },
    )[0]  # fmt: skip


def _units(agency: Agency) -> tuple[Unit, Unit, Unit]:
    names = (
        ("MC", "Bộ phận Tiếp nhận và Trả kết quả", True),
        ("CM", "Phòng Tư pháp - Hộ tịch", False),
        ("VP", "Văn phòng", False),
    )
    made = [
        Unit.objects.update_or_create(
            agency=agency, code=code, defaults={"name": name, "is_desk": desk}
        )[0]
        for code, name, desk in names
    ]
    return made[0], made[1], made[2]


def _account(username: str, name: str) -> Account:
    account, fresh = Account.objects.get_or_create(
        username=username, defaults={"first_name": name, "email": f"{username}@songha.example"}
    )
    if fresh:
        account.set_password(PASSWORD)
        account.save(update_fields=["password"])
    return account


def _citizen(username: str, number: str, name: str, born: date, gender: str) -> Person:
    return Person.objects.update_or_create(
        national_id=number,
        defaults={
            "account": _account(username, name), "full_name": name, "birth_on": born,
            "gender": gender, "phone": f"09{number[-8:]}", "email": f"{username}@songha.example",
            "ethnicity": "01", "address_detail": "Số 12, đường Bờ Sông",
        },
    )[0]  # fmt: skip


def a_post(username: str, name: str, unit: Unit, role: Role, title: str) -> Post:
    """An official of the cast in their post; twice is once."""
    return Post.objects.update_or_create(
        account=_account(username, name), unit=unit, role=role,
        defaults={"agency": unit.agency, "title": title, "holder_name": name, "phone": "1900 0000"},
    )[0]  # fmt: skip


def assemble() -> Cast:
    """Put the cast on stage; twice is once."""
    province = _agency("H99", "UBND tỉnh Sông Hà", "province", None, "Số 1, đường Trung Tâm")
    centre = _agency(
        "H99.90", "Trung tâm Phục vụ hành chính công tỉnh Sông Hà", "centre", province,
        "Số 3, đường Trung Tâm",
    )  # fmt: skip
    ward = _agency("H99.31", "UBND phường Mỹ Phước", "commune", province, "Số 20, đường Bờ Sông")
    commune = _agency("H99.32", "UBND xã Tân Hòa", "commune", province, "Ấp Tân Hòa")
    desk, justice, office = _units(ward)
    desk2, *_ = _units(commune)
    _units(centre)
    return Cast(
        lan=_citizen("lan", "079190000001", "Nguyễn Thị Lan", date(1990, 3, 8), "2"),
        thu=_citizen("thu", "079192000002", "Lê Thị Thu", date(1992, 7, 1), "2"),
        hung=a_post("hung", "Trần Văn Hùng", desk, Role.DESK_OFFICER, "Công chức một cửa"),
        hoa=a_post("hoa", "Đỗ Thị Hòa", justice, Role.UNIT_HEAD, "Trưởng phòng"),
        mai=a_post("mai", "Vũ Thị Mai", justice, Role.CASE_OFFICER, "Công chức tư pháp - hộ tịch"),
        binh=a_post("binh", "Phạm Văn Bình", office, Role.APPROVER, "Phó Chủ tịch UBND phường"),
        yen=a_post("yen", "Hoàng Thị Yến", office, Role.REGISTRAR, "Văn thư"),
        sau=a_post("sau", "Nguyễn Văn Sáu", desk2, Role.DESK_OFFICER, "Công chức một cửa"),
        quan=a_post("quan", "Bùi Minh Quân", office, Role.KEEPER, "Quản trị hệ thống"),
        nga=a_post("nga", "Lý Thị Nga", office, Role.KEEPER, "Quản trị hệ thống"),
        ward=ward,
        commune=commune,
        centre=centre,
    )
