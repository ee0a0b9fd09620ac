"""What may be entered after it was received on paper, and how far back."""

from datetime import date, datetime

from motcua.core.errors import Reason
from motcua.dossiers.rules.desk import required_text
from motcua.dossiers.types import PaperReception
from motcua.workdays.rules import workdays_between
from motcua.workdays.rules.reception import receives_at
from motcua.workdays.types import WorkCalendar, local


def late_entry_reasons(
    late: PaperReception, now: datetime, most: int, calendar: WorkCalendar
) -> list[Reason]:
    """Why a dossier cannot be entered with this time: still to come, too long ago, or no word why.

    An hour at which nobody was at the desk is asked about, not refused: it may have been so.

    Law: RCV-22, CAL-07
    """
    reasons = [
        *required_text("late_book", late.book, "Mời ghi số thứ tự trong sổ theo dõi giấy."),
        *required_text("late_reason", late.reason, "Mời ghi vì sao nhập muộn."),
    ]
    if late.received_at > now:
        text = "Giờ nhận bản giấy không thể ở sau lúc này."
        reasons.append(Reason("late_in_future", text, "late_day"))
    elif (days := _workdays(late.received_at, now, calendar)) > most:
        text = (
            f"Hồ sơ giấy này nhận cách đây {days} ngày làm việc; chỉ nhập muộn được trong {most} "
            "ngày làm việc. Mời báo lãnh đạo để có hướng xử lý."
        )
        reasons.append(Reason("late_too_long_ago", text, "late_day"))
    elif not late.was_closed and not receives_at(late.received_at, calendar):
        text = (
            f"Lúc {local(late.received_at):%H:%M ngày %d/%m/%Y} bộ phận một cửa không làm việc. Mời xem lại "
            "ngày, giờ trong sổ giấy; nếu đúng, mời đánh dấu “Đã nhận ngoài giờ làm việc”."
        )
        reasons.append(Reason("late_while_closed", text, "late_hour"))
    return reasons


def given_reasons(
    given_at: datetime | None, received_at: datetime, issued_on: date, now: datetime
) -> list[Reason]:
    """Why a result that was given before it was entered cannot have been given at this moment.

    Law: RCV-06, RCV-22
    """
    if given_at is None:
        text = "Mời ghi ngày, giờ đã trả kết quả: hồ sơ này nhập muộn."
        return [Reason("given_missing", text, "given_day")]
    if given_at < received_at:
        text = f"Giờ trả kết quả không thể ở trước giờ nhận bản giấy ({local(received_at):%H:%M ngày %d/%m/%Y})."
        return [Reason("given_before_received", text, "given_hour")]
    if given_at > now:
        text = "Giờ trả kết quả không thể ở sau lúc này."
        return [Reason("given_in_future", text, "given_hour")]
    if issued_on > local(given_at).date():
        text = f"Ngày ban hành không thể ở sau ngày đã trả kết quả ({local(given_at):%d/%m/%Y})."
        return [Reason("issued_after_given", text, "issued_on")]
    return []


def _workdays(since: datetime, now: datetime, calendar: WorkCalendar) -> int:
    return workdays_between(local(since).date(), local(now).date(), calendar)
