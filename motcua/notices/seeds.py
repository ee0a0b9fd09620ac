"""The words the house starts with. Keepers change them in the back office, not here."""

from collections.abc import Iterator

from django.conf import settings

from motcua.notices import act_words, elsewhere_words, short_words, silence_words
from motcua.notices import seeds_inside as inside
from motcua.notices.types import Channel

# What `send` gives by itself, whatever is told.
HOUSE = frozenset({"name", "authority", "portal", "hotline"})
_ANY = frozenset({"reference", "procedure", "agency", "phone", "status", "at", "link"})
_STEP = _ANY | {"step", "by"}
_OPEN = _STEP | {"holder"}
_PROMISED = _OPEN | {"due", "lookup_link"}
_ALARM = _ANY | {"holder", "answer_due"}
# What the words of each occasion may ask for besides: what its sender knows then, and no more.
PLACES: dict[str, frozenset[str]] = {
    "dossier_submitted": _OPEN | {"answer_due"},
    "dossier_accepted": _PROMISED,
    "supplement_asked": _OPEN | {"items", "note"},
    "more_asked": _OPEN | {"items", "note", "supply_by", "waiting"},
    "more_handed_in": _OPEN | {"answer_due"},
    "still_lacking": _OPEN | {"items", "supply_by"},
    "dossier_resumed": _PROMISED,
    "dossier_stopped": _STEP | {"reason", "legal_basis"},
    "dossier_rejected": _STEP | {"reason", "legal_basis", "right_place"},
    "dossier_withdrawn": _STEP | {"answer"},
    "dossier_moved": _PROMISED,
    "result_ready": _PROMISED,
    "dossier_refused": _PROMISED | {"reason", "legal_basis"},
    "dossier_delivered": _STEP | {"lookup_link", "receiver"},
    "due_date_moved": _PROMISED | {"old_due", "reason"},
    **act_words.PLACES,
    "phone_the_person": frozenset({"reference", "procedure", "agency", "link"}),
    "answer_near": _ALARM,
    "answer_passed": _ALARM,
    **inside.PLACES,
    **silence_words.PLACES,
}
# What there may be none of: no subject and no body may live on these alone.
MAY_BE_EMPTY = frozenset(
    {"apology", "note", "presence", "right_place", "phone", "link", "answer", "slip"}
)

