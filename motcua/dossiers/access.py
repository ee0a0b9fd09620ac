"""The doors to a dossier. Every page and every action comes in through one of them.

A dossier that is not yours looks the same as one that does not exist.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from motcua.agencies.queries import acting_posts
from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Actor, Role
from motcua.core.errors import NotFound
from motcua.dossiers.models import Consultation, Dossier, FormerCode
from motcua.dossiers.rules import is_code
from motcua.dossiers.rules.urging import SIGNERS, signers

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
    seen = Dossier.objects.filter(agency_id=post.agency_id).exclude(status="draft")
    if post.role in WHOLE_AGENCY:
        return seen
    if post.role == Role.UNIT_HEAD:
        return seen.filter(unit_id=post.unit_id)
    if post.role == Role.CASE_OFFICER:
        return seen.filter(assignee_id=post.pk)
    return seen.none()


def asked_of(post: Post) -> QuerySet[Dossier]:
    """What other units hold and this head's unit was asked about: only until it has answered."""
    if post.role != Role.UNIT_HEAD:
        return Dossier.objects.none()
    asked = Consultation.objects.filter(unit_id=post.unit_id, closed_at=None)
    return Dossier.objects.filter(status="consulting", pk__in=asked.values("dossier_id"))


def shown_to(post: Post) -> QuerySet[Dossier]:
    """What an official may open: their own, and for a head what their unit was asked about.

    For one dossier by its number; lists go by `dossiers_at` and `asked_of`, each by its index.
    """
    own = dossiers_at(post)
    if post.role != Role.UNIT_HEAD:
        return own
    return Dossier.objects.filter(
        Q(pk__in=own.values("pk")) | Q(pk__in=asked_of(post).values("pk"))
    )


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
    if rows:
        shown = [row.reference for row in rows]
        record(post.actor, "dossier.listed", post.actor.key, at=clock.now(), what=what, shown=shown)


def number_of(visible: QuerySet[Dossier], reference: str) -> int:
    """Which of the visible dossiers bears this number: what a list keeps before it locks any."""
    found = _named(visible, reference).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound
    return found


def may_see(visible: QuerySet[Dossier], reference: str) -> bool:
    """Whether the dossier of this number is one of the `visible`."""
    return _named(visible, reference).exists()


def to_read(visible: QuerySet[Dossier], reference: str, by: Actor, what: str = "page") -> Dossier:
    """One of the `visible` dossiers, for someone else's eyes: the reading is journalled."""
    dossier = to_see(visible, reference)
    record(by, "dossier.read", dossier.reference, at=clock.now(), what=what)
    return dossier
