"""Who is acting, in the few words that rules, moves and the journal need."""

import getpass
import os
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """In what quality someone acts."""

    CITIZEN = "citizen"
    DESK_OFFICER = "desk_officer"  # cán bộ tiếp nhận
    UNIT_HEAD = "unit_head"  # trưởng đơn vị, người phân công
    CASE_OFFICER = "case_officer"  # cán bộ thụ lý
    APPROVER = "approver"  # lãnh đạo ký duyệt
    REGISTRAR = "registrar"  # văn thư
    PARTNER = "partner"  # hệ thống bên ngoài nộp thay người dân
    KEEPER = "keeper"  # người vận hành: danh mục, lịch, mẫu
    SYSTEM = "system"  # đồng hồ và việc nền


ROLE_NAMES = {
    Role.CITIZEN: "Người dân, doanh nghiệp",
    Role.DESK_OFFICER: "Cán bộ tiếp nhận",
    Role.UNIT_HEAD: "Trưởng đơn vị",
    Role.CASE_OFFICER: "Cán bộ thụ lý",
    Role.APPROVER: "Lãnh đạo ký duyệt",
    Role.REGISTRAR: "Văn thư",
    Role.PARTNER: "Hệ thống đối tác",
    Role.KEEPER: "Người quản trị",
    Role.SYSTEM: "Hệ thống",
}


@dataclass(frozen=True)
class Actor:
    """Someone acting in a role: `key` for the journal, `name` for the reader, where they sit."""

    role: Role
    key: str
    name: str
    unit_id: int | None = None


def at_the_machine() -> Actor:
    """Whoever types a command on the server: the name of the system's user is all we know."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a user id without a name, in a container
        user = str(os.getuid())
    return Actor(Role.SYSTEM, f"machine:{user}", f"Dòng lệnh ({user})")
