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
OF_OTHERS = (AlarmKind.OPINION, AlarmKind.STATION)  # late, though whoever has it is not
TO_SIGN = (AlarmKind.NO_LETTER, AlarmKind.LATE_AHEAD)  # whoever signs the letter


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
    elif kind in (*NOBODYS, *TO_SIGN):
        first = []
    else:
        first = [owners(status, unit_id, assignee_id, seats), working, desk]
    in_unit = LIFE[status].place is Place.ASSIGNEE or status is Status.SUPPLEMENT
    unit_head = of(Role.UNIT_HEAD, unit_id) if in_unit and unit_id else []
    desk_head = [s.id for s in seats if s.role is Role.UNIT_HEAD and s.at_desk]
    of_the_desk = not in_unit or kind in OF_OTHERS
    heads = [desk_head if of_the_desk else unit_head, leaders, keepers]
    if kind in TO_SIGN:
        heads = [leaders, keepers]
    groups = heads if level is AlarmLevel.PASSED else [*first, *heads]
    found = next((group for group in groups if group), [])
    if kind is AlarmKind.STATION and level is AlarmLevel.PASSED:  # who settles it can urge
        found = sorted({*found, *working})
    return found


def to_decide(
    level: AlarmLevel, decider: Role, asker_id: int | None, unit_id: int | None,
    seats: Sequence[SeatFacts],
) -> list[int]:  # fmt: skip
    """The posts told of what was asked and is not decided: who may decide it, who asked never.

    The next time, and where nobody may, the head of the desk for what the desk decides, else those
    who lead the agency, else its keepers.

    Law: INT-09, SEC-05
    """
    others = [seat for seat in seats if seat.id != asker_id]

    def of(role: Role) -> list[int]:
        return [seat.id for seat in others if seat.role is role]

    deciders = of(decider)
    if decider is Role.UNIT_HEAD:
        deciders = [s.id for s in others if s.role is decider and s.unit_id == unit_id]
    desk_head = [s.id for s in others if s.role is Role.UNIT_HEAD and s.at_desk]
    heads = [desk_head if decider is Role.DESK_OFFICER else [], of(Role.APPROVER), of(Role.KEEPER)]
    groups = heads if level is AlarmLevel.PASSED else [deciders, *heads]
    return next((group for group in groups if group), [])
