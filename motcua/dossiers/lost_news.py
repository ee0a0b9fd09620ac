"""News about a dossier that reached its applicant on no way, and the calls that made up for it.

The watch knows each by a number: that of its move, or less than nought for what is told beside the
steps: of a paper lost in our hands, of a date gone by, of a withdrawal asked for.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Model, Q

from motcua.dossiers.acts import ApprovalKind, LetterState
from motcua.dossiers.incident_words import Subject
from motcua.dossiers.models import Alarm, Apology, Approval, Dossier, Incident, Move, PhoneCall
from motcua.dossiers.rules.silence import THEY_CAME, TO_BE_HEARD
from motcua.dossiers.workflow import CLOSED
from motcua.notices.queries import known_places, lost_news, still_lost, written

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from django.db.models import QuerySet

BATCH = 500
PAPERS_LOST, PAPERS_MADE_GOOD = "papers_mishandled", "papers_made_good"
TEMPLATES = (PAPERS_LOST, PAPERS_MADE_GOOD)
# What is told beside the steps: of which row, and what. Add behind these only: a place is a number.
ASIDES = (
    ("incident", PAPERS_LOST),
    ("incident", PAPERS_MADE_GOOD),
    ("alarm", "applicant"),
    ("approval", "withdrawal_asked"),
    ("approval", "withdrawal_refused"),
    ("approval", "withdrawal_lapsed"),
)
PLACES = 8  # at most so many of them
ROWS: dict[str, type[Model]] = {
    "move": Move, "incident": Incident, "alarm": Alarm, "approval": Approval,
}  # fmt: skip


@dataclass(frozen=True)
class News:
    """Something the applicant was to hear: its number, of which dossier, since when it is lost."""

    number: int
    dossier_id: int
    since: datetime


def key_of(number: int) -> str:
    """Under what this news was written: see `jobs`, `incident_jobs` and `approval_jobs`."""
    if number >= 0:
        return f"move:{number}"
    what, pk = row_of(number)
    return f"{what}:{pk}:{told_by(number)}"


def number_of(key: str) -> int | None:
    """The number of what was written under this key; None for what no applicant was to hear."""
    what, _, rest = key.partition(":")
    number, _, told = rest.partition(":")
    if not number.isdigit():
        return None
    if what == "move":
        return int(number) if not told else None
    return aside(what, int(number), told) if (what, told) in ASIDES else None


def aside(what: str, pk: int, told: str) -> int:
    """The number of what is told beside the steps."""
    return -(PLACES * pk + ASIDES.index((what, told)))


def row_of(number: int) -> tuple[str, int]:
    """Of which row this news is: “move”, “incident”, “alarm” or “approval”, and its key."""
    if number >= 0:
        return "move", number
    return ASIDES[-number % PLACES][0], -number // PLACES


def told_by(number: int) -> str:
    """What of several things that its row has to tell this news is; a step has one."""
    return ASIDES[-number % PLACES][1] if number < 0 else ""


def has_place(owner: Mapping[str, Any]) -> bool:
    """Whether a channel of ours finds whoever the dossier is about: at a landline none does."""
    email, phone = (str(owner.get(what) or "").strip() for what in ("email", "phone"))
    return bool(known_places(email, phone))


def lost_between(since: datetime, until: datetime) -> Iterator[list[News]]:
    """What was lost in this time and told by no call since, a batch at a time."""
    yield uncalled(_untellable(since, until))
    for steps in _steps_between(since, until):
        yield uncalled(_steps_unwritten(steps))
    after = None
    while rows := lost_news(since, until, after, BATCH):
        after = (rows[-1][2], rows[-1][0])
        numbered = {number: at for _, key, at in rows if (number := number_of(key)) is not None}
        yield uncalled(_placed(numbered))


def still_unheard(numbers: Collection[int]) -> set[int]:
    """Which of these go on: each, as long as its applicant has not heard of all that was lost."""
    dossiers = _dossiers(numbers)
    unheard = _unheard_in(set(dossiers.values()))
    return {number for number, dossier in dossiers.items() if dossier in unheard}


def unheard_of(dossier_id: int) -> list[News]:
    """What the applicant of one dossier has not heard of, the oldest first."""
    return sorted(_unheard_in({dossier_id}).get(dossier_id, []), key=lambda each: each.since)


def _unheard_in(dossiers: Collection[int]) -> dict[int, list[News]]:
    """The same of several; what was lost before the end of a dossier is over with it."""
    numbers = set(Move.objects.filter(dossier__in=dossiers).values_list("pk", flat=True))
    for what, rows in _beside().items():
        told = [each for each in ASIDES if each[0] == what]
        for pk in rows.filter(dossier__in=dossiers).values_list("pk", flat=True):
            numbers |= {aside(what, pk, each) for _, each in told}
    over = Dossier.objects.filter(pk__in=dossiers, status__in=CLOSED)
    ended = dict(over.values_list("pk", "since_at"))
    found: dict[int, list[News]] = defaultdict(list)
    for each in uncalled(_lost(numbers)):
        if each.since >= ended.get(each.dossier_id, each.since):
            found[each.dossier_id].append(each)
    return dict(found)


def dossiers_of(keys: Collection[str]) -> set[int]:
    """The dossiers that what was written under these keys was about."""
    numbers = [number for key in keys if (number := number_of(key)) is not None]
    return set(_dossiers(numbers).values())


def _dossiers(numbers: Collection[int]) -> dict[int, int]:
    """The dossier of each of these news, also of those that nobody need hear any more."""
    return _found_in({what: row._default_manager.all() for what, row in ROWS.items()}, numbers)


def _found_in(kinds: Mapping[str, QuerySet[Any]], numbers: Collection[int]) -> dict[int, int]:
    """The dossier of each of these news whose row is among those of its kind."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for number in numbers:
        by_kind[row_of(number)[0]].append(number)
    found: dict[int, int] = {}
    for what, mine in by_kind.items():
        rows = kinds[what].filter(pk__in={row_of(number)[1] for number in mine})
        of = dict(rows.values_list("pk", "dossier_id"))
        found |= {number: of[pk] for number in mine if (pk := row_of(number)[1]) in of}
    return found


