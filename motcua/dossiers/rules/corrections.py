"""Judgements about what an applicant is asked to put right."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from motcua.core.errors import Reason
from motcua.dossiers.types import Correction
from motcua.procedures.detail import UNIT_NAMES
from motcua.workdays.types import ClockRule, Method, Waiting, local

REASON_LENGTH = 300


@dataclass(frozen=True)
class Opened:
    """What the applicant may change: papers by slot, questions by name; everything, if so asked."""

    papers: frozenset[str] = frozenset()
    questions: frozenset[str] = frozenset()
    is_all: bool = False

    def takes_paper(self, slot: str) -> bool:
        """Whether a paper may come into this slot."""
        return self.is_all or slot in self.papers


def opened_by(items: Sequence[Mapping[str, Any]]) -> Opened:
    """What a correction slip opens: what it ticks, nothing else.

    A remark that is about no paper and no question leaves the choice to the applicant; so does a
    slip from before questions could be ticked, as it told the applicant then.

    Law: INT-07, ST-08
    """
    return Opened(
        frozenset(item["slot"] for item in items if item["slot"]),
        frozenset(item["field"] for item in items if item.get("field")),
        any("field" not in item or not (item["slot"] or item["field"]) for item in items),
    )


def unknown_corrections(
    items: Sequence[Correction], papers: Collection[str], questions: Collection[str]
) -> list[Reason]:
    """A reason for each item that names no paper or question of this dossier, or comes twice.

    Law: INT-07
    """
    found, seen = [], set()
    for item in items:
        place = item.place
        strange = (item.slot and item.slot not in papers) or (
            item.question and item.question not in questions
        )
        if strange:
            text = f"Hồ sơ không có mục “{place}”. Mời anh/chị tải lại trang rồi đánh dấu lại."
            found.append(Reason("correction_unknown", text, place))
        elif place in seen:
            text = f"Mục “{place}” được nêu hai lần. Mời anh/chị ghi chung vào một chỗ."
            found.append(Reason("correction_twice", text, place))
        seen.add(place)
    return found


def too_late_to_ask(today: date, last_day: date) -> list[Reason]:
    """A reason when the days in which papers may be asked for are over.

    Law: ST-08, NTC-06
    """
    if today <= last_day:
        return []
    text = (
        f"Chỉ được yêu cầu bổ sung đến hết ngày {last_day:%d/%m/%Y}. Nếu luật chuyên ngành cho phép "
        "muộn hơn, mời anh/chị ghi căn cứ vào ô “Căn cứ luật chuyên ngành”; nếu không, mời trình "
        "lãnh đạo theo giấy tờ đã có."
    )
    return [Reason("asking_too_late", text, "sector_basis")]


def asked_as_often_as_allowed(asked: int, most: int | None) -> bool:
    """Whether one more asking needs somebody's consent.

    Law: ST-08, INT-07
    """
    return most is not None and asked >= most


def nobody_to_agree(is_allowed: bool) -> list[Reason]:
    """A reason when the law names nobody who may agree to one more asking.

    Law: INT-07
    """
    if is_allowed:
        return []
    text = (
        "Hồ sơ đã được yêu cầu bổ sung đủ số lần quy định và không ai được cho phép thêm. "
        "Mời anh/chị giải quyết theo giấy tờ đã có."
    )
    return [Reason("asking_closed", text)]


def while_supplementing(rule: ClockRule) -> str:
    """What waiting for papers does to the date, for who asks, who is asked and who reads the notice.

    Law: DL-07, ST-08
    """
    limit = rule.limit
    if limit is None:
        return "Thủ tục này không quy định thời hạn giải quyết; cơ quan làm tiếp khi bổ sung đủ."
    if rule.on_supplement is Waiting.RESTART:
        in_day = limit.method == Method.IN_DAY
        again = "trong ngày làm việc" if in_day else f"{limit.value} {UNIT_NAMES[limit.unit]}"
        return f"Thời hạn giải quyết tính lại từ đầu ({again}) kể từ khi bổ sung đủ."
    return "Thời hạn giải quyết tạm dừng trong lúc chờ và tính tiếp khi bổ sung đủ."


def still_time_to_supply(now: datetime, supply_by: datetime | None) -> list[Reason]:
    """A reason when the applicant still has time to hand in what was asked for.

    Where no law sets a time, it never runs out: nothing is stopped because they were silent.

    Law: ST-10
    """
    if supply_by is None:
        text = (
            "Quy định đang áp dụng không đặt thời hạn chờ bổ sung nên không dừng giải quyết được "
            "vì người nộp chưa bổ sung. Mời nhắc người nộp; họ có thể bổ sung hoặc xin rút hồ sơ."
        )
        return [Reason("no_time_to_supply", text)]
    if now > supply_by:
        return []
    text = (
        f"Người nộp còn được bổ sung đến {local(supply_by):%H:%M ngày %d/%m/%Y}; "
        "chưa dừng giải quyết được trước giờ đó."
    )
    return [Reason("still_time_to_supply", text)]


def closed_papers(
    names: Mapping[str, str], changed: Collection[str], opened: Opened
) -> list[Reason]:
    """A reason for each paper that changed although nobody asked about it.

    Law: INT-07
    """
    text = (
        "Giấy tờ “{}” không thuộc phần cơ quan đề nghị bổ sung nên không thay đổi được. "
        "Mời ông/bà chỉ bổ sung các mục được nêu."
    )
    return [
        Reason("document_not_asked", text.format(names.get(slot, slot)), slot)
        for slot in sorted(changed)
        if not opened.takes_paper(slot)
    ]


def closed_questions(labels: Mapping[str, str], changed: Sequence[str]) -> list[Reason]:
    """A reason for each answer that changed although nobody asked about it.

    Law: INT-07
    """
    text = (
        "Nội dung “{}” không thuộc phần cơ quan đề nghị sửa nên không thay đổi được. "
        "Mời ông/bà chỉ sửa các mục được nêu."
    )
    return [
        Reason("question_not_asked", text.format(labels.get(name, name)), name) for name in changed
    ]


def nothing_lacking(lacking: Collection[str], asked: Collection[str]) -> list[Reason]:
    """A reason when it is not said which of the items asked for still lack.

    Law: INT-07, ST-09
    """
    if lacking and set(lacking) <= set(asked):
        return []
    text = "Mời anh/chị đánh dấu những mục còn thiếu trong các mục đã yêu cầu."
    return [Reason("lacking_missing", text, "items")]


def unusable_reason(text: str, legal_basis: str, *, papers: bool, questions: bool) -> list[Reason]:
    """Why a sentence cannot stand in the catalogue of reasons: nothing said, too long, never offered.

    Law: INT-07
    """
    found = []
    if not text:
        found.append(Reason("text_missing", "Mời ghi lý do.", "text"))
    for key, said in (("text", text), ("legal_basis", legal_basis)):
        if len(said) > REASON_LENGTH:
            told = f"Nhiều nhất {REASON_LENGTH} ký tự, nay là {len(said)}."
            found.append(Reason("too_long", told, key))
    if not (papers or questions):
        told = "Mời chọn đưa ra khi yêu cầu bổ sung giấy tờ hay khi yêu cầu sửa tờ khai."
        found.append(Reason("never_offered", told, "for_papers"))
    return found
