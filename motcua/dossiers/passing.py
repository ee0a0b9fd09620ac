"""A dossier that belongs to another agency: where it can go, by when it must, whether its papers came."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from motcua.agencies.queries import staffed_desks
from motcua.core.errors import refuse_if
from motcua.dossiers.rules.passing import papers_under_way
from motcua.dossiers.taking_in import receiving_now
from motcua.dossiers.transfer_clock import hand_over_by
from motcua.dossiers.types import Channel
from motcua.dossiers.workflow import Status, Step
from motcua.procedures.queries import terms_of
from motcua.workdays.rules import add_working_hours

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier, TransferLine
    from motcua.workdays.types import WorkCalendar

NEED_PAPERS = frozenset({
    Step.ACCEPT, Step.ASK_SUPPLEMENT, Step.SETTLE_AT_ONCE, Step.REJECT, Step.PASS_ON,
})  # fmt: skip
ON_PAPER = frozenset({Channel.COUNTER, Channel.POST})
ON_THE_WAY = 16  # working hours that the house gives papers from one desk to another: two days


def places_for(dossier: Dossier) -> dict[int, str]:
    """The other agencies that take its procedure in today and have somebody at their desk."""
    levels = terms_of(dossier.procedure_version_id).levels
    desks = staffed_desks()
    return {
        agency.id: agency.name
        for agency in receiving_now(levels)
        if agency.id in desks and agency.id != dossier.agency_id
    }


def pass_by(dossier: Dossier, desk: int) -> datetime:
    """By when the desk must have passed it on: the day it came to it, or the next morning (RCV-10).

    What was passed on to this desk came to it then, whenever it was filed.
    """
    return hand_over_by(dossier.agency_id, desk, dossier.since_at, None)


def papers_by(now: datetime, there: WorkCalendar) -> datetime:
    """By when papers that leave now must be at the desk of another agency, by its calendar."""
    return add_working_hours(now, ON_THE_WAY, there)


def late_key(line_id: int) -> str:
    """The key of the word to whoever sent papers that are late: by it the watch knows it was said."""
    return f"papers_late:{line_id}"


def line_under_way(dossier: Dossier) -> TransferLine | None:
    """The line of the list with which its papers go to another desk, until somebody settles it."""
    if dossier.status != Status.SUBMITTED or dossier.channel not in ON_PAPER:
        return None
    return dossier.transfers.filter(settled_at=None).select_related("list__from_unit").first()


def refuse_without_papers(dossier: Dossier, step: Step) -> None:
    """Refuse to answer a dossier passed on from another desk whose papers nobody has confirmed."""
    if step in NEED_PAPERS and (line := line_under_way(dossier)):
        refuse_if(papers_under_way(line.list.number))
