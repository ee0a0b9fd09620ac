"""Judgements about a dossier that belongs to another agency."""

from collections.abc import Collection
from datetime import datetime

from motcua.core.errors import Reason
from motcua.dossiers.workflow import CODED, TEXTS, Status


def passing(status: Status, agency_id: int, places: Collection[int]) -> list[Reason]:
    """Why a dossier cannot be passed on: accepted already, or to an agency that does not take it.

    Law: RCV-10
    """
    if status in CODED:
        text = (
            f"Hồ sơ đã được tiếp nhận (đang “{TEXTS[status]}”) nên không chuyển cơ quan khác được. "
            "Không đúng thẩm quyền thì mời lãnh đạo quyết định dừng hoặc từ chối giải quyết, nêu "
            "rõ lý do và nơi nộp đúng."
        )
        return [Reason("accepted_already", text)]
    if agency_id not in places:
        text = "Mời anh/chị chọn một cơ quan nhận thủ tục này, đang có người ở bộ phận Một cửa."
        return [Reason("agency_unknown", text, "agency")]
    return []


def papers_under_way(number: str) -> list[Reason]:
    """A reason when the papers that another desk passed on have not been confirmed yet.

    Law: RCV-10, RCV-11
    """
    if not number:
        return []
    text = (
        f"Giấy tờ của hồ sơ này đang trên đường theo giấy bàn giao số {number}. Mời anh/chị xác "
        "nhận đã nhận giấy tờ ở mục Giấy bàn giao rồi làm tiếp."
    )
    return [Reason("papers_under_way", text)]


def papers_not_late(must_by: datetime | None, now: datetime) -> list[Reason]:
    """A reason to go on waiting: papers that may still come in time are not said to be missing.

    Law: RCV-10, RCV-11
    """
    if must_by is None or now > must_by:
        return []
    text = (
        f"Giấy tờ còn có thể tới đúng hẹn, trước {must_by:%H:%M ngày %d/%m/%Y}. Quá giờ ấy mà chưa "
        "có thì mời anh/chị ghi lại."
    )
    return [Reason("papers_not_late", text)]
