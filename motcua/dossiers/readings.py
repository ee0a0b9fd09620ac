"""Reading is an act: each look of an official at a dossier is judged, counted and journalled.

`access` calls this at the door. Whoever reads what is not theirs to work on, or has read unusually
much today, is asked why before anything is shown: `ReasonAsked`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.timezone import localdate, localtime

from motcua.agencies.queries import acting_posts, head_posts, keepers_besides, posts_of_account
from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Role
from motcua.core.events import publish
from motcua.dossiers.acts import ApprovalState
from motcua.dossiers.events import MuchRead
from motcua.dossiers.models import Alarm, Approval, MassReading, Reading
from motcua.dossiers.rules import reading as rules
from motcua.dossiers.workflow import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from motcua.agencies.models import Post
    from motcua.dossiers.models import Dossier

# Pages of one visit: looked at again soon after, they are the same page view. All else is a file.
# The page with the phone number is a look of its own each time, and the page around it no second one.
NUMBERS = "call"
PAGES = frozenset({"page", "due", NUMBERS, "approval", "letter"})
_FIRST = """
INSERT INTO dossiers_reading (post_id, dossier_id, day, is_theirs, why, note, first_at, noted_at)
VALUES (%s, %s, %s, %s, '', '', %s, %s) ON CONFLICT (post_id, dossier_id, day) DO NOTHING
"""
# One statement counts and tells what this hour and this day have come to, for all posts of the
# person: whoever has three reads no more than others. At most 24 rows a day and post are added up.
_COUNT = """
WITH here AS (
    INSERT INTO dossiers_readingtally AS tally (post_id, hour, opened, listed)
    VALUES (%(post)s, %(hour)s, %(opened)s, %(listed)s)
    ON CONFLICT (post_id, hour) DO UPDATE
        SET opened = tally.opened + excluded.opened, listed = tally.listed + excluded.listed
    RETURNING opened, listed
), others AS (
    SELECT coalesce(sum(opened), 0) AS opened, coalesce(sum(listed), 0) AS listed,
        coalesce(sum(opened) FILTER (WHERE hour = %(hour)s), 0) AS opened_now,
        coalesce(sum(listed) FILTER (WHERE hour = %(hour)s), 0) AS listed_now
    FROM dossiers_readingtally
    WHERE post_id = ANY(%(posts)s) AND hour >= %(day)s AND hour <= %(hour)s
        AND (post_id, hour) <> (%(post)s, %(hour)s)
)
SELECT here.opened + others.opened_now, here.opened + others.opened,
    here.listed + others.listed_now, here.listed + others.listed
FROM here, others
"""


class ReasonAsked(Exception):
    """A dossier that this post may see, once it has said why it reads it."""

    def __init__(self, reference: str, *, is_much: bool = False) -> None:
        self.reference, self.is_much = reference, is_much
        super().__init__(reference)


def whose_post(post: Post) -> dict[str, str]:
    """In which post somebody read, as it was called on that day: offices are renamed, papers not."""
    return {"title": post.title, "unit": post.unit.name, "agency": post.agency.name}


def note(post: Post, dossier: Dossier, what: str, *, is_guest: bool, asks: bool = True) -> None:
    """Journal that `post` looks at `what` of a dossier; `ReasonAsked` where it must say why first.

    The same page again within a few minutes is the same look; a file is a look each time.
    """
    now = clock.now()
    known = Reading.objects.filter(post_id=post.pk, dossier=dossier, day=localdate(now)).first()
    if asks and known is None:
        _ask_why(post, dossier, now, is_guest=is_guest)
    reading = known or Reading(post=post, dossier=dossier, day=localdate(now), is_theirs=True)
    if what not in PAGES - {NUMBERS} or not _is_same_view(reading, now):
        _journal(post, dossier, what, reading, now)


@transaction.atomic(savepoint=False)
def _journal(post: Post, dossier: Dossier, what: str, reading: Reading, now: datetime) -> None:
    """The look in the chain of the dossier, and the row of the day that counts it."""
    _keep(post, reading, now, is_page=what in PAGES)
    facts = {"why": reading.why, "note": reading.note} if reading.why else {}
    record(
        post.actor, "dossier.read", dossier.reference, at=now, what=what, **whose_post(post), **facts
    )  # fmt: skip


def _is_same_view(reading: Reading, now: datetime) -> bool:
    """Whether a page of this dossier was journalled for this post a few minutes ago."""
    window = timedelta(minutes=settings.READING_WINDOW_MINUTES)
    return reading.noted_at is not None and now - reading.noted_at < window


def _ask_why(post: Post, dossier: Dossier, now: datetime, *, is_guest: bool) -> None:
    """Stop whoever must say first why they read this dossier today."""
    much = reads_much(post, now)
    if much or not is_work_of(post, dossier, now, is_guest=is_guest):
        raise ReasonAsked(dossier.reference, is_much=much)


def is_work_of(post: Post, dossier: Dossier, now: datetime, *, is_guest: bool) -> bool:
    """Whether a dossier is this post's to work on: by role and step, or because it was asked to look."""
    role = Role(post.role)
    warned = dossier.warn_at or dossier.clock_at
    standing = rules.Standing(Status(dossier.status), warned is not None and now >= warned)
    if rules.is_theirs(rules.Seat(role, is_guest), standing):
        return True
    if role in rules.ON_TIME and _asked_of_two(dossier):
        return True
    return Alarm.objects.filter(raised_to=post.pk, dossier=dossier, closed_at=None).exists()


