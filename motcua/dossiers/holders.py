"""Who holds a dossier, in the words that its owner reads (CH-14: down to the room)."""

from motcua.core.actors import Role
from motcua.dossiers.workflow import NEXT_TASK, Status

DESK = "Bộ phận Tiếp nhận và Trả kết quả"
_PLACES = {
    Role.CITIZEN: "Người nộp hồ sơ",
    Role.DESK_OFFICER: DESK,
    Role.APPROVER: "Lãnh đạo cơ quan",
    Role.REGISTRAR: "Văn thư",
}


def holder_of(status: Status, unit: str, person: str) -> str:
    """Where a dossier in this status lies: a place of the house, or a unit and who works on it there.

    `unit` is the unit that settles it and `person` who it is assigned to; nobody when it is closed.
    """
    if status not in NEXT_TASK:
        return ""
    role = NEXT_TASK[status][1]
    if role in _PLACES:
        return _PLACES[role]
    return f"{unit}, {person}" if role is Role.CASE_OFFICER and person else unit
