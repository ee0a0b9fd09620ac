"""What `0026` carried over is put right: who asked and decided then, who agrees; and it is told."""

import json
from datetime import datetime
from typing import Any, ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import at_the_machine
from motcua.core.queue import enqueue

TOLD_BY = "motcua.dossiers.approval_jobs.tell_asked"  # as it was called then
HELD = ("post.taken", "post.add", "post.change")
ASKED, DECIDED = "dossier.second_asking", "dossier.second_asking_decided"


def name_those_of_then(apps: Any, schema_editor: Any) -> None:
    """A post passed on since had its new holder written down; the journal knows who it was."""
    entries = apps.get_model("audit", "Entry").objects
    rows = apps.get_model("dossiers", "Approval").objects.filter(kind="ask_again")
    for row in rows.select_related("dossier"):
        found = _who(entries, row, "asked_by", ASKED, row.asked_at)
        if row.decided_at:
            found |= _who(entries, row, "decided_by", DECIDED, row.decided_at)
        found = {name: told for name, told in found.items() if told != getattr(row, name)}
        if found:  # what was asked after `0026` is as it was written
            rows.filter(pk=row.pk).update(**found)
            _note(row, "dossier.approval_mended", found)


def _who(entries: Any, row: Any, who: str, deed: str, at: datetime) -> dict[str, str]:
    noted = entries.filter(subject=row.dossier.reference, deed=deed, at=at).first()
    if noted is None:
        return {}
    found = {who: str(_told(noted)["actor_name"]), f"{who}_key": str(noted.actor)}
    if person := _in_office(entries, noted.actor, at):
        found[f"{who}_person"] = person
    return found


def _in_office(entries: Any, post: str, at: datetime) -> str:
    """The account that worked in a post at a moment, by what the journal says of the post.

    Of all that the post did, which may be years of it, only who had it is read.
    """
    had = entries.filter(subject=post, at__lte=at, deed__in=HELD).order_by("-seq")
    for entry in had.iterator(chunk_size=10):
        if account := _told(entry)["facts"].get("account"):
            return str(account)
    return ""


def _told(entry: Any) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(bytes(entry.body))
    return told


def _note(row: Any, deed: str, changed: dict[str, str]) -> None:
    """The journal of its dossier keeps what was put right."""
    told = {"approval": row.pk, **changed}
    record(at_the_machine(), deed, row.dossier.reference, at=clock.now(), **told)


def agree_at_entry(apps: Any, schema_editor: Any) -> None:
    """Before a unit has the dossier no head of one can agree: an approver does."""
    rows = apps.get_model("dossiers", "Approval").objects.filter(kind="ask_again", state="open")
    found = rows.filter(facts__contains={"stage": "entry", "agreed_by": "unit_head"})
    for row in found.select_related("dossier"):
        row.facts["agreed_by"] = "approver"
        row.save(update_fields=["facts"])
        _note(row, "dossier.approval_mended", {"agreed_by": "approver"})


def tell_what_waits(apps: Any, schema_editor: Any) -> None:
    """Whoever may decide hears of what waits; told once, they are not told again (its key)."""
    rows = apps.get_model("dossiers", "Approval").objects.filter(kind="ask_again", state="open")
    for pk, dossier in rows.order_by("pk").values_list("pk", "dossier_id"):
        enqueue(TOLD_BY, {"approval_id": pk}, f"dossier:{dossier}")


class Migration(migrations.Migration):
    """See the operations."""

    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("audit", "0002_no_truncate"),
        ("dossiers", "0030_called_indexes"),
        ("procrastinate", "__first__"),
    ]

    operations: ClassVar[list[Operation]] = [
        migrations.RunPython(name_those_of_then, migrations.RunPython.noop),
        migrations.RunPython(agree_at_entry, migrations.RunPython.noop),
        migrations.RunPython(tell_what_waits, migrations.RunPython.noop),
    ]
