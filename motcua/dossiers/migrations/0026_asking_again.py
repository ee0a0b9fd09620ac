"""One more slip than the law gives is asked of a second person as everything else is."""

from typing import Any, ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation

LAPSED = "Hồ sơ đã đi tiếp nên đề nghị này không còn hiệu lực."
STATES = {None: "open", True: "granted", False: "refused"}


def move(apps: Any, schema_editor: Any) -> None:
    """Every asking as an approval, those decided too: what was allowed can be looked up."""
    approvals = apps.get_model("dossiers", "Approval")
    told = ("dossier", "asked_by", "decided_by")
    for row in apps.get_model("dossiers", "SecondAsking").objects.select_related(*told):
        approvals.objects.create(**_approval(row))


def _approval(row: Any) -> dict[str, Any]:
    by, decided, dossier = row.asked_by, row.decided_by, row.dossier
    at_entry = by.role == "desk_officer"
    state, answer = STATES[row.is_granted], row.answer
    if row.is_granted is False and decided is None:
        state = "lapsed"
    if state == "open" and _went_on(row, dossier, at_entry=at_entry):
        state, answer = "lapsed", LAPSED
    facts = {
        "items": row.items, "basis": row.sector_basis, "agreed_by": "approver",
        "stage": "entry" if at_entry else "examination",
        "assignee": None if at_entry else by.pk, "unit": by.unit_id,
    }  # fmt: skip
    return {
        "dossier_id": row.dossier_id, "kind": "ask_again", "state": state, "facts": facts,
        "asked_by": by.holder_name, "asked_by_key": f"post:{by.pk}",
        "asked_by_person": f"account:{by.account_id}", "asked_at": row.asked_at,
        "reason": row.reason, "revision": row.revision, "answer": answer,
        "decided_at": row.decided_at or (dossier.changed_at if state == "lapsed" else None),
        "decided_by": decided.holder_name if decided else "",
        "decided_by_key": f"post:{decided.pk}" if decided else "",
        "decided_by_person": f"account:{decided.account_id}" if decided else "",
    }  # fmt: skip


def _went_on(row: Any, dossier: Any, *, at_entry: bool) -> bool:
    if at_entry:
        return bool(dossier.revision != row.revision)
    return bool(dossier.status != "examining" or dossier.assignee_id != row.asked_by_id)


class Migration(migrations.Migration):
    """See the operations."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("dossiers", "0025_asides_settled")]

    operations: ClassVar[list[Operation]] = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.DeleteModel("SecondAsking"),
    ]
