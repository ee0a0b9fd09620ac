"""Who has said why a dossier is late, and what its letter of apology says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from motcua.core import clock
from motcua.core.actors import Role
from motcua.core.errors import NotFound
from motcua.dossiers import access
from motcua.dossiers.acts import LetterState
from motcua.dossiers.holders import holder_of
from motcua.dossiers.models import Apology, Dossier, Explanation
from motcua.dossiers.remaining import remaining
from motcua.dossiers.rules.explanations import (
    cause_shown,
    explained,
    explained_from,
    from_the_ledger,
)
from motcua.dossiers.workflow import RUNNING, Status
from motcua.workdays.queries import work_calendar
from motcua.workdays.types import local

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from motcua.agencies.models import Post

WHO_EXPLAINS = (Role.CASE_OFFICER, Role.UNIT_HEAD)
LETTERS_AHEAD = timedelta(days=30)  # no draft is written longer before its date, with Tết between


@dataclass(frozen=True)
class Word:
    """What the unit said about one promised date."""

    text: str
    by: str
    unit: str
    at: datetime


@dataclass(frozen=True)
class Delay:
    """What the page of a dossier says of its delay, and whether this post may explain it."""

    word: Word | None = None
    may_explain: bool = False
    is_wanted: bool = False  # late, or a letter is drafted, and the unit has said nothing
    opens: str = ""  # from when on this post may explain it, while that is to come


def word_of(dossier: Dossier) -> Word | None:
    """What the unit said about the date as it is now: the latest word."""
    if dossier.due_at is None:
        return None
    rows = dossier.explanations.filter(old_due_at=dossier.due_at).select_related("unit")
    row = rows.order_by("-pk").first()
    if row is None:
        return None
    unit = row.unit.name if row.unit else ""
    return Word(explained(row.cause, row.text), row.explained_by, unit, row.explained_at)


def opens_at(dossier: Dossier, now: datetime) -> str:
    """From when on this delay can be explained, while that is to come; empty once it can be."""
    if dossier.due_at is None or dossier.due_at <= now:
        return ""
    start = explained_from(dossier.due_at, work_calendar(dossier.agency_id, dossier.unit_id))
    return f"{local(start):%H:%M ngày %d/%m/%Y}" if now < start else ""


def reason_for(dossier: Dossier) -> str:
    """The reason a letter starts with: the unit's word, else what the process shows, if it does (ST-14)."""
    if word := word_of(dossier):
        return word.text
    parts = dossier.stations.filter(
        closed_at=None, started_at__isnull=False, is_lead=False
    ).exists()
    cause = cause_shown(Status(dossier.status), waits_for_parts=parts)
    return explained(cause, "") if cause else ""


def ledger_says(dossier: Dossier, now: datetime) -> str:
    """What is known of a delay that the unit has not explained; it is shown and is no reason (ST-14)."""
    status = Status(dossier.status)
    unit = dossier.unit.name if dossier.unit else dossier.agency.name
    calendar = work_calendar(dossier.agency_id, dossier.unit_id)
    left = remaining(dossier.due_at, None, now, calendar)
    return from_the_ledger(status, holder_of(status, unit, ""), dossier.since_at, left)


def unexplained(rows: QuerySet[Dossier], now: datetime) -> QuerySet[Dossier]:
    """Those of `rows` that are late, or whose letter is drafted, without a word from the unit."""
    said = Explanation.objects.filter(dossier=OuterRef("pk"), old_due_at=OuterRef("due_at"))
    drafted = Apology.objects.filter(dossier=OuterRef("pk"), state=LetterState.DRAFTED)
    return rows.filter(
        Q(due_at__lt=now) | Exists(drafted), ~Exists(said), status__in=RUNNING,
        due_at__lt=now + LETTERS_AHEAD, finished_at=None,
    )  # fmt: skip


def unexplained_among(ids: Collection[int], now: datetime) -> set[int]:
    """Which of these dossiers nobody has explained, in one question."""
    rows = unexplained(Dossier.objects.filter(pk__in=ids), now)
    return set(rows.values_list("pk", flat=True))


def delay_beside(post: Post, reference: str) -> Delay:
    """What stands beside a dossier the post is looking at."""
    dossier = Dossier.objects.filter(reference=reference).first()
    if dossier is None or dossier.due_at is None or dossier.status not in RUNNING:
        return Delay()
    word, now = word_of(dossier), clock.now()
    is_wanted = word is None and dossier.pk in unexplained_among([dossier.pk], now)
    may = post.role in WHO_EXPLAINS and access.dossiers_at(post).filter(pk=dossier.pk).exists()
    opens = opens_at(dossier, now) if may else ""
    return Delay(word, may and not opens, is_wanted, opens)


def delay_at(post: Post, reference: str) -> Delay:
    """The same for the page of the explanation; `NotFound` where there is none to give, ever.

    The page shows the dossier too: that one reading is journalled, not this one beside it.
    """
    dossier = access.to_see(access.dossiers_at(post), reference)
    found = delay_beside(post, dossier.reference)
    if not (found.may_explain or found.opens):
        raise NotFound
    return found
