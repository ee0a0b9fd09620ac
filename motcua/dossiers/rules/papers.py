"""Judgements about the papers of a dossier."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from textwrap import shorten
from typing import Protocol, TypeVar

from motcua.core.errors import Reason
from motcua.procedures.types import Slot

NAME_SHOWN = 100  # letters of a paper's name in a sentence; some names are a paragraph


class Dated(Protocol):
    """A paper, as far as these rules look at it: when it came and when it was taken out."""

    added_at: datetime
    removed_at: datetime | None


P = TypeVar("P", bound=Dated)


def missing_documents(slots: Sequence[Slot], case: str, attached: Collection[str]) -> list[Reason]:
    """One reason for each required paper of the chosen case that is not attached.

    Law: INT-03, RCV-04
    """
    return [
        Reason(
            "document_missing",
            f"Còn thiếu giấy tờ: {slot.name}. Mời chụp hoặc tải lên.",
            field=slot.code,
        )
        for slot in slots
        if slot.required and slot.case in ("", case) and slot.code not in attached
    ]


def papers_to_check(slots: Sequence[Slot], case: str, filed: Collection[str]) -> list[Slot]:
    """The papers an official looks at: what the case requires, and whatever else was handed in.

    Law: INT-05, RCV-03
    """
    mine = [slot for slot in slots if slot.case in ("", case)]
    return [slot for slot in mine if slot.required or slot.code in filed]


def unchecked(papers: Sequence[Slot], checked: Collection[str]) -> list[Reason]:
    """One reason for each paper that nobody has found right yet.

    Law: INT-05, INT-06, RCV-03, RCV-04
    """
    return [
        Reason(
            "paper_unchecked",
            "Mời anh/chị đánh dấu Đạt hoặc Chưa đạt cho "
            f"“{shorten(slot.name, NAME_SHOWN, placeholder=' …')}”.",
            field=slot.code,
        )
        for slot in papers
        if slot.code not in checked
    ]


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


def unsent(added_at: datetime, filed_at: datetime | None) -> bool:
    """Whether a paper came after the last handing in, so that the desk has not seen it.

    Law: INT-07, INT-14
    """
    return filed_at is not None and added_at > filed_at


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


def unknown_papers(slots: Sequence[Slot], sent: Collection[str]) -> list[Reason]:
    """One reason for each paper that the procedure has no place for.

    Law: CAT-06, INT-03
    """
    text = "Thủ tục không có giấy tờ mang mã “{}”."
    strange = sorted(set(sent) - {slot.code for slot in slots})
    return [Reason("paper_unknown", text.format(code), field=code) for code in strange]


def too_many_papers(papers: int, most: int) -> list[Reason]:
    """A reason when a dossier would hold more files than one may.

    Law: house rule
    """
    if papers <= most:
        return []
    text = f"Một hồ sơ nhận tối đa {most} tệp. Mời ghép các ảnh vào một tệp PDF."
    return [Reason("too_many_files", text, field="file")]