def _asked_of_two(dossier: Dossier) -> bool:
    """Whether something is asked of a second person: who asks and who decides both look."""
    return Approval.objects.filter(dossier=dossier, state=ApprovalState.OPEN).exists()


def reads_much(post: Post, now: datetime) -> bool:
    """Whether this person was found reading too much today: from then on each reading has a reason."""
    found = MassReading.objects.filter(day=localdate(now), post__account_id=post.account_id)
    return found.exists()


def _keep(post: Post, reading: Reading, now: datetime, *, is_page: bool) -> None:
    """Keep that this post has read this dossier today; what is opened for the first time counts."""
    if is_page:
        reading.noted_at = now
    if reading.first_at is not None:
        if is_page:
            Reading.objects.filter(pk=reading.pk).update(noted_at=now)
        return
    if reading.pk:  # a reason was given, and this is the look it was given for
        mine = Reading.objects.filter(pk=reading.pk, first_at=None)
        is_first = bool(mine.update(first_at=now, noted_at=reading.noted_at))
    else:
        is_first = _is_new(reading, now)
    if is_first:
        count(post, now, opened=1)


def _is_new(reading: Reading, now: datetime) -> bool:
    """Keep the first look of the day; False where the same browser was quicker with another page."""
    here: list[Any] = [reading.post_id, reading.dossier_id, reading.day]
    with connection.cursor() as cursor:
        cursor.execute(_FIRST, [*here, reading.is_theirs, now, reading.noted_at])
        return bool(cursor.rowcount)


def count(post: Post, now: datetime, *, opened: int = 0, listed: int = 0) -> None:
    """Add to what this post has read; the first time its holder reads too much, somebody is told."""
    at = localtime(now)
    hour = at.replace(minute=0, second=0, microsecond=0)
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    asked: dict[str, Any] = {
        "post": post.pk,
        "posts": posts_of_account(post.account_id),
        "hour": hour,
        "day": day,
        "opened": opened,
        "listed": listed,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, asked)
        tally = rules.Tally(*(int(number) for number in cursor.fetchone()))
    if words := rules.beyond(tally, rules.Limits(**settings.READING_LIMITS)):
        _raise_alarm(post, now, words)


def _raise_alarm(post: Post, now: datetime, words: str) -> None:
    """Once a day and person: write down that they read too much, in the journal too, and tell of it."""
    if reads_much(post, now):
        return
    found, is_new = MassReading.objects.get_or_create(
        post_id=post.pk, day=localdate(now), defaults={"found_at": now, "words": words}
    )
    if not is_new:
        return
    told = _hearers(post)
    found.told_to.set(told)
    record(
        post.actor, "reading.much", post.actor.key, at=now, words=words, told=told,
        **whose_post(post),
    )  # fmt: skip
    publish(MuchRead(found.pk))


def _hearers(post: Post) -> list[int]:
    """The posts of other persons who answer for this one: its head, else its leaders, else keepers."""
    mine = set(posts_of_account(post.account_id))

    def others(posts: Sequence[int]) -> list[int]:
        return [each for each in posts if each not in mine]

    leaders = [seat.id for seat in acting_posts([post.agency_id], [Role.APPROVER])]
    return rules.who_hears(
        post.pk, others(head_posts([post.unit_id]).get(post.unit_id, [])), others(leaders),
        keepers_besides(f"account:{post.account_id}"),
    )  # fmt: skip


def listed(post: Post, what: str, shown: Sequence[str], **facts: Any) -> None:
    """Journal whose names a list showed an official, in the chain of the post that looked."""
    if not shown:
        return
    now = clock.now()
    with transaction.atomic(savepoint=False):
        count(post, now, listed=len(shown))
        record(
            post.actor, "dossier.listed", post.actor.key, at=now, what=what, shown=list(shown),
            **whose_post(post), **facts,
        )  # fmt: skip
