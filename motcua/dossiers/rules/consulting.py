"""Judgements about hand-overs, opinions and visits."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time

from motcua.core.errors import Reason
from motcua.dossiers.types import Asking, Channel, Visit
from motcua.dossiers.workflow import Status
from motcua.workdays.rules.reception import receives_at
from motcua.workdays.types import WorkCalendar, local

ASKED_MOST = 10
VISITS_FROM, VISITS_UNTIL = time(6), time(20)  # nobody is woken, nobody visited in the dark
WITH_PAPERS = frozenset({Channel.COUNTER, Channel.POST})


def by_connection(status: str, channel: str) -> list[Reason]:
    """A reason when papers would leave the desk without a list that both sides confirm.

    What came in over the wire goes to the unit by the connection, at once.

    Law: RCV-09, RCV-11
    """
    if status != Status.ACCEPTED or channel not in WITH_PAPERS:
        return []
    text = (
        "Hồ sơ này có giấy tờ nhận tại quầy hoặc qua bưu chính: mời anh/chị bàn giao bằng "
        "giấy bàn giao để đơn vị giải quyết xác nhận."
    )
    return [Reason("papers_by_list", text)]


def askings(
    asked: Sequence[Asking], askable: Mapping[int, str], waiting: Collection[int]
) -> list[Reason]:
    """What is wrong with the units asked and with what they are asked, line by line.

    Law: WF-03, ST-11
    """
    if not asked:
        text = "Chưa chọn đơn vị nào. Mời anh/chị chọn ít nhất một đơn vị để hỏi ý kiến."
        return [Reason("nobody_asked", text, "unit-1")]
    if len(asked) > ASKED_MOST:
        return [Reason("too_many_asked", f"Mỗi lần hỏi nhiều nhất {ASKED_MOST} đơn vị.", "unit-1")]
    found, seen = [], set(waiting)
    for line, each in enumerate(asked, start=1):
        name = askable.get(each.unit_id)
        if name is None:
            text = f"Dòng {line}: mời anh/chị chọn một đơn vị khác, đang có trưởng đơn vị trả lời."
            found.append(Reason("unit_not_askable", text, f"unit-{line}"))
        elif each.unit_id in seen:
            text = f"Dòng {line}: {name} đã được hỏi rồi. Mỗi đơn vị chỉ hỏi một lần cùng lúc."
            found.append(Reason("asked_twice", text, f"unit-{line}"))
        if not each.content.strip():
            text = f"Dòng {line}: mời anh/chị ghi nội dung cần hỏi."
            found.append(Reason("content_missing", text, f"content-{line}"))
        seen.add(each.unit_id)
    return found


def opinion_dates(
    asked: Sequence[Asking], today: date, overall_due: datetime | None, open_days: Collection[date]
) -> list[Reason]:
    """What is wrong with the dates asked for: past, on a day off, or after the result is due.

    Each unit has its own deadline within that of the dossier, which does not stop.

    Law: DL-09, WF-03
    """
    found = []
    for line, each in enumerate(asked, start=1):
        said = f"Dòng {line}: hạn cho ý kiến {each.due_on:%d/%m/%Y}"
        if each.due_on < today:
            text = f"{said} đã qua. Mời anh/chị chọn ngày từ hôm nay trở đi."
        elif overall_due is not None and each.due_on > overall_due.date():
            text = f"{said} sau hạn trả kết quả ({overall_due:%H:%M ngày %d/%m/%Y}) của cả hồ sơ."
        elif each.due_on not in open_days:
            text = f"{said} là ngày nghỉ. Mời anh/chị chọn một ngày làm việc."
        else:
            continue
        found.append(Reason("opinion_date", text, f"due-{line}"))
    return found


def already_over(line: int, due: datetime, now: datetime) -> list[Reason]:
    """A reason when today's offices have closed, so that nobody could answer today.

    Law: WF-03
    """
    if due > now:
        return []
    text = f"Dòng {line}: {due:%H:%M ngày %d/%m/%Y} đã qua. Mời anh/chị chọn ngày khác."
    return [Reason("opinion_date", text, f"due-{line}")]


def visit(
    planned: Visit, now: datetime, calendar: WorkCalendar, due: datetime | None = None
) -> list[Reason]:
    """What is missing before a visit is announced: time to come, place, participants, content.

    Law: WF-02, ST-12, NTC-07, CAL-01
    """
    said = (
        ("place", planned.place, "Mời ghi địa điểm xác minh."),
        ("participants", planned.participants, "Mời ghi thành phần tham gia xác minh."),
        ("content", planned.content, "Mời ghi nội dung xác minh."),
    )
    found = [
        Reason(f"{name}_missing", text, name) for name, words, text in said if not words.strip()
    ]
    return _no_time_for_it(planned, now, calendar, due) + found


def unusual_time(
    at: datetime, now: datetime, calendar: WorkCalendar, due: datetime | None
) -> list[str]:
    """Why nobody need expect officials at this moment: day off, closed office, after the promise.

    A dossier that is late already has no promise left to keep a visit within.

    Law: ST-12, CAL-01, CAL-07
    """
    found = []
    if not calendar.is_open(local(at).date()):
        found.append("ngày nghỉ")
    elif not receives_at(at, calendar):
        found.append("ngoài giờ làm việc")
    if due is not None and now < due < at:
        found.append(f"sau ngày hẹn trả {local(due):%d/%m/%Y}")
    return found


def _no_time_for_it(
    planned: Visit, now: datetime, calendar: WorkCalendar, due: datetime | None
) -> list[Reason]:
    """Why nobody is visited then; at an unusual time somebody must have agreed to it."""
    at = local(planned.at)
    if planned.at <= now:
        text = f"Thời gian xác minh {at:%H:%M ngày %d/%m/%Y} đã qua. Mời chọn giờ sắp tới."
        return [Reason("visit_in_past", text, "visit_on")]
    if at.year not in calendar.years:
        text = f"Lịch làm việc năm {at:%Y} chưa có, nên chưa hẹn xác minh vào năm ấy được."
        return [Reason("visit_year", text, "visit_on")]
    if not VISITS_FROM <= at.time() <= VISITS_UNTIL:
        text = (
            f"Chỉ hẹn xác minh trong khoảng {VISITS_FROM:%H:%M} đến {VISITS_UNTIL:%H:%M}. "
            "Mời anh/chị chọn giờ khác."
        )
        return [Reason("visit_at_night", text, "visit_time")]
    unusual = unusual_time(planned.at, now, calendar, due)
    if not unusual or planned.is_agreed:
        return []
    text = (
        f"{at:%H:%M ngày %d/%m/%Y} là {', '.join(unusual)}. Mời chọn lúc khác, hoặc đánh dấu "
        "“Đã thống nhất với người dân về thời gian này” nếu hai bên đã hẹn nhau."
    )
    return [Reason("visit_unusual", text, "visit_on")]
