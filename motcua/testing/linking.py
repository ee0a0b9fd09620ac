"""How the cast settles a dossier together with the office of the ward and with the centre."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.core.actors import Role
from motcua.dossiers.actions.interlinking import interlink
from motcua.dossiers.stations import Per, Planned
from motcua.testing.cast import Cast, a_post
from motcua.testing.consulting import a_unit_asked

if TYPE_CHECKING:
    from motcua.agencies.models import Post
    from motcua.dossiers.models import Dossier


def a_neighbour(cast: Cast) -> Post:
    """Ông Lực heads the civil-status unit of Tân Hòa: of the same level as the ward."""
    unit = cast.commune.units.get(code="CM")
    return a_post("luc", "Lê Văn Lực", unit, Role.UNIT_HEAD, "Trưởng phòng")


def at_the_centre(cast: Cast) -> Post:
    """Bà Cúc takes dossiers in at the centre of the province: of another level than the ward."""
    desk = cast.centre.units.get(code="MC")
    return a_post("cuc", "Hồ Thị Cúc", desk, Role.DESK_OFFICER, "Chuyên viên một cửa")


def a_plan(cast: Cast, hours: int = 4) -> dict[int, Planned]:
    """Phúc and Cúc begin at once, Lực needs what Phúc finds, Mai's unit leads."""
    return {
        1: Planned(a_unit_asked(cast).unit_id, "Xác nhận nơi cư trú.", hours, Per.HOUR),
        2: Planned(at_the_centre(cast).unit_id, "Trích lục bản đồ địa chính.", hours, Per.HOUR),
        3: Planned(
            a_neighbour(cast).unit_id, "Đối chiếu sổ hộ tịch.", hours, Per.HOUR,
            needs=frozenset({1}),
        ),
        4: Planned(cast.mai.unit_id, "Tổng hợp, trình ký.", hours, Per.HOUR, is_lead=True),
    }  # fmt: skip


def linked(cast: Cast, d: Dossier) -> None:
    """Mai divides the dossier among four units."""
    interlink(post=cast.mai, reference=d.reference, plan=a_plan(cast))


def passed_on_paper(cast: Cast, d: Dossier) -> None:
    """Mai sends the papers to Tân Hòa, then to the office of the ward, and gets them back."""
    plan = {
        1: Planned(a_neighbour(cast).unit_id, "Đối chiếu sổ hộ tịch.", 2, Per.HOUR),
        2: Planned(a_unit_asked(cast).unit_id, "Xác nhận nơi cư trú.", 2, Per.HOUR),
        3: Planned(cast.mai.unit_id, "Tổng hợp, trình ký.", 1, Per.HOUR, is_lead=True),
    }
    interlink(post=cast.mai, reference=d.reference, plan=plan, by_paper=True)
