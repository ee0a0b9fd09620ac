"""Which dates a new calendar may move, and who may say so."""

from datetime import datetime

from motcua.core.errors import Reason
from motcua.workdays.rules import RULE_VERSION, RULE_VERSIONS

LONGEST = 500
ANOTHER_OPEN = Reason(
    "recount_open", "Đang có một lần tính lại chưa xong. Mời duyệt hoặc bỏ lần ấy trước."
)
NOT_READY = Reason("recount_not_ready", "Lần tính lại này vừa đổi trạng thái. Mời tải lại trang.")
NOT_UNDER_WAY = Reason(
    "recount_not_under_way", "Lần tính lại này không còn chạy. Mời tải lại trang."
)
MEANWHILE = "Hồ sơ đã có thay đổi sau khi lập danh sách; ngày hẹn giữ nguyên."
GONE_BY = "Ngày tính lại đã qua; ngày hẹn giữ nguyên."
NOT_AS_STORED = "Ngày đang lưu không khớp cách tính; cần xem bằng lệnh check_dates."


def counts_by(version: int | None) -> int:
    """By which version of the rules a date is counted again: its own, while that is still known.

    Law: DL-15
    """
    return version if version in RULE_VERSIONS else RULE_VERSION


def not_as_stored(version: int | None) -> str:
    """Why a date stays that is not what its steps give: by a rule gone since, or by nobody knows what.

    Law: DL-15
    """
    if version is None or version in RULE_VERSIONS:
        return NOT_AS_STORED
    return f"Tính theo quy tắc số {version}, phần mềm không còn giữ; ngày hẹn giữ nguyên."


def old_edition(edition: int, latest: int) -> list[Reason]:
    """A reason when dates would be counted on a calendar that is no longer in force.

    Law: CAL-01, DL-15
    """
    if edition == latest:
        return []
    text = f"Lịch đang dùng là bản số {latest}, không phải bản số {edition}. Mời tính lại theo bản {latest}."
    return [Reason("edition_old", text)]


def superseded(latest: int) -> str:
    """Why the rest of an agreed list stays: while it was moved, the calendar became another one.

    Law: CAL-01, DL-15
    """
    return f"Lịch đã có bản số {latest} trước khi đổi xong; cần tính lại theo bản ấy."


def not_by_who_asked(is_same: bool) -> list[Reason]:
    """A reason when who asked for a count would put its list away alone: then nobody has agreed.

    Law: SEC-05, DL-15
    """
    if not is_same:
        return []
    text = (
        "Danh sách đã tính xong có hồ sơ phải đổi ngày: người đề nghị không tự bỏ được. Mời một người "
        "quản trị khác xem, rồi duyệt hoặc nêu lý do bỏ."
    )
    return [Reason("own_recount", text)]


def wanted_why(reason: str) -> list[Reason]:
    """A reason when a list is put away without a word why its dates stay.

    Law: DL-15
    """
    if not reason:
        text = "Mời nêu vì sao bỏ danh sách này; các ngày hẹn trong đó giữ nguyên."
        return [Reason("why_missing", text, "why")]
    if len(reason) > LONGEST:
        text = f"Dài {len(reason)} ký tự, tối đa {LONGEST} ký tự. Mời viết ngắn lại."
        return [Reason("too_long", text, "why")]
    return []


def wanted_reason(reason: str) -> list[Reason]:
    """A reason when the applicants would not be told why their date moves, or at too great length.

    Law: DL-15
    """
    if not reason:
        text = "Mời nêu lý do; người nộp hồ sơ sẽ đọc câu này."
        return [Reason("reason_missing", text, "reason")]
    if len(reason) > LONGEST:
        text = f"Dài {len(reason)} ký tự, tối đa {LONGEST} ký tự. Mời viết ngắn lại."
        return [Reason("too_long", text, "reason")]
    return []


def gone_by(old: datetime, new: datetime, now: datetime) -> str:
    """Nobody is promised a date that is over; a promise that stays is none.

    Law: DL-15
    """
    return GONE_BY if old != new < now else ""
