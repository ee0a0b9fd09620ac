"""Until when somebody is still to be told about a dossier that ended, and what a call leaves behind."""

from datetime import datetime, timedelta
from enum import StrEnum

from motcua.core.errors import Reason
from motcua.dossiers.workflow import CLOSED, Status

ENDED_WATCHED = timedelta(days=30)  # how long the last word to an applicant is looked after


class Outcome(StrEnum):
    """How a call went."""

    TOLD = "told"
    NO_ANSWER = "no_answer"


OUTCOME_NAMES = {
    Outcome.TOLD: "Đã báo được người nộp",
    Outcome.NO_ANSWER: "Không liên lạc được",
}


def has_just_ended(status: Status, ended_at: datetime, now: datetime) -> bool:
    """Whether a dossier ended so lately that its last word must still reach its applicant.

    Law: INT-09
    """
    return status in CLOSED and now - ended_at <= ENDED_WATCHED


def may_be_called_about(status: Status, ended_at: datetime, now: datetime) -> bool:
    """Whether there is anything to phone about: it is open, or has just ended.

    Law: INT-09
    """
    if status in CLOSED:
        return has_just_ended(status, ended_at, now)
    return status is not Status.DRAFT


def call_reasons(number: str | None, outcome: str, note: str) -> list[Reason]:
    """What is not said about a call; `number` is None when it is none of the dossier's.

    Law: INT-09
    """
    reasons: list[Reason] = []
    if number is None:
        text = "Mời chọn số đã gọi trong các số của hồ sơ."
        reasons.append(Reason("number_unknown", text, "to"))
    if outcome not in list(Outcome):
        text = "Mời chọn đã báo được người nộp hay không liên lạc được."
        reasons.append(Reason("outcome_unknown", text, "outcome"))
    if not note.strip():
        text = "Mời ghi đã nói gì với người nộp, hoặc vì sao không liên lạc được."
        reasons.append(Reason("note_missing", text, "note"))
    return reasons
