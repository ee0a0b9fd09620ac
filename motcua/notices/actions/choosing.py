"""A person says how they want to be told."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Actor
from motcua.core.errors import Reason, refuse_if
from motcua.notices import rules
from motcua.notices.models import Preference
from motcua.notices.queries import ways_chosen
from motcua.notices.types import Kind

NOT_HOURS = Reason("hours_wrong", "Mời chọn giờ nghỉ trong danh sách.", "quiet_from")


@transaction.atomic
def choose_ways(
    *,
    person_id: int,
    actor: Actor,
    channels: Mapping[Kind, Sequence[str]],
    quiet: tuple[int, int],
) -> None:
    """Chọn cách nhận thông báo; the inbox on the portal always has them all."""
    refuse_if(rules.choice_objections(channels, ways_chosen(person_id).offered.keys()))
    refuse_if([] if all(0 <= hour < 24 for hour in quiet) else [NOT_HOURS])
    kept = {kind: sorted(set(names)) for kind, names in channels.items()}
    Preference.objects.update_or_create(
        person_id=person_id,
        defaults={
            "channels": kept, "quiet_from": quiet[0], "quiet_to": quiet[1],
            "changed_at": clock.now(),
        },
    )  # fmt: skip
    record(
        actor, "notice.choose_ways", f"person:{person_id}", at=clock.now(),
        channels=kept, quiet=list(quiet),
    )  # fmt: skip
