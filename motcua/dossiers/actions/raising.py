"""How an alarm is raised: who is told is written in its row and in the journal, and they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.agencies.queries import keeper_posts
from motcua.audit.actions import record
from motcua.core.actors import Actor, Role
from motcua.core.events import publish
from motcua.dossiers.events import AlarmRaised
from motcua.dossiers.models.alarms import DAILY

if TYPE_CHECKING:
    from motcua.dossiers.models import Alarm, Dossier

WATCH = Actor(Role.SYSTEM, "system:watch", "Hệ thống theo dõi thời hạn")


def say(alarm: Alarm, dossier: Dossier, posts: list[int]) -> None:
    """Write down who is told, in the row and in the journal, and have them told.

    Where an agency has nobody the keepers of the house are; if there is nobody at all, the alarm
    stands without a reader until there is, see `silence.tell_unheard`.
    """
    posts = posts or keeper_posts()
    alarm.raised_to.add(*posts)
    record(
        WATCH, "dossier.alarm", dossier.reference, at=alarm.raised_at,
        kind=alarm.kind, level=alarm.level, posts=posts,
    )  # fmt: skip
    if alarm.kind not in DAILY:
        publish(AlarmRaised(alarm.pk, subject=f"dossier:{dossier.pk}"))
