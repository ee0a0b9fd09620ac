"""What a file is, judged by its content and never by its name, and whether we can take it."""

import re
from pathlib import PurePosixPath

from motcua.core.errors import Reason
from motcua.core.text import clean
from motcua.files.types import ACCEPTED, JPEG, PDF, PNG, Limits

NAME_LENGTH = 150
HEAD = 4096
AS_PDF = "Mời ông/bà lưu hoặc in tệp này thành PDF rồi tải lên lại"
AS_PHOTO = "Mời ông/bà chuyển ảnh sang JPEG (hoặc chụp lại màn hình) rồi tải lên lại"
AS_SCAN = "Mời ông/bà tải lên bản quét PDF hoặc ảnh chụp JPEG, PNG của giấy tờ"
UNPACK = "Mời ông/bà giải nén rồi tải lên từng tệp PDF hoặc ảnh"

PACKED, OFFICE = "zip", "office"

# How a file begins → what it is. Order matters: the first that fits.
BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"#!", "program"),
    (b"PK\x03\x04", PACKED),
    (b"PK\x05\x06", PACKED),
    (b"Rar!\x1a\x07", PACKED),
    (b"7z\xbc\xaf\x27\x1c", PACKED),
    (b"\x1f\x8b", PACKED),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OFFICE),
    (b"{\\rtf", OFFICE),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"\x00\x00\x00\x0cJXL ", "jxl"),
)
# The head of an entry of an archive, or of its list of entries, and then the name of a part. The
# names alone are so short that chance writes them into anything that is packed.
OFFICE_PART = re.compile(
    rb"PK(?:\x03\x04.{26}|\x01\x02.{42})(?:word/|xl/|ppt/|\[Content_Types\]\.xml)|vnd\.oasis\.opendocument",
    re.DOTALL,
)
PART_LENGTH = 80  # bytes that such a place takes at most
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
MARKUP = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<iframe")

REFUSALS: dict[str, tuple[str, str]] = {
    "heic": ("ảnh HEIC của điện thoại iPhone", AS_PHOTO),
    "avif": ("ảnh AVIF", AS_PHOTO),
    "jxl": ("ảnh JPEG XL", AS_PHOTO),
    "webp": ("ảnh WebP", AS_PHOTO),
    "gif": ("ảnh GIF", AS_PHOTO),
    "bmp": ("ảnh BMP", AS_PHOTO),
    "tiff": ("ảnh TIFF", AS_PDF),
    "svg": ("hình vẽ SVG", AS_PDF),
    "html": ("trang web HTML", AS_PDF),
    "program": ("chương trình máy tính", AS_SCAN),
    PACKED: ("tệp nén", UNPACK),
    OFFICE: ("tệp văn phòng (Word, Excel, PowerPoint)", AS_PDF),
    "video": ("đoạn phim hoặc âm thanh", AS_SCAN),
    "text": ("tệp văn bản thuần", AS_PDF),
    "unknown": ("tệp thuộc loại chưa nhận được", AS_SCAN),
}

# What the parser may report → the sentence. {name} and {limit} are filled here alone.
TROUBLES = {
    "encrypted": "Tệp “{name}” có đặt mật khẩu nên cán bộ không mở được. "
    "Mời ông/bà bỏ mật khẩu (mở tệp, in ra PDF mới) rồi tải lên lại.",
    "broken": "Không đọc được tệp “{name}”: tệp bị hỏng hoặc tải chưa đủ. "
    "Mời ông/bà mở thử tệp trên máy, rồi tải lên lại hoặc chụp lại giấy tờ.",
    "no_pages": "Tệp “{name}” không có trang nào. Mời ông/bà kiểm tra và chọn tệp khác.",
    "too_many_pages": "Tệp “{name}” có quá nhiều trang, mỗi tệp nhận tối đa {pages} trang. "
    "Mời ông/bà tách thành nhiều tệp rồi tải lên.",
    "too_many_pixels": "Ảnh “{name}” có kích thước quá lớn, mỗi ảnh nhận tối đa {pixels} triệu "
    "điểm ảnh. Mời ông/bà chụp lại ở độ phân giải thấp hơn.",
    "too_slow": "Tệp “{name}” quá phức tạp, hệ thống chưa đọc xong. "
    "Mời ông/bà in tệp ra PDF mới hoặc quét lại rồi tải lên.",
    "busy": "Tệp “{name}” chưa được xem vì hệ thống đang bận. "
    "Mời ông/bà thử lại sau ít phút, hoặc tải mỗi lần vài tệp.",
}


