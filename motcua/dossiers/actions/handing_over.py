"""The papers leave the desk: a numbered list that the giver makes and the receiver confirms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from motcua.agencies.queries import headed_units
from motcua.core import clock
from motcua.core.actors import Role
from motcua.core.errors import NotFound, Reason, Refused, refuse_if
from motcua.core.events import publish
from motcua.dossiers import access, rules
from motcua.dossiers.actions.intake import at_the_desk
from motcua.dossiers.events import DossierMoved
from motcua.dossiers.models import Dossier, TransferLine, TransferList, next_list
from motcua.dossiers.transfer_clock import hand_over_by
from motcua.dossiers.workflow import Step

if TYPE_CHECKING:
    from motcua.agencies.models import Post

MOST = 50
GONE = Reason("not_here", "Không còn hồ sơ này trong danh sách của anh/chị.")


@dataclass
class HandedOver:
    """What came of a hand-over: the list, if any dossier could go, and why others could not."""

    id: int = 0
    number: str = ""
    given: list[str] = field(default_factory=list)
    left: dict[str, tuple[Reason, ...]] = field(default_factory=dict)


@transaction.atomic
def hand_over(*, post: Post, unit_id: int, chosen: Sequence[tuple[str, int | None]]) -> HandedOver:
    """Lập giấy bàn giao: one list for one unit; what cannot go stays, with the reason (RCV-11).

    `chosen` are numbers (temporary or code), each with the revision that was seen. All are locked
    before any moves, in one order for everybody.
    """
    if unit_id not in {unit.id for unit in headed_units(post.agency_id)}:
        text = "Mời anh/chị chọn đơn vị giải quyết của cơ quan mình, đang có trưởng đơn vị nhận."
        raise Refused([Reason("unit_unknown", text, field="unit")])
    if not chosen or len(chosen) > MOST:
        raise Refused([Reason("list_size", f"Mỗi giấy bàn giao có từ 1 đến {MOST} hồ sơ.")])
    done, now = HandedOver(), clock.now()
    dossiers = _locked(post, chosen, Step.HAND_OVER, done.left)
    if not dossiers:
        return done
    paper = TransferList.objects.create(
        from_unit_id=post.unit_id, to_unit_id=unit_id, year=localtime(now).year,
        order=next_list(post.unit_id, localtime(now).year),
        given_by=post.holder_name, given_by_key=post.actor.key, given_at=now,
    )  # fmt: skip
    for dossier in dossiers:
        _give(paper, dossier, post, now)
        done.given.append(dossier.reference)
    done.id, done.number = paper.pk, paper.number
    return done


def _locked(
    post: Post,
    chosen: Sequence[tuple[str, int | None]],
    step: Step,
    left: dict[str, tuple[Reason, ...]],
) -> list[Dossier]:
    """Those of the chosen that can take the step, locked, as they were chosen; others go into `left`.

    A dossier chosen by its temporary number and by its code is one dossier.
    """
    wanted: dict[int, tuple[str, int | None]] = {}
    for number, revision in chosen:
        try:
            wanted.setdefault(
                access.number_of(access.dossiers_at(post), number), (number, revision)
            )
        except NotFound:
            left[number] = (GONE,)
    found: dict[int, Dossier] = {}
    for pk in sorted(wanted):
        number, revision = wanted[pk]
        try:
            found[pk] = at_the_desk(post, number, revision, step)
        except Refused as no:
            left[number] = no.reasons
        except NotFound:
            left[number] = (GONE,)
    return [found[pk] for pk in wanted if pk in found]


def _give(paper: TransferList, dossier: Dossier, post: Post, now: datetime) -> None:
    TransferLine.objects.create(list=paper, dossier=dossier, must_by=dossier.transfer_due_at)
    dossier.take(
        Step.HAND_OVER, by=post.actor, at=now, note=f"Giấy bàn giao số {paper.number}",
        facts={"list": paper.number}, unit_id=paper.to_unit_id, assignee_id=None,
    )  # fmt: skip


@transaction.atomic
def hand_over_one(
    *, post: Post, reference: str, revision: int | None = None, unit_id: int
) -> Dossier:
    """Bàn giao một hồ sơ: a list of one."""
    done = hand_over(post=post, unit_id=unit_id, chosen=[(reference, revision)])
    for reasons in done.left.values():
        if GONE in reasons:
            raise NotFound
        raise Refused(reasons)
    return access.to_see(access.dossiers_at(post), reference)


@transaction.atomic
def take_over(*, post: Post, reference: str, revision: int | None = None) -> Dossier:
    """Nhận bàn giao: the head of the unit has the papers in hand and says so (RCV-11)."""
    dossier = at_the_desk(post, reference, revision, Step.TAKE_OVER)
    _settle(dossier, post, is_taken=True)
    move = dossier.take(Step.TAKE_OVER, by=post.actor, at=clock.now())
    publish(DossierMoved(move.pk, dossier.pk))
    return dossier


@transaction.atomic
def turn_back(*, post: Post, reference: str, revision: int | None = None, note: str) -> Dossier:
    """Trả lại bàn giao: not ours, or papers are missing; the desk has it again, with the reason.

    What the unit turns back the desk has until a new hour to hand on; what the desk itself takes
    back, until the hour it had (RCV-09).
    """
    dossier = at_the_desk(post, reference, revision, Step.TURN_BACK)
    refuse_if(rules.required_text("note", note, _why_missing(post)))
    now = clock.now()
    line = _settle(dossier, post, is_taken=False, reason=note.strip())
    desk, until = line.list.from_unit_id, dossier.transfer_due_at
    if post.role == Role.UNIT_HEAD:
        until = hand_over_by(dossier.agency_id, desk, now, dossier.due_at)
    dossier.take(
        Step.TURN_BACK, by=post.actor, at=now, note=note.strip(), unit_id=desk,
        transfer_due_at=until,
    )  # fmt: skip
    return dossier


def _why_missing(post: Post) -> str:
    """What is said without a reason: who received turns back, who gave takes back."""
    verb = "rút" if post.role == Role.DESK_OFFICER else "trả"
    return f"Mời nêu lý do {verb} lại hồ sơ."


def _settle(dossier: Dossier, post: Post, *, is_taken: bool, reason: str = "") -> TransferLine:
    """Close the line of the list on which the dossier stands; the caller has locked the dossier."""
    line = dossier.transfers.select_related("list").get(settled_at=None)
    line.settled_at, line.settled_by = clock.now(), post.holder_name
    line.is_taken, line.reason = is_taken, reason
    line.save(update_fields=["settled_at", "settled_by", "is_taken", "reason"])
    return line


@transaction.atomic
def settle_many(
    *, post: Post, chosen: Sequence[tuple[str, int | None]], note: str = "", taken: bool
) -> HandedOver:
    """Nhận hoặc trả lại nhiều hồ sơ của giấy bàn giao: each judged by itself, all locked first."""
    if not taken:
        refuse_if(rules.required_text("note", note, _why_missing(post)))
    if not chosen or len(chosen) > MOST:
        text = "Chưa chọn hồ sơ nào. Mời anh/chị đánh dấu hồ sơ rồi bấm lại."
        raise Refused([Reason("list_size", text)])
    done, step = HandedOver(), Step.TAKE_OVER if taken else Step.TURN_BACK
    for dossier in _locked(post, chosen, step, done.left):
        if taken:
            take_over(post=post, reference=dossier.reference)
        else:
            turn_back(post=post, reference=dossier.reference, note=note)
        done.given.append(dossier.reference)
    return done
