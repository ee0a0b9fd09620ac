"""In which role what was asked of a second person is decided now, as the posts are held today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.agencies.queries import head_posts, posts_of_account
from motcua.core.actors import Role

if TYPE_CHECKING:
    from motcua.dossiers.models import Approval


def roles_deciding(asked: Approval) -> tuple[Role, ...]:
    """Who its kind or the law names; an approver too while the unit has no head but whoever asked.

    The head who was to agree may have left since: the asking does not wait for the next one.
    """
    if asked.decider is not Role.UNIT_HEAD:
        return (asked.decider,)
    unit_id = asked.dossier.unit_id or 0
    account = asked.asked_by_person.removeprefix("account:")
    own = posts_of_account(int(account)) if account.isdigit() else []
    others = set(head_posts([unit_id]).get(unit_id, [])).difference(own)
    return (Role.UNIT_HEAD,) if others else (Role.UNIT_HEAD, Role.APPROVER)
