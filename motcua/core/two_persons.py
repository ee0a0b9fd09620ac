"""Two persons: who asks for a grave change is not who agrees to it (SEC-05)."""

from dataclasses import dataclass

from motcua.core.actors import Actor
from motcua.core.errors import Reason


@dataclass(frozen=True)
class Hand:
    """Someone acting, and the human behind it: two posts of one account are one hand."""

    actor: Actor
    person: str


def same_hand(asked_by: str, hand: Hand) -> list[Reason]:
    """Why this hand may not agree: it asked itself."""
    if asked_by != hand.person:
        return []
    text = "Người soạn không tự duyệt được. Mời một người khác có quyền xem và duyệt."
    return [Reason("own_draft", text)]
