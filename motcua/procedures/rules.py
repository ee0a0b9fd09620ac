"""What follows from a procedure's content: its level, its limit, its price in words."""

import re
from collections.abc import Iterable

from motcua.core.text import fold
from motcua.procedures.types import ChannelTerm, Detail, Duration, Fee, OnlineLevel, Slot
from motcua.workdays.types import Method, TimeLimit, Unit

_PRESENCE = re.compile(
    r"phai (co mat|truc tiep (den|nop|ky|thuc hien))|(hai ben|ca hai) nam,? nu (phai )?co mat"
    r"|ky vao so (ho tich|dang ky|chung thuc)|xuat trinh ban chinh|diem chi truoc mat"
    r"|ky truoc mat|thu nhan van tay|phong van truc tiep"
)
_SITE_VISIT = re.compile(
    r"kiem tra (thuc te|thuc dia|hien truong|tai cho)|tham dinh (thuc te|tai co so|thuc dia)"
    r"|xac minh (tai|thuc te)|do dac (tai|thuc dia)"
)
_HOURS = {"working_hour": 1, "working_day": 8, "calendar_day": 6, "month": 170}
_FORM_PAPER = re.compile(r"^(to khai|don dang ky|don de nghi|giay de nghi|mau so|phieu de nghi)")
OTHER_TECHNICAL = "Vấn đề kỹ thuật khác chưa xử lý xong"


def online_level(detail: Detail, *, online_payment: bool = False) -> OnlineLevel:
    """Toàn trình unless a condition of the checklist fails; every failing condition is told.

    The categories of the reasons are the only ones that Nghị định 224/2026 Điều 14 lets stand.

    Law: LVL-01, LVL-02, LVL-03
    """
    presence, visit = detail.needs_presence, detail.needs_site_visit
    if not presence and (sentence := _sentence_about(_PRESENCE, detail)):
        presence = sentence
    if not visit and (sentence := _sentence_about(_SITE_VISIT, detail)):
        visit = sentence
    basis = f" (căn cứ: {detail.legal_bases[0].number})" if detail.legal_bases else ""
    online = [term for term in detail.channels if term.channel == "online"]
    failing = (
        (not online, f"{OTHER_TECHNICAL}: thủ tục chưa mở nộp trực tuyến."),
        (
            not (detail.steps or detail.guide) or not detail.results,
            f"{OTHER_TECHNICAL}: thông tin thủ tục chưa đầy đủ.",
        ),
        (
            bool(online) and not online_payment and any(_charges(term) for term in online),
            f"{OTHER_TECHNICAL}: chưa nộp phí, lệ phí trực tuyến trên Cổng này được.",
        ),
        (bool(presence), f"Phải có mặt{basis}: {presence}"),
        (bool(visit), f"Pháp luật quy định kiểm tra tại chỗ{basis}: {visit}"),
    )
    reasons = tuple(text for fails, text in failing if fails)
    return OnlineLevel(not reasons, reasons)


def _charges(term: ChannelTerm) -> bool:
    """Whether money may be due on this way of filing."""
    return not term.free and any(fee.amount for fee in term.fees)


def _sentence_about(pattern: re.Pattern[str], detail: Detail) -> str:
    """The first sentence of the steps or conditions that matches, shortened for a notice."""
    for text in (*(step.text for step in detail.steps), detail.conditions):
        if not pattern.search(fold(text)):
            continue
        for sentence in re.split(r"(?<=[.;])\s+", text):
            if pattern.search(fold(sentence)):
                return shortened(sentence.lstrip("-+* "), 220)
    return ""


def shortened(text: str, size: int) -> str:
    """`text` cut at a word, with an ellipsis when something was left out.

    Law: house rule
    """
    if len(text) <= size:
        return text
    return text[:size].rsplit(" ", 1)[0] + "…"


