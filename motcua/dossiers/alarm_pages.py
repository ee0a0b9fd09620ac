"""The open alarms as a list: for heads what is theirs, for keepers the whole house; nobody's name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from motcua.core.actors import Role
from motcua.dossiers.access import dossiers_at
from motcua.dossiers.life import LIFE
from motcua.dossiers.models import Alarm, Dossier
from motcua.dossiers.types import AlarmKind, AlarmLevel, alarm_words
from motcua.dossiers.workflow import TEXTS, Status

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from motcua.agencies.models import Post

PAGE = 50


@dataclass(frozen=True)
class AlarmRow:
    """One open alarm: about which dossier, what, since when, and who was told."""

    reference: str
    number: str
    procedure: str
    agency: str
    status: str
    words: str
    is_late: bool
    due_at: datetime
    raised_at: datetime
    told: tuple[str, ...]
    sign: str
    is_about_letter: bool


@dataclass(frozen=True)
class AlarmGroup:
    """The alarms of a page that say the same, what is past before what is near."""

    words: str
    is_late: bool
    rows: tuple[AlarmRow, ...]


@dataclass(frozen=True)
class AlarmPage:
    """A page of them, the newest first; `older` begins the next."""

    rows: tuple[AlarmRow, ...]
    older: int | None
    is_first: bool = True

    @property
    def groups(self) -> list[AlarmGroup]:
        """The rows by what they say: late first, then the most; each group the newest first."""
        found: dict[str, list[AlarmRow]] = defaultdict(list)
        for row in self.rows:
            found[row.words].append(row)
        groups = [AlarmGroup(words, rows[0].is_late, tuple(rows)) for words, rows in found.items()]
        return sorted(groups, key=lambda group: (not group.is_late, -len(group.rows)))


def alarms_at(post: Post, before: int | None = None) -> AlarmPage:
    """The open alarms about what this official may see."""
    return _page(Alarm.objects.filter(dossier__in=dossiers_at(post)), before)


def alarms_of_the_house(post: Post, before: int | None = None) -> AlarmPage:
    """Every open alarm, for whoever keeps the house."""
    every = Alarm.objects.all() if post.role == Role.KEEPER else Alarm.objects.none()
    return _page(every, before)


def _page(alarms: QuerySet[Alarm], before: int | None) -> AlarmPage:
    found = alarms.filter(closed_at=None).order_by("-pk")
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found.select_related("dossier__agency")[: PAGE + 1])
    shown = rows[:PAGE]
    told = _told(shown)
    return AlarmPage(
        tuple(_row(alarm, alarm.dossier, told[alarm.pk]) for alarm in shown),
        shown[-1].pk if len(rows) > PAGE else None,
        before is None,
    )


def _told(alarms: list[Alarm]) -> dict[int, list[str]]:
    """Who was told of each, by name: one question for a page."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Alarm.raised_to.through.objects.filter(alarm_id__in=[alarm.pk for alarm in alarms])
    for alarm_id, name in rows.order_by("pk").values_list("alarm_id", "post__holder_name"):
        found[alarm_id].append(name)
    return found


def _row(alarm: Alarm, dossier: Dossier, told: list[str]) -> AlarmRow:
    status, level = Status(dossier.status), AlarmLevel(alarm.level)
    words = alarm_words(AlarmKind(alarm.kind), level)
    return AlarmRow(
        reference=dossier.reference, number=dossier.code or dossier.reference,
        procedure=dossier.procedure_name, agency=dossier.agency.name, status=TEXTS[status],
        words=words[:1].upper() + words[1:], is_late=level is AlarmLevel.PASSED,
        due_at=alarm.due_at, raised_at=alarm.raised_at, told=tuple(told), sign=LIFE[status].sign,
        is_about_letter=alarm.kind == AlarmKind.NO_LETTER,
    )  # fmt: skip
