"""The forms the catalogue is seeded with, and a small one with conditions."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from motcua.procedures.forms.rules import definition_from
from motcua.procedures.forms.types import FormDefinition

TODAY = date(2026, 11, 22)
FOLDER = Path(__file__).parents[2] / "seeds" / "eforms"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))


class FewPlaces:
    """Two provinces, three communes."""

    def provinces(self) -> list[tuple[str, str]]:
        return [("01", "Thành phố Hà Nội"), ("92", "Thành phố Cần Thơ")]

    def communes(self, province_code: str) -> list[tuple[str, str]]:
        here = {
            "01": [("00004", "Phường Ba Đình"), ("00008", "Phường Ngọc Hà")],
            "92": [("31120", "Phường Cái Khế")],
        }
        return here.get(province_code, [])


def seeded(name: str) -> FormDefinition:
    return definition_from(raw(name))


def raw(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))


def one_field(**field: Any) -> FormDefinition:
    field = {"key": "f", "label": "Câu hỏi", "type": "text"} | field
    return form([{"key": "s", "title": "Phần một", "fields": [field]}])


def form(sections: list[dict[str, Any]]) -> FormDefinition:
    return definition_from({"form_key": "mau", "title": "Mẫu", "sections": sections})


MARRIAGE: list[dict[str, Any]] = [
    {
        "key": "nguoi",
        "title": "Người yêu cầu",
        "fields": [
            {
                "key": "hon_nhan",
                "label": "Tình trạng hôn nhân",
                "type": "select",
                "required": True,
                "options": [
                    {"value": "chua", "label": "Chưa kết hôn"},
                    {"value": "co", "label": "Đang có vợ hoặc chồng"},
                ],
            },
            {
                "key": "vo_chong",
                "label": "Họ tên vợ hoặc chồng",
                "type": "text",
                "required": True,
                "when": {"===": [{"var": "hon_nhan"}, "co"]},
            },
        ],
    },
    {
        "key": "con",
        "title": "Con chung",
        "repeat": True,
        "max_rows": 3,
        "when": {"===": [{"var": "nguoi.hon_nhan"}, "co"]},
        "fields": [
            {"key": "ten", "label": "Họ tên con", "type": "text", "required": True},
            {"key": "rieng", "label": "Là con riêng", "type": "checkbox"},
            {
                "key": "ghi_chu",
                "label": "Con riêng của ai",
                "type": "text",
                "required": True,
                "when": {"!!": [{"var": "rieng"}]},
            },
        ],
    },
]
