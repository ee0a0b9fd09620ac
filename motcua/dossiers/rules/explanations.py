"""Why a result is late, as a unit says it: the causes to choose from, and the words they make."""

from datetime import datetime
from enum import StrEnum

from motcua.core.errors import Reason
from motcua.dossiers.remaining import Remaining, in_words
from motcua.dossiers.workflow import RUNNING, TEXTS, Status
from motcua.workdays.rules import add_workdays, opening
from motcua.workdays.types import WorkCalendar, local

DAYS_AHEAD = 3  # working days before the promised date: two before the letter is drafted


class Cause(StrEnum):
    """What keeps a result."""

    OPINION = "opinion"
    PARTS = "parts"
    VISIT = "visit"
    COMPLEX = "complex"
    RECORDS = "records"
    WORKLOAD = "workload"
    ABSENT = "absent"
    SYSTEM = "system"
    OTHER = "other"


CAUSE_NAMES = {
    Cause.OPINION: "Chờ cơ quan, đơn vị khác cho ý kiến",
    Cause.PARTS: "Chờ đơn vị phối hợp giải quyết xong phần việc của mình",
    Cause.VISIT: "Phải xác minh thêm tại chỗ",
    Cause.COMPLEX: "Nội dung phức tạp, phải xem xét kỹ",
    Cause.RECORDS: "Phải đối chiếu với sổ sách, hồ sơ lưu trữ",
    Cause.WORKLOAD: "Cùng lúc có nhiều hồ sơ, cán bộ chưa kịp giải quyết",
    Cause.ABSENT: "Cán bộ thụ lý nghỉ đột xuất",
    Cause.SYSTEM: "Hệ thống hoặc đường truyền bị sự cố",
    Cause.OTHER: "Lý do khác",
}


def explained_from(due: datetime, calendar: WorkCalendar) -> datetime:
    """From when on a unit may say why a result will be late: before that, nobody can know it.

    Law: WF-09
    """
    return opening(add_workdays(local(due).date(), -DAYS_AHEAD, calendar), calendar)


def explanation_reasons(
    status: Status, due: datetime | None, cause: str, text: str, *, too_soon: str = ""
) -> list[Reason]:
    """Why a delay cannot be explained so: nothing runs, too soon, no cause, another without a word.

    `too_soon` names the moment from which it can be, while that is still to come.

    Law: WF-09
    """
    if status not in RUNNING:
        said = f"Hồ sơ đang ở trạng thái “{TEXTS[status]}” nên không phải giải trình trễ hẹn."
        return [Reason("nothing_late", said)]
    if due is None:
        return [Reason("no_date", "Hồ sơ này không có ngày hẹn trả nên không phải giải trình.")]
    if too_soon:
        text = (
            f"Hồ sơ còn nhiều thời gian: hẹn trả {local(due):%H:%M ngày %d/%m/%Y}. "
            f"Giải trình được từ {too_soon}."
        )
        return [Reason("not_late_yet", text)]
    if cause not in CAUSE_NAMES:
        return [Reason("cause_missing", "Mời anh/chị chọn lý do trễ hẹn.", "cause")]
    if cause == Cause.OTHER and not text.strip():
        said = "Mời anh/chị nói rõ lý do khác, bằng lời người dân hiểu được."
        return [Reason("text_missing", said, "text")]
    return []


def explained(cause: str, text: str) -> str:
    """The unit's word as the letter says it: the cause, then what was added.

    Law: WF-09
    """
    added = text.strip()
    if cause == Cause.OTHER:
        return added
    name = CAUSE_NAMES[Cause(cause)]
    return f"{name}. {added}" if added else f"{name}."


def cause_shown(status: Status, *, waits_for_parts: bool) -> Cause | None:
    """What keeps a result, where the process itself shows it: an opinion, a part of others, a visit.

    Where a dossier lies in an office is no reason; of that only people can say why.

    Law: ST-14, WF-09
    """
    if status is Status.CONSULTING:
        return Cause.OPINION
    if waits_for_parts:
        return Cause.PARTS
    return Cause.VISIT if status is Status.VERIFYING else None


def from_the_ledger(status: Status, holder: str, since: datetime, left: Remaining | None) -> str:
    """What is true of a dossier nobody has explained: where it lies, since when, what time is left.

    Law: WF-09, ST-14
    """
    said = (
        f"Hồ sơ đang ở bước “{TEXTS[status]}”, nơi giữ hồ sơ: {holder}, "
        f"từ {local(since):%H:%M ngày %d/%m/%Y}."
    )
    if left is None or left.working is None:
        return said
    words = in_words(left)
    if left.tone == "late":
        return f"{said} Lúc soạn thư này: {words.lower()} so với giờ đã hẹn."
    return f"{said} Lúc soạn thư này: {words.lower()} là đến giờ đã hẹn."
