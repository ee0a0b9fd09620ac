"""Bad limits, pauses and office hours, refused with the line that is wrong."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from motcua.core.errors import Reason
from motcua.workdays.types import Method, Pause, Slot, TimeLimit, Unit, local

A_DAY = timedelta(hours=8)
LONGEST = 10_000  # of any unit: nobody was ever promised more, and dates end somewhere
UNITS = frozenset(Unit)
METHOD_NAMES = frozenset(Method)
METHODS = {
    Unit.WORKING_DAY: frozenset(Method),
    Unit.WORKING_HOUR: frozenset({Method.HOUR, Method.DAY}),
    Unit.CALENDAR_DAY: frozenset({Method.DAY}),
    Unit.MONTH: frozenset({Method.DAY}),
}


def limit_reasons(limit: TimeLimit) -> list[Reason]:
    """Why nothing can be counted by this limit.

    Law: DL-01, DL-02, DL-03, DL-04
    """
    reasons = []
    if limit.unit not in UNITS:
        text = (
            f"Thời hạn {limit.value} chưa có đơn vị tính. Chọn giờ làm việc, ngày làm việc, "
            "ngày theo lịch hoặc tháng."
        )
        reasons.append(Reason("limit_without_unit", text, field="unit"))
    if not 0 <= limit.value <= LONGEST:
        text = f"Thời hạn {limit.value} không dùng được: nhập một số từ 0 đến {LONGEST}."
        reasons.append(Reason("limit_out_of_range", text, field="value"))
    if limit.method not in METHOD_NAMES:
        text = f"Không có cách tính {limit.method}. Chọn một trong: {', '.join(Method)}."
        reasons.append(Reason("method_unknown", text, field="method"))
    return reasons


def method_reasons(limit: TimeLimit) -> list[Reason]:
    """Why a limit of this unit and size is not counted by this method.

    Law: DL-01, DL-02, DL-03, DL-04, DL-05
    """
    fitting = METHODS[Unit(limit.unit)] if limit.unit in UNITS else METHOD_NAMES
    if limit.method == Method.IN_DAY and limit.value > 1:
        text = f"Đã là trong ngày thì không có {limit.value} ngày: nhập 0 hoặc 1."
        return [Reason("method_does_not_fit", text, field="value")]
    if limit.method in fitting:
        return []
    named = ", ".join(sorted(fitting))
    text = f"Cách tính {limit.method} không dùng cho đơn vị này. Chọn một trong: {named}."
    return [Reason("method_does_not_fit", text, field="method")]


def pause_reasons(pauses: Sequence[Pause]) -> list[Reason]:
    """One reason for each pause that ends before it starts.

    Law: DL-07, DL-08
    """
    return [
        Reason(
            "pause_ends_before_start",
            f"Khoảng dừng thứ {n} kết thúc ({moment_text(pause.end)}) trước khi bắt đầu "
            f"({moment_text(pause.start)}). Sửa lại một trong hai mốc.",
            field=f"pauses.{n}",
        )
        for n, pause in enumerate(pauses, 1)
        if pause.end < pause.start
    ]


def hours_reasons(slots: Sequence[Slot]) -> list[Reason]:
    """Why a day cannot be worked by these slots: empty, out of order, overlapping, not 8 hours.

    Law: CAL-07
    """
    if not slots:
        text = "Chưa có khung giờ làm việc nào. Nhập ít nhất một dòng, tổng cộng 8 giờ."
        return [Reason("hours_empty", text, field="slots")]
    reasons = slot_reasons(slots)
    total = sum((slot.length for slot in slots), timedelta())
    if not reasons and total != A_DAY:
        text = (
            f"Các khung giờ cộng lại được {length_text(total)}, phải đủ 8 giờ. "
            f"Xem lại dòng {len(slots)}: {_slot_text(slots[-1])}."
        )
        reasons.append(Reason("hours_not_eight", text, field=f"slots.{len(slots)}"))
    return reasons


def slot_reasons(slots: Sequence[Slot]) -> list[Reason]:
    """One reason for each slot that ends before it starts, overlaps or precedes the one before it.

    For Saturday mornings too, which need not come to 8 hours.

    Law: CAL-07
    """
    reasons = []
    for n, slot in enumerate(slots, 1):
        field, line = f"slots.{n}", f"Dòng {n} ({_slot_text(slot)})"
        before = slots[n - 2] if n > 1 else None
        if slot.end <= slot.start:
            text = f"{line}: giờ kết thúc phải sau giờ bắt đầu."
            reasons.append(Reason("slot_ends_before_start", text, field))
        if before and slot.start < before.start:
            text = f"{line}: phải đứng trước dòng {n - 1} ({_slot_text(before)})."
            reasons.append(Reason("slots_unordered", text, field))
        elif before and slot.start < before.end:
            text = f"{line}: chồng lên dòng {n - 1} ({_slot_text(before)})."
            reasons.append(Reason("slots_overlap", text, field))
    return reasons


def moment_text(at: datetime) -> str:
    """A moment on the office clock, as people write it.

    Law: CAL-08
    """
    return f"{local(at):%H:%M %d/%m/%Y}"


def length_text(length: timedelta) -> str:
    """So many hours, minutes, seconds of work, in words.

    Law: house rule
    """
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "giờ"), (minutes, "phút"), (seconds, "giây"))
    return " ".join(f"{count} {word}" for count, word in parts if count) or "0 giờ"


def _slot_text(slot: Slot) -> str:
    return f"{slot.start:%H:%M}–{slot.end:%H:%M}"
