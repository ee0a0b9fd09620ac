"""What every change by the applicant begins and ends with: may it be changed, and who is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.errors import Reason, refuse_if
from motcua.dossiers import access
from motcua.dossiers.workflow import EDITABLE, Status

if TYPE_CHECKING:
    from motcua.core.actors import Actor
    from motcua.dossiers.models import Dossier
    from motcua.people.models import Person


def editable(citizen: Person, reference: str) -> Dossier:
    """The citizen's own dossier, locked, while it may still be filled in."""
    dossier = access.to_change(access.dossiers_of(citizen), reference)
    refuse_if(_closed(dossier.status))
    return dossier


def seen_editable(citizen: Person, reference: str) -> Dossier:
    """The same without the lock: a look before files are taken in, which may last."""
    dossier = access.to_see(access.dossiers_of(citizen), reference)
    refuse_if(_closed(dossier.status))
    return dossier


def _closed(status: str) -> list[Reason]:
    if status in EDITABLE:
        return []
    text = "Hồ sơ đã nộp nên không sửa được nữa. Mời ông/bà xem tiến trình của hồ sơ."
    return [Reason("dossier_not_editable", text)]


def note_change(dossier: Dossier, by: Actor, deed: str, **facts: Any) -> None:
    """Journal a change to a dossier that the desk has already seen; a draft is its writer's own."""
    if dossier.status != Status.DRAFT:
        record(by, f"dossier.{deed}", dossier.reference, at=clock.now(), **facts)
