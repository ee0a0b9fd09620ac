"""When a result may be opened again, who then pays, and what the new one must be."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from motcua.core.errors import Reason
from motcua.dossiers.incident_words import Fault, IncidentKind
from motcua.workdays.rules import counted_from
from motcua.workdays.types import WorkCalendar, local


def is_free(fault: Fault) -> bool:
    """Whether the applicant gets the correct result without a fee: unless the fault is their own.

    Law: RCV-20
    """
    return fault is not Fault.APPLICANT


def apology_missing(fault: Fault, apology: str) -> list[Reason]:
    """An agency that made the mistake apologises in words that the applicant reads.

    Law: RCV-20
    """
    if fault is not Fault.AGENCY or apology.strip():
        return []
    text = "Lỗi của cơ quan thì phải xin lỗi. Mời viết lời xin lỗi; người dân đọc nguyên văn."
    return [Reason("apology_missing", text, "apology")]


def reopening_reasons(
    facts: Mapping[str, Any], now: datetime, calendar: WorkCalendar
) -> list[Reason]:
    """Why a result cannot be opened again as asked: what, whose fault, until when, the apology.

    Law: RCV-20, SEC-05
    """
    reasons: list[Reason] = []
    if facts.get("incident") not in list(IncidentKind):
        text = "Mời chọn kết quả bị sai sót, bị mất hay bị hư hỏng."
        reasons.append(Reason("incident_unknown", text, "incident"))
    if facts.get("fault") not in list(Fault):
        text = "Mời chọn lỗi thuộc về ai; bên đó chịu chi phí khắc phục."
        reasons.append(Reason("fault_unknown", text, "fault"))
    else:
        reasons += apology_missing(Fault(facts["fault"]), str(facts.get("apology") or ""))
    until = datetime.fromisoformat(str(facts["correct_by"]))
    if until <= now:
        text = "Hạn cấp lại phải ở sau lúc này. Mời đề nghị lại với hạn khác."
        reasons.append(Reason("date_gone_by", text, "correct_by"))
    elif counted_from(until, calendar) != local(until):
        text = "Hạn cấp lại phải nằm trong giờ làm việc của một ngày làm việc."
        reasons.append(Reason("date_not_working", text, "correct_by"))
    return reasons


def reissue_reasons(
    kind: IncidentKind, number: str, old_number: str, *, is_same_file: bool
) -> list[Reason]:
    """Why this is no new result: a wrong one is replaced by another number and another file.

    What was lost or damaged was right: its copy may bear the number of the first.

    Law: RCV-20
    """
    if kind is not IncidentKind.WRONG:
        return []
    reasons = []
    if number.strip().casefold() == old_number.strip().casefold():
        text = f"Số {old_number} là của kết quả sai. Mời lấy số mới để hai bản không bị lẫn."
        reasons.append(Reason("number_same", text, "number"))
    if is_same_file:
        text = "Tệp này chính là kết quả sai đã ban hành. Mời chọn tệp kết quả đã sửa."
        reasons.append(Reason("file_same", text, "file"))
    return reasons


def papers_reasons(kind: str, fault: str) -> list[Reason]:
    """What is not said about a paper that was lost or damaged; a wrong paper is no incident.

    Law: RCV-20
    """
    reasons = []
    if kind not in (IncidentKind.LOST, IncidentKind.DAMAGED):
        text = "Mời chọn giấy tờ bị mất hay bị hư hỏng."
        reasons.append(Reason("incident_unknown", text, "kind"))
    if fault not in list(Fault):
        text = "Mời chọn lỗi thuộc về ai; bên đó chịu chi phí khắc phục."
        reasons.append(Reason("fault_unknown", text, "fault"))
    return reasons
