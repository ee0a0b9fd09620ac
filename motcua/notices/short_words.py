"""What telephones are told, occasion by occasion."""

# What fits a telephone: one SMS without accents, no name and no link. Whoever sends a link in our
# name is a swindler, and people are told so. On Zalo the places are the template's parameters.
SHORT: dict[str, str] = {
    "dossier_submitted": "Hệ thống đã nhận hồ sơ {{reference}}. Trả lời chậm nhất {{answer_due}}.",
    "dossier_accepted": "Hồ sơ {{reference}} đã được tiếp nhận. Hẹn trả kết quả: {{due}}.",
    "supplement_asked": "Hồ sơ {{reference}} cần bổ sung. Mời ông/bà mở hồ sơ trên cổng dịch vụ "
    "công hoặc đến nơi đã nộp để xem các mục cần bổ sung.",
    "more_asked": "Hồ sơ {{reference}} cần bổ sung. Mời ông/bà mở hồ sơ trên cổng dịch vụ công hoặc "
    "đến nơi đã nộp để xem các mục cần bổ sung.",
    "more_handed_in": "Đã nhận phần bổ sung của hồ sơ {{reference}}. Kiểm tra chậm nhất {{answer_due}}.",
    "still_lacking": "Hồ sơ {{reference}} còn thiếu giấy tờ. Mời ông/bà mở hồ sơ trên cổng dịch vụ "
    "công hoặc đến nơi đã nộp để xem các mục còn thiếu.",
    "dossier_resumed": "Hồ sơ {{reference}} đã đủ. Hẹn trả kết quả: {{due}}.",
    "dossier_stopped": "Hồ sơ {{reference}} đã dừng giải quyết. Mời ông/bà xem lý do trên cổng dịch "
    "vụ công hoặc tại nơi đã nộp.",
    "dossier_rejected": "Hồ sơ {{reference}} chưa được tiếp nhận. Mời ông/bà xem lý do trên cổng "
    "dịch vụ công hoặc tại nơi đã nộp.",
    "dossier_withdrawn": "Hồ sơ {{reference}} đã được rút theo yêu cầu của ông/bà.",
    "dossier_moved": "Hồ sơ {{reference}}: {{status}}. Hẹn trả kết quả: {{due}}.",
    "due_date_moved": "Hồ sơ {{reference}}: ngày hẹn trả kết quả đổi từ {{old_due}} thành {{due}}.",
    "result_ready": "Hồ sơ {{reference}} đã có kết quả. Mời ông/bà mang căn cước và giấy hẹn đến "
    "nhận, hoặc nhận trên cổng dịch vụ công.",
    "dossier_refused": "Hồ sơ {{reference}} không được giải quyết. Mời ông/bà xem lý do trên cổng "
    "dịch vụ công hoặc tại nơi đã nộp.",
    "dossier_delivered": "Hồ sơ {{reference}} đã trả kết quả lúc {{at}}. Cảm ơn ông/bà.",
}
NEWS = "Hồ sơ {{reference}} có thông báo mới. Mời ông/bà xem trên cổng dịch vụ công."
END = "\nHỏi: {{hotline}}"
