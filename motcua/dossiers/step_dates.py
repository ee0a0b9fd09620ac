"""By when the case officer is to finish, as the head of a unit sets it: what its form starts with."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from motcua.core import clock
from motcua.dossiers.letters import calendar_of
from motcua.dossiers.rules import step_dates as rules
from motcua.dossiers.workflow import Step
from motcua.workdays.types import YearNotConfigured

if TYPE_CHECKING:
    from collections.abc import Collection

    from motcua.dossiers.models import Dossier


def proposed_for(dossier: Dossier, now: datetime) -> datetime | None:
    """A sensible end of the step on this dossier; nothing without a date that is still to come."""
    if dossier.due_at is None:
        return None
    return rules.proposed(now, dossier.due_at, calendar_of(dossier))


def changes_for(dossier: Dossier, finish_by: datetime | None, now: datetime) -> dict[str, Any]:
    """What an assignment with or without an end writes on the dossier."""
    if finish_by is None:
        return {"step_due_at": None, "step_warn_at": None}
    warn = rules.warned_from(now, finish_by, calendar_of(dossier))
    return {"step_due_at": finish_by, "step_warn_at": warn}


def changes_with(dossier: Dossier, due: datetime, now: datetime) -> dict[str, Any]:
    """What a result that is due earlier writes of the step: it ends while there is time to sign."""
    end = dossier.step_due_at
    if end is None or end <= due:
        return {}
    calendar = calendar_of(dossier)
    return changes_for(dossier, rules.pulled_in(end, now, due, calendar), now)


def changes_anew(dossier: Dossier, due: datetime | None, now: datetime) -> dict[str, Any]:
    """The end that a step is given again when its dossier goes on after papers were awaited.

    Only where the head had set one: the share that is proposed of the time that is left now.
    """
    given = dossier.moves.filter(step=Step.ASSIGN).order_by("seq").values_list("facts", flat=True)
    if due is None or "finish_by" not in (given.last() or {}):
        return {}
    try:
        end = rules.proposed(now, due, calendar_of(dossier))
        return changes_for(dossier, end, now) if end else {}
    except YearNotConfigured:  # nothing is proposed on a guess
        return {}


def shown_with(dossier: Dossier, steps: Collection[Step]) -> dict[str, datetime | None]:
    """The end that stands, and to whoever assigns the one that the form starts with and the last."""
    found: dict[str, datetime | None] = {"step_due_at": dossier.step_due_at}
    if Step.ASSIGN not in steps:
        return found
    now, last = clock.now(), None
    kept = dossier.step_due_at if dossier.step_due_at and dossier.step_due_at > now else None
    try:
        if dossier.due_at is not None:
            last = rules.latest(now, dossier.due_at, calendar_of(dossier))
        return found | {"step_start": kept or proposed_for(dossier, now), "step_latest": last}
    except YearNotConfigured:  # nothing is proposed on a guess
        return found | {"step_start": kept}
