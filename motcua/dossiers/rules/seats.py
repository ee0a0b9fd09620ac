"""Who in an agency has a dossier, and who is told when it falls silent: pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.core.actors import Role
from motcua.dossiers.life import LIFE, Place, role_in
from motcua.dossiers.types import AlarmKind, AlarmLevel
from motcua.dossiers.workflow import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from motcua.agencies.types import SeatFacts

AT_THE_DESK = (AlarmKind.UNTOLD, AlarmKind.UNREACHED)  # somebody has to phone
OF_THE_HOUSE = (AlarmKind.DEAD_JOB,)
NOBODYS = (AlarmKind.UNOWNED, AlarmKind.GONE)


def owners(
    status: Status, unit_id: int | None, assignee_id: int | None, seats: Sequence[SeatFacts]
) -> list[int]:
    """The posts in office that have a dossier in this status; none while its applicant has it.

    Law: WF-01
    """
    place, role = LIFE[status].place, role_in(status)
    mine = [seat for seat in seats if seat.role is role]
    if place is Place.UNIT:
        mine = [seat for seat in mine if seat.unit_id == unit_id]
    elif place is Place.ASSIGNEE:
        mine = [seat for seat in mine if seat.id == assignee_id]
    return [seat.id for seat in mine]


def is_owned(
    status: Status, unit_id: int | None, assignee_id: int | None, seats: Sequence[SeatFacts]
) -> bool:
    """Whether somebody can act on it: its applicant always can.

    Law: WF-01
    """
    if LIFE[status].place in (Place.APPLICANT, Place.NOBODY):
        return True
    return bool(owners(status, unit_id, assignee_id, seats))


def to_tell(
    kind: AlarmKind, level: AlarmLevel, status: Status, unit_id: int | None,
    assignee_id: int | None, seats: Sequence[SeatFacts],
) -> list[int]:  # fmt: skip
    """The posts that are told: the first of these groups in which there is anybody.

    A first alarm goes to whoever has the dossier, else to the officers of the desk; the next one,
    and what nobody else can be told of, to the head of the unit that has it, else to those who lead
    the agency, else to its keepers.

    Law: INT-09, DL-14
    """

    def of(role: Role, unit: int | None = None) -> list[int]:
        return [s.id for s in seats if s.role is role and unit in (None, s.unit_id)]

    desk, leaders, keepers = of(Role.DESK_OFFICER), of(Role.APPROVER), of(Role.KEEPER)
    working = [s.id for s in seats if s.id == assignee_id]
    if kind in OF_THE_HOUSE:
        first = [keepers]
    elif kind in AT_THE_DESK:
        first = [desk]
    elif kind in NOBODYS:
        first = []
    else:
        first = [owners(status, unit_id, assignee_id, seats), working, desk]
    in_unit = LIFE[status].place is Place.ASSIGNEE or status is Status.SUPPLEMENT
    unit_head = of(Role.UNIT_HEAD, unit_id) if in_unit and unit_id else []
    desk_head = [s.id for s in seats if s.role is Role.UNIT_HEAD and s.at_desk]
    heads = [unit_head, leaders, keepers] if in_unit else [desk_head, leaders, keepers]
    if kind is AlarmKind.NO_LETTER:
        heads = [leaders, keepers]
    groups = heads if level is AlarmLevel.PASSED else [*first, *heads]
    return next((group for group in groups if group), [])
