"""The level of an online service: the eight conditions of “toàn trình”, each met, failed or unknown."""

import re

from motcua.core.text import fold
from motcua.procedures.rules.short import shortened
from motcua.procedures.rules.words import is_form_paper
from motcua.procedures.types import ChannelTerm, Condition, Detail, Met, OnlineLevel

OTHER_TECHNICAL = "Vấn đề kỹ thuật khác chưa xử lý xong"
_NOT_ONLINE = f"{OTHER_TECHNICAL}: thủ tục chưa mở nộp trực tuyến."
_PRESENCE = re.compile(
    r"phai co mat|(hai ben|ca hai) nam,? nu (phai )?co mat"
    r"|ky vao so (ho tich|dang ky|chung thuc)|xuat trinh ban chinh|diem chi truoc mat"
    r"|ky truoc mat|thu nhan van tay|phong van truc tiep"
)
_SITE_VISIT = re.compile(
    r"kiem tra (thuc te|thuc dia|hien truong|tai cho)|tham dinh (thuc te|tai co so|thuc dia)"
    r"|xac minh (tai|thuc te)|do dac (tai|thuc dia)"
)
# “giấy phép”, “giấy chứng nhận”, “giấy tờ” are not paper as against a file.
_ON_PAPER = re.compile(
    r"((nop|gui) (ho so|ban chinh|ban goc) (bang )?(ban )?giay|ho so giay)(?! (phep|chung|to))\b"
)
# One comes oneself, unless the same sentence offers another way.
_IN_PERSON = re.compile(r"phai truc tiep (den|nop|ky|thuc hien)")
_FETCHED = re.compile(
    r"truc tiep (den )?nhan ket qua|den nhan ket qua truc tiep|(?<!dang )ky nhan ket qua"
)
_ANOTHER_WAY = re.compile(r"truc tuyen|buu chinh|buu dien|moi truong (mang|dien tu)|dich vu cong")
Said = list[tuple[str, str]]
_NEEDED = (
    ("steps", "trình tự"), ("channels", "cách thức nộp"), ("results", "kết quả"),
    ("legal_bases", "căn cứ pháp lý"), ("subjects", "đối tượng"), ("levels", "cấp thực hiện"),
)  # fmt: skip


def online_level(
    detail: Detail, *, online_payment: bool = False, has_own_form: bool = False
) -> OnlineLevel:
    """Toàn trình when all eight conditions are known to hold; every other one is told in words.

    The categories of the reasons are the only ones that Nghị định 224/2026 Điều 14 lets stand.

    Law: LVL-01, LVL-02, LVL-03
    """
    said = _sentences(detail)
    conditions = (
        _information(detail),
        _templates(detail, has_own_form=has_own_form),
        _filed_online(detail),
        _electronic(detail, said),
        _paid_online(detail, online_payment=online_payment),
        _handled_online(detail, said),
        _electronic_result(detail),
        _result_at_home(detail, said),
    )
    reasons = tuple(dict.fromkeys(why for one in conditions for why in one.why))
    return OnlineLevel(all(one.met is Met.YES for one in conditions), reasons, conditions)


def _technical(text: str) -> str:
    return f"{OTHER_TECHNICAL}: {text}."


def _information(detail: Detail) -> Condition:
    """(1) Everything about the procedure is published."""
    name = "Thông tin thủ tục công bố đầy đủ"
    missing = [words for field, words in _NEEDED if not getattr(detail, field)]
    if detail.guide and "trình tự" in missing:
        missing.remove("trình tự")
    if not missing:
        return Condition(1, name, Met.YES)
    why = _technical(f"thông tin thủ tục chưa đầy đủ (thiếu {', '.join(missing)})")
    return Condition(1, name, Met.NO, (why,))


def _templates(detail: Detail, *, has_own_form: bool) -> Condition:
    """(2) The forms can be had: as an electronic form or as a file whose address is given."""
    name = "Mẫu đơn, tờ khai tải về được"
    lacking = [
        slot.name
        for slot in detail.slots
        if is_form_paper(slot) and not _has_template(slot.form_url)
    ]
    if has_own_form or not lacking:
        return Condition(2, name, Met.YES)
    if detail.source_url:
        why = _technical(f"chưa rõ tải mẫu ở đâu, nguồn không ghi: {shortened(lacking[0], 120)}")
        return Condition(2, name, Met.UNKNOWN, (why,))
    why = _technical(f"chưa có mẫu để tải về: {shortened(lacking[0], 120)}")
    return Condition(2, name, Met.NO, (why,))


def _has_template(url: str) -> bool:
    return url.startswith(("https://", "http://"))


