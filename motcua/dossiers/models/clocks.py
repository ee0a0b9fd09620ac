"""Which of its moments a dossier's clock points at, and how long before it people are warned."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from motcua.dossiers.workflow import CLOSED, Status

WARN_HOURS = 8  # a working day before the result is due
CLOCKS = {  # INT-09: yellow two hours before; the hand-over to the unit that settles (RCV-09): one
    Status.SUBMITTED: ("answer_due_at", 2),
    Status.SUPPLEMENTED: ("answer_due_at", 2),
    Status.SUPPLEMENT: ("supply_by", WARN_HOURS),  # the applicant's own date, if there is one
    Status.CORRECTING: ("correct_by", WARN_HOURS),  # promised when the result was opened again
    Status.ACCEPTED: ("transfer_due_at", 1),
    Status.TRANSFERRING: ("transfer_due_at", 1),
}
# While the case officer has it, the end of the step that the head of the unit set goes on.
WITH_OFFICER = (Status.EXAMINING, Status.CONSULTING, Status.VERIFYING)
STEP_OVER: dict[str, datetime | None] = {"step_due_at": None, "step_warn_at": None}
STILL = CLOSED | {Status.PRE_SUPPLEMENT, Status.RESULT_READY}  # nobody's clock runs
TOLD = ("answer_due_at", "transfer_due_at", "due_at", "supply_by")
MOMENTS = tuple(sorted({*TOLD, *(name for name, _ in CLOCKS.values())}))

Moments = Callable[[str], datetime | None]  # a dossier's moment, by the name of its column


def clock_of(status: Status, at: Moments) -> tuple[datetime | None, int]:
    """What the running clock points at (the desk's answer, then the result); hours to warn before."""
    if status in STILL:
        return None, 0
    name, hours = CLOCKS.get(status, ("due_at", WARN_HOURS))
    return at(name) or at("due_at"), hours


def moments_told(at: Moments) -> dict[str, str]:
    """The moments that a move keeps as they were."""
    return {name: moment.isoformat() for name in TOLD if (moment := at(name))}
