"""Who lives in the simulator: invented people and houses, in both dialects of claims; its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any
from uuid import NAMESPACE_URL, uuid5

INTEGERS = ("vneid",)  # whose LoaiTaiKhoan and IAL are numbers, not texts


@dataclass(frozen=True)
class Invented:
    """Somebody who can sign in: a person, or a house with a tax code."""

    number: str
    name: str
    kind: int = 1  # LoaiTaiKhoan: 1 cá nhân, 2 doanh nghiệp, 3 tổ chức, 4 cơ quan nhà nước
    born: str = ""
    gender: str = ""
    representative: str = ""

    @property
    def sub(self) -> str:
        """What the service calls them."""
        return str(uuid5(NAMESPACE_URL, f"sub:{self.number}"))

    @property
    def tech_id(self) -> str:
        """What the National system calls them, for good."""
        return str(uuid5(NAMESPACE_URL, f"tech:{self.number}"))


PEOPLE = (
    Invented("038000000001", "Nguyễn Văn Mẫu", born="19850412", gender="1"),
    Invented("079190000001", "Nguyễn Thị Lan", born="19900308", gender="2"),
    Invented("079192000002", "Lê Thị Thu", born="19920701", gender="2"),
    Invented("066194000012", "H' Hen Niê", born="19940815", gender="2"),
    Invented("2800000001", "Công ty TNHH Mẫu Sông Hà", 2, representative="Nguyễn Văn Mẫu"),
    Invented("2800000002", "Hội Nông dân xã Tân Hòa", 3, representative="Lê Thị Thu"),
    Invented("2800000003", "Trường Mầm non Hoa Sen", 4, representative="Phạm Thị Hoa"),
)


def by_number(number: str) -> Invented | None:
    """The invented one of this number."""
    return next((each for each in PEOPLE if each.number == number), None)


def claims(who: Invented, dialect: str, level: int) -> dict[str, Any]:
    """What the service tells of them: all texts, or with numbers where VNeID has numbers."""
    if dialect in INTEGERS:
        return _vneid(who, level)
    told: dict[str, Any] = {
        "sub": who.sub, "TechID": who.tech_id, "LoaiTaiKhoan": str(who.kind), "loAs": f"LoA{level}",
        "HoVaTen": who.name, "ThuDienTu": "", "SoDienThoai": "0900000000", "QuocTich": "VN",
    }  # fmt: skip
    if who.kind == 1:
        return told | {
            "SoDinhDanh": who.number, "SoCMND": "", "NgayThangNamSinh": who.born,
            "GioiTinh": int(who.gender or 0), "ThuongTru": "Số 12, đường Bờ Sông",
        }  # fmt: skip
    return told | {
        "MaSoThue": who.number, "MaSoDoanhNghiep": who.number, "TenDoanhNghiep": who.name,
        "NguoiDaiDien": who.representative, "DiaChi": "Số 5, đường Bờ Sông",
    }  # fmt: skip


def _vneid(who: Invented, level: int) -> dict[str, Any]:
    told: dict[str, Any] = {
        "sub": who.sub, "TechID": who.tech_id, "LoaiTaiKhoan": who.kind, "HoVaTen": who.name,
        "loAs": f"LoA{level}", "IAL": level, "userProfileUri": "", "logoutUri": "",
    }  # fmt: skip
    if who.kind == 1:
        return told | {"SoDinhDanh": who.number, "NgayThangNamSinh": who.born}
    return told | {"MaSoThue": who.number, "NguoiDaiDien": who.representative}


_PAGE = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>Đăng nhập mô phỏng</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>Đăng nhập mô phỏng</h1>
<p>Đây là chương trình đóng vai {service}; mọi người ở đây đều không có thật.</p>
<form method="post" action="choose">{hidden}
<fieldset><legend>Đăng nhập bằng tài khoản của ai?</legend>{people}</fieldset>
<p><label for="level">Mức độ xác thực</label>
<select id="level" name="level">{levels}</select></p>
<p><button name="do" value="agree">Đồng ý</button>
<button name="do" value="deny">Từ chối</button>
<button name="do" value="expired">Mã hết hạn</button></p>
</form></main></body></html>"""


def page(service: str, asked: Mapping[str, str]) -> bytes:
    """The page on which one chooses who to be and how surely."""
    wanted = "2" if asked.get("acr_values", "").endswith("2") else "1"
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in asked.items()
    )
    people = "".join(
        f'<p><label><input type="radio" name="who" value="{each.number}"'
        f"{' checked' if each is PEOPLE[0] else ''}> {escape(each.name)} ({each.number})</label></p>"
        for each in PEOPLE
    )
    levels = "".join(
        f'<option value="{level}"{" selected" if level == wanted else ""}>Mức {level}</option>'
        for level in ("1", "2")
    )
    filled = _PAGE.format(service=escape(service), hidden=hidden, people=people, levels=levels)
    return filled.encode()
