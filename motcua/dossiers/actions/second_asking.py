"""One more correction slip than the law gives by itself: asked by one, agreed to by an approver (INT-07).

It is the same at the entry check and while the dossier is examined; the slip waits as it was written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Actor, Role
from motcua.core.errors import Reason, Refused, refuse_if
from motcua.core.events import publish
from motcua.dossiers import rules
from motcua.dossiers.actions import corrections
from motcua.dossiers.events import SupplementAsked
from motcua.dossiers.ledger import law_on
from motcua.dossiers.models import Dossier, SecondAsking
from motcua.dossiers.workflow import Status, Step
from motcua.law.queries import profile
from motcua.law.types import Stage

if TYPE_CHECKING:
    from motcua.agencies.models import Post
    from motcua.law.types import AskingRule

LAPSED = "Hồ sơ đã đi tiếp nên đề nghị này không còn hiệu lực."


def entry_rule(dossier: Dossier) -> AskingRule:
    """How often may be asked at the entry check, by the law under which the dossier was filed."""
    law = profile(dossier.profile_id) if dossier.profile_id else law_on(dossier, clock.now())
    return law.asking_at(Stage.ENTRY)


def is_at_entry(asking: SecondAsking) -> bool:
    """Whether it was asked for before acceptance: by the desk, not by who examines."""
    return asking.asked_by.role == Role.DESK_OFFICER


def has_lapsed(dossier: Dossier, asking: SecondAsking) -> bool:
    """Whether the dossier went on to where this slip cannot go out any more."""
    if is_at_entry(asking):
        return dossier.revision != asking.revision
    return dossier.status != Status.EXAMINING or dossier.assignee_id != asking.asked_by_id


def ask_for_consent(
    dossier: Dossier, post: Post, asked: list[corrections.Item], basis: str, reason: str
) -> Dossier:
    """Put one more slip before an approver; the same again while it waits is the same asking."""
    missing = (
        "Hồ sơ đã được yêu cầu bổ sung đủ số lần quy định. Mời anh/chị nêu lý do yêu cầu thêm; "
        "yêu cầu chỉ gửi đi khi lãnh đạo cho phép."
    )
    refuse_if(rules.required_text("second_reason", reason, missing))
    now = clock.now()
    waiting = dossier.second_askings.select_related("asked_by").filter(decided_at=None).first()
    if waiting is not None:
        if not has_lapsed(dossier, waiting):
            text = "Yêu cầu bổ sung thêm của hồ sơ này đang chờ lãnh đạo cho phép."
            raise Refused([Reason("second_asking_waits", text)])
        waiting.decided_at, waiting.is_granted, waiting.answer = now, False, LAPSED
        waiting.save(update_fields=["decided_at", "is_granted", "answer"])
    SecondAsking.objects.create(
        dossier=dossier, asked_by=post, asked_at=now, revision=dossier.revision,
        reason=reason.strip(), items=asked, sector_basis=basis.strip(),
    )  # fmt: skip
    record(post.actor, "dossier.second_asking", dossier.reference, at=now, items=len(asked))
    return dossier


def send_entry_slip(
    dossier: Dossier, by: Actor, asked: list[corrections.Item], basis: str, **told: str
) -> Dossier:
    """The slip of the entry check goes out to the applicant, who has the dossier from now on."""
    move = dossier.take(
        Step.ASK_SUPPLEMENT, by=by, at=clock.now(), note=basis, facts={"items": asked} | told,
        supplement_items=asked, supplements_asked=dossier.supplements_asked + 1,
    )  # fmt: skip
    corrections.keep_items(dossier, move, asked)
    publish(SupplementAsked(move.pk, dossier.pk))
    return dossier
