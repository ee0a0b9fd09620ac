"""What one keeper asks and another must agree to: drafts of calendar, law, forms; recounts; factors.

Each is told of once to every other keeper, and stands on the first page of the back office (SEC-05).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.timezone import localtime

from motcua.agencies.queries import keepers_besides
from motcua.dossiers.models import FormTemplate, Recount
from motcua.dossiers.slips.forms import SlipKind
from motcua.dossiers.slips.sets import title_in
from motcua.dossiers.types import RecountState
from motcua.law import queries as law
from motcua.law.types import FormSet, ProfileStatus
from motcua.notices.actions.sending import send
from motcua.notices.types import ToPost
from motcua.people.keeping import open_removals
from motcua.workdays.queries import open_drafts
from motcua.workdays.types.changes import DraftStatus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from motcua.core.two_persons import Hand

ASKED = "keeper_asked"
TEMPLATES = (ASKED,)


@dataclass(frozen=True)
class ToDecide:
    """One thing that waits for a second keeper: what, who asked and why, where to decide it."""

    key: str
    what: str
    by: str
    person: str
    at: datetime
    note: str
    path: str


def waiting() -> list[ToDecide]:
    """Everything that waits for a second keeper, the oldest first."""
    every = [*_calendars(), *_profiles(), *_forms(), *_recounts(), *_removals()]
    return sorted(every, key=lambda one: one.at)


def waiting_beside(hand: Hand) -> tuple[list[ToDecide], list[ToDecide]]:
    """What this keeper is to decide, and what they asked themselves: that is for the others."""
    every = waiting()
    return (
        [one for one in every if one.person != hand.person],
        [one for one in every if one.person == hand.person],
    )


def tell_keepers(key: str) -> None:
    """Tell the other keepers what waits for them; nobody, once it is decided or taken back."""
    asked = next((one for one in waiting() if one.key == key), None)
    if asked is None:
        return
    told = {
        "what": asked.what, "by": asked.by, "note": asked.note,
        "at": f"{localtime(asked.at):%H:%M ngày %d/%m/%Y}",
        "link": f"{settings.PORTAL_URL}{asked.path}",
    }  # fmt: skip
    for post_id in keepers_besides(asked.person):
        send(ToPost(post_id), ASKED, told, dedupe_key=f"keeper:{key}:post:{post_id}")


def _calendars() -> Iterator[ToDecide]:
    for draft in open_drafts():
        if draft.status is DraftStatus.WAITING:
            yield ToDecide(
                f"calendar:{draft.number}:{draft.revision}", f"lịch làm việc năm {draft.year}",
                draft.drafted_by, draft.drafted_by_person, draft.sent_at or draft.drafted_at,
                draft.note, f"/quan-tri/lich/de-nghi/{draft.number}/",
            )  # fmt: skip


def _profiles() -> Iterator[ToDecide]:
    for each in law.versions():
        drafted, profile = each.drafting, each.profile
        if drafted.status is ProfileStatus.DRAFT:
            yield ToDecide(
                f"profile:{profile.code}:{profile.version}",
                f"hồ sơ pháp lý “{profile.name}”, bản {profile.version}",
                drafted.drafted_by, drafted.drafted_by_person, drafted.drafted_at, drafted.note,
                f"/quan-tri/phap-ly/{profile.code}/{profile.version}/",
            )  # fmt: skip


def _forms() -> Iterator[ToDecide]:
    for row in FormTemplate.objects.filter(status=ProfileStatus.DRAFT).defer("html"):
        title = title_in(FormSet(row.form_set), SlipKind(row.kind))
        yield ToDecide(
            f"form:{row.pk}", f"mẫu giấy “{title}”, bản {row.version}", row.drafted_by,
            row.drafted_by_person, row.drafted_at, row.note,
            f"/quan-tri/mau-giay/{row.form_set}/{row.kind}/{row.version}/",
        )  # fmt: skip


def _recounts() -> Iterator[ToDecide]:
    for row in Recount.objects.filter(state=RecountState.READY):
        yield ToDecide(
            f"recount:{row.pk}", f"tính lại ngày hẹn, lần số {row.pk}: {row.found} hồ sơ đổi ngày",
            row.asked_by, row.asked_by_person, row.asked_at, row.reason,
            f"/quan-tri/lich/tinh-lai/{row.pk}/",
        )  # fmt: skip


def _removals() -> Iterator[ToDecide]:
    for row in open_removals():
        yield ToDecide(
            f"factor:{row.id}", f"gỡ bước xác thực thứ hai của {row.name} ({row.username})",
            row.by, row.person, row.at, row.reason, f"/quan-tri/tai-khoan/{row.account_id}/",
        )  # fmt: skip
