"""Who has read: for an owner everybody who read one dossier, for leaders what one post has read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from motcua.agencies.post_queries import answered_for, one_answered_for, places_of
from motcua.audit.actions import record
from motcua.audit.reading_queries import acted_by, latest_of
from motcua.core import clock
from motcua.core.actors import Role
from motcua.core.errors import NotFound
from motcua.dossiers import access
from motcua.dossiers.models import Document, Dossier, MassReading
from motcua.dossiers.readings import whose_post
from motcua.dossiers.rules.reading import WHY_NAMES, Why, why_told
from motcua.workdays.types import HANOI

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from motcua.agencies.models import Post
    from motcua.agencies.types import PostPlace
    from motcua.audit.reading_queries import Acted
    from motcua.audit.types import EntryFacts
    from motcua.people.models import Person

ENTRIES = 100  # of the journal on a page
LATELY = timedelta(days=7)
POSTS = 30  # to choose from; whoever is not among them is found by name
READ, DOWNLOAD = "dossier.read", "dossier.download"
LISTED, TAKEN = "dossier.listed", "dossier.register_taken"
WHAT = {
    "page": "Mở hồ sơ",
    "document": "Xem giấy tờ",
    "slip": "Tải phiếu",
    "result": "Tải kết quả",
    "earlier_result": "Tải bản kết quả đã thay thế",
    "control": "In phiếu kiểm soát",
    "opinion": "Tải văn bản ý kiến",
    "visit": "Tải biên bản xác minh",
    "minutes": "In biên bản xác minh",
    "station": "Xem giấy tờ liên thông",
    "due": "Xem cách tính ngày hẹn",
    "call": "Mở trang gọi điện cho người nộp",
    "approval": "Xem đề nghị chờ duyệt",
    "letter": "Xem thư xin lỗi",
}


@dataclass(frozen=True)
class Look:
    """What one reader looked at within a day, for one reason; `kind`: you, official, machine."""

    kind: str
    name: str
    where: str
    what: tuple[str, ...]
    why: str
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class LooksPage:
    """Who looked at a dossier, the newest first; `older` begins the next page."""

    reference: str
    number: str
    procedure: str
    looks: list[Look]
    older: int
    is_first: bool


def looks_at(citizen: Person, reference: str, before: int = 0) -> LooksPage:
    """Ai đã xem hồ sơ của tôi: every look at a dossier of one's own, from the journal (KHO-04)."""
    dossier = access.to_see(access.dossiers_of(citizen), reference)
    found = latest_of(dossier.reference, (READ, DOWNLOAD), ENTRIES + 1, before)
    shown = found[:ENTRIES]
    names, posts = _papers(dossier, shown), _posts(shown)
    mine = citizen.actor.key
    looks = [
        _look(list(entries), names, posts, mine)
        for _, entries in groupby(shown, key=lambda e: (e.actor, localdate(e.at), _why(e)))
    ]
    older = shown[-1].seq if len(found) > ENTRIES else 0
    number = dossier.code or dossier.reference
    return LooksPage(
        dossier.reference, number, dossier.procedure_name, looks, older, is_first=not before
    )


def _why(entry: EntryFacts) -> str:
    return str(entry.facts.get("why") or "")


def _look(
    entries: list[EntryFacts], names: dict[str, str], posts: dict[str, str], mine: str
) -> Look:
    """One reader's looks of a day: what was opened, each thing once."""
    newest, oldest = entries[0], entries[-1]
    kind = "you" if newest.actor == mine else "official" if _is_post(newest) else "machine"
    what = dict.fromkeys(_what(entry, names) for entry in reversed(entries))
    return Look(
        kind, newest.actor_name, _where(newest) or posts.get(newest.actor, ""), tuple(what),
        why_told(_why(newest)), oldest.at, newest.at,
    )  # fmt: skip


def _is_post(entry: EntryFacts) -> bool:
    return entry.actor.startswith("post:")


def _where(entry: EntryFacts) -> str:
    """The post as the journal called it on that day; older entries named only the reader."""
    told = (str(entry.facts.get(name) or "") for name in ("title", "unit", "agency"))
    return ", ".join(text for text in told if text)


