"""What follows from a procedure's content: its limit, its price, its papers, in words."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from motcua.core.errors import Reason
from motcua.core.text import fold
from motcua.procedures.rules.fees import fee_text
from motcua.procedures.rules.short import shortened
from motcua.procedures.types import UNIT_NAMES, ChannelTerm, Detail, Duration, Slot
from motcua.workdays.types import Method, TimeLimit, Unit, Waiting

_HOURS = {"working_hour": 1, "working_day": 8, "calendar_day": 6, "month": 170}
LONGEST_DECISION = 250
LONGEST_AGO = timedelta(days=366)
_TIME = re.compile(r"\b(ngay|gio|tuan|thang|nam|quy|thoi (han|gian|diem)|lap tuc)\b")
_FORM_PAPER = re.compile(
    r"^\W*(to khai|don dang ky|don de nghi|giay de nghi|mau so|mau ho tich dien tu|phieu de nghi)"
)


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


_WORKING = {"working_day": 8, "working_hour": 1}


def is_comparable(one: Duration, other: Duration) -> bool:
    """Whether it is certain, whatever the calendar, which of the two is longer.

    Ten days may end before seven working days, or after them: no comparison holds for both.

    Law: CAT-17
    """
    return one.unit == other.unit or (one.unit in _WORKING and other.unit in _WORKING)


def keeps_within(local: Duration, legal: Duration | None) -> bool:
    """Whether a promise never ends after the limit of the law.

    Law: CAT-17
    """
    if legal is None or not is_comparable(local, legal):
        return False
    promised, owed = (limit.value * _WORKING.get(limit.unit, 1) for limit in (local, legal))
    return promised <= owed


def waiting_reasons(waits: Mapping[str, Waiting | None]) -> list[Reason]:
    """Why a clock cannot be told to wait so: full papers never let it run on, money never begins it anew.

    Law: DL-07, DL-08
    """
    texts = {
        ("on_supplement", Waiting.RUN): "Khi chờ bổ sung, đồng hồ tính lại từ đầu hoặc tạm dừng.",
        ("on_payment", Waiting.RESTART): "Khi chờ nộp tiền, đồng hồ tạm dừng hoặc chạy tiếp.",
    }
    found = ((name, texts.get((name, wait))) for name, wait in waits.items() if wait)
    return [Reason("waiting_wrong", text, name) for name, text in found if text]


def local_limit_reasons(
    limit: Duration | None, legal: Duration | None, decision: str
) -> list[Reason]:
    """Why the authority cannot promise this limit; none takes its promise back.

    Law: CAT-17
    """
    found = decision_reasons(decision)
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
    elif not is_comparable(limit, legal):
        text = (
            f"Luật định tính bằng {UNIT_NAMES[legal.unit]}, không so được với {limit.words}: "
            f"đặt thời hạn địa phương cùng đơn vị (--unit {legal.unit})."
        )
        found.append(Reason("limit_unit_differs", text, "unit"))
    elif not keeps_within(limit, legal):
        text = f"Thời hạn địa phương ({limit.words}) không được dài hơn luật định ({legal.words})."
        found.append(Reason("limit_too_long", text, "days"))
    return found


def abolition_reasons(decision: str, on: date, *, today: date) -> list[Reason]:
    """Why a procedure cannot be taken off the list like this.

    Law: CAT-09
    """
    found = decision_reasons(decision)
    if on > today:
        text = "Ngày bãi bỏ chưa đến. Đến ngày đó hãy chạy lại."
        found.append(Reason("abolished_later", text, "on"))
    if on < today - LONGEST_AGO:
        text = f"Ngày bãi bỏ {on:%d/%m/%Y} đã qua hơn một năm: xem lại ngày ghi trong quyết định."
        found.append(Reason("abolished_long_ago", text, "on"))
    return found


def decision_reasons(decision: str) -> list[Reason]:
    """Why these words do not name the decision that something rests on.

    Law: CAT-09, CAT-17
    """
    if not decision.strip():
        text = "Thiếu quyết định: ghi số và ngày của văn bản."
        return [Reason("decision_missing", text, "by_decision")]
    if len(decision) > LONGEST_DECISION:
        text = f"Quyết định ghi dài quá {LONGEST_DECISION} chữ: chỉ ghi cơ quan, số và ngày."
        return [Reason("decision_too_long", text, "by_decision")]
    return []


def publication_reasons(on: date | None, *, today: date) -> list[Reason]:
    """Why versions cannot be published from this day on.

    Law: CAT-07, CAT-10
    """
    if on is None or on >= today:
        return []
    text = f"Ngày có hiệu lực {on:%d/%m/%Y} đã qua: bỏ --from để công bố từ hôm nay."
    return [Reason("published_long_ago", text, "from")]


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
    noted = next((term.note for term in channels if _TIME.search(fold(term.note))), "")
    return shortened(noted, 160) or "Theo giấy hẹn của cơ quan tiếp nhận"


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
    return named_where(detail) or "Bộ phận Một cửa các cấp"


def named_where(detail: Detail) -> str:
    """Where to go as far as the source says.

    Law: CAT-10
    """
    named = "; ".join(detail.agencies) or detail.agencies_text or detail.competent_agency
    return detail.receiving_address or shortened(named, 300)


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
