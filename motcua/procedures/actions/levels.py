"""The online level that lists show: computed again when the conditions are judged differently."""

from motcua.procedures import rules
from motcua.procedures.actions.forms import generic_form_ids
from motcua.procedures.actions.publishing import turn_stamp
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.types import VersionStatus

BATCH = 200


def refresh_levels() -> int:
    """Bring the level beside each published version up to date with the rules; how many changed.

    What the version says is not touched: the level follows from it and from what the portal can do.

    Law: LVL-03
    """
    generic, changed = generic_form_ids(), []
    published = ProcedureVersion.objects.filter(status=VersionStatus.PUBLISHED)
    for version in published.only(
        "pk", "form_id", "is_full_online", "level_reasons", "detail_values"
    ).iterator(chunk_size=BATCH):
        level = rules.online_level(version.detail, has_own_form=version.form_id not in generic)
        told = list(level.reasons)
        if (version.is_full_online, version.level_reasons) != (level.is_full, told):
            version.is_full_online, version.level_reasons = level.is_full, told
            version.detail_values = {}  # not written back, and no longer needed in memory
            changed.append(version)
    fields = ["is_full_online", "level_reasons"]
    ProcedureVersion.objects.bulk_update(changed, fields, batch_size=BATCH)
    if changed:
        turn_stamp()
    return len(changed)
