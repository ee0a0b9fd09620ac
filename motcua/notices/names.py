"""What a keeper calls each occasion on which people are told something."""

from motcua.notices import account_words, reading_words, station_words
from motcua.notices.seeds import NO_ACCOUNT

TO_OFFICIALS = "Cán bộ: "  # so begin the names of what only officials are told
NAMES = {
    "dossier_submitted": "Đã nhận hồ sơ trực tuyến",
    "dossier_accepted": "Hồ sơ được tiếp nhận",
    "supplement_asked": "Yêu cầu bổ sung trước khi tiếp nhận",
    "more_asked": "Yêu cầu bổ sung khi giải quyết",
    "more_handed_in": "Đã nhận phần bổ sung",
    "still_lacking": "Phần bổ sung còn thiếu",
    "dossier_resumed": "Đã đủ giấy tờ, giải quyết tiếp",
    "dossier_stopped": "Dừng giải quyết hồ sơ",
    "dossier_rejected": "Từ chối tiếp nhận",
    "dossier_withdrawn": "Đã rút hồ sơ",
    "dossier_moved": "Hồ sơ chuyển bước",
    "result_ready": "Đã có kết quả",
    "result_early": "Có kết quả sớm hơn hẹn",
    "dossier_refused": "Không đồng ý giải quyết",
    "dossier_delivered": "Đã trả kết quả",
    "due_date_moved": "Ngày hẹn đổi vì lịch làm việc đổi",
    "dossier_extended": "Xin lỗi và hẹn lại ngày trả",
    "dossier_apologised": "Xin lỗi vì trễ hẹn, không hẹn lại",
    "date_moved": "Đổi ngày hẹn trả",
    "code_corrected": "Đính chính mã hồ sơ",
    "settled_at_once": "Giải quyết ngay khi nộp",
    "result_reopened": "Mở lại kết quả để đính chính",
    "result_reissued": "Đã cấp lại kết quả",
    "papers_mishandled": "Giấy tờ bị mất, hỏng",
    "papers_made_good": "Đã khắc phục sự cố giấy tờ",
    "withdrawal_asked": "Đã nhận đề nghị rút hồ sơ",
    "withdrawal_refused": "Không đồng ý cho rút hồ sơ",
    "withdrawal_lapsed": "Đề nghị rút hồ sơ hết hiệu lực",
    "withdrawal_to_answer": "Cán bộ: có người xin rút hồ sơ",
    "approval_asked": "Cán bộ: có việc chờ duyệt",
    "keeper_asked": "Cán bộ: quản trị có bản dự thảo chờ duyệt",
    "approval_decided": "Cán bộ: đề nghị đã được quyết định",
    "letter_to_sign": "Cán bộ: thư xin lỗi chờ ký",
    "phone_the_person": "Cán bộ: cần gọi điện cho người nộp",
    "answer_near": "Cán bộ: sắp hết hạn trả lời tiếp nhận",
    "answer_passed": "Cán bộ: đã quá hạn trả lời tiếp nhận",
    "visit_planned": "Hẹn xác minh thực địa",
    "opinion_asked": "Cán bộ: được đề nghị cho ý kiến",
    "opinion_given": "Cán bộ: đã có ý kiến",
    "opinion_passed": "Cán bộ: quá hạn cho ý kiến",
    "dossier_urged": "Cán bộ: được đôn đốc",
    "delay_explained": "Cán bộ: đơn vị giải trình lý do trễ hẹn",
    "unit_urged": "Cán bộ: đơn vị được đôn đốc bằng văn bản",
    "unit_answered": "Cán bộ: đơn vị đã trả lời văn bản đôn đốc",
    "unit_late": "Cán bộ: đơn vị quá hạn trả lời văn bản đôn đốc",
    "silence_found": "Cán bộ: hồ sơ đang im lặng",
    "late_without_letter": "Lãnh đạo: hồ sơ trễ hẹn chưa có thư xin lỗi, mỗi ngày một tin",
    "silence_at_head": "Cán bộ: báo lãnh đạo hồ sơ im lặng",
    "answer_overdue": "Quá hạn mà cơ quan chưa trả lời",
    "result_overdue": "Quá ngày hẹn mà chưa có kết quả",
    "supply_near": "Sắp hết hạn bổ sung",
    "supply_waiting": "Lâu chưa bổ sung",
    "result_waiting": "Kết quả đang chờ đến nhận",
    **station_words.NAMES,
    **reading_words.NAMES,
    **account_words.NAMES,
}


def name_of(code: str) -> str:
    """The name of a template in the list of the back office; its code while nobody has named it."""
    occasion = code.removesuffix(NO_ACCOUNT)
    name = NAMES.get(occasion, occasion)
    return f"{name} (người không có tài khoản)" if code.endswith(NO_ACCOUNT) else name