def _what(entry: EntryFacts, names: dict[str, str]) -> str:
    """What was looked at, in words; a paper by its name."""
    what, _, number = str(entry.facts.get("what") or "").partition(":")
    words = WHAT.get(what, "Xem")
    return f"{words}: {names[number]}" if what == "document" and number in names else words


def _papers(dossier: Dossier, entries: Collection[EntryFacts]) -> dict[str, str]:
    """The names of the papers that were looked at: one question for a page."""
    asked = {str(e.facts.get("what") or "").removeprefix("document:") for e in entries}
    numbers = [int(each) for each in asked if each.isascii() and each.isdigit()]
    rows = Document.objects.filter(dossier=dossier, pk__in=numbers)
    return {str(pk): name for pk, name in rows.values_list("pk", "name")}


def _posts(entries: Collection[EntryFacts]) -> dict[str, str]:
    """The posts of entries that do not say which post it was, as they are called now."""
    bare = {e.actor for e in entries if _is_post(e) and not _where(e)}
    numbers = [int(key.removeprefix("post:")) for key in bare]
    found = places_of(numbers) if numbers else {}
    return {f"post:{pk}": where for pk, where in found.items()}


@dataclass(frozen=True)
class Reviewed:
    """One look of a post as its leader reads it; a list shows how many names, not whose."""

    at: datetime
    what: str
    reference: str
    why: str
    note: str


@dataclass(frozen=True)
class ReviewPage:
    """What one post read in a time; without a post, whom there is to choose and who read much."""

    post: PostPlace | None
    posts: list[PostPlace]
    rows: list[Reviewed]
    cursor: str
    much: list[MassReading]


def review(
    post: Post, post_id: int | None, name: str, days: tuple[date, date], cursor: str = ""
) -> ReviewPage:
    """What a post read, for who answers for it: leaders their own, keepers all; journalled (SEC-06)."""
    latest = much_lately(post)
    if post_id is None:
        return ReviewPage(None, answered_for(post, name, POSTS), [], "", latest)
    chosen = one_answered_for(post, post_id)
    if chosen is None:
        raise NotFound
    since, until = (datetime.combine(day, time(), HANOI) for day in days)
    deeds = (READ, LISTED, TAKEN)
    between = (since, until + timedelta(days=1))
    found = acted_by(chosen.key, deeds, between, ENTRIES + 1, cursor)
    record(
        post.actor, "reading.reviewed", chosen.key, at=clock.now(), since=days[0],
        until=days[1], **whose_post(post),
    )  # fmt: skip
    older = found[ENTRIES - 1].cursor if len(found) > ENTRIES else ""
    return ReviewPage(chosen, [], [_reviewed(each) for each in found[:ENTRIES]], older, latest)


def much_lately(post: Post) -> list[MassReading]:
    """Who read too much in the last days, for the page of alarms of whoever answers for them."""
    since = localdate(clock.now()) - LATELY
    rows = _much_read(post).filter(day__gte=since).select_related("post__unit")
    return list(rows.order_by("-pk")[:POSTS])


def _much_read(post: Post) -> QuerySet[MassReading]:
    """Who read too much of those for whom this post answers."""
    rows = MassReading.objects.all()
    if post.role == Role.KEEPER:
        return rows
    if post.role == Role.APPROVER:
        return rows.filter(post__agency_id=post.agency_id)
    return rows.filter(post__unit_id=post.unit_id)


def _reviewed(acted: Acted) -> Reviewed:
    entry, facts = acted.entry, acted.entry.facts
    why = _why(entry)
    return Reviewed(
        entry.at, _told(entry.deed, facts), acted.subject if entry.deed == READ else "",
        WHY_NAMES[Why(why)] if why in WHY_NAMES else "", str(facts.get("note") or ""),
    )  # fmt: skip


def _told(deed: str, facts: dict[str, Any]) -> str:
    if deed == TAKEN:
        return f"Tải sổ theo dõi hồ sơ: {facts.get('total', 0)} hồ sơ"
    if deed == LISTED:
        return f"Danh sách: {len(facts.get('shown') or ())} hồ sơ"
    what = str(facts.get("what") or "").partition(":")[0]
    return WHAT.get(what, "Xem")
