"""How the cast hands papers over, asks another unit and goes to see for itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from motcua.core import clock
from motcua.core.actors import Role
from motcua.dossiers.actions import consulting, handing_over, processing, visiting
from motcua.dossiers.rules import WITH_PAPERS
from motcua.dossiers.rules.consulting import VISITS_FROM, VISITS_UNTIL
from motcua.dossiers.types import Asking, Visit
from motcua.testing.cast import Cast, a_post

if TYPE_CHECKING:
    from motcua.agencies.models import Post
    from motcua.dossiers.models import Dossier


def handed_over(cast: Cast, d: Dossier) -> None:
    """Hùng puts the dossier alone on a list for Hòa's unit."""
    handing_over.hand_over_one(post=cast.hung, reference=d.reference, unit_id=cast.hoa.unit_id)


def with_the_unit(cast: Cast, d: Dossier) -> None:
    """Papers go with a list that Hòa confirms, the rest by the connection."""
    if d.channel in WITH_PAPERS:
        handed_over(cast, d)
        handing_over.take_over(post=cast.hoa, reference=d.reference)
    else:
        unit_id = cast.hoa.unit_id
        processing.transfer_dossier(post=cast.hung, reference=d.reference, unit_id=unit_id)


def a_unit_asked(cast: Cast) -> Post:
    """Ông Phúc heads the office of the ward: a unit that others can ask for its opinion."""
    return a_post("phuc", "Ngô Văn Phúc", cast.binh.unit, Role.UNIT_HEAD, "Chánh Văn phòng")


def an_asking(cast: Cast, d: Dossier) -> Asking:
    """A question to ông Phúc, to be answered by the day on which the result is due."""
    until = localtime(d.due_at or clock.now()).date()
    return Asking(a_unit_asked(cast).unit_id, "Nơi cư trú có tranh chấp không?", until)


def consulted(cast: Cast, d: Dossier) -> None:
    """Mai asks ông Phúc."""
    consulting.consult(post=cast.mai, reference=d.reference, asked=[an_asking(cast, d)])


def a_visit(hours: int = 3) -> Visit:
    """A visit in a few hours, at which the applicant must be present."""
    at = clock.now() + timedelta(hours=hours)
    if not VISITS_FROM <= localtime(at).time() <= VISITS_UNTIL:
        at += timedelta(hours=12)  # nobody is visited in the night, whenever tests run
    who = "Vũ Thị Mai, trưởng khu phố"
    return Visit(
        at, "Số 12, đường Bờ Sông", who, "Xác minh nơi cư trú", needs_applicant=True, is_agreed=True
    )


def visit_announced(cast: Cast, d: Dossier) -> None:
    """Mai says when she comes."""
    visiting.verify(post=cast.mai, reference=d.reference, visit=a_visit())
