"""The unit that is late tells the one-stop desk why, in writing (WF-09)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.errors import NotFound, refuse_if
from motcua.core.events import publish
from motcua.dossiers import access
from motcua.dossiers.acts import LetterState
from motcua.dossiers.events import DelayExplained
from motcua.dossiers.explanations import WHO_EXPLAINS, opens_at
from motcua.dossiers.models import Explanation
from motcua.dossiers.rules.explanations import explained, explanation_reasons
from motcua.dossiers.workflow import Status

if TYPE_CHECKING:
    from motcua.agencies.models import Post


@transaction.atomic
def explain_delay(*, post: Post, reference: str, cause: str, text: str) -> Explanation:
    """Giải trình lý do trễ hẹn: a cause and a word, which a letter that waits takes over (WF-09).

    It changes nothing of where the dossier stands; said again, the latest word counts, and the same
    word once more is none.
    """
    dossier = access.to_change(access.dossiers_at(post), reference)
    if post.role not in WHO_EXPLAINS:
        raise NotFound
    now, status = clock.now(), Status(dossier.status)
    too_soon = opens_at(dossier, now)
    refuse_if(explanation_reasons(status, dossier.due_at, cause, text, too_soon=too_soon))
    assert dossier.due_at is not None  # or it would have been refused
    said = dossier.explanations.filter(old_due_at=dossier.due_at).last()
    if said and (said.cause, said.text, said.explained_by_key) == (
        cause, text.strip(), post.actor.key,
    ):  # fmt: skip
        return said  # a second click
    row = Explanation.objects.create(
        dossier=dossier, old_due_at=dossier.due_at, cause=cause, text=text.strip(),
        unit_id=post.unit_id, explained_at=now, explained_by=post.holder_name,
        explained_by_key=post.actor.key,
    )  # fmt: skip
    drafts = dossier.apologies.filter(state=LetterState.DRAFTED)
    drafts.update(reason=explained(cause, row.text))
    record(
        post.actor, "dossier.delay_explained", dossier.reference, at=now,
        explanation=row.pk, cause=cause, due_at=dossier.due_at.isoformat(),
    )  # fmt: skip
    publish(DelayExplained(row.pk, subject=f"dossier:{dossier.pk}"))
    return row
