"""Judgements about what officials do."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from motcua.core.errors import Reason
from motcua.dossiers.types import AlarmLevel
from motcua.dossiers.workflow import OUTCOMES, STEP_TEXTS, Step
from motcua.procedures.forms.checks import person_name_problem, person_problem


def may_ask_again(asked: int, limit: int | None = 1) -> list[Reason]:
    """A reason when the desk already asked for a supplement as often as the profile allows.

    Law: ST-03, INT-07
    """
    if limit is None or asked < limit:
        return []
    times = "một lần" if asked == 1 else f"{asked} lần"
    allowed = "một lần" if limit == 1 else f"{limit} lần"
    text = (
        f"Hồ sơ này đã được yêu cầu bổ sung {times}; quy định chỉ cho yêu cầu {allowed}. "
        "Mời anh/chị tiếp nhận, hoặc từ chối có nêu lý do và căn cứ."
    )
    return [Reason("supplement_asked_before", text)]


def deficiencies(
    items: Sequence[tuple[str, str]], names: Mapping[str, str] | None = None
) -> list[Reason]:
    """What is wrong with a list of deficiencies before it goes to a citizen; `names` of the places.

    Law: INT-07
    """
    if not items:
        text = "Chưa ghi giấy tờ nào cần bổ sung. Mời đánh dấu từng giấy tờ chưa đạt và nêu lý do."
        return [Reason("deficiency_missing", text, field="items")]
    return [
        Reason(
            "deficiency_empty",
            f"Mời nêu rõ “{(names or {}).get(slot, slot)}” thiếu gì, sửa thế nào.",
            slot,
        )
        for slot, text in items
        if not text.strip()
    ]


def required_text(field: str, text: str, sentence: str) -> list[Reason]:
    """A reason when an official left out a text that the citizen has a right to read.

    Law: CH-21, RCV-04
    """
    return [] if text.strip() else [Reason(f"{field}_missing", sentence, field=field)]


def receiver(name: str, identity: str) -> list[Reason]:
    """What is wrong with whoever came for a result: a person's name, and the number of a paper.

    Law: ST-16, EF-04
    """
    said = {
        "receiver_name": person_name_problem(name),
        "receiver_identity": person_problem(identity) if identity else "",
    }
    return [
        Reason(f"{field}_wrong", text.replace("ông/bà", "anh/chị"), field=field)
        for field, text in said.items()
        if text
    ]


def same_hand(proposer: str, own: Collection[str]) -> list[Reason]:
    """A reason when the post that proposed is one of the decider's `own`.

    Law: WF-01
    """
    if proposer not in own:
        return []
    text = "Người trình không được tự ký duyệt hồ sơ mình trình. Mời chuyển lãnh đạo khác ký."
    return [Reason("same_hand", text)]


def against_proposal(proposed: str, decided: str, note: str) -> list[Reason]:
    """A reason when a leader decides otherwise than was proposed and does not say why.

    Law: WF-01, WF-14
    """
    if proposed in ("", decided) or note.strip():
        return []
    text = (
        f"Cán bộ thụ lý đề xuất {OUTCOMES.get(proposed, proposed)}. "
        "Quyết định khác đề xuất thì mời anh/chị ghi rõ lý do."
    )
    return [Reason("against_proposal", text, field="note")]


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


def level_to_raise(
    now: datetime, warn_at: datetime, due_at: datetime, raised: Collection[AlarmLevel]
) -> AlarmLevel | None:
    """What has to be told now about a clock that runs to `due_at`; nothing that was told before.

    Once it is passed nobody is warned any more, even if the warning was missed: the head is told.

    Law: INT-09, DL-14
    """
    if AlarmLevel.PASSED in raised:
        return None
    if now > due_at:
        return AlarmLevel.PASSED
    return AlarmLevel.WARNING if now >= warn_at and not raised else None
