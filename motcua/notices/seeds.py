"""The words the house starts with. Keepers change them in the back office, not here."""

from collections.abc import Iterator

from motcua.notices.types import Channel

# What a template may ask for, with a sample for the preview; `send` gives name, authority, portal
# and hotline by itself.
SAMPLE = {
    "name": "Nguyễn Thị Lan",
    "authority": "UBND tỉnh Sông Hà",
    "portal": "Cổng Dịch vụ công tỉnh Sông Hà",
    "hotline": "1900 0000",
    "reference": "H99.31-261122-0001",
    "code": "H99.31-261122-0001",
    "procedure": "Đăng ký khai sinh",
    "agency": "UBND phường Mỹ Phước",
    "phone": "0270 3812 345",
    "step": "Tiếp nhận",
    "status": "Đang giải quyết",
    "by": "Trần Văn Hùng",
    "at": "09:14 ngày 22/11/2026",
    "answer_due": "16:00 ngày 23/11/2026",
    "due": "16:00 ngày 25/11/2026",
    "new_due": "16:00 ngày 27/11/2026",
    "legal_basis": "Điều 9 Nghị định 123/2015/NĐ-CP",
    "note": "ảnh chụp bị mờ",
    "right_place": "UBND xã Tân Hòa",
    "holder": "Phòng Tư pháp - Hộ tịch",
    "items": "- Giấy chứng sinh: ảnh chụp bị mờ",
    "reason": "cần xác minh thêm",
    "link": "http://localhost:8000/ho-so/T-261122-7K3M9Q/",
    "lookup_link": "http://localhost:8000/tra-cuu/",
    "place": "Bộ phận Một cửa",
    "papers": "căn cước, giấy tiếp nhận hồ sơ",
}
PLACES = frozenset(SAMPLE)

SIGNATURE = """

Mọi thắc mắc, mời ông/bà gọi {{agency}}: {{phone}} hoặc tổng đài {{hotline}}.

{{portal}}"""
SEE_DOSSIER = "\n\nXem hồ sơ: {{link}}"
GREETING = "Kính gửi ông/bà {{name}},\n\n"

# code → (subject, body); the body serves the inbox as it stands and the letter with its frame.
WORDS: dict[str, tuple[str, str]] = {
    "dossier_submitted": (  # NTC-01
        "Hệ thống đã nhận hồ sơ {{reference}}",
        "Hệ thống đã nhận hồ sơ “{{procedure}}” của ông/bà lúc {{at}}.\n"
        "Số tạm thời: {{reference}}.\n\n"
        "{{agency}} sẽ trả lời chậm nhất {{answer_due}}. "
        "Trong lúc chờ, ông/bà chưa cần làm gì thêm.",
    ),
    "dossier_accepted": (  # NTC-02
        "Đã tiếp nhận hồ sơ {{reference}}, hẹn trả kết quả {{due}}",
        "{{agency}} đã tiếp nhận hồ sơ “{{procedure}}” của ông/bà lúc {{at}}.\n"
        "Mã hồ sơ: {{reference}}.\n"
        "Người tiếp nhận: {{by}}.\n"
        "Hẹn trả kết quả: {{due}}.\n\n"
        "Giấy tiếp nhận hồ sơ và hẹn trả kết quả có trong trang hồ sơ, ông/bà có thể tải về.",
    ),
    "supplement_asked": (  # NTC-03, NTC-06
        "Hồ sơ {{reference}} cần bổ sung",
        "{{agency}} đã xem hồ sơ “{{procedure}}” của ông/bà và cần bổ sung:\n\n"
        "{{items}}\n\n"
        "Căn cứ, ghi chú: {{note}}\n\n"
        "Mời ông/bà mở hồ sơ, bổ sung các mục trên rồi bấm Nộp bổ sung. "
        "Thời hạn giải quyết được tính lại từ khi hồ sơ đầy đủ.",
    ),
    "dossier_rejected": (  # NTC-04
        "Hồ sơ {{reference}} chưa được tiếp nhận",
        "{{agency}} chưa tiếp nhận hồ sơ “{{procedure}}” của ông/bà.\n"
        "Lý do: {{reason}}\n"
        "Căn cứ: {{legal_basis}}\n"
        "Nơi nộp đúng: {{right_place}}\n\n"
        "Phiếu từ chối tiếp nhận có trong trang hồ sơ. Nếu không đồng ý, ông/bà có quyền "
        "phản ánh, kiến nghị hoặc khiếu nại theo quy định.",
    ),
    "dossier_withdrawn": (
        "Đã rút hồ sơ {{reference}}",
        "Hồ sơ “{{procedure}}” đã được rút theo yêu cầu của ông/bà lúc {{at}}. "
        "Khi cần, ông/bà có thể nộp hồ sơ mới.",
    ),
    "dossier_moved": (  # NTC-05
        "Hồ sơ {{reference}}: {{status}}",
        "Hồ sơ “{{procedure}}” của ông/bà đã chuyển sang trạng thái: {{status}}.\n"
        "Cơ quan: {{agency}}.\n"
        "Nơi đang giữ hồ sơ: {{holder}}.\n"
        "Người vừa thực hiện: {{by}}, lúc {{at}}.\n"
        "Hẹn trả kết quả: {{due}}.\n\n"
        "Ông/bà chưa cần làm gì thêm.",
    ),
    "apology": (  # NTC-10
        "Xin lỗi và hẹn lại ngày trả kết quả hồ sơ {{reference}}",
        "{{agency}} xin lỗi ông/bà vì hồ sơ “{{procedure}}” chưa thể giải quyết đúng hẹn.\n"
        "Lý do: {{reason}}\nNgày hẹn trả kết quả mới: {{new_due}}.",
    ),
    "result_ready": (  # NTC-11, NTC-12
        "Hồ sơ {{reference}} đã có kết quả",
        "Hồ sơ “{{procedure}}” của ông/bà đã có kết quả.\n\n"
        "Nếu chọn nhận trực tuyến, mời ông/bà mở hồ sơ và bấm Nhận kết quả. Nếu chọn nhận tại "
        "Bộ phận Một cửa của {{agency}}, mời ông/bà mang theo căn cước và giấy tiếp nhận hồ sơ.",
    ),
    "dossier_refused": (  # NTC-13
        "Hồ sơ {{reference}} không được giải quyết",
        "{{agency}} thông báo không giải quyết hồ sơ “{{procedure}}” của ông/bà.\n"
        "Lý do: {{reason}}\n"
        "Căn cứ: {{legal_basis}}\n\n"
        "Văn bản trả lời có trong trang hồ sơ. Nếu không đồng ý, ông/bà có quyền khiếu nại "
        "theo quy định.",
    ),
    "dossier_delivered": (  # NTC-15
        "Đã trả kết quả hồ sơ {{reference}}",
        "Kết quả hồ sơ “{{procedure}}” đã được trả cho ông/bà lúc {{at}}. "
        "Cảm ơn ông/bà đã sử dụng {{portal}}.",
    ),
}


def templates() -> Iterator[tuple[str, str, str, str]]:
    """Each template the house starts with: code, channel, subject, body."""
    for code, (subject, body) in WORDS.items():
        yield code, Channel.INBOX, subject, body
        letter = GREETING + body + SEE_DOSSIER + SIGNATURE
        yield code, Channel.EMAIL, f"[{{{{portal}}}}] {subject}", letter
