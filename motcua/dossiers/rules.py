"""Judgements about dossiers: plain values in, reasons or values out."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime

from motcua.core.errors import Reason
from motcua.dossiers.workflow import STEP_TEXTS, Step
from motcua.procedures.types import Slot

OLD_CODE = re.compile(r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Y][0-9]{2}-[0-9]{6}-[0-9]{4}")
TEMPORARY = re.compile(r"T-[0-9]{6}-[2-9A-Z]{8}")
NEW_CODE = re.compile(r"[A-Y][0-9]{2}(\.[A-Z0-9]+)*-[0-9]{6}-[0-9]{4,7}")


def dossier_code(agency_code: str, accepted_at: datetime, order: int) -> str:
    """The code of a dossier: receiving agency, day of acceptance in Việt Nam, order of the day.

    Past 9999 the order grows to five digits.

    Law: COD-02, COD-04, COD-06, COD-07
    """
    return f"{agency_code}-{accepted_at:%y%m%d}-{order:04}"


def is_code(text: str) -> bool:
    """Whether `text` has the form of a dossier code, old or new.

    Law: COD-05
    """
    return bool(OLD_CODE.fullmatch(text) or NEW_CODE.fullmatch(text))


def is_temporary(text: str) -> bool:
    """Whether `text` has the form of a temporary number, which a dossier has from its first draft.

    Law: COD-07
    """
    return bool(TEMPORARY.fullmatch(text))


def missing_documents(slots: Sequence[Slot], case: str, attached: Collection[str]) -> list[Reason]:
    """One reason for each required paper of the chosen case that is not attached.

    Law: INT-03, RCV-04
    """
    return [
        Reason(
            "document_missing",
            f"Còn thiếu giấy tờ: {slot.name}. Mời ông/bà chụp hoặc tải lên.",
            field=slot.code,
        )
        for slot in slots
        if slot.required and slot.case in ("", case) and slot.code not in attached
    ]


def case_unknown(cases: Sequence[str], case: str) -> list[Reason]:
    """A reason when the case is none of the procedure's, or was not chosen out of several.

    Law: CAT-06, INT-01
    """
    if case in cases or (not case and len(cases) < 2):
        return []
    if case:
        text = "Thủ tục không có trường hợp này. Mời ông/bà chọn lại một trường hợp."
        return [Reason("case_unknown", text, field="case")]
    text = "Ông/bà chưa chọn trường hợp của mình. Mời chọn một trường hợp để biết cần giấy tờ gì."
    return [Reason("case_missing", text, field="case")]


def may_ask_again(asked: int, limit: int = 1) -> list[Reason]:
    """A reason when the desk already asked for a supplement as often as the profile allows.

    Law: ST-03, INT-07
    """
    if asked < limit:
        return []
    text = (
        "Hồ sơ này đã được yêu cầu bổ sung một lần; quy định chỉ cho yêu cầu một lần. "
        "Mời anh/chị tiếp nhận, hoặc từ chối có nêu lý do và căn cứ."
    )
    return [Reason("supplement_asked_before", text)]


def deficiencies(items: Sequence[tuple[str, str]]) -> list[Reason]:
    """What is wrong with a list of deficiencies before it goes to a citizen.

    Law: INT-07
    """
    if not items:
        text = "Chưa ghi giấy tờ nào cần bổ sung. Mời đánh dấu từng giấy tờ chưa đạt và nêu lý do."
        return [Reason("deficiency_missing", text, field="items")]
    return [
        Reason("deficiency_empty", "Mời nêu rõ thiếu gì, sửa thế nào cho giấy tờ này.", slot)
        for slot, text in items
        if not text.strip()
    ]


def required_text(field: str, text: str, sentence: str) -> list[Reason]:
    """A reason when an official left out a text that the citizen has a right to read.

    Law: CH-21, RCV-04
    """
    return [] if text.strip() else [Reason(f"{field}_missing", sentence, field=field)]


def same_hand(proposer_key: str, decider_key: str) -> list[Reason]:
    """A reason when whoever proposed also wants to decide.

    Law: WF-01, WF-11
    """
    if proposer_key != decider_key:
        return []
    text = "Người trình không được tự ký duyệt hồ sơ mình trình. Mời chuyển lãnh đạo khác ký."
    return [Reason("same_hand", text)]


def changed_meanwhile(seen: int, now: int, step: str, by: str, at: datetime | None) -> list[Reason]:
    """A reason when the page an official acts on is older than the dossier.

    Law: house rule
    """
    if seen == now:
        return []
    what = STEP_TEXTS[Step(step)].lower() if step else "thay đổi"
    when = f" lúc {at:%H:%M ngày %d/%m/%Y}" if at else ""
    text = (
        f"Hồ sơ này đã được {by} thực hiện “{what}”{when}. "
        "Mời anh/chị xem lại trạng thái mới trước khi làm tiếp."
    )
    return [Reason("changed_meanwhile", text)]
