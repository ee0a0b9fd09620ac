"""The words for interlinked settling: what units that settle a dossier together tell each other."""

_STATION = frozenset({
    "reference", "procedure", "agency", "by", "unit", "task", "limit", "inputs", "answer_due",
    "slip", "link",
})  # fmt: skip
_DOSSIER = frozenset({"reference", "procedure", "agency", "link"})
_ALARM = _DOSSIER | {"phone", "status", "at", "holder", "answer_due"}
PLACES: dict[str, frozenset[str]] = {
    "station_planned": _STATION,
    "station_begun": _STATION,
    "station_answered": _STATION | {"content"},
    "station_closed": _STATION | {"content"},
    "station_passed": _ALARM,
    "station_near": _ALARM,
    "station_idle": _ALARM | {"reason"},
}
SAMPLE = {
    "linked": "Văn phòng; Phòng Tư pháp - Hộ tịch, UBND xã Tân Hòa",
    "task": "xác nhận quy hoạch của thửa đất",
    "limit": "3 ngày làm việc",
    "inputs": "Phòng Tư pháp - Hộ tịch",
    "slip": "Giấy tờ chuyển theo giấy bàn giao số 05/2026/BGHS.",
}
# RCV-10
PLACES |= {
    "dossier_linked": _DOSSIER
    | {"phone", "status", "at", "step", "holder", "due", "linked", "lookup_link"},  # WF-05
    "dossier_passed_on": _DOSSIER
    | {"phone", "status", "at", "step", "by", "holder", "answer_due", "note", "lookup_link"},
    "dossier_passed_in": _DOSSIER | {"by", "due", "content", "slip"},
    "papers_awaited": _DOSSIER | {"due", "content", "slip"},
}
WORDS: dict[str, tuple[str, str]] = {
    "dossier_linked": (  # WF-05
        "Hồ sơ {{reference}}: nhiều đơn vị cùng giải quyết",
        "Để giải quyết hồ sơ “{{procedure}}” của ông/bà, {{agency}} lấy kết quả của: {{linked}}.\n"
        "Hẹn trả kết quả vẫn là {{due}}.\n\n"
        "Ông/bà không phải đến các đơn vị ấy.",
    ),
    "dossier_passed_on": (  # RCV-10
        "Hồ sơ {{reference}} được chuyển tới {{agency}}",
        "Hồ sơ “{{procedure}}” của ông/bà thuộc thẩm quyền của {{agency}}, nên nơi nhận đã chuyển "
        "tới đó lúc {{at}}.\nLý do: {{note}}\n\n"
        "Hồ sơ giữ nguyên số {{reference}}. {{agency}} trả lời chậm nhất {{answer_due}}. Ông/bà "
        "không phải nộp lại.",
    ),
}
SHORT = {
    "dossier_linked": "Hồ sơ {{reference}} được nhiều đơn vị cùng giải quyết. Hẹn trả kết quả vẫn là "
    "{{due}}. Ông/bà không phải đến các đơn vị ấy.",
    "dossier_passed_on": "Hồ sơ {{reference}} đã chuyển tới {{agency}}, nơi có thẩm quyền. Trả lời "
    "chậm nhất {{answer_due}}. Không phải nộp lại.",
}
NAMES = {
    "dossier_linked": "Hồ sơ được nhiều đơn vị cùng giải quyết",
    "dossier_passed_on": "Hồ sơ chuyển cơ quan có thẩm quyền",
    "dossier_passed_in": "Cán bộ: nhận hồ sơ từ cơ quan khác chuyển đến",
    "papers_awaited": "Cán bộ: giấy tờ đã gửi chưa tới cơ quan nhận",
    "station_planned": "Cán bộ: được giao việc liên thông",
    "station_begun": "Cán bộ: đến lượt làm việc liên thông",
    "station_answered": "Cán bộ: đã có kết quả liên thông",
    "station_closed": "Cán bộ: thôi chờ việc liên thông",
    "station_passed": "Cán bộ: quá hạn việc liên thông",
    "station_near": "Cán bộ: sắp hết hạn việc liên thông",
    "station_idle": "Cán bộ: việc liên thông không có ai nhận hoặc chưa có hạn",
}

