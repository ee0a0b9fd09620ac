"""The words for what goes on inside agencies: opinions asked, visits to the place, urgings, readings."""

from motcua.notices import account_words, reading_words, station_words

_DOSSIER = frozenset({"reference", "procedure", "agency", "link"})
_ASKED = _DOSSIER | {"by", "due", "content"}
_DOCUMENT = frozenset({"number", "unit", "agency", "answer_by", "by", "content", "link"})
VISIT = frozenset({"visit_at", "place", "participants", "content", "presence"})
PLACES: dict[str, frozenset[str]] = {
    "visit_planned": _DOSSIER
    | VISIT
    | {"phone", "status", "at", "step", "by", "holder", "due", "lookup_link"},
    "opinion_asked": _ASKED | {"answer_due"},
    "opinion_given": _ASKED,
    "opinion_passed": _DOSSIER | {"phone", "status", "at", "holder", "answer_due"},
    "dossier_urged": _ASKED,
    "delay_explained": _ASKED,
    "unit_urged": _DOCUMENT,
    "unit_answered": _DOCUMENT,
    "unit_late": _DOCUMENT - {"by", "content"},
    **station_words.PLACES,
    **reading_words.PLACES,
    **account_words.PLACES,
}
SAMPLE = {
    **station_words.SAMPLE,
    **reading_words.SAMPLE,
    **account_words.SAMPLE,
    "visit_at": "09:00 ngày 24/11/2026",
    "place": "số 12, đường Bờ Sông",
    "participants": "công chức tư pháp - hộ tịch, trưởng khu phố",
    "content": "xác minh nơi cư trú thực tế",
    "presence": "Mời ông/bà có mặt.",
    "number": "05/2026/DDHS",
    "unit": "Phòng Tư pháp - Hộ tịch",
    "answer_by": "25/11/2026",
}

# To the applicant.
WORDS: dict[str, tuple[str, str]] = {
    **station_words.WORDS,
    **reading_words.WORDS,
    **account_words.WORDS,
    "visit_planned": (  # NTC-07
        "Hồ sơ {{reference}}: xác minh tại chỗ lúc {{visit_at}}",
        "{{agency}} sẽ xác minh tại chỗ để giải quyết hồ sơ “{{procedure}}” của ông/bà.\n"
        "Thời gian: {{visit_at}}.\n"
        "Địa điểm: {{place}}.\n"
        "Thành phần: {{participants}}.\n"
        "Nội dung: {{content}}.\n"
        "{{presence}}\n\n"
        "Hẹn trả kết quả vẫn là {{due}}.",
    ),
}
SHORT: dict[str, str] = {
    **station_words.SHORT,
    **reading_words.SHORT,
    **account_words.SHORT,
    "visit_planned": "Hồ sơ {{reference}}: cơ quan xác minh tại chỗ lúc {{visit_at}}. Mời ông/bà "
    "xem chi tiết trên cổng dịch vụ công hoặc tại nơi đã nộp.",
}

# To officials.
OFFICIAL: dict[str, tuple[str, str]] = {
    **station_words.OFFICIAL,
    **reading_words.OFFICIAL,
    **account_words.OFFICIAL,
    "opinion_asked": (  # WF-03
        "Mời cho ý kiến về hồ sơ {{reference}} trước {{answer_due}}",
        "{{by}} ({{agency}}) xin ý kiến đơn vị về hồ sơ “{{procedure}}”:\n\n{{content}}\n\n"
        "Mời ông/bà trả lời chậm nhất {{answer_due}}. Hạn của cả hồ sơ: {{due}}.",
    ),
    "opinion_given": (  # WF-03
        "Đã có ý kiến về hồ sơ {{reference}}",
        "{{by}} đã cho ý kiến về hồ sơ “{{procedure}}” của {{agency}}:\n\n{{content}}\n\n"
        "Hạn trả kết quả: {{due}}.",
    ),
    "opinion_passed": (  # WF-03, Đ19(5)
        "{{holder}} chậm cho ý kiến về hồ sơ {{reference}}",
        "{{holder}} chưa cho ý kiến về hồ sơ “{{procedure}}” của {{agency}}, hạn {{answer_due}}.\n\n"
        "Thời hạn của hồ sơ vẫn chạy. Mời ông/bà đôn đốc đơn vị được hỏi.",
    ),
    "dossier_urged": (  # WF-10
        "Đôn đốc giải quyết hồ sơ {{reference}}",
        "{{by}} ({{agency}}) đôn đốc hồ sơ “{{procedure}}”, hẹn trả kết quả {{due}}:\n\n"
        "{{content}}\n\nMời ông/bà trả lời trong trang hồ sơ.",
    ),
    "delay_explained": (  # WF-09
        "Đơn vị giải trình lý do trễ hẹn hồ sơ {{reference}}",
        "{{by}} giải trình vì sao hồ sơ “{{procedure}}” của {{agency}}, hẹn trả {{due}}, bị chậm:\n\n"
        "{{content}}\n\nThư xin lỗi soạn theo lý do này; lãnh đạo sửa được trước khi ký.",
    ),
    "unit_urged": (  # WF-10
        "Văn bản đôn đốc số {{number}}: trả lời trước hết ngày {{answer_by}}",
        "{{by}} ({{agency}}) ký văn bản đôn đốc số {{number}} gửi {{unit}}:\n\n{{content}}\n\n"
        "Danh sách hồ sơ và chỗ trả lời ở trang của văn bản.",
    ),
    "unit_answered": (  # WF-10
        "{{unit}} đã trả lời văn bản đôn đốc số {{number}}",
        "{{by}} trả lời văn bản đôn đốc số {{number}} của {{agency}} "
        "(hạn trả lời {{answer_by}}):\n\n{{content}}",
    ),
    "unit_late": (  # WF-10
        "{{unit}} chưa trả lời văn bản đôn đốc số {{number}}",
        "{{unit}} chưa trả lời văn bản đôn đốc số {{number}} của {{agency}}, hạn trả lời "
        "{{answer_by}}.\n\nHồ sơ nào còn chậm thì nêu được trong văn bản mới. Văn bản này vẫn chờ "
        "trả lời.",
    ),
}
