"""What an official looks up beside the worklists: any dossier by name, the next in line, the control sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, Subquery
from django.utils.timezone import localdate

from motcua.core import clock
from motcua.core.errors import NotFound
from motcua.core.text import fold
from motcua.dossiers import access, by_clock, control_facts, display, slip_facts
from motcua.dossiers.form_templates import print_paper
from motcua.dossiers.models import Dossier, MassReading, Move
from motcua.dossiers.pages import Found, MuchReadToday, Named, Neighbours, Preview
from motcua.dossiers.queries import WORKLISTS, listed
from motcua.dossiers.slips import qr_payload
from motcua.dossiers.slips.forms import SlipKind
from motcua.dossiers.workflow import TEXTS, Status
from motcua.procedures.forms.checks import CHECKS
from motcua.procedures.queries import terms_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from motcua.agencies.models import Post

SHOWN = 50
LOOKED_AT = 1000  # a common family name matches every tenth dossier of a province


def search(post: Post, text: str) -> Found:
    """Dossiers the post may see, open or closed, by name with or without marks, or by identity number.

    The latest come first. A name that more than `LOOKED_AT` dossiers bear is looked for only among
    that many, and the page says so. Whose names were shown is journalled (SEC-06).
    """
    folded = fold(text)
    who = Q(applicant_folded__contains=folded)
    number = CHECKS["person_or_enterprise"].tidy(text)
    if number.isascii() and any(ch.isdigit() for ch in number):
        who |= Q(applicant__national_id=number)
    visible = access.dossiers_at(post)
    some = list(visible.filter(who).values_list("pk", flat=True)[: LOOKED_AT + 1])
    rows = Dossier.objects.filter(pk__in=some[:LOOKED_AT]).select_related("assignee", "unit")
    latest = display.rows(rows.order_by("-changed_at", "-id")[: SHOWN + 1], clock.now())
    access.note_shown(post, "search", latest[:SHOWN])
    return Found(latest[:SHOWN], more=len(latest) > SHOWN, too_many=len(some) > LOOKED_AT)


def neighbours(post: Post, reference: str, worklist: str) -> Neighbours:
    """The dossiers before and after this one in a worklist; when a step took it out, the first there."""
    if worklist not in WORKLISTS:
        return Neighbours()
    rows = listed(post, worklist, clock.now())
    ordered = rows.order_by(*by_clock.in_order(rows))
    title = WORKLISTS[worklist][0]
    here = rows.filter(Q(reference=reference) | Q(code=reference)).first()
    if here is None:
        return Neighbours(title, after=_first(ordered))
    still, at = by_clock.still(ordered), by_clock.moment_of(here)
    if at is None:
        moving = ordered.exclude(**{by_clock.clock_name(rows): None})
        later, earlier = still.filter(pk__gt=here.pk), still.filter(pk__lt=here.pk).reverse()
        return Neighbours(title, _first(earlier, moving.reverse()), _first(later))
    later, earlier = by_clock.after(ordered, at, here.pk), by_clock.before(ordered, at, here.pk)
    return Neighbours(title, _first(earlier.reverse()), _first(later, still))


def _first(*parts: QuerySet[Dossier]) -> str:
    """The number of the first dossier of the first part that has any."""
    for part in parts:
        for code, reference in part.values_list("code", "reference")[:1]:
            return code or reference
    return ""


def previews(post: Post, references: Sequence[str]) -> dict[str, Preview]:
    """Those of the dossiers that the post may see, by reference; whose names were shown is journalled.

    As many queries for fifty as for one, and one more for each other procedure among them.
    """
    last = Move.objects.filter(dossier=OuterRef("pk")).order_by("-seq")
    found = list(
        access.dossiers_at(post)
        .filter(reference__in=references)
        .select_related("assignee", "unit")
        .prefetch_related("documents")
        .annotate(last_note=Subquery(last.values("note")[:1]))
    )
    shown = display.rows(found, clock.now())
    access.note_shown(post, "bulk", shown)
    terms = {version: terms_of(version) for version in {d.procedure_version_id for d in found}}
    return {
        row.reference: Preview(
            row,
            dossier.outcome,
            getattr(dossier, "last_note", "") or "",
            display.checklist(dossier, terms[dossier.procedure_version_id]),
        )
        for row, dossier in zip(shown, found, strict=True)
    }


def still_reads(post: Post, reference: str) -> bool:
    """Whether the dossier is still one of this post's, after it was handed on."""
    return access.may_see(access.shown_to(post), reference)


def seen_by(post: Post, reference: str) -> Named:
    """Which dossier this is, for the page that asks why it is read: nothing of its owner."""
    dossier = access.to_see(access.shown_to(post), reference)
    number = dossier.code or dossier.reference
    return Named(dossier.reference, number, dossier.procedure_name, TEXTS[Status(dossier.status)])


def much_read_by(post: Post) -> MuchReadToday | None:
    """What somebody read too much of today, and who was told; None while they have not."""
    today = localdate(clock.now())
    mine = MassReading.objects.filter(day=today, post__account_id=post.account_id)
    found = mine.order_by("pk").first()
    if found is None:
        return None
    told = found.told_to.order_by("pk").values_list("holder_name", flat=True)
    return MuchReadToday(found.words, found.found_at, tuple(told))


def control_sheet(post: Post, reference: str) -> tuple[str, bytes]:
    """Name and PDF of the control sheet as it stands now; the reading is journalled (FRM-07)."""
    dossier = access.to_read(access.dossiers_at(post), reference, post, "control")
    last = dossier.moves.select_related("dossier", "unit").last()
    if last is None:
        raise NotFound
    number = slip_facts.number_of(last, SlipKind.CONTROL)
    qr = qr_payload(slip_facts.sealed(last, SlipKind.CONTROL, number))
    return f"{number.replace('/', '-')}.pdf", print_paper(control_facts.control_sheet(dossier, qr))
