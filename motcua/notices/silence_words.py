"""The words by which nobody is left waiting in silence: to whoever must act, to their head, to people."""

_ANY = frozenset({"reference", "procedure", "agency", "phone", "status", "at", "link"})
_TOLD = _ANY | {"holder", "answer_due", "alarm"}
_STEP = _ANY | {"step", "by", "holder"}

PLACES: dict[str, frozenset[str]] = {
    "silence_found": _TOLD,
    "silence_at_head": _TOLD,
    "late_without_letter": frozenset({"agency", "number", "items", "link"}),
    "answer_overdue": _STEP | {"answer_due"},
    "result_overdue": _STEP | {"due", "lookup_link"},
    "supply_near": _STEP | {"items", "supply_by"},
    "supply_waiting": _STEP | {"items"},
    "result_waiting": _STEP | {"lookup_link"},
}
SAMPLE = {"alarm": "sắp hết hạn trả kết quả"}

# To the applicant: each once, when the date goes by, before they have to ask.
WORDS: dict[str, tuple[str, str]] = {
    "answer_overdue": (
        "Hồ sơ {{reference}} chưa được trả lời đúng hạn",
        "{{agency}} chưa trả lời hồ sơ “{{procedure}}” của ông/bà trong hạn {{answer_due}}.\n"
        "Nơi đang giữ hồ sơ: {{holder}}.\n\n"
        "Hệ thống đã báo cho lãnh đạo cơ quan. Ông/bà chưa cần làm gì thêm và được báo ngay khi có "
        "trả lời.",
    ),
    "result_overdue": (
        "Hồ sơ {{reference}} đã quá ngày hẹn mà chưa có kết quả",
        "Hồ sơ “{{procedure}}” của ông/bà hẹn trả {{due}}, đến nay {{agency}} chưa có kết quả.\n"
        "Nơi đang giữ hồ sơ: {{holder}}.\n\n"
        "Hệ thống đã báo cho lãnh đạo cơ quan; thư xin lỗi có nêu lý do sẽ được gửi cho ông/bà. "
        "Ông/bà được báo ngay khi có kết quả.",
    ),
    "supply_near": (
        "Hồ sơ {{reference}} đang chờ ông/bà bổ sung",
        "{{agency}} đang chờ ông/bà bổ sung hồ sơ “{{procedure}}”:\n\n{{items}}\n\n"
        "Chờ bổ sung đến: {{supply_by}}.\n\n"
        "Quá ngày đó hồ sơ có thể bị dừng giải quyết. Nếu cần giúp, mời ông/bà đến nơi đã nộp.",
    ),
    "supply_waiting": (  # no day is set, so nothing ends by waiting
        "Hồ sơ {{reference}} vẫn chờ ông/bà bổ sung",
        "{{agency}} vẫn đang chờ ông/bà bổ sung hồ sơ “{{procedure}}”:\n\n{{items}}\n\n"
        "Hồ sơ được giải quyết tiếp khi ông/bà đã bổ sung đủ. Nếu cần giúp hoặc không làm thủ tục "
        "này nữa, mời ông/bà gọi hoặc đến nơi đã nộp.",
    ),
    "result_waiting": (
        "Kết quả hồ sơ {{reference}} đang chờ ông/bà nhận",
        "Kết quả hồ sơ “{{procedure}}” của ông/bà đã có ở {{agency}} và chưa được nhận.\n\n"
        "Nếu chọn nhận trực tuyến, mời ông/bà mở hồ sơ và bấm Nhận kết quả. Nếu chọn nhận tại nơi "
        "nộp, mời ông/bà mang theo căn cước và giấy tiếp nhận hồ sơ.",
    ),
}
SHORT: dict[str, str] = {
    "answer_overdue": "Hồ sơ {{reference}} chưa được trả lời đúng hạn. Lãnh đạo cơ quan đã được báo.",
    "result_overdue": "Hồ sơ {{reference}} quá hẹn {{due}}, chưa có kết quả. Lãnh đạo đã được báo.",
    "supply_near": "Hồ sơ {{reference}} chờ ông/bà bổ sung đến {{supply_by}}.",
    "supply_waiting": "Hồ sơ {{reference}} vẫn đang chờ ông/bà bổ sung.",
    "result_waiting": "Kết quả hồ sơ {{reference}} đang chờ ông/bà nhận.",
}

# To officials.
OFFICIAL: dict[str, tuple[str, str]] = {
    "silence_found": (  # DL-14
        "Hồ sơ {{reference}}: {{alarm}}",
        "Hồ sơ “{{procedure}}” tại {{agency}}: {{alarm}}.\n"
        "Trạng thái: {{status}}. Mốc: {{answer_due}}.\n"
        "Nơi đang giữ hồ sơ: {{holder}}.\n\n"
        "Mời ông/bà xử lý trong ngày làm việc này; nếu không, lãnh đạo sẽ được báo.",
    ),
    "silence_at_head": (  # DL-14
        "Cần chỉ đạo: hồ sơ {{reference}}, {{alarm}}",
        "Hồ sơ “{{procedure}}” tại {{agency}}: {{alarm}}.\n"
        "Trạng thái: {{status}}. Mốc: {{answer_due}}.\n"
        "Nơi đang giữ hồ sơ: {{holder}}.\n\n"
        "Mời ông/bà chỉ đạo xử lý ngay. Các cảnh báo đang mở có ở mục Cảnh báo.",
    ),
    "late_without_letter": (  # ST-14; once a day
        "{{agency}}: {{number}} hồ sơ trễ hẹn chưa có thư xin lỗi",
        "Hồ sơ của {{agency}} đã quá ngày hẹn trả mà người nộp chưa nhận được thư xin lỗi: "
        "{{number}}.\n\n{{items}}\n\n"
        "Mời ông/bà mở danh sách và gửi thư cho người nộp. Tin này mỗi ngày làm việc gửi một lần: "
        "{{link}}",
    ),
}
