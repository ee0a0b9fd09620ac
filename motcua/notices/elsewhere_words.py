"""What somebody without an account is told, where it is not what an account is told."""

ELSEWHERE: dict[str, str] = {
    "dossier_delivered": (
        "Kết quả hồ sơ “{{procedure}}” đã được trả cho {{receiver}} lúc {{at}}. "
        "Cảm ơn ông/bà đã sử dụng {{portal}}."
    ),
    "dossier_accepted": (
        "{{agency}} đã tiếp nhận hồ sơ “{{procedure}}” của ông/bà lúc {{at}}.\n"
        "Mã hồ sơ: {{reference}}.\n"
        "Người tiếp nhận: {{by}}.\n"
        "Hẹn trả kết quả: {{due}}.\n\n"
        "Giấy tiếp nhận hồ sơ và hẹn trả kết quả, mời ông/bà nhận tại nơi đã nộp hồ sơ."
    ),
    "supplement_asked": (
        "{{agency}} đã xem hồ sơ “{{procedure}}” của ông/bà và cần bổ sung:\n\n"
        "{{items}}\n\n"
        "Căn cứ, ghi chú: {{note}}\n\n"
        "Mời ông/bà bổ sung các mục trên tại nơi đã nộp hồ sơ. "
        "Thời hạn giải quyết được tính lại từ khi hồ sơ đầy đủ."
    ),
    "dossier_rejected": (
        "{{agency}} chưa tiếp nhận hồ sơ “{{procedure}}” của ông/bà.\n"
        "Lý do: {{reason}}\n"
        "Căn cứ: {{legal_basis}}\n"
        "Nơi nộp đúng: {{right_place}}\n\n"
        "Phiếu từ chối tiếp nhận, mời ông/bà nhận tại nơi đã nộp hồ sơ. Nếu không đồng ý, ông/bà "
        "có quyền phản ánh, kiến nghị hoặc khiếu nại theo quy định."
    ),
    "more_asked": (
        "{{agency}} đang giải quyết hồ sơ “{{procedure}}” của ông/bà và cần bổ sung:\n\n"
        "{{items}}\n\n"
        "Căn cứ: {{note}}\n"
        "Chờ bổ sung đến: {{supply_by}}\n\n"
        "Mời ông/bà bổ sung đúng các mục trên tại nơi đã nộp hồ sơ. {{waiting}}"
    ),
    "still_lacking": (
        "{{agency}} đã kiểm tra phần bổ sung của hồ sơ “{{procedure}}”. Còn thiếu:\n\n"
        "{{items}}\n\n"
        "Chờ bổ sung đến: {{supply_by}}\n\n"
        "Các mục khác đã đủ. Mời ông/bà bổ sung nốt các mục trên tại nơi đã nộp hồ sơ."
    ),
    "dossier_stopped": (
        "{{agency}} thông báo dừng giải quyết hồ sơ “{{procedure}}” của ông/bà.\n"
        "Lý do: {{reason}}\n"
        "Căn cứ: {{legal_basis}}\n\n"
        "Thông báo dừng giải quyết, mời ông/bà nhận tại nơi đã nộp hồ sơ. Nếu không đồng ý, ông/bà "
        "có quyền khiếu nại theo quy định."
    ),
    "result_ready": (
        "Hồ sơ “{{procedure}}” của ông/bà đã có kết quả.\n\n"
        "Mời ông/bà mang theo căn cước và giấy tiếp nhận hồ sơ đến nơi đã nộp hồ sơ để nhận."
    ),
    "settled_at_once": (
        "{{agency}} đã giải quyết ngay hồ sơ “{{procedure}}” của ông/bà lúc {{at}}.\n"
        "Mã hồ sơ: {{reference}}. Kết quả số: {{number}}. Người tiếp nhận: {{by}}.\n\n"
        "Mời ông/bà nhận kết quả tại nơi đã nộp hồ sơ, mang theo căn cước. Thủ tục trả kết quả ngay "
        "không phải lập giấy tiếp nhận và hẹn trả; cần giấy này, mời ông/bà nói với người tiếp nhận."
    ),
    "result_reissued": (
        "{{agency}} đã cấp kết quả số {{number}} cho hồ sơ “{{procedure}}” của ông/bà, thay cho kết "
        "quả số {{old_number}}.\n"
        "{{cost}}\n\n"
        "Bản cũ không còn giá trị sử dụng. Mời ông/bà mang căn cước và bản cũ nếu còn đến nơi đã nộp "
        "hồ sơ để nhận."
    ),
    "dossier_refused": (
        "{{agency}} thông báo không giải quyết hồ sơ “{{procedure}}” của ông/bà.\n"
        "Lý do: {{reason}}\n"
        "Căn cứ: {{legal_basis}}\n\n"
        "Văn bản trả lời, mời ông/bà nhận tại nơi đã nộp hồ sơ. Nếu không đồng ý, ông/bà có quyền "
        "khiếu nại theo quy định."
    ),
}
