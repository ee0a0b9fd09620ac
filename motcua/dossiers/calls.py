"""What pages show of calls to an applicant: whom to phone about what, and what was said when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from motcua.core import clock
from motcua.core.actors import Role
from motcua.core.errors import NotFound
from motcua.dossiers import access
from motcua.dossiers.calling import unreached_by
from motcua.dossiers.incident_words import KIND_NAMES, SUBJECT_NAMES, IncidentKind, Subject
from motcua.dossiers.lost_news import PAPERS_MADE_GOOD, row_of, told_by, unheard_of
from motcua.dossiers.models import Alarm, Dossier, Incident, Move, PhoneCall
from motcua.dossiers.models.calls import NUMBER, WHOSE
from motcua.dossiers.rules.calling import may_be_called_about
from motcua.dossiers.types import WAITING, AlarmKind, AlarmLevel, TimelineItem
from motcua.dossiers.workflow import STEP_TEXTS, Status, Step
from motcua.notices.names import name_of
from motcua.people.queries import person_facts

if TYPE_CHECKING:
    from motcua.agencies.models import Post

WHO_CALLS = (Role.DESK_OFFICER, Role.CASE_OFFICER)
CALL = "call"  # what a line of a dossier's story is called that is a call and no step
CALLED = "Cán bộ đã gọi điện báo người nộp"
TOLD_IN_PERSON = "Cán bộ đã báo trực tiếp người nộp"
NO_ANSWER = "Cán bộ gọi điện báo, chưa liên lạc được"
NOT_MET = "Cán bộ tìm báo trực tiếp, chưa gặp được"


@dataclass(frozen=True)
class Number:
    """One way to an applicant: a telephone of the dossier, or in person."""

    key: str
    number: str
    whose: str

    @property
    def text(self) -> str:
        """How a page names it."""
        return f"{self.number}, {self.whose}" if self.number else self.whose


@dataclass(frozen=True)
class Unheard:
    """Something the applicant was to hear and did not."""

    what: str
    since: datetime


@dataclass(frozen=True)
class Calling:
    """Whether this post records calls about a dossier, and what has not been heard."""

    may_call: bool = False
    unheard: tuple[Unheard, ...] = ()
    numbers: tuple[Number, ...] = ()


def numbers_of(dossier: Dossier) -> list[Number]:
    """Where the applicant of a dossier can be told, the owner's telephone first; in person always."""
    owner, found = dossier.applicant, []
    phone = str(owner.get("phone") or "").strip()
    if phone:
        found.append(_number("owner", phone, str(owner.get("name", "")), "chủ hồ sơ"))
    if dossier.submitter_id is not None:
        filer = person_facts(dossier.submitter_id)
        if filer.phone and filer.phone != phone:
            found.append(_number("filer", filer.phone, filer.full_name, "người nộp"))
    return [*found, Number("person", "", "Báo trực tiếp, không qua điện thoại")]


def _number(key: str, phone: str, name: str, what: str) -> Number:
    """As much of it as a call keeps: whatever was typed, a call can be written down."""
    room = WHOSE - len(f" ({what})")
    return Number(key, phone[:NUMBER], f"{name[:room]} ({what})")


def calling_beside(post: Post, reference: str) -> Calling:
    """What the page of a dossier says of calls to those who make them; nothing to anybody else."""
    if post.role not in WHO_CALLS:
        return Calling()
    dossier = access.dossiers_at(post).filter(reference=reference).first()
    return _calling(dossier) if dossier else Calling()


def calling_about(post: Post, reference: str) -> Calling:
    """The same for the page on which a call is written down; `NotFound` where none is."""
    dossier = access.to_read(access.dossiers_at(post), reference, post, "call")
    found = _calling(dossier) if post.role in WHO_CALLS else Calling()
    if not found.may_call:
        raise NotFound
    return found


def _calling(dossier: Dossier) -> Calling:
    if not may_be_called_about(Status(dossier.status), dossier.since_at, clock.now()):
        return Calling()
    news = unheard_of(dossier.pk)
    names = _names([each.number for each in news])
    unheard = tuple(Unheard(names[each.number], each.since) for each in news)
    return Calling(True, unheard, tuple(numbers_of(dossier)))


def is_warned_of(dossier: Dossier) -> bool:
    """Whether the page of the dossier warns that its applicant has not heard of something."""
    return bool(unheard_of(dossier.pk)) or unreached_by(dossier) is not None


def _names(news: list[int]) -> dict[int, str]:
    """What the applicant was to hear by each of these numbers, as the page names it."""
    rows = [(number, *row_of(number)) for number in news]
    of = {
        what: {pk for _, kind, pk in rows if kind == what} for what in ("move", "incident", "alarm")
    }
    moves = Move.objects.filter(pk__in=of["move"]).values_list("pk", "step")
    names = {("move", pk): STEP_TEXTS[Step(step)] for pk, step in moves}
    alarms = Alarm.objects.filter(pk__in=of["alarm"]).values_list("pk", "kind", "level")
    names |= {
        ("alarm", pk): name_of(WAITING[AlarmKind(kind), AlarmLevel(level)])
        for pk, kind, level in alarms
    }
    kinds = dict(Incident.objects.filter(pk__in=of["incident"]).values_list("pk", "kind"))
    found = {}
    for number, what, pk in rows:
        told = told_by(number)
        if what == "incident":
            found[number] = _mishap(kinds[pk], is_mended=told == PAPERS_MADE_GOOD)
        else:
            found[number] = names.get((what, pk)) or name_of(told)
    return found


def _mishap(kind: str, *, is_mended: bool) -> str:
    what = f"{KIND_NAMES[IncidentKind(kind)]} {SUBJECT_NAMES[Subject.PAPERS]}".lower()
    return f"Khắc phục xong: {what}" if is_mended else f"Sự cố: {what}"


def told_by_call(dossier: Dossier, agency: str) -> list[TimelineItem]:
    """The calls about a dossier as lines of its story."""
    return [_line(call, agency) for call in dossier.calls.all()]


def _line(call: PhoneCall, agency: str) -> TimelineItem:
    if call.number:
        title = CALLED if call.is_reached else NO_ANSWER
    else:
        title = TOLD_IN_PERSON if call.is_reached else NOT_MET
    return TimelineItem(title, call.called_at, call.called_by, agency, call.note, "done", CALL)
