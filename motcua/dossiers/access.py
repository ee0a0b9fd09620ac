"""The doors to a dossier. Every page and every action comes in through one of them.

A dossier that is not yours looks the same as one that does not exist.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from motcua.agencies.queries import acting_posts
from motcua.core.actors import Role
from motcua.core.errors import NotFound
from motcua.dossiers import readings
from motcua.dossiers.by_clock import with_parts
from motcua.dossiers.models import Consultation, Dossier, FormerCode, Station
from motcua.dossiers.rules import is_code
from motcua.dossiers.rules.urging import SIGNERS, signers
from motcua.dossiers.stations import ROLES
from motcua.dossiers.workflow import LINKED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from motcua.agencies.models import Post
    from motcua.dossiers.pages import DossierRow
    from motcua.people.models import Person

SHOWN_WITH = ("agency", "unit", "assignee", "submitter")
WHOLE_AGENCY = {Role.DESK_OFFICER, Role.APPROVER, Role.REGISTRAR}


def dossiers_of(citizen: Person) -> QuerySet[Dossier]:
    """The citizen's own dossiers."""
    return Dossier.objects.filter(submitter=citizen)


def dossiers_from(partner_id: int) -> QuerySet[Dossier]:
    """What a partner's system filed: these dossiers and no others."""
    return Dossier.objects.filter(partner_id=partner_id)


def dossiers_at(post: Post) -> QuerySet[Dossier]:
    """What an official may see: drafts never; the unit's for its head, one's own for a case officer."""
    return Dossier.objects.filter(_own(post)).exclude(status="draft")


def _own(post: Post, of: str = "") -> Q:
    """What lies with an official: the agency's, the unit's, one's own; `of` leads to the dossier."""
    if post.role not in (*WHOLE_AGENCY, Role.UNIT_HEAD, Role.CASE_OFFICER):
        return Q(pk__in=[])
    seen = {f"{of}agency_id": post.agency_id}
    if post.role == Role.UNIT_HEAD:
        seen[f"{of}unit_id"] = post.unit_id
    elif post.role == Role.CASE_OFFICER:
        seen[f"{of}assignee_id"] = post.pk
    return Q(**seen)


def asked_of(post: Post) -> QuerySet[Dossier]:
    """What other units hold and this head's unit was asked about: only until it has answered."""
    if post.role != Role.UNIT_HEAD:
        return Dossier.objects.none()
    return Dossier.objects.filter(status="consulting", pk__in=_asked(post).values("dossier_id"))


def _asked(post: Post) -> QuerySet[Consultation]:
    """What the unit of this post was asked for its opinion on."""
    return Consultation.objects.filter(unit_id=post.unit_id, closed_at=None)


def _running(post: Post) -> QuerySet[Station]:
    """The parts of interlinked dossiers that this post's unit is doing now."""
    if post.role not in ROLES:
        return Station.objects.none()
    mine = Station.objects.filter(unit_id=post.unit_id, is_lead=False, closed_at=None)
    return mine.filter(started_at__isnull=False)


def stationed_at(post: Post) -> QuerySet[Dossier]:
    """What others settle and this post's unit does a part of: only while that part runs."""
    return Dossier.objects.filter(status__in=LINKED, pk__in=_running(post).values("dossier_id"))


def gave_papers(post: Post) -> QuerySet[Dossier]:
    """Where this post's unit had the papers of its part and is done: for the slip it gave them with.

    For one dossier by its number; it opens that slip and nothing else of the dossier.
    """
    if post.role not in ROLES:
        return Dossier.objects.none()
    over = Station.objects.filter(unit_id=post.unit_id, is_lead=False, by_paper=True)
    gone = over.filter(closed_at__isnull=False).values("dossier_id")
    return Dossier.objects.filter(pk__in=gone).exclude(status="draft")


def linked_to(post: Post) -> QuerySet[Dossier]:
    """What is settled together with others: a part at this post's unit, or one's own that waits.

    Found by the stations that are open, never by looking through the dossiers; each half by an
    index of its own, which one condition for both would not be.
    """
    waiting = Station.objects.filter(_own(post, "dossier__"), closed_at=None, is_lead=False)
    halves = [half.order_by().values("dossier_id") for half in (_running(post), waiting)]
    return Dossier.objects.filter(status__in=LINKED, pk__in=halves[0].union(halves[1]))


