"""What follows from a procedure's content: its limit, its price, its papers, in words."""

import re
from collections.abc import Iterable
from datetime import date

from motcua.core.errors import Reason
from motcua.core.text import fold
from motcua.procedures.types import ChannelTerm, Detail, Duration, Fee, Slot
from motcua.workdays.types import Method, TimeLimit, Unit

_HOURS = {"working_hour": 1, "working_day": 8, "calendar_day": 6, "month": 170}
_FORM_PAPER = re.compile(
    r"^\W*(to khai|don dang ky|don de nghi|giay de nghi|mau so|mau ho tich dien tu|phieu de nghi)"
)


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


def case_limits(channels: Iterable[ChannelTerm], cases: Iterable[str]) -> dict[str, Duration]:
    """The limit of each case (trường hợp) for which the source gives one of its own.

    Law: CAT-06, CAT-17
    """
    terms = [term for term in channels if term.case]
    found = {}
    for case in cases:
        named = [term for term in terms if fold(case) in fold(term.case)]
        if limit := legal_limit(named):
            found[case] = limit
    return found


def is_longer(one: Duration, other: Duration) -> bool:
    """Whether `one` takes longer; days of different kinds are compared by their working hours.

    Law: CAT-17
    """
    if one.unit == other.unit:
        return one.value > other.value
    return one.value * _HOURS[one.unit] > other.value * _HOURS[other.unit]


def local_limit_reasons(
    limit: Duration | None, legal: Duration | None, decision: str
) -> list[Reason]:
    """Why the authority cannot promise this limit; none takes its promise back.

    Law: CAT-17
    """
    found = []
    if not decision.strip():
        text = "Thiếu quyết định rút ngắn thời hạn: ghi số và ngày của văn bản."
        found.append(Reason("decision_missing", text, "by_decision"))
    if limit is None:
        return found
    if limit.value < 1:
        found.append(Reason("limit_too_short", "Thời hạn phải từ 1 trở lên.", "days"))
    if legal is None:
        text = "Thủ tục này không có thời hạn luật định bằng số nên chưa so sánh được."
        return [*found, Reason("no_legal_limit", text, "days")]
    if legal.method == "IN_DAY":
        text = "Luật đã buộc trả kết quả trong ngày, không rút ngắn thêm được."
        found.append(Reason("limit_in_day", text, "days"))
    elif is_longer(limit, legal):
        text = f"Thời hạn địa phương ({limit.words}) không được dài hơn luật định ({legal.words})."
        found.append(Reason("limit_too_long", text, "days"))
    return found


def abolition_reasons(decision: str, on: date, *, today: date) -> list[Reason]:
    """Why a procedure cannot be taken off the list like this.

    Law: CAT-09
    """
    found = []
    if not decision.strip():
        text = "Thiếu quyết định bãi bỏ: ghi số và ngày của quyết định."
        found.append(Reason("decision_missing", text, "by_decision"))
    if on > today:
        text = "Ngày bãi bỏ chưa đến. Đến ngày đó hãy chạy lại."
        found.append(Reason("abolished_later", text, "on"))
    return found


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


def is_form_paper(slot: Slot) -> bool:
    """Whether this paper is a form to fill in (tờ khai, đơn), not a paper that one has.

    Law: EF-01
    """
    return bool(_FORM_PAPER.match(fold(slot.name)))


def slots_to_file(slots: Iterable[Slot], *, has_own_form: bool) -> tuple[Slot, ...]:
    """The papers to attach; the paper form is not asked of who fills the electronic one.

    Law: INT-03, EF-01
    """
    return tuple(slot for slot in slots if not (has_own_form and is_form_paper(slot)))


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


def card(detail: Detail, local: Duration | None = None) -> dict[str, str]:
    """What the finder shows and searches, kept beside the version.

    Law: house rule
    """
    limit = local or legal_limit(detail.channels)
    return {
        "results": " ".join(result.name for result in detail.results),
        "cases": " ".join(detail.cases),
        "keywords": detail.keywords,
        "agency": agency_name(detail),
        "time": limit_text(limit, detail.channels),
        "fee": fee_text(detail.channels),
    }
