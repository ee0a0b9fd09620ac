"""Whoever filed for a person also hands in what was asked, or takes it back, for that person."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from motcua.core import clock
from motcua.core.errors import Reason, Refused, refuse_if
from motcua.core.two_persons import Hand
from motcua.dossiers import access, rules
from motcua.dossiers.actions.approving import withdrawal_asked
from motcua.dossiers.actions.editing import note_change
from motcua.dossiers.actions.filing import digest_of, hand_of
from motcua.dossiers.actions.intake import (
    HANDED_IN,
    at_the_desk,
    forget_changes,
    hand_in_again,
    hand_in_step,
    take_back,
)
from motcua.dossiers.actions.papers import Papers, keep_all, put_all, take_out
from motcua.dossiers.models import Dossier
from motcua.dossiers.types import PaperForm
from motcua.dossiers.workflow import TAKEN_IN, Status, Step, next_status
from motcua.people.types import PartnerFacts
from motcua.procedures.forms.filling import merge, normalised
from motcua.procedures.queries import terms_of

if TYPE_CHECKING:
    from motcua.agencies.models import Post
    from motcua.core.actors import Actor


@transaction.atomic
def supplement_at_counter(
    *,
    post: Post,
    reference: str,
    revision: int | None = None,
    answers: Mapping[str, Any],
    papers: Papers = (),
    drop: Collection[int] = (),
) -> Dossier:
    """Nhận bổ sung tại quầy: what the person brought, entered by the official they brought it to.

    What the person was changing online and had not sent is dropped: the page did not show it.
    """
    seen = access.to_see(access.dossiers_at(post), reference)
    step = hand_in_step(seen)
    next_status(Status(seen.status), step, post.actor.role)
    refuse_if(rules.not_for_the_desk(Step.SUPPLEMENT, seen.channel))
    kept = keep_all(papers, post.actor)  # only for who may hand in here
    dossier = at_the_desk(post, reference, revision, step)
    forget_changes(dossier, clock.now())
    take_out(dossier, drop)
    put_all(dossier, kept, PaperForm.PHOTOCOPY)
    form = terms_of(dossier.procedure_version_id).form
    return hand_in_again(dossier, post.actor, normalised(form, answers))


@transaction.atomic
def withdraw_at_counter(
    *, post: Post, reference: str, revision: int | None = None, note: str
) -> Dossier:
    """Rút hồ sơ theo yêu cầu: at the counter, for who filed there, with what they asked in words.

    Once it was accepted the desk asks for it and a leader confirms: see `ApprovalKind`.
    """
    dossier = at_the_desk(post, reference, revision, Step.WITHDRAW)
    missing = "Mời ghi ai xin rút và vì sao."
    refuse_if(
        [
            *rules.not_for_the_desk(Step.WITHDRAW, dossier.channel),
            *rules.taken_back_by_two(is_accepted=dossier.status in TAKEN_IN),
            *rules.required_text("note", note, missing),
        ]
    )
    return take_back(dossier, post.actor, note.strip())


@transaction.atomic
def supplement_by_partner(
    *,
    partner: PartnerFacts,
    reference: str,
    answers: Mapping[str, Any],
    papers: Papers = (),
    remove: Collection[int] = (),
) -> Dossier:
    """Đối tác nộp bổ sung: the same content again is the same supplement.

    `remove` are papers that are taken back, in the same breath: a wrong one goes, a right one comes.
    """
    access.to_see(access.dossiers_from(partner.id), reference)
    actor = hand_of(partner)
    kept = keep_all(papers, actor)
    content = digest_of([answers, *([sorted(set(remove))] if remove else [])], kept)
    dossier = access.to_change(access.dossiers_from(partner.id), reference)
    if dossier.moves.filter(step__in=HANDED_IN, facts__content=content).exists():
        return dossier
    next_status(Status(dossier.status), hand_in_step(dossier), actor.role)
    forget_changes(dossier, clock.now())
    _take_back_papers(dossier, actor, remove)
    put_all(dossier, kept, PaperForm.ELECTRONIC)
    form = terms_of(dossier.procedure_version_id).form
    changed = merge(dossier.answers, normalised(form, answers))
    return hand_in_again(dossier, actor, changed, facts={"content": content})


def _take_back_papers(dossier: Dossier, actor: Actor, remove: Collection[int]) -> None:
    """Take these papers out, each on record; one of another dossier is as unknown as none."""
    papers = {paper.pk: paper for paper in dossier.documents.filter(removed_at=None)}
    if unknown := sorted(set(remove) - set(papers)):
        text = f"Hồ sơ không có giấy tờ số {', '.join(map(str, unknown))}."
        raise Refused([Reason("paper_unknown", text, field="remove")])
    take_out(dossier, remove)
    for pk in sorted(set(remove)):
        note_change(dossier, actor, "remove_document", slot=papers[pk].slot, paper=pk)


@transaction.atomic
def withdraw_by_partner(*, partner: PartnerFacts, reference: str, note: str = "") -> Dossier:
    """Đối tác rút hồ sơ: once, however often it is asked for.

    After acceptance it asks, like a citizen, and the desk confirms or says why not (ST-18).
    """
    dossier = access.to_change(access.dossiers_from(partner.id), reference)
    if dossier.status == Status.WITHDRAWN:
        return dossier
    actor = hand_of(partner)
    if dossier.status in TAKEN_IN:
        withdrawal_asked(dossier, Hand(actor, actor.key), note)
        return dossier
    return take_back(dossier, actor, note.strip())