def asked_in(post: Post, worklist: str) -> QuerySet[Dossier] | None:
    """What stands in a worklist because somebody asks it of others; None for every other list.

    With the limit of what the unit of this post owes of each.
    """
    if worklist == "lien-thong":
        return with_parts(linked_to(post), _running(post))
    if worklist != "cho-y-kien" or post.role != Role.UNIT_HEAD:
        return None
    return with_parts(asked_of(post), _asked(post))


def shown_to(post: Post) -> QuerySet[Dossier]:
    """What an official may open: their own, and what their unit was asked about or does a part of.

    For one dossier by its number; lists go by `dossiers_at`, `asked_of` and `linked_to`.
    """
    if post.role not in ROLES:
        return dossiers_at(post)
    own = _own(post) & ~Q(status="draft")
    asked = Q(pk__in=asked_of(post).values("pk"))
    return Dossier.objects.filter(own | asked | Q(pk__in=stationed_at(post).values("pk")))


def is_guest(post: Post, dossier: Dossier) -> bool:
    """Whether a post that may open this dossier does so for what it was asked, not for its own work."""
    if post.role == Role.UNIT_HEAD:
        return dossier.unit_id != post.unit_id
    if post.role == Role.CASE_OFFICER:
        return dossier.assignee_id != post.pk
    return dossier.agency_id != post.agency_id


def to_urge(post: Post) -> QuerySet[Dossier]:
    """What whoever signs urging documents looks through, for its number and its clock: no names."""
    seen = Dossier.objects.filter(agency_id=post.agency_id).exclude(status="draft")
    return seen if post.pk in signers(acting_posts([post.agency_id], SIGNERS))[0] else seen.none()


def _named(visible: QuerySet[Dossier], reference: str) -> QuerySet[Dossier]:
    reference = present_code(reference)  # one that was corrected goes on naming its dossier
    return visible.filter(Q(reference=reference) | Q(code=reference))


def present_code(code: str) -> str:
    """The code that the dossier has now which was given this one; itself when it was not corrected."""
    if not is_code(code):
        return code
    former = FormerCode.objects.filter(code=code).values_list("dossier__code", flat=True).first()
    return former or code


def to_change(visible: QuerySet[Dossier], reference: str) -> Dossier:
    """One of the `visible` dossiers, locked until the transaction ends."""
    one = _named(visible, reference).select_related("agency")
    dossier = one.select_for_update(of=("self",)).first()
    if dossier is None:
        raise NotFound
    return dossier


def to_see(visible: QuerySet[Dossier], reference: str) -> Dossier:
    """One of the `visible` dossiers, for its owner to look at."""
    dossier = _named(visible, reference).select_related(*SHOWN_WITH).first()
    if dossier is None:
        raise NotFound
    return dossier


def note_shown(post: Post, what: str, rows: Sequence[DossierRow]) -> None:
    """Journal whose names a list showed an official, in the chain of the post that looked."""
    readings.listed(post, what, [row.reference for row in rows])


def number_of(visible: QuerySet[Dossier], reference: str) -> int:
    """Which of the visible dossiers bears this number: what a list keeps before it locks any."""
    found = _named(visible, reference).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound
    return found


def may_see(visible: QuerySet[Dossier], reference: str) -> bool:
    """Whether the dossier of this number is one of the `visible`."""
    return _named(visible, reference).exists()


def to_read(visible: QuerySet[Dossier], reference: str, post: Post, what: str = "page") -> Dossier:
    """One of the `visible` dossiers, for someone else's eyes: the reading is journalled.

    Whoever has to say first why they read it is asked: `ReasonAsked`.
    """
    dossier = to_see(visible, reference)
    note_read(post, dossier, what)
    return dossier


def note_read(post: Post, dossier: Dossier, what: str, *, asks: bool = True) -> None:
    """Journal that an official reads a part of a dossier that came through a door.

    With `asks` off nobody is asked why: for the one paper of one's own of a dossier closed to one.
    """
    readings.note(post, dossier, what, is_guest=is_guest(post, dossier), asks=asks)
