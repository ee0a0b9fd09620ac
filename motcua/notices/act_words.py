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
    "settled_at_once": STEP | {"number", "lookup_link"},
    "result_early": PROMISED | {"how"},
    "result_reopened": STEP
    | {"reason", "mishap", "fault", "cost", "apology", "correct_by", "old_number"},
    "papers_mishandled": ANY | {"mishap", "reason", "cost", "apology"},
    "papers_made_good": ANY | {"mishap", "reason", "answer"},
    "result_reissued": STEP | {"number", "old_number", "cost"},
    "withdrawal_asked": ANY,
    "withdrawal_refused": ANY | {"answer"},
    "withdrawal_lapsed": ANY,
    "withdrawal_to_answer": ANY | {"reason"},
    "approval_asked": ANY | {"act", "by", "reason"},
    "approval_decided": ANY | {"act", "by", "decision", "answer"},
    "letter_to_sign": ALARM,
    "keeper_asked": frozenset({"what", "by", "note", "at", "link"}),
}
SAMPLE = {"what": "lịch làm việc năm 2027"}

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
    "settled_at_once": (  # RCV-06
        "Hồ sơ {{reference}} đã giải quyết ngay, có kết quả",
        "{{agency}} đã giải quyết ngay hồ sơ “{{procedure}}” của ông/bà lúc {{at}}.\n"
        "Mã hồ sơ: {{reference}}. Kết quả số: {{number}}. Người tiếp nhận: {{by}}.\n\n"
        "Thủ tục trả kết quả ngay không phải lập giấy tiếp nhận và hẹn trả; cần giấy này, mời ông/bà "
        "nói với người tiếp nhận. Nếu chọn nhận trực tuyến, mời ông/bà mở hồ sơ và bấm Nhận kết quả.",
    ),
    "result_early": (  # NTC-11
        "Hồ sơ {{reference}} có kết quả sớm hơn hẹn",
        "Hồ sơ “{{procedure}}” của ông/bà đã có kết quả, sớm hơn ngày hẹn {{due}}.\n\n{{how}}",
    ),
    "result_reopened": (  # RCV-20
        "Kết quả hồ sơ {{reference}} đang được đính chính",
        "{{agency}} đang khắc phục sự cố của kết quả số {{old_number}}, hồ sơ “{{procedure}}” "
        "của ông/bà.\n"
        "Sự cố: {{mishap}}. {{reason}}\n"
        "Bên có lỗi: {{fault}}.\n"
        "{{apology}}\n"
        "{{cost}}\n"
        "Kết quả đúng có chậm nhất: {{correct_by}}.\n\n"
        "Mời ông/bà chưa dùng bản kết quả cũ. Ông/bà được báo ngay khi có kết quả cấp lại.",
    ),
    "papers_mishandled": (  # RCV-20
        "Sự cố giấy tờ của hồ sơ {{reference}}",
        "{{agency}} báo ông/bà một sự cố với giấy tờ của hồ sơ “{{procedure}}”, lập biên bản lúc "
        "{{at}}.\n"
        "Sự cố: {{mishap}}. {{reason}}\n"
        "{{apology}}\n"
        "{{cost}}\n\n"
        "Ông/bà được báo ngay khi khắc phục xong. Hồ sơ vẫn được giải quyết theo ngày đã hẹn.",
    ),
    "papers_made_good": (  # RCV-20
        "Đã khắc phục sự cố giấy tờ của hồ sơ {{reference}}",
        "{{agency}} đã khắc phục sự cố giấy tờ của hồ sơ “{{procedure}}” lúc {{at}}.\n"
        "Sự cố: {{mishap}}. {{reason}}\n"
        "Đã khắc phục: {{answer}}",
    ),
    "result_reissued": (  # RCV-20
        "Đã có kết quả cấp lại của hồ sơ {{reference}}",
        "{{agency}} đã cấp kết quả số {{number}} cho hồ sơ “{{procedure}}” của ông/bà, thay cho kết "
        "quả số {{old_number}}.\n"
        "{{cost}}\n\n"
        "Bản cũ không còn giá trị sử dụng. Nếu chọn nhận trực tuyến, mời ông/bà mở hồ sơ và bấm Nhận "
        "kết quả; nếu không, mời ông/bà nhận tại nơi đã nộp, mang theo bản cũ nếu còn.",
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
    "withdrawal_lapsed": (
        "Không rút hồ sơ {{reference}} được nữa",
        "Hồ sơ “{{procedure}}” tại {{agency}} nay ở trạng thái “{{status}}” nên đề nghị rút hồ sơ "
        "của ông/bà lúc {{at}} hết hiệu lực.\n\n"
        "Mời ông/bà xem tình trạng mới nhất trong trang hồ sơ.",
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
    "keeper_asked": (  # SEC-05
        "Chờ người quản trị khác duyệt: {{what}}",
        "{{by}} đề nghị duyệt {{what}} lúc {{at}}.\n"
        "Lý do: {{note}}\n\n"
        "Người soạn không tự duyệt được. Mời ông/bà xem và quyết định.",
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
    "settled_at_once": "Hồ sơ {{reference}} đã giải quyết ngay, có kết quả số {{number}}.",
    "result_early": "Hồ sơ {{reference}} đã có kết quả, sớm hơn hẹn {{due}}. Mời ông/bà xem cách nhận "
    "trên cổng dịch vụ công hoặc hỏi nơi đã nộp.",
    "result_reopened": "Kết quả hồ sơ {{reference}} đang được đính chính, có lại chậm nhất {{correct_by}}.",
    "result_reissued": "Hồ sơ {{reference}} đã có kết quả cấp lại số {{number}}, thay số {{old_number}}.",
    "papers_mishandled": "Giấy tờ của hồ sơ {{reference}} có sự cố: {{mishap}}. Mời ông/bà hỏi nơi đã nộp "
    "hoặc số dưới đây.",
    "papers_made_good": "Sự cố giấy tờ của hồ sơ {{reference}} đã khắc phục xong.",
    "withdrawal_asked": "Đã nhận đề nghị rút hồ sơ {{reference}} của ông/bà.",
    "withdrawal_lapsed": "Hồ sơ {{reference}} nay ở trạng thái “{{status}}” nên không rút được nữa.",
    "withdrawal_refused": "Chưa rút được hồ sơ {{reference}}. Mời ông/bà xem lý do trên cổng dịch "
    "vụ công hoặc tại nơi đã nộp.",
}
