"""Judgements about dossiers: plain values in, reasons or values out."""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from motcua.core.errors import Reason
from motcua.dossiers.types import Channel
from motcua.dossiers.workflow import STEP_TEXTS, Step
from motcua.procedures.forms.checks import person_or_enterprise_problem
from motcua.procedures.types import Slot

DRAFTS_MAX = 50

OLD_CODE = re.compile(r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Y][0-9]{2}-[0-9]{6}-[0-9]{4}")
TEMPORARY = re.compile(r"T-[0-9]{6}-[2-9A-Z]{8}")
NEW_CODE = re.compile(r"[A-Y][0-9]{2}(\.[A-Z0-9]+)*-[0-9]{6}-[0-9]{4,7}")


class Dated(Protocol):
    """A paper, as far as these rules look at it: when it came and when it was taken out."""

    added_at: datetime
    removed_at: datetime | None


P = TypeVar("P", bound=Dated)


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


def filed_papers(documents: Iterable[P], filed_at: datetime | None) -> list[P]:
    """The papers as they were handed in at `filed_at`, whatever the applicant prepares since.

    Law: INT-07, INT-14
    """
    if filed_at is None:
        return [d for d in documents if d.removed_at is None]
    return [
        d
        for d in documents
        if d.added_at <= filed_at and (d.removed_at is None or d.removed_at > filed_at)
    ]


def other_case(slot: Slot, case: str) -> list[Reason]:
    """A reason when a paper belongs to a case that is not the chosen one.

    Law: CAT-06
    """
    if slot.case in ("", case):
        return []
    text = (
        f"Giấy tờ “{slot.name}” chỉ dùng cho trường hợp “{slot.case}”. "
        "Mời chọn đúng trường hợp, hoặc bỏ giấy tờ này."
    )
    return [Reason("document_of_other_case", text, field=slot.code)]


def nothing_changed(is_same: bool) -> list[Reason]:
    """A reason when what comes as a supplement is exactly what the desk already has.

    Law: INT-07
    """
    if not is_same:
        return []
    text = (
        "Chưa có gì được bổ sung: giấy tờ và tờ khai vẫn như lần nộp trước. "
        "Mời ông/bà thêm giấy tờ hoặc sửa nội dung cơ quan đề nghị rồi gửi."
    )
    return [Reason("nothing_changed", text)]


def not_for_the_desk(step: Step, channel: str) -> list[Reason]:
    """A reason when an official would supplement or withdraw what somebody filed without the desk.

    Law: house rule
    """
    if step not in (Step.SUPPLEMENT, Step.WITHDRAW) or channel in (Channel.COUNTER, Channel.POST):
        return []
    text = (
        "Hồ sơ này không nộp tại quầy hay qua bưu chính nên chỉ người nộp mới "
        f"“{STEP_TEXTS[step].lower()}” được. Mời hướng dẫn người nộp làm trên nơi họ đã nộp."
    )
    return [Reason("not_filed_here", text)]


def not_in_force(in_force: bool) -> list[Reason]:
    """A reason when the procedure of a draft was replaced or abolished before it was sent.

    Law: CAT-07, CAT-09
    """
    if in_force:
        return []
    text = (
        "Thủ tục này đã được sửa đổi hoặc bãi bỏ sau khi ông/bà lập bản nháp nên không nộp bản này "
        "được nữa. Mời ông/bà bắt đầu lại theo quy định mới; nội dung đã khai được chép sang."
    )
    return [Reason("procedure_replaced", text)]


def too_many_drafts(drafts: int, most: int = DRAFTS_MAX) -> list[Reason]:
    """A reason when somebody keeps as many open drafts as one may.

    Law: house rule
    """
    if drafts < most:
        return []
    text = (
        f"Ông/bà đang có {drafts} bản nháp chưa nộp, là số nhiều nhất được giữ. "
        "Mời nộp hoặc xóa bớt bản nháp ở “Hồ sơ của tôi” rồi bắt đầu hồ sơ mới."
    )
    return [Reason("too_many_drafts", text)]


def owner_number(number: str, field: str) -> list[Reason]:
    """A reason when the number of an owner is neither a person's nor an enterprise's.

    Law: EF-04, RCV-07
    """
    problem = person_or_enterprise_problem(number) if number else ""
    return [Reason("owner_number_wrong", problem, field=field)] if problem else []
