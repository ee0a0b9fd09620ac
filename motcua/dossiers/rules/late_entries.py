"""What may be entered after it was received on paper, and how far back."""

from datetime import datetime

from motcua.core.errors import Reason
from motcua.dossiers.rules.desk import required_text
from motcua.dossiers.types import PaperReception
from motcua.workdays.rules import workdays_between
from motcua.workdays.types import WorkCalendar, local


def late_entry_reasons(
    late: PaperReception, now: datetime, most: int, calendar: WorkCalendar
) -> list[Reason]:
    """Why a dossier cannot be entered with this time: still to come, too long ago, or no word why.

    Law: RCV-22
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
    return reasons


def _workdays(since: datetime, now: datetime, calendar: WorkCalendar) -> int:
    return workdays_between(local(since).date(), local(now).date(), calendar)
