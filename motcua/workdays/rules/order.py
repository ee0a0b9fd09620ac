"""In which order a clock's events can have happened."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from motcua.core.errors import Reason
from motcua.workdays.rules.checking import moment_text
from motcua.workdays.types import ClockDeed, ClockEvent

DEED_NAMES = {
    ClockDeed.START: "tiếp nhận",
    ClockDeed.ASK_SUPPLEMENT: "yêu cầu bổ sung",
    ClockDeed.SUPPLEMENTED: "đã bổ sung",
    ClockDeed.ASK_PAYMENT: "yêu cầu nộp tiền",
    ClockDeed.PAID: "đã nộp tiền",
    ClockDeed.NEW_DATE: "hẹn lại",
    ClockDeed.FINISH: "ký kết quả",
    ClockDeed.CLOSE: "kết thúc",
}
ANSWERS = {
    ClockDeed.SUPPLEMENTED: ClockDeed.ASK_SUPPLEMENT,
    ClockDeed.PAID: ClockDeed.ASK_PAYMENT,
}
ENDS = {ClockDeed.FINISH: {ClockDeed.CLOSE}, ClockDeed.CLOSE: set()}  # what may follow an end


def event_reasons(events: Sequence[ClockEvent]) -> list[Reason]:
    """Why these events cannot have happened one after the other, each with its number.

    A new date after the end opens the clock again (the two who reopen a dossier promise one).

    Law: DL-07, DL-08, DL-15
    """
    return list(_reasons(events))


def _reasons(events: Sequence[ClockEvent]) -> Iterator[Reason]:
    """Stops at the first event that is wrong: what follows is judged by it."""
    asked: dict[ClockDeed, ClockEvent] = {}
    ended: ClockDeed | None = None
    before: ClockEvent | None = None
    for n, event in enumerate(events, 1):
        wrong = (
            _without_zone(event)
            or (_too_early(event, before, asked) if before else _no_start(event))
            or (_after_end(event, ended) if ended else None)
            or _unasked(event, asked)
            or _bad_date(event)
        )
        if wrong:
            code, text = wrong
            name = f"Sự kiện thứ {n} ({DEED_NAMES[event.deed]}, {_when(event.at)})"
            yield Reason(code, f"{name}: {text}", field=f"events.{n}")
            return
        before = event
        if event.deed in ENDS:
            ended, asked = event.deed, {}
        elif event.deed is ClockDeed.NEW_DATE:
            ended = None


Wrong = tuple[str, str] | None


def _without_zone(event: ClockEvent) -> Wrong:
    if event.at.tzinfo and not (event.due and event.due.tzinfo is None):
        return None
    return "no_time_zone", "thời điểm không có múi giờ."


def _no_start(event: ClockEvent) -> Wrong:
    if event.deed is ClockDeed.START:
        return None
    return "not_started", "đồng hồ chưa chạy, sự kiện đầu tiên phải là tiếp nhận."


def _too_early(event: ClockEvent, before: ClockEvent, asked: dict[ClockDeed, ClockEvent]) -> Wrong:
    if event.deed is ClockDeed.START:
        return "started_twice", "đồng hồ đã chạy từ trước."
    if event.at >= before.at:
        return None
    question = asked.get(ANSWERS.get(event.deed, event.deed))
    if event.deed in ANSWERS and question and event.at < question.at:
        text = f"khoảng dừng kết thúc trước khi bắt đầu ({_when(question.at)})."
        return "pause_ends_before_start", text
    text = f"xảy ra trước sự kiện đứng trước nó ({DEED_NAMES[before.deed]}, {_when(before.at)})."
    return "out_of_order", text


def _after_end(event: ClockEvent, ended: ClockDeed) -> Wrong:
    if event.deed is ClockDeed.NEW_DATE or event.deed in ENDS[ended]:
        return None
    return "ended", f"đồng hồ đã dừng hẳn ({DEED_NAMES[ended]})."


def _unasked(event: ClockEvent, asked: dict[ClockDeed, ClockEvent]) -> Wrong:
    """Keeps what has been asked and not yet answered."""
    if question := ANSWERS.get(event.deed):
        if asked.pop(question, None) is None:
            return "not_asked", f"trước đó không có {DEED_NAMES[question]}."
    elif event.deed in ANSWERS.values():
        if event.deed in asked:
            return "asked_twice", f"lần trước ({_when(asked[event.deed].at)}) chưa xong."
        asked[event.deed] = event
    return None


def _bad_date(event: ClockEvent) -> Wrong:
    if event.deed is not ClockDeed.NEW_DATE:
        return None
    if event.due is None:
        return "date_missing", "thiếu ngày hẹn mới."
    if event.due < event.at:
        return "date_gone_by", f"ngày hẹn mới ({_when(event.due)}) đã qua."
    return None


def _when(at: datetime) -> str:
    return moment_text(at) if at.tzinfo else f"{at:%H:%M %d/%m/%Y}"
