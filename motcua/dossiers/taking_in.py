"""Who may take a dossier in under the law of the day, and which code it bears from then on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Sum
from django.utils.timezone import localdate

from motcua.agencies.queries import receiving_agencies
from motcua.core import clock
from motcua.core.errors import refuse_if
from motcua.dossiers import rules
from motcua.dossiers.late_entries import received_on_paper
from motcua.dossiers.ledger import law_on, redate
from motcua.dossiers.models import CodeCounter, Dossier, FormerCode, next_order
from motcua.dossiers.rules.codes import day_in
from motcua.dossiers.workflow import Status
from motcua.law.queries import laws_on

if TYPE_CHECKING:
    from motcua.agencies.types import AgencyFacts
    from motcua.dossiers.workflow import Step
    from motcua.law.types import Profile


def receiving_now(levels: Sequence[str]) -> list[AgencyFacts]:
    """Where a dossier of a procedure of these levels is filed today: at levels the law still knows.

    Without any law they stay: whoever begins there is told that none was entered.
    """
    law_of = laws_on(localdate(clock.now()))
    return [each for each in receiving_agencies(levels) if _is_known(each, law_of(each.code))]


def law_here(dossier: Dossier, at: datetime) -> Profile:
    """The law by which its agency takes a dossier in; refused where it knows no such level."""
    law, is_filed = law_on(dossier, at), dossier.status != Status.DRAFT
    refuse_if(rules.level_gone(dossier.agency.kind, law.levels, is_filed=is_filed))
    return law


def taken_in(
    dossier: Dossier, unit_id: int, step: Step, now: datetime, facts: dict[str, Any]
) -> dict[str, Any]:
    """What taking it in makes of a dossier: its law, its dates, its code, and the unit that counts.

    One that was entered late was taken in when its papers were received; `facts`, which its move
    will keep, are told so.
    """
    received = received_on_paper(dossier)
    since = received or now
    law = law_here(dossier, since)
    dossier.profile_id = law.id
    if received:
        facts["handed_in_at"] = received.isoformat()
    dates = redate(dossier, step, now, facts, unit_id=unit_id)
    return {
        "code": new_code(dossier, law, now), "accepted_at": since, "unit_id": unit_id,
        "profile_id": law.id, **dates,
    }  # fmt: skip


def new_code(dossier: Dossier, law: Profile, now: datetime) -> str:
    """The next code of the day of its agency, in the form that the law asks for (COD-02 to COD-07).

    One that was given already, by hand or before a house was put together from two, is passed over.
    The counter of the day stays locked meanwhile: what was looked for here nobody else is given.
    """
    agency = dossier.agency
    front = rules.code_front(agency.code, agency.old_code, law.code_format)
    while True:
        code = rules.dossier_code(front, now, next_order(dossier.agency_id, now))
        if not is_given(code):
            return code


def order_in_year(agency_id: int, code: str) -> str:
    """Số thứ tự in the register of the year: the orders of the days before, then that of the code (FRM-05).

    Read from the counters of the days, which no longer grow once their day is over. It always grows; a
    code that was passed over leaves a gap.
    """
    day = day_in(code)
    if day is None:  # not a code of ours
        return ""
    before = CodeCounter.objects.filter(
        agency_id=agency_id, day__gte=day.replace(month=1, day=1), day__lt=day
    ).aggregate(given=Sum("last"))
    return f"{(before['given'] or 0) + int(code.rpartition('-')[2]):02}"


def is_given(code: str) -> bool:
    """Whether a dossier bears this code or bore it before it was corrected."""
    return (
        Dossier.objects.filter(code=code).exists() or FormerCode.objects.filter(code=code).exists()
    )


def _is_known(agency: AgencyFacts, law: Profile | None) -> bool:
    return law is None or not rules.level_gone(agency.kind, law.levels)