def _online(detail: Detail) -> list[ChannelTerm]:
    return [term for term in detail.channels if term.channel == "online"]


def _filed_online(detail: Detail) -> Condition:
    """(3) Forms are filled and sent online: every procedure has an e-form, if it takes them online."""
    name = "Khai và nộp tờ khai trực tuyến"
    if _online(detail) and not detail.is_offline:
        return Condition(3, name, Met.YES)
    return Condition(3, name, Met.NO, (_NOT_ONLINE,))


def _electronic(detail: Detail, said: Said) -> Condition:
    """(4) No paper has to be handed in beside the electronic dossier."""
    name = "Hồ sơ hoàn toàn điện tử"
    if sentence := _sentence_about(_ON_PAPER, said):
        why = _technical(f"hồ sơ còn phải nộp bản giấy: {sentence}")
        return Condition(4, name, Met.NO, (why,))
    if not _online(detail):
        return Condition(4, name, Met.NO, (_NOT_ONLINE,))
    return Condition(4, name, Met.YES)


def _paid_online(detail: Detail, *, online_payment: bool) -> Condition:
    """(5) What is due is paid online, or nothing is due."""
    name = "Trả phí, lệ phí trực tuyến"
    terms = _online(detail) or list(detail.channels)
    charged = any(fee.amount for term in terms if not term.free for fee in term.fees)
    if online_payment or (terms and all(term.free for term in terms)):
        return Condition(5, name, Met.YES)
    if charged:
        why = _technical("chưa nộp phí, lệ phí trực tuyến trên Cổng này được")
        return Condition(5, name, Met.NO, (why,))
    why = _technical("chưa rõ có phải nộp phí, lệ phí hay không, nguồn không ghi")
    return Condition(5, name, Met.UNKNOWN, (why,))


def _handled_online(detail: Detail, said: Said) -> Condition:
    """(6) Nobody has to appear, show a paper or receive a visit."""
    name = "Giải quyết trực tuyến, không phải có mặt, không kiểm tra tại chỗ"
    basis = f" (căn cứ: {detail.legal_bases[0].number})" if detail.legal_bases else ""
    presence = (
        detail.needs_presence
        or _sentence_about(_PRESENCE, said)
        or _sentence_about(_IN_PERSON, said, unless=_ANOTHER_WAY)
    )
    visit = detail.needs_site_visit or _sentence_about(_SITE_VISIT, said)
    told = []
    if presence:
        told.append(f"Phải có mặt{basis}: {presence}")
    if visit:
        told.append(f"Pháp luật quy định kiểm tra tại chỗ{basis}: {visit}")
    if told:
        return Condition(6, name, Met.NO, tuple(told))
    if not (detail.steps or detail.guide):
        why = _technical("chưa rõ có phải đến tận nơi hay không, nguồn không ghi trình tự")
        return Condition(6, name, Met.UNKNOWN, (why,))
    return Condition(6, name, Met.YES)


def _electronic_result(detail: Detail) -> Condition:
    """(7) The result is electronic: the house issues each named result as a signed file."""
    name = "Kết quả bản điện tử"
    if any(result.name for result in detail.results):
        return Condition(7, name, Met.YES)
    why = _technical("chưa rõ kết quả là giấy tờ gì, nguồn không ghi")
    return Condition(7, name, Met.UNKNOWN, (why,))


def _result_at_home(detail: Detail, said: Said) -> Condition:
    """(8) The result comes online or by post, without appearing or signing for it."""
    name = "Nhận kết quả trực tuyến hoặc qua bưu chính"
    if sentence := _sentence_about(_FETCHED, said, unless=_ANOTHER_WAY):
        return Condition(8, name, Met.NO, (f"Phải có mặt: {sentence}",))
    if detail.needs_presence:
        return Condition(8, name, Met.NO)  # told once, by the sixth
    return Condition(8, name, Met.YES)


def _sentences(detail: Detail) -> Said:
    """The steps and the conditions of the procedure with their plain form, made once for all."""
    texts = (*(step.text for step in detail.steps), detail.conditions)
    return [(text, fold(text)) for text in texts if text]


def _sentence_about(
    pattern: re.Pattern[str], said: Said, unless: re.Pattern[str] | None = None
) -> str:
    """The first sentence of the steps or conditions that matches, shortened for a notice.

    A sentence in which `unless` is found, too, does not count.
    """
    for text, folded in said:
        if not pattern.search(folded):
            continue
        for sentence in re.split(r"(?<=[.;])\s+", text):
            plain = fold(sentence)
            if pattern.search(plain) and not (unless and unless.search(plain)):
                return shortened(sentence.lstrip("-+* "), 220)
    return ""
