"""The everyday reasons a desk begins with when it asks for corrections; a house changes them as its data."""

BASIS = "Thành phần hồ sơ theo quyết định công bố thủ tục"
# code, sentence, for papers, for questions of the form
REASONS = (
    ("missing", "Thiếu giấy tờ này", True, False),
    ("blurred", "Ảnh chụp mờ, không đọc được", True, False),
    ("pages_missing", "Thiếu trang", True, False),
    ("unsigned", "Thiếu chữ ký hoặc con dấu", True, False),
    ("expired", "Giấy tờ đã hết hạn", True, False),
    ("not_certified", "Chưa được công chứng, chứng thực", True, False),
    ("not_translated", "Chưa có bản dịch tiếng Việt được chứng thực", True, False),
    ("not_legalised", "Chưa được hợp pháp hóa lãnh sự", True, False),
    ("wrong_paper", "Không đúng loại giấy tờ được yêu cầu", True, False),
    ("mismatch", "Thông tin không khớp giữa tờ khai và giấy tờ", True, True),
    ("unanswered", "Chưa khai nội dung này", False, True),
    ("wrong_answer", "Khai chưa đúng", False, True),
    ("unclear", "Khai chưa rõ, cần ghi cụ thể hơn", False, True),
)
