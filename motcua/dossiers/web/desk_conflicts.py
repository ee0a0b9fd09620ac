"""Somebody was faster: what an official is told whose page is older than the dossier."""

from collections.abc import Iterable

from motcua.core.errors import Reason
from motcua.core.text import whole_number
from motcua.dossiers import rules
from motcua.dossiers.calls import CALL
from motcua.dossiers.pages import DeskDossier

CONFLICT = "changed_meanwhile"


def is_conflict(reasons: Iterable[Reason]) -> bool:
    """Whether somebody else changed the dossier meanwhile."""
    return any(reason.code == CONFLICT for reason in reasons)


def status_of(reasons: Iterable[Reason]) -> int:
    """The status of a page that says these reasons."""
    found = list(reasons)
    return 409 if is_conflict(found) else 422 if found else 200


def stale(found: DeskDossier, seen: str) -> tuple[Reason, ...]:
    """Who changed what since the official opened the page that carried revision `seen`."""
    done = [item for item in found.page.timeline if item.state == "done" and item.step != CALL]
    revision = whole_number(seen)
    if not done or revision is None:
        return ()
    last = done[-1]
    return tuple(
        rules.changed_meanwhile(revision, found.page.revision, last.step, last.who, last.at)
    )