# To officials.
OFFICIAL: dict[str, tuple[str, str]] = {
    "dossier_passed_in": (  # RCV-10
        "Hồ sơ {{reference}} từ cơ quan khác chuyển đến, chờ tiếp nhận",
        "{{by}} đã chuyển tới {{agency}} hồ sơ “{{procedure}}” không thuộc thẩm quyền nơi nhận:"
        "\n\n{{content}}\n{{slip}}\n\nMời ông/bà kiểm tra và trả lời tiếp nhận.",
    ),
    "papers_awaited": (  # RCV-10
        "Giấy tờ của hồ sơ {{reference}} chưa tới {{agency}}",
        "Giấy tờ của hồ sơ “{{procedure}}” gửi {{agency}} theo giấy bàn giao số {{slip}} chưa tới."
        "\n\n{{content}}\n\nMời ông/bà kiểm tra nơi vận chuyển và báo cho nơi nhận.",
    ),
    "station_planned": (  # WF-05, WF-06
        "Việc liên thông của hồ sơ {{reference}}: {{unit}} làm trong {{limit}}",
        "{{by}} ({{agency}}) đề nghị {{unit}} cùng giải quyết hồ sơ “{{procedure}}”:\n\n{{task}}\n\n"
        "Thời hạn {{limit}}, chậm nhất: {{answer_due}}. Chờ kết quả của: {{inputs}}.\n{{slip}}\n\n"
        "Hồ sơ mở được khi đến lượt đơn vị. Thời hạn của cả hồ sơ vẫn chạy.",
    ),
    "station_begun": (  # WF-04, WF-05
        "Đến lượt {{unit}} làm hồ sơ {{reference}} trước {{answer_due}}",
        "Hồ sơ “{{procedure}}” của {{agency}} đã đến lượt {{unit}}:\n\n{{task}}\n\n"
        "Thời hạn {{limit}}, chậm nhất {{answer_due}}. Đã có kết quả của: {{inputs}}.\n{{slip}}",
    ),
    "station_answered": (  # WF-05, WF-06
        "{{unit}} đã trả kết quả liên thông của hồ sơ {{reference}}",
        "{{by}} đã xong phần việc của hồ sơ “{{procedure}}” ({{agency}}):\n\n{{content}}\n\n"
        "Việc được giao: {{task}}",
    ),
    "station_closed": (  # WF-05
        "Không chờ {{unit}} về hồ sơ {{reference}} nữa",
        "{{by}} ({{agency}}) không chờ phần việc của {{unit}} ở hồ sơ “{{procedure}}” nữa.\n"
        "Lý do: {{content}}\n\nViệc được giao: {{task}}. Ông/bà không phải làm gì thêm.",
    ),
    "station_passed": (  # WF-05, Đ19(5)
        "{{holder}} chậm trả kết quả liên thông của hồ sơ {{reference}}",
        "{{holder}} chưa trả kết quả phần việc của mình ở hồ sơ “{{procedure}}” ({{agency}}), hạn "
        "{{answer_due}}.\n\n"
        "Thời hạn của cả hồ sơ vẫn chạy. Mời ông/bà chỉ đạo trả kết quả ngay.",
    ),
    "station_near": (  # DL-14
        "{{holder}} sắp hết hạn làm phần việc của hồ sơ {{reference}}",
        "Phần việc liên thông của {{holder}} ở hồ sơ “{{procedure}}” ({{agency}}) phải xong trước "
        "{{answer_due}}.\n\nMời ông/bà trả kết quả trong trang hồ sơ.",
    ),
    "station_idle": (  # DL-14
        "Phần việc của {{holder}} ở hồ sơ {{reference}} không chạy: {{reason}}",
        "Phần việc liên thông của {{holder}} ở hồ sơ “{{procedure}}” ({{agency}}): {{reason}}.\n\n"
        "Thời hạn của cả hồ sơ vẫn chạy. Mời ông/bà liên hệ đơn vị ấy hoặc người quản trị; nếu không "
        "chờ nữa thì bấm Thôi chờ và ghi lý do.",
    ),
}
