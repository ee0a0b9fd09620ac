"""The two profiles a house begins with. What is known only from memory stands here as data, to be edited."""

from datetime import date
from typing import Any

from motcua.law.words import BASES, LIMITS

WAITING_IS_NOT_SET = None
LIMIT_DEFAULTS: dict[str, Any] = {
    "online_ack_working_hours": 8,
    "transfer_cutoff_time": "15:00",
    "supplement_notice_working_days": 3,
    "supplement_wait_days": WAITING_IS_NOT_SET,
    "apology_min_days_before": 1,
    "reappointment_max": 1,
    "pakn_forward_working_days": 5,
    "pakn_reject_wd": 2,
    "pakn_ask_wd": 5,
    "pakn_answer_wd": 15,
    "pakn_publish_wd": 2,
    "planned_stop_notice_wd": 7,
    "publication_ministry_days": 20,
    "publication_province_days": 5,
    "eoffice_register_wd": 1,
}
assert set(LIMIT_DEFAULTS) == {each.key for each in LIMITS}


def _asking(entry: str, examination: str) -> list[dict[str, Any]]:
    sector = "Văn bản pháp luật chuyên ngành của từng thủ tục"
    return [
        {"stage": "entry", "most": 1, "basis": entry, "more_agreed_by": "approver"},
        {"stage": "examination", "most": 1, "basis": examination, "more_agreed_by": "approver"},
        {"stage": "sector", "most": None, "basis": sector, "more_agreed_by": None},
    ]


def _bases(decree: str, circular: str, without: tuple[str, ...] = ()) -> list[list[str]]:
    return [[key, "" if key in without else f"{decree}; {circular}"] for key in BASES]


OLD, NEW = "Nghị định số 61/2018/NĐ-CP", "Nghị định số 118/2025/NĐ-CP"
COMMON: dict[str, Any] = {
    "limits": LIMIT_DEFAULTS,
    "counting": "DAY",
    "on_supplement": "restart",
    "on_payment": "pause",
    "portal_mode": "LOCAL",
    "filed_elsewhere": [],
}
PROFILES: tuple[dict[str, Any], ...] = (
    {
        "code": "ND61",
        "name": f"{OLD} và Nghị định số 107/2021/NĐ-CP",
        "valid_from": date(2018, 6, 21),
        "valid_to": date(2025, 6, 30),
        "content": COMMON
        | {
            "form_set": "TT01_2018",
            "code_format": "OLD",
            "levels": ["ministry", "province", "district", "commune"],
            "asking": _asking(f"Điều 15 khoản 3 {OLD}", f"Điều 19 khoản 4 {OLD}"),
            "legal_bases": _bases(OLD, "Thông tư số 01/2018/TT-VPCP", ("stop_notice",)),
        },
    },
    {
        "code": "ND118",
        "name": f"{NEW}, sửa đổi bởi Nghị định số 367/2025/NĐ-CP",
        "valid_from": date(2025, 7, 1),
        "valid_to": None,
        "content": COMMON
        | {
            "form_set": "TT03_2025",
            "code_format": "NEW",
            "levels": ["ministry", "province", "commune"],
            "asking": _asking(NEW, NEW),
            "legal_bases": _bases(NEW, "Thông tư số 03/2025/TT-VPCP"),
        },
    },
)