def legal_limit(channels: Iterable[ChannelTerm]) -> Duration | None:
    """The limit that binds by default: the longest that the source gives, online before others.

    Law: CAT-17
    """
    terms = [term for term in channels if term.duration]
    for kind in ("online", "direct", "post"):
        found = [term.duration for term in terms if term.channel == kind and term.duration]
        if found:
            return max(found, key=lambda limit: limit.value * _HOURS[limit.unit])
    return None


def time_limit(limit: Duration | None) -> TimeLimit | None:
    """The limit as the calendar counts it.

    Law: DL-01, DL-04, DL-05
    """
    if limit is None:
        return None
    method = "HOUR" if limit.unit == "working_hour" and limit.method == "DAY" else limit.method
    return TimeLimit(limit.value, Unit(limit.unit), Method(method))


def limit_text(limit: Duration | None, channels: Iterable[ChannelTerm] = ()) -> str:
    """The time limit in words; what the source wrote when it gave no number.

    Law: CAT-01
    """
    if limit is not None:
        return limit.words
    noted = next((term.note for term in channels if term.note), "")
    return shortened(noted, 160) or "Theo giấy hẹn của cơ quan tiếp nhận"


def fee_text(channels: Iterable[ChannelTerm]) -> str:
    """What it costs, in one line; an amount the source got wrong is not quoted.

    Law: CAT-01
    """
    terms = list(channels)
    fees = [fee for term in terms for fee in term.fees if fee.amount]
    if not fees:
        noted = next((term.fee_note for term in terms if term.fee_note), "")
        if terms and all(term.free for term in terms):
            return "Không mất phí"
        return shortened(noted, 160) or "Theo thông báo của cơ quan tiếp nhận"
    sure = sorted({fee.amount for fee in fees if not fee.doubtful})
    if not sure:
        return "Theo thông báo của cơ quan tiếp nhận"
    most = "tối đa " if any(fee.kind == "cap" for fee in fees) else ""
    if len(sure) == 1:
        free = "; có trường hợp miễn phí" if any(term.free for term in terms) else ""
        return f"{most}{dong(sure[0])}{free}".capitalize()
    return f"Từ {dong(sure[0])} đến {dong(sure[-1])}, tùy trường hợp"


def fee_lines(fees: Iterable[Fee]) -> list[tuple[str, str]]:
    """(amount, note) of each fee, as the procedure page lists them.

    Law: house rule
    """
    return [
        ("Cần hỏi lại cơ quan tiếp nhận" if fee.doubtful else dong(fee.amount), fee.note)
        for fee in fees
    ]


def dong(amount: int) -> str:
    """An amount with the separators Vietnamese readers expect.

    Law: house rule
    """
    return f"{amount:,}".replace(",", ".") + " đồng"


def slots_to_file(slots: Iterable[Slot], *, has_own_form: bool) -> tuple[Slot, ...]:
    """The papers to attach; the paper form is not asked of who fills the electronic one.

    Law: INT-03, EF-01
    """
    return tuple(
        slot for slot in slots if not (has_own_form and _FORM_PAPER.match(fold(slot.name)))
    )


def where(detail: Detail) -> str:
    """Where to go, in words.

    Law: CAT-01
    """
    named = "; ".join(detail.agencies) or detail.agencies_text or detail.competent_agency
    return detail.receiving_address or shortened(named, 300) or "Bộ phận Một cửa các cấp"


def agency_name(detail: Detail) -> str:
    """The agency in a list of answers: the first that is named, else the level.

    Law: house rule
    """
    first = next(iter(detail.agencies), "") or detail.agencies_text or detail.competent_agency
    return shortened(first, 80) or ", ".join(detail.levels)


def card(detail: Detail) -> dict[str, str]:
    """What the finder shows and searches, kept beside the version.

    Law: house rule
    """
    limit = legal_limit(detail.channels)
    return {
        "results": " ".join(result.name for result in detail.results),
        "cases": " ".join(detail.cases),
        "keywords": detail.keywords,
        "agency": agency_name(detail),
        "time": limit_text(limit, detail.channels),
        "fee": fee_text(detail.channels),
    }
