"""In which role what was asked of a second person is decided now, as the posts are held today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.agencies.heads import other_heads
from motcua.core.actors import Role

if TYPE_CHECKING:
    from motcua.dossiers.models import Approval


def roles_deciding(asked: Approval) -> tuple[Role, ...]:
    """Who its kind or the law names; an approver too while the unit has no head but whoever asked.

    The head who was to agree may have left since: the asking does not wait for the next one.
    """
    if asked.decider is not Role.UNIT_HEAD:
        return (asked.decider,)
    account = asked.asked_by_person.removeprefix("account:")
    others = other_heads(asked.dossier.unit_id or 0, int(account) if account.isdigit() else 0)
    return (Role.UNIT_HEAD,) if others else (Role.UNIT_HEAD, Role.APPROVER)