def _beside() -> dict[str, QuerySet[Any]]:
    """The rows of each kind about which something is told beside the steps.

    Of an alarm that is over nobody need hear any more: what ended it was told as a step.
    """
    return {
        "incident": Incident.objects.filter(subject=Subject.PAPERS),
        "alarm": Alarm.objects.filter(closed_at=None),
        "approval": Approval.objects.filter(kind=ApprovalKind.WITHDRAW),
    }


def _lost(numbers: Collection[int]) -> list[News]:
    """Which of these were given up, or could be written to nobody."""
    keys = {key_of(number): number for number in numbers}
    given_up = {keys[key]: at for key, at in still_lost(keys).items()}
    papers = {number for number in numbers if row_of(number)[0] == "incident"}
    steps = {number for number in numbers if number >= 0}
    return _placed(given_up) + _never_written(papers) + _steps_unwritten(steps)


def _placed(given_up: dict[int, datetime]) -> list[News]:
    """The same with the dossier of each, without those that nobody need hear any more."""
    found = _found_in({"move": Move.objects.all(), **_beside()}, given_up)
    return [News(number, dossier, given_up[number]) for number, dossier in found.items()]


def _steps_between(since: datetime, until: datetime) -> Iterator[list[int]]:
    """The steps of this time that must be heard of, the newest first, and no older ones read."""
    newest = Move.objects.order_by("-pk").values_list("pk", "step", "at")
    rest = newest
    while rows := list(rest[:BATCH]):
        yield [pk for pk, step, at in rows if step in TO_BE_HEARD and since <= at <= until]
        if max(at for _, _, at in rows) < since:
            return
        rest = newest.filter(pk__lt=rows[-1][0])


def _steps_unwritten(numbers: Collection[int]) -> list[News]:
    """Of these steps: those that must be heard of, could be written to nobody, and were not heard.

    A letter on paper was heard of once it is in the post, and all of it by whoever came since.
    """
    posted = Apology.objects.filter(move__in=numbers, state=LetterState.SENT).values("move")
    rows = Move.objects.filter(pk__in=numbers, step__in=TO_BE_HEARD, dossier__submitter=None)
    found = [
        News(pk, dossier, at)
        for pk, dossier, at, owner in rows.exclude(pk__in=posted).values_list(
            "pk", "dossier_id", "at", "dossier__applicant"
        )
        if not has_place(owner)
    ] if numbers else []  # fmt: skip
    if not found:
        return []
    there = written([key_of(each.number) for each in found])
    came = Move.objects.filter(dossier__in={each.dossier_id for each in found}, step__in=THEY_CAME)
    last = dict(came.order_by().values_list("dossier_id").annotate(at=Max("at")))
    return [
        each for each in found
        if key_of(each.number) not in there and last.get(each.dossier_id, each.since) <= each.since
    ]  # fmt: skip


def _untellable(since: datetime, until: datetime) -> list[News]:
    """Papers lost, or made good, in this time, of which there is nowhere to write to."""
    found: list[News] = []
    for at, nth in (("reported_at", 0), ("settled_at", 1)):
        rows = Incident.objects.filter(
            **{f"{at}__range": (since, until)}, subject=Subject.PAPERS, dossier__submitter=None
        )
        for pk, dossier, owner, when in rows.values_list(
            "pk", "dossier_id", "dossier__applicant", at
        ):
            if not has_place(owner):
                found.append(News(aside("incident", pk, TEMPLATES[nth]), dossier, when))
    return found


def _never_written(numbers: Collection[int]) -> list[News]:
    """Of these papers: what was to be told and could be written to nobody."""
    if not numbers:
        return []
    there = written([key_of(number) for number in numbers])
    missing = {number for number in numbers if key_of(number) not in there}
    rows = Incident.objects.filter(
        pk__in={row_of(number)[1] for number in missing}, dossier__submitter=None
    )
    found = []
    for row in rows.select_related("dossier"):
        if has_place(row.dossier.applicant):
            continue
        for told, at in zip(TEMPLATES, (row.reported_at, row.settled_at), strict=True):
            number = aside("incident", row.pk, told)
            if at and number in missing:
                found.append(News(number, row.dossier_id, at))
    return found


def uncalled(news: list[News]) -> list[News]:
    """Those of `news` about which nobody was reached by telephone, or in person, since."""
    calls = PhoneCall.objects.filter(
        Q(dossier__in={each.dossier_id for each in news}), is_reached=True
    )
    rows = calls.order_by().values("dossier_id").annotate(at=Max("called_at"))
    last = dict(rows.values_list("dossier_id", "at"))
    return [
        each for each in news if each.dossier_id not in last or last[each.dossier_id] < each.since
    ]
