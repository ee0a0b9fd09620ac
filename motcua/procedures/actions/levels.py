"""What lists show of a procedure: computed again when the rules judge it differently."""

from motcua.procedures.actions.publishing import JUDGED, judge
from motcua.procedures.actions.stamp import BATCH, in_batches, turn_stamp
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.types import VersionStatus

_NEEDED = ("pk", "form_id", "local_limit_value", "local_limit_unit", "detail_values", *JUDGED)


def refresh_levels() -> int:
    """Bring the card and the level of each published version up to date with the rules; how many changed.

    What the version says is not touched: both follow from it and from what the portal can do.

    Law: LVL-03
    """
    changed = 0
    rows = ProcedureVersion.objects.filter(status=VersionStatus.PUBLISHED).order_by("pk")
    for some in in_batches(rows.only(*_NEEDED).iterator(chunk_size=BATCH)):
        before = {one.pk: _shown(one) for one in some}
        judge(some)
        other = [one for one in some if _shown(one) != before[one.pk]]
        changed += ProcedureVersion.objects.bulk_update(other, JUDGED) if other else 0
    if changed:
        turn_stamp()
    return changed


def _shown(version: ProcedureVersion) -> tuple[object, ...]:
    return tuple(getattr(version, name) for name in JUDGED)
