"""What can go wrong with a result or a paper, whose fault it was, and how people are told (sự cố)."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from motcua.workdays.types import local


class IncidentKind(StrEnum):
    """What happened to it."""

    WRONG = "wrong"
    LOST = "lost"
    DAMAGED = "damaged"


class Subject(StrEnum):
    """To what it happened."""

    RESULT = "result"
    PAPERS = "papers"  # of the applicant, in our hands


class Fault(StrEnum):
    """Whose fault it was: that body bears the cost."""

    AGENCY = "agency"
    POST = "post"
    APPLICANT = "applicant"


KIND_NAMES = {
    IncidentKind.WRONG: "Sai sót",
    IncidentKind.LOST: "Mất",
    IncidentKind.DAMAGED: "Hư hỏng",
}
SUBJECT_NAMES = {
    Subject.RESULT: "kết quả giải quyết",
    Subject.PAPERS: "giấy tờ trong hồ sơ",
}
FAULT_NAMES = {
    Fault.AGENCY: "Cơ quan giải quyết",
    Fault.POST: "Bưu chính",
    Fault.APPLICANT: "Người nộp hồ sơ",
}
FREE = "Ông/bà không phải trả phí, lệ phí; {} chịu chi phí khắc phục."
PAID = "Lỗi không phải của cơ quan: phí, lệ phí cấp lại theo quy định của thủ tục."


def cost_text(fault: Fault, is_free: bool) -> str:
    """Who pays, as the applicant reads it."""
    return FREE.format(FAULT_NAMES[fault].lower()) if is_free else PAID


def reopening_told(facts: Mapping[str, Any]) -> str:
    """What is asked for, as whoever decides reads it."""
    said = told_of(facts)
    lines = [
        f"{said['mishap']}; lỗi thuộc về: {said['fault'].lower()}",
        f"Có kết quả đúng chậm nhất {said['correct_by']}",
    ]
    return ". ".join([*lines, f"Xin lỗi: {said['apology']}"] if said["apology"] else lines)


def told_of(facts: Mapping[str, Any]) -> dict[str, str]:
    """What a message can say of an incident that a move keeps; empty words where there is none."""
    fault = facts.get("fault")
    until = facts.get("correct_by")
    return {
        "mishap": KIND_NAMES[IncidentKind(facts["incident"])] if fault else "",
        "fault": FAULT_NAMES[Fault(fault)] if fault else "",
        "cost": cost_text(Fault(fault), bool(facts.get("is_free"))) if fault else "",
        "apology": str(facts.get("apology") or ""),
        "correct_by": f"{local(datetime.fromisoformat(until)):%H:%M ngày %d/%m/%Y}"
        if until
        else "",
        "old_number": str(facts.get("old_number") or ""),
        "number": str(facts.get("number") or ""),
    }
