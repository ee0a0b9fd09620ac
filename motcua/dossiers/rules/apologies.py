"""When a letter of apology is due, and which new date it may promise."""

from datetime import datetime

from motcua.core.errors import Reason
from motcua.workdays.rules import (
    add_workdays,
    add_working_time,
    closing,
    counted_from,
    due_at,
    opening,
    workdays_between,
    working_time_left,
)
from motcua.workdays.types import TimeLimit, WorkCalendar, at_time, local


def sign_by(due: datetime, days: int, calendar: WorkCalendar) -> datetime:
    """The last moment for a letter that promises a new date: `days` working days before `due`.

    Law: ST-14, WF-08, DL-14
    """
    return closing(add_workdays(local(due).date(), -days, calendar), calendar)


def leaves_no_time(accepted: datetime, last: datetime) -> bool:
    """Whether the last moment for a new date was gone before the dossier came: settled in the day.

    Law: ST-14, WF-08
    """
    return accepted >= last


def draft_from(
    accepted: datetime, due: datetime, days: int, calendar: WorkCalendar
) -> datetime | None:
    """When the draft goes to its signer: as the offices open on the last day for signing.

    A dossier accepted after that gets its draft when half of the time for signing is gone; one that
    was never so far from its date gets none.

    Law: ST-14, WF-08
    """
    last = sign_by(due, days, calendar)
    if leaves_no_time(accepted, last):
        return None
    start = opening(local(last).date(), calendar)
    if accepted <= start:
        return start
    half = working_time_left(accepted, last, calendar) / 2
    return add_working_time(counted_from(accepted, calendar), half, calendar)


def proposed(accepted: datetime, due: datetime, calendar: WorkCalendar) -> datetime:
    """The new date a draft proposes: half as many working days again, at the same hour.

    Law: ST-14
    """
    days = workdays_between(local(accepted).date(), local(due).date(), calendar)
    day = add_workdays(local(due).date(), max(1, (days + 1) // 2), calendar)
    return counted_from(at_time(day, local(due).time()), calendar)


def date_reasons(
    new: datetime, old: datetime, now: datetime, calendar: WorkCalendar
) -> list[Reason]:
    """Why a result cannot be promised for `new`: a moment without an office, or gone by.

    Law: DL-06, CAL-07
    """
    if counted_from(new, calendar) != local(new):
        text = "Giờ hẹn trả phải nằm trong giờ làm việc của một ngày làm việc."
        return [Reason("date_not_working", text, "new_due_at")]
    if new <= now:
        return [Reason("date_gone_by", "Giờ hẹn trả phải ở sau lúc này.", "new_due_at")]
    if new == old:
        text = f"Hồ sơ đang hẹn trả đúng {local(old):%H:%M ngày %d/%m/%Y}. Mời chọn giờ khác."
        return [Reason("date_same", text, "new_due_at")]
    return []


def promise_reasons(
    new: datetime, old: datetime, limit: TimeLimit, calendar: WorkCalendar
) -> list[Reason]:
    """Why a letter cannot promise `new`: not later than promised, or longer than the limit again.

    Law: ST-14
    """
    if new <= old:
        text = f"Ngày hẹn lại phải sau hạn đã hẹn, {local(old):%H:%M ngày %d/%m/%Y}."
        return [Reason("date_not_later", text, "new_due_at")]
    most = due_at(old, limit, calendar)
    if new > most:
        text = (
            "Hẹn lại không được dài hơn một lần thời hạn giải quyết của thủ tục: "
            f"chậm nhất {local(most):%H:%M ngày %d/%m/%Y}."
        )
        return [Reason("date_too_far", text, "new_due_at")]
    return []


def may_promise_again(promised: int, most: int) -> list[Reason]:
    """A reason when a new date was promised as often as the law allows.

    Law: ST-14, WF-08
    """
    if promised < most:
        return []
    text = (
        f"Hồ sơ này đã xin lỗi và hẹn lại {promised} lần; quy định chỉ cho hẹn lại {most} lần. "
        "Mời anh/chị chỉ đạo giải quyết ngay; nếu chậm nữa, gửi thư xin lỗi không kèm hẹn lại."
    )
    return [Reason("promised_before", text)]


def in_time_to_promise(
    now: datetime, last: datetime, accepted: datetime | None = None
) -> list[Reason]:
    """A reason when it is too late for a letter that promises a new date.

    Law: ST-14, V16
    """
    if now <= last:
        return []
    if accepted and leaves_no_time(accepted, last):
        text = (
            "Hồ sơ này phải trả kết quả trong ngày, không đủ một ngày làm việc để hẹn lại trước. Nếu "
            "chậm, chỉ gửi được thư xin lỗi không kèm hẹn lại."
        )
        return [Reason("letter_too_late", text)]
    text = (
        f"Thư xin lỗi và hẹn lại phải ký chậm nhất {local(last):%H:%M ngày %d/%m/%Y}, trước khi hết "
        "hạn ít nhất một ngày làm việc. Nay chỉ còn gửi được thư xin lỗi không kèm hẹn lại."
    )
    return [Reason("letter_too_late", text)]