def kind_of(content: bytes) -> str:
    """What begins with `content` is: a media type we accept, or the name of something we do not.

    Law: EF-05
    """
    head = content[:HEAD].removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n\x0c\x00")
    for beginning, kind in BEGINNINGS:
        if content.startswith(beginning) or (kind == PDF and head.startswith(beginning)):
            return OFFICE if kind == PACKED and has_office_part(content) else kind
    return _by_brand(content[:HEAD]) or _by_text(head) or "unknown"


def has_office_part(content: bytes) -> bool:
    """Whether this stretch of an archive names a part that only office files have.

    Law: EF-05
    """
    return OFFICE_PART.search(content) is not None


def safe_name(name: str) -> str:
    """The last part of a file's name, fit to be shown and saved: no paths, no control characters.

    Law: EF-05
    """
    last = PurePosixPath(clean(name).replace("\\", "/").replace("\n", " ")).name
    last = "".join(ch for ch in last if ch not in '<>:"|?*').strip(" .")
    return last[-NAME_LENGTH:] or "tep"


def objections(name: str, size: int, kind: str, limits: Limits) -> list[Reason]:
    """Why a file cannot be taken, before anybody parses it.

    Law: EF-05
    """
    shown = safe_name(name)
    if size == 0:
        text = f"Tệp “{shown}” rỗng, không có nội dung. Mời ông/bà chọn lại tệp."
        return [Reason("file_empty", text)]
    if size > limits.size:
        text = (
            f"Tệp “{shown}” lớn hơn {megabytes(limits.size)}. "
            "Mời ông/bà quét hoặc chụp ở độ phân giải thấp hơn, hoặc tách thành nhiều tệp."
        )
        return [Reason("file_too_large", text)]
    if kind not in ACCEPTED:
        what, advice = REFUSALS[kind]
        text = f"Tệp “{shown}” là {what}, hệ thống chỉ nhận PDF, JPEG và PNG. {advice}."
        return [Reason(f"file_kind_{kind}", text)]
    return []


def trouble(name: str, code: str, limits: Limits) -> list[Reason]:
    """The parser's objection, as a sentence; nothing if it had none.

    Law: EF-05
    """
    if not code:
        return []
    text = TROUBLES.get(code, TROUBLES["broken"]).format(
        name=safe_name(name), pages=limits.pages, pixels=limits.pixels // 1_000_000
    )
    return [Reason(f"file_{code}", text)]


def megabytes(size: int) -> str:
    """`size` as people read it: “20 MB”, “350 KB”.

    Law: EF-05
    """
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f}".removesuffix(".0").replace(".", ",") + " MB"


def _by_brand(head: bytes) -> str:
    if head[:4] == b"RIFF":
        return "webp" if head[8:12] == b"WEBP" else "video"
    if head[4:8] != b"ftyp":
        return ""
    if head[8:12] in HEIC_BRANDS:
        return "heic"
    return "avif" if head[8:12] in (b"avif", b"avis") else "video"


def _by_text(head: bytes) -> str:
    lower = head.lower()
    if b"<svg" in lower:
        return "svg"
    if any(mark in lower for mark in MARKUP):
        return "html"
    return "" if not head or b"\x00" in head else _if_text(head)


def _if_text(head: bytes) -> str:
    try:
        head[: HEAD - 4].decode()
    except UnicodeDecodeError:
        return ""
    return "text"