# What the preview shows in each place.
SAMPLE = {
    "name": "Nguyễn Thị Lan",
    "authority": "UBND tỉnh Sông Hà",
    "portal": "Cổng Dịch vụ công tỉnh Sông Hà",
    "hotline": "1900 0000",
    "reference": "H99.31-261122-0001",
    "procedure": "Đăng ký khai sinh",
    "agency": "UBND phường Mỹ Phước",
    "phone": "0270 3812 345",
    "step": "Tiếp nhận",
    "status": "Đang giải quyết",
    "by": "Trần Văn Hùng",
    "at": "09:14 ngày 22/11/2026",
    "answer_due": "16:00 ngày 23/11/2026",
    "due": "16:00 ngày 25/11/2026",
    "old_due": "16:00 ngày 24/11/2026",
    "legal_basis": "Điều 9 Nghị định 123/2015/NĐ-CP",
    "note": "ảnh chụp bị mờ",
    "right_place": "UBND xã Tân Hòa",
    "holder": "Phòng Tư pháp - Hộ tịch",
    "old_code": "H99.31-261122-0002",
    "act": "Dời ngày hẹn trả",
    "mishap": "Sai sót",
    "fault": "Cơ quan giải quyết",
    "cost": "Ông/bà không phải trả phí, lệ phí; cơ quan giải quyết chịu chi phí khắc phục.",
    "apology": "Ủy ban nhân dân phường xin lỗi ông/bà vì sai sót này.",
    "correct_by": "16:00 ngày 27/11/2026",
    "old_number": "15/KS",
    "number": "18/KS",
    "decision": "Đã đồng ý",
    "answer": "Trả lại bản chính giấy chứng sinh tại quầy số 2.",
    "items": "- Giấy chứng sinh: ảnh chụp bị mờ",
    "receiver": "ông/bà",
    "reason": "cần xác minh thêm",
    "how": "Mời ông/bà mở hồ sơ trên cổng và bấm Nhận kết quả.",
    "supply_by": "17:00 ngày 22/12/2026",
    "waiting": "Thời hạn giải quyết tính lại từ đầu (5 ngày làm việc) kể từ khi bổ sung đủ.",
    "link": "http://localhost:8000/ho-so/T-261122-7K3M9Q/",
    "lookup_link": "http://localhost:8000/tra-cuu/?ma=H99.31-261122-0001",
    **act_words.SAMPLE,
    **inside.SAMPLE,
    **silence_words.SAMPLE,
}

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
        "Giấy tiếp nhận hồ sơ và hẹn trả kết quả có trong trang hồ sơ, ông/bà có thể tải về.\n\n"
        "Ai có mã hồ sơ cũng tra cứu được mức độ hoàn thành, không cần đăng nhập: "
        "{{lookup_link}}",
    ),
    "supplement_asked": (  # NTC-03
        "Hồ sơ {{reference}} cần bổ sung",
        "{{agency}} đã xem hồ sơ “{{procedure}}” của ông/bà và cần bổ sung:\n\n"
        "{{items}}\n\n"
        "Căn cứ, ghi chú: {{note}}\n\n"
        "Mời ông/bà mở hồ sơ, bổ sung các mục trên rồi bấm Nộp bổ sung. "
        "Thời hạn giải quyết được tính lại từ khi hồ sơ đầy đủ.",
    ),
    "more_asked": (  # NTC-06
        "Hồ sơ {{reference}} cần bổ sung khi giải quyết",
        "{{agency}} đang giải quyết hồ sơ “{{procedure}}” của ông/bà và cần bổ sung:\n\n"
        "{{items}}\n\n"
        "Căn cứ: {{note}}\n"
        "Chờ bổ sung đến: {{supply_by}}\n\n"
        "{{waiting}} Mời ông/bà mở hồ sơ, bổ sung đúng các mục trên rồi bấm Gửi phần bổ sung.",
    ),
    "more_handed_in": (
        "Đã nhận phần bổ sung của hồ sơ {{reference}}",
        "{{agency}} đã nhận phần bổ sung của hồ sơ “{{procedure}}” lúc {{at}} và sẽ kiểm tra chậm "
        "nhất {{answer_due}}. Nếu đã đủ, thời hạn giải quyết tính từ lúc ông/bà nộp.",
    ),
    "still_lacking": (
        "Hồ sơ {{reference}} còn thiếu",
        "{{agency}} đã kiểm tra phần bổ sung của hồ sơ “{{procedure}}”. Còn thiếu:\n\n"
        "{{items}}\n\n"
        "Chờ bổ sung đến: {{supply_by}}\n\n"
        "Các mục khác đã đủ. Mời ông/bà mở hồ sơ, bổ sung nốt các mục trên.",
    ),
    "dossier_resumed": (
        "Hồ sơ {{reference}} đã đủ, hẹn trả kết quả {{due}}",
        "Phần bổ sung của hồ sơ “{{procedure}}” đã đủ. {{agency}} tiếp tục giải quyết.\n"
        "Hẹn trả kết quả: {{due}}.\n\n"
        "Ông/bà chưa cần làm gì thêm.",
    ),
    "dossier_stopped": (  # NTC-14
        "Hồ sơ {{reference}} đã dừng giải quyết",
        "{{agency}} thông báo dừng giải quyết hồ sơ “{{procedure}}” của ông/bà.\n"
        "Lý do: {{reason}}\n"
        "Căn cứ: {{legal_basis}}\n\n"
        "Thông báo dừng giải quyết có trong trang hồ sơ. Khi có đủ giấy tờ, ông/bà có thể nộp hồ sơ "
        "mới. Nếu không đồng ý, ông/bà có quyền khiếu nại theo quy định.",
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
        "Hồ sơ “{{procedure}}” đã được rút theo yêu cầu của ông/bà lúc {{at}}.\n"
        "Giấy tờ, phí đã nộp: {{answer}}\n\n"
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
    "due_date_moved": (  # DL-15
        "Hồ sơ {{reference}}: ngày hẹn trả kết quả đổi thành {{due}}",
        "Ngày hẹn trả kết quả hồ sơ “{{procedure}}” của ông/bà thay đổi.\n"
        "Ngày hẹn cũ: {{old_due}}.\n"
        "Ngày hẹn mới: {{due}}.\n"
        "Lý do: {{reason}}.\n"
        "Nơi đang giữ hồ sơ: {{holder}}.\n\n"
        "Ông/bà chưa cần làm gì thêm. Cách tính từng ngày có trong trang hồ sơ.",
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
    **act_words.WORDS,
    "dossier_delivered": (  # NTC-15
        "Đã trả kết quả hồ sơ {{reference}}",
        "Kết quả hồ sơ “{{procedure}}” đã được trả cho {{receiver}} lúc {{at}}. "
        "Giấy biên nhận có trong trang hồ sơ. Cảm ơn ông/bà đã sử dụng {{portal}}.",
    ),
    **inside.WORDS,
    **silence_words.WORDS,
}


# Who has no account gets a letter only: nothing to open or press on the portal but the public
# look-up, which knows a dossier once it has its code. Where the words are not those above:
NO_ACCOUNT = "_no_account"
LOOK_UP = "\n\nTra cứu mức độ hoàn thành: {{link}}"

# What officials are told.
AT_THE_DESK = "\n\nMở hồ sơ: {{link}}\n\n{{portal}}"
AT_A_PAGE = "\n\nMở trang: {{link}}\n\n{{portal}}"  # about no single dossier
OFFICIAL: dict[str, tuple[str, str]] = {
    "phone_the_person": (
        "Mời gọi điện cho người nộp hồ sơ {{reference}}",
        "Nhiều tin báo liền nhau về hồ sơ “{{procedure}}” không tới được người nộp: thư điện tử và "
        "điện thoại đã khai đều từ chối nhận.\n\n"
        "Mời ông/bà gọi điện hoặc nhắn người nhà để báo tình hình hồ sơ, và hỏi lại địa chỉ liên hệ. "
        "Cảnh báo này tự hết khi có một tin tới nơi.",
    ),
    **act_words.OFFICIAL,
    "answer_near": (  # INT-09, DL-14
        "Hồ sơ {{reference}} sắp hết hạn trả lời tiếp nhận",
        "Hồ sơ “{{procedure}}” nộp lúc {{at}} tại {{agency}} phải được trả lời "
        "chậm nhất {{answer_due}}.\n\n"
        "Mời ông/bà tiếp nhận, yêu cầu bổ sung hoặc từ chối tiếp nhận trước giờ đó.",
    ),
    "answer_passed": (  # INT-09
        "Hồ sơ {{reference}} đã quá hạn trả lời tiếp nhận",
        "Hồ sơ “{{procedure}}” nộp lúc {{at}} tại {{agency}} phải được trả lời "
        "chậm nhất {{answer_due}}, đến nay chưa được trả lời.\n"
        "Nơi đang giữ hồ sơ: {{holder}}.\n\n"
        "Mời ông/bà chỉ đạo trả lời người nộp hồ sơ ngay.",
    ),
    **inside.OFFICIAL,
    **silence_words.OFFICIAL,
}

SHORT = {
    **short_words.SHORT,
    **act_words.SHORT,
    **inside.SHORT,
    **silence_words.SHORT,
}


def templates() -> Iterator[tuple[str, str, str, str]]:
    """Each template the house starts with: code, channel, subject, body."""
    for code, (subject, body) in OFFICIAL.items():
        yield code, Channel.INBOX, subject, body
        end = AT_THE_DESK if "reference" in PLACES[code] else AT_A_PAGE
        yield code, Channel.EMAIL, f"[{{{{portal}}}}] {subject}", GREETING + body + end
    for code, (subject, body) in WORDS.items():
        yield code, Channel.INBOX, subject, body
        for channel in (Channel.SMS, Channel.ZALO):
            yield code, channel, "", SHORT.get(code, short_words.NEWS) + short_words.END
        letter = GREETING + body + SEE_DOSSIER + SIGNATURE
        yield code, Channel.EMAIL, f"[{{{{portal}}}}] {subject}", letter
        letter = GREETING + elsewhere_words.ELSEWHERE.get(code, body) + LOOK_UP + SIGNATURE
        yield code + NO_ACCOUNT, Channel.EMAIL, f"[{{{{portal}}}}] {subject}", letter


def words_of(code: str, channel: str) -> tuple[str, str]:
    """Subject and body that the house started with; empty for an occasion it does not know."""
    found = ((s, b) for c, ch, s, b in templates() if (c, ch) == (code, channel))
    return next(found, ("", ""))


def places_of(code: str) -> frozenset[str]:
    """What the words of this template may ask for."""
    return HOUSE | PLACES.get(code.removesuffix(NO_ACCOUNT), frozenset())


def sample_of(code: str) -> dict[str, str]:
    """Each place of this template with what the preview shows in it."""
    sample = SAMPLE
    if code in OFFICIAL:
        desk = f"http://localhost:8000/can-bo/ho-so/{SAMPLE['reference']}/"
        sample = SAMPLE | {"name": SAMPLE["by"], "link": desk}
    elif code.endswith(NO_ACCOUNT):
        sample = SAMPLE | {"link": SAMPLE["lookup_link"]}
    sample = {
        n: said.replace("http://localhost:8000", settings.PORTAL_URL) for n, said in sample.items()
    }
    return {name: said for name, said in sample.items() if name in places_of(code)}
