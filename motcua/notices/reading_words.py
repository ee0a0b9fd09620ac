"""The words about who reads dossiers: to their owners, and to whoever answers for a reader."""

PLACES: dict[str, frozenset[str]] = {
    "dossier_read": frozenset(
        {"reference", "procedure", "agency", "phone", "status", "at", "link", "items"}
    ),
    "much_read": frozenset({"by", "unit", "agency", "at", "words", "link"}),
}
SAMPLE = {
    "unit": "Phòng Tư pháp - Hộ tịch",
    "words": "61 hồ sơ được mở trong một giờ, mức thường là 60",
}
NAMES = {
    "dossier_read": "Cán bộ không trực tiếp giải quyết đã xem hồ sơ, mỗi ngày một tin",
    "much_read": "Cán bộ: có người xem nhiều hồ sơ bất thường",
}

# To the owner, once a day and dossier; without an account there is no page to look at.
WORDS: dict[str, tuple[str, str]] = {
    "dossier_read": (  # NTC-20
        "Hồ sơ {{reference}}: có cán bộ không trực tiếp giải quyết đã xem",
        "Ngày {{at}}, hồ sơ “{{procedure}}” của ông/bà tại {{agency}} được người không trực tiếp "
        "giải quyết xem:\n\n{{items}}\n\n"
        "Ông/bà chưa cần làm gì. Trang “Ai đã xem hồ sơ của tôi” có mọi lượt xem, lúc nào, vì sao; "
        "thấy điều không đúng, mời ông/bà báo cơ quan.",
    ),
}
SHORT: dict[str, str] = {
    "dossier_read": "Hồ sơ {{reference}} được cán bộ không trực tiếp giải quyết xem. Mời ông/bà xem "
    "chi tiết trên cổng dịch vụ công.",
}

# To the head of the unit, else the leaders of the agency, else the keepers: once a day and post.
OFFICIAL: dict[str, tuple[str, str]] = {
    "much_read": (  # S-24
        "{{by}} xem nhiều hồ sơ bất thường",
        "{{by}} ({{unit}}, {{agency}}) đã xem nhiều hơn mức thường lúc {{at}}: {{words}}.\n\n"
        "Từ lúc đó đến hết ngày, người này phải nêu lý do cho từng hồ sơ mở thêm. Mời ông/bà xem "
        "các lượt xem và hỏi lại nếu không rõ vì việc gì.",
    ),
}
