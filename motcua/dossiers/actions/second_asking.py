"""One more correction slip than the law gives by itself: asked by one, agreed to by an approver (INT-07).

It is the same at the entry check and while the dossier is examined; the slip waits as it was written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.agencies.heads import other_heads
from motcua.core import clock
from motcua.core.actors import Actor, Role
from motcua.core.errors import refuse_if
from motcua.core.events import publish
from motcua.core.two_persons import Hand
from motcua.dossiers import rules
from motcua.dossiers.actions import asking, corrections
from motcua.dossiers.acts import ACTS, ApprovalKind
from motcua.dossiers.events import SupplementAsked
from motcua.dossiers.ledger import law_on
from motcua.dossiers.models import Approval, Dossier
from motcua.dossiers.workflow import Status, Step
from motcua.law.queries import profile
from motcua.law.types import Stage

if TYPE_CHECKING:
    from motcua.agencies.models import Post
    from motcua.law.types import AskingRule


def entry_rule(dossier: Dossier) -> AskingRule:
    """How often may be asked at the entry check, by the law under which the dossier was filed."""
    law = profile(dossier.profile_id) if dossier.profile_id else law_on(dossier, clock.now())
    return law.asking_at(Stage.ENTRY)


def who_agrees(dossier: Dossier, rule: AskingRule, post: Post) -> Role | None:
    """Who agrees to one more slip; an approver where the unit has no head but whoever asks."""
    if rule.more_agreed_by is not Role.UNIT_HEAD or not dossier.unit_id:
        return rule.more_agreed_by
    others = other_heads(dossier.unit_id, post.account_id)
    return Role.UNIT_HEAD if others else Role.APPROVER


def ask_for_consent(
    dossier: Dossier,
    post: Post,
    rule: AskingRule,
    asked: list[corrections.Item],
    basis: str,
    reason: str,
) -> Dossier:
    """Put one more slip before whoever the law lets agree; nobody asks while an asking waits."""
    kind = ApprovalKind.ASK_AGAIN
    may_ask = ACTS[kind].may_ask(Role(post.role), Status(dossier.status))
    asking.refuse_unless_open(dossier, kind, may_ask=may_ask)
    missing = (
        "Hồ sơ đã được yêu cầu bổ sung đủ số lần quy định. Mời anh/chị nêu lý do yêu cầu thêm; "
        "yêu cầu chỉ gửi đi khi được cho phép."
    )
    refuse_if(rules.required_text("second_reason", reason, missing))
    hand = Hand(post.actor, f"account:{post.account_id}")
    facts = {
        "items": asked, "basis": basis, "stage": rule.stage,
        "agreed_by": who_agrees(dossier, rule, post),
        "assignee": dossier.assignee_id, "unit": post.unit_id,
    }  # fmt: skip
    asking.put_before(dossier, hand, kind, reason, facts)
    return dossier


def written_by(asked: Approval) -> Actor:
    """Whoever wrote the slip: it goes out by the hand that asked for it."""
    role = Role.DESK_OFFICER if asked.facts["stage"] == Stage.ENTRY else Role.CASE_OFFICER
    return Actor(role, asked.asked_by_key, asked.asked_by, asked.facts["unit"])


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
