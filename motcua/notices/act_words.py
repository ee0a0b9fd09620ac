"""The words about acts beside the process: apologies, requests to a second person, corrections."""

ANY = frozenset({"reference", "procedure", "agency", "phone", "status", "at", "link"})
STEP = ANY | {"step", "by"}
PROMISED = STEP | {"holder", "due", "lookup_link"}
ALARM = ANY | {"holder", "answer_due"}

PLACES: dict[str, frozenset[str]] = {
    "dossier_extended": PROMISED | {"reason", "old_due"},
    "dossier_apologised": PROMISED | {"reason"},
    "date_moved": PROMISED | {"reason", "old_due"},
    "code_corrected": STEP | {"old_code", "lookup_link"},
    "withdrawal_asked": ANY,
    "withdrawal_refused": ANY | {"answer"},
    "withdrawal_to_answer": ANY | {"reason"},
    "approval_asked": ANY | {"act", "by", "reason"},
    "approval_decided": ANY | {"act", "by", "decision", "answer"},
    "letter_to_sign": ALARM,
}

# What people are told.
WORDS: dict[str, tuple[str, str]] = {
    "dossier_extended": (  # NTC-10
        "Xin lỗi: hồ sơ {{reference}} được hẹn lại {{due}}",
        "{{agency}} xin lỗi ông/bà: hồ sơ “{{procedure}}” không kịp trả kết quả lúc {{old_due}} "
        "như đã hẹn.\n"
        "Lý do: {{reason}}\n"
        "Hẹn trả kết quả mới: {{due}}.\n"
        "Người ký: {{by}}.\n\n"
        "Thư xin lỗi và hẹn lại có trong trang hồ sơ. Ông/bà chưa cần làm gì thêm.",
    ),
    "dossier_apologised": (  # WF-09
        "Xin lỗi: hồ sơ {{reference}} chậm trả kết quả",
        "{{agency}} xin lỗi ông/bà: hồ sơ “{{procedure}}” hẹn trả {{due}} bị chậm.\n"
        "Lý do: {{reason}}\n"
        "Nơi đang giữ hồ sơ: {{holder}}. Người ký: {{by}}.\n\n"
        "Ông/bà được báo ngay khi có kết quả.",
    ),
    "date_moved": (
        "Hồ sơ {{reference}} được dời ngày hẹn trả: {{due}}",
        "{{agency}} đã dời ngày hẹn trả của hồ sơ “{{procedure}}” từ {{old_due}} sang {{due}}.\n"
        "Lý do: {{reason}}\n"
        "Người duyệt: {{by}}.\n\n"
        "Ông/bà chưa cần làm gì thêm.",
    ),
    "code_corrected": (
        "Hồ sơ {{old_code}} có mã mới: {{reference}}",
        "{{agency}} đã sửa mã của hồ sơ “{{procedure}}”: mã đúng là {{reference}}.\n"
        "Mã cũ {{old_code}} vẫn tra cứu được. Ông/bà chưa cần làm gì thêm.",
    ),
    "withdrawal_asked": (  # ST-18
        "Đã nhận đề nghị rút hồ sơ {{reference}}",
        "{{agency}} đã nhận đề nghị rút hồ sơ “{{procedure}}” của ông/bà lúc {{at}}.\n"
        "Bộ phận Một cửa sẽ xác nhận và báo lại, kèm cách nhận lại giấy tờ đã nộp.",
    ),
    "withdrawal_refused": (
        "Chưa rút được hồ sơ {{reference}}",
        "{{agency}} chưa đồng ý cho rút hồ sơ “{{procedure}}”.\n"
        "Lý do: {{answer}}\n\n"
        "Hồ sơ vẫn được giải quyết theo ngày đã hẹn.",
    ),
}

# What officials are told.
OFFICIAL: dict[str, tuple[str, str]] = {
    "letter_to_sign": (  # ST-14
        "Hồ sơ {{reference}} sắp trễ hẹn: thư xin lỗi chờ ký",
        "Hồ sơ “{{procedure}}” nộp lúc {{at}} tại {{agency}} chưa có kết quả ký.\n"
        "Nơi đang giữ hồ sơ: {{holder}}.\n\n"
        "Thư xin lỗi và hẹn lại đã soạn. Mời ông/bà xem và ký chậm nhất {{answer_due}}, "
        "hoặc chỉ đạo trả kết quả đúng hẹn.",
    ),
    "withdrawal_to_answer": (
        "Người nộp xin rút hồ sơ {{reference}}",
        "Người nộp hồ sơ “{{procedure}}” xin rút hồ sơ lúc {{at}}.\n"
        "Lý do: {{reason}}\n\n"
        "Mời ông/bà xác nhận, hoặc nêu lý do chưa đồng ý.",
    ),
    "approval_asked": (  # SEC-05
        "Chờ duyệt: {{act}}, hồ sơ {{reference}}",
        "{{by}} đề nghị “{{act}}” cho hồ sơ “{{procedure}}” lúc {{at}}.\n"
        "Lý do: {{reason}}\n\n"
        "Mời ông/bà xem và quyết định.",
    ),
    "approval_decided": (
        "{{decision}}: {{act}}, hồ sơ {{reference}}",
        "{{by}} đã quyết định đề nghị “{{act}}” cho hồ sơ “{{procedure}}”: {{decision}}.\n"
        "Ý kiến: {{answer}}",
    ),
}

# What fits a telephone.
SHORT = {
    "dossier_extended": "Xin lỗi ông/bà: hồ sơ {{reference}} chậm, hẹn trả lại {{due}}.",
    "dossier_apologised": "Xin lỗi ông/bà: hồ sơ {{reference}} bị chậm, sẽ báo ngay khi có kết quả.",
    "date_moved": "Hồ sơ {{reference}} được dời ngày hẹn trả sang {{due}}.",
    "code_corrected": "Hồ sơ {{old_code}} có mã mới: {{reference}}. Mã cũ vẫn tra cứu được.",
    "withdrawal_asked": "Đã nhận đề nghị rút hồ sơ {{reference}} của ông/bà.",
    "withdrawal_refused": "Chưa rút được hồ sơ {{reference}}. Mời ông/bà xem lý do trên cổng dịch "
    "vụ công hoặc tại nơi đã nộp.",
}
