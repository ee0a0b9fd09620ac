"""What each fact of a profile is called, and how its value is read aloud."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from motcua.core.actors import ROLE_NAMES, Role
from motcua.law.places import FIELD, lines_of
from motcua.law.types import (
    AskingRule,
    CodeFormat,
    FormSet,
    Level,
    Limits,
    PortalMode,
    Profile,
    Stage,
)
from motcua.workdays.types import Method, Waiting

Rows = list[tuple[str, str, str]]  # (key, label, value as people read it)


@dataclass(frozen=True)
class LimitWords:
    """A limit: its name, what it is counted in, and between which numbers it makes sense."""

    key: str
    label: str
    unit: str
    least: int = 0
    most: int = 60
    may_be_empty: bool = False
    is_time: bool = False


WORKING_DAYS = "ngày làm việc"
LIMITS = (
    LimitWords("online_ack_working_hours", "Trả lời hồ sơ nộp trực tuyến", "giờ làm việc", 1, 80),
    LimitWords("transfer_cutoff_time", "Sau giờ này, bàn giao vào đầu ngày làm việc sau", "giờ", is_time=True),
    LimitWords("supplement_notice_working_days", "Thông báo yêu cầu bổ sung trong", WORKING_DAYS, 1, 30),
    LimitWords("supplement_wait_days", "Chờ người dân bổ sung, quá thì dừng giải quyết", WORKING_DAYS, 1, 365, True),
    LimitWords("apology_min_days_before", "Xin lỗi và hẹn lại trước khi hết hạn ít nhất", WORKING_DAYS, 0, 30),
    LimitWords("reappointment_max", "Số lần hẹn lại tối đa", "lần", 0, 10),
    LimitWords("pakn_forward_working_days", "Chuyển phản ánh, kiến nghị", WORKING_DAYS, 1, 60),
    LimitWords("pakn_reject_wd", "Từ chối phản ánh, kiến nghị", WORKING_DAYS, 1, 60),
    LimitWords("pakn_ask_wd", "Yêu cầu làm rõ phản ánh, kiến nghị", WORKING_DAYS, 1, 60),
    LimitWords("pakn_answer_wd", "Trả lời phản ánh, kiến nghị", WORKING_DAYS, 1, 90),
    LimitWords("pakn_publish_wd", "Đăng câu trả lời phản ánh, kiến nghị", WORKING_DAYS, 1, 60),
    LimitWords("planned_stop_notice_wd", "Báo trước khi tạm ngừng cổng theo kế hoạch", WORKING_DAYS, 1, 60),
    LimitWords("publication_ministry_days", "Bộ công bố thủ tục trước khi có hiệu lực", "ngày", 1, 120),
    LimitWords("publication_province_days", "Tỉnh công bố thủ tục trước khi có hiệu lực", "ngày", 1, 120),
    LimitWords("eoffice_register_wd", "Vào sổ văn bản đến chậm nhất sau (0 là trong ngày)", WORKING_DAYS, 0, 10),
)  # fmt: skip

FORM_SETS = {
    FormSet.TT01_2018: "Thông tư 01/2018/TT-VPCP (6 mẫu)",
    FormSet.TT03_2025: "Thông tư 03/2025/TT-VPCP (7 mẫu)",
}
CODE_FORMATS = {
    CodeFormat.OLD_IDENTIFIER: "Mã cơ quan cũ đứng đầu (000.00.00.H00-260101-0001)",
    CodeFormat.IDENTIFIER: "Mã định danh mới đứng đầu (H00.00.00-260101-0001)",
}
LEVELS = {
    Level.MINISTRY: "Bộ, ngành",
    Level.PROVINCE: "Cấp tỉnh",
    Level.DISTRICT: "Cấp huyện",
    Level.COMMUNE: "Cấp xã",
}
COUNTINGS = {
    Method.DAY: "Đến hết giờ làm việc của ngày cuối",
    Method.HOUR: "Theo giờ làm việc liên tục",
    Method.DAY_AS_8H: "Mỗi ngày là 8 giờ làm việc, tính từ giờ tiếp nhận",
}
ON_SUPPLEMENT = {
    Waiting.RESTART: "Tính lại từ đầu khi đã bổ sung đủ",
    Waiting.PAUSE: "Tạm dừng trong lúc chờ, rồi tính tiếp",
}
ON_PAYMENT = {
    Waiting.PAUSE: "Tạm dừng trong lúc chờ nộp tiền",
    Waiting.RUN: "Vẫn tính trong lúc chờ nộp tiền",
}
PORTAL_MODES = {
    PortalMode.LOCAL: "Nộp trên cổng này",
    PortalMode.NATIONAL: "Nộp trên Cổng Dịch vụ công quốc gia; cổng này chỉ tra cứu, công khai",
    PortalMode.MINISTRY: "Nộp trên hệ thống của bộ; cổng này chỉ nhận tình trạng",
}
STAGES = {
    Stage.ENTRY: "Khi kiểm tra đầu vào",
    Stage.EXAMINATION: "Khi thẩm định",
    Stage.SECTOR: "Theo luật chuyên ngành",
}
AGREED_BY = {"": "Không ai", **{role.value: ROLE_NAMES[role] for role in (Role.UNIT_HEAD, Role.APPROVER)}}  # fmt: skip
UNIT_LESS = (Stage.ENTRY,)  # no unit has the dossier yet, so no head of one can agree
BASES = {
    "appointment_slip": "Giấy tiếp nhận và hẹn trả kết quả",
    "supplement_slip": "Phiếu yêu cầu bổ sung",
    "rejection_slip": "Phiếu từ chối",
    "apology": "Văn bản xin lỗi và hẹn lại",
    "stop_notice": "Thông báo dừng giải quyết",
    "control_sheet": "Phiếu kiểm soát",
    "register": "Sổ theo dõi hồ sơ",
}
CHOICES: dict[
    str, tuple[str, Mapping[Any, str]]
] = {  # field of the profile → (its name, the words of each value)
    "form_set": ("Bộ mẫu", FORM_SETS),
    "code_format": ("Dạng mã hồ sơ", CODE_FORMATS),
    "counting": ("Cách tính ngày làm việc", COUNTINGS),
    "on_supplement": ("Thời hạn khi chờ bổ sung", ON_SUPPLEMENT),
    "on_payment": ("Thời hạn khi chờ nộp tiền", ON_PAYMENT),
    "portal_mode": ("Nơi nộp hồ sơ trực tuyến", PORTAL_MODES),
}


def shown(profile: Profile) -> Rows:
    """Every fact of a profile, in the order of the form."""
    rows: Rows = [
        ("name", "Tên", profile.name),
        ("agency_codes", "Áp dụng cho", _agencies(profile)),
    ]
    rows += [(key, label, words[getattr(profile, key)]) for key, (label, words) in CHOICES.items()]
    others = lines_of(profile.filed_elsewhere).replace("\n", "; ")
    rows.append((FIELD, "Thủ tục có nơi nộp riêng", others or "không có"))
    levels = ", ".join(text for level, text in LEVELS.items() if level in profile.levels)
    rows.append(("levels", "Cấp giải quyết", levels))
    rows += [(each.key, each.label, _amount(each, profile.limits)) for each in LIMITS]
    rows += [
        (f"asking-{rule.stage}", f"Yêu cầu bổ sung {STAGES[rule.stage].casefold()}", _often(rule))
        for rule in profile.asking
    ]
    rows += [
        (f"basis-{key}", f"Căn cứ ghi trên {label[0].lower()}{label[1:]}", profile.basis_of(key) or "không ghi")
        for key, label in BASES.items()
    ]  # fmt: skip
    return rows


def agreed_by_at(stage: Stage) -> dict[str, str]:
    """Who may be named at a stage as the one who agrees to one more slip."""
    return {
        key: text
        for key, text in AGREED_BY.items()
        if stage not in UNIT_LESS or key != Role.UNIT_HEAD
    }


def hour(at: time) -> str:
    """A time of day as people write it."""
    return f"{at:%H:%M}"


def _agencies(profile: Profile) -> str:
    return ", ".join(profile.agency_codes) or "mọi cơ quan"


def _often(rule: AskingRule) -> str:
    often = "số lần theo văn bản ấy" if rule.most is None else f"tối đa {rule.most} lần"
    if rule.most is not None:
        agreed = AGREED_BY[rule.more_agreed_by or ""].casefold()
        often += f"; thêm lần nữa do {agreed} đồng ý" if rule.more_agreed_by else "; không thêm"
    return f"{often}; căn cứ: {rule.basis or 'chưa nhập'}"


def _amount(each: LimitWords, limits: Limits) -> str:
    value = getattr(limits, each.key)
    if value is None:
        return "không ấn định"
    return hour(value) if isinstance(value, time) else f"{value} {each.unit}"
