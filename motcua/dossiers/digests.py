"""What officials are told once a day, about all dossiers of an agency in one message."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.timezone import localdate, localtime

from motcua.agencies.queries import acting_posts, agency_facts, keeper_posts
from motcua.core import clock
from motcua.core.actors import Role
from motcua.dossiers.letters import late_without_letter
from motcua.dossiers.models import Dossier
from motcua.dossiers.silence_queries import MOST
from motcua.notices.actions.sending import send
from motcua.notices.types import ToPost

if TYPE_CHECKING:
    from django.db.models import QuerySet

SHOWN = 10  # dossiers by their numbers; the list at the desk has them all
LATE = "late_without_letter"
TEMPLATES = (LATE,)
DESK, KEEPERS = "/can-bo/danh-sach/tre-chua-xin-loi/", "/quan-tri/canh-bao/"


def tell_without_letter(agency_id: int, day: int) -> None:
    """Tell who signs which dossiers are late without a letter of apology: once a day, that day.

    What becomes late on a day of which they were told is told too: the watch asks for it then.
    """
    now = clock.now()
    if day != localdate(now).toordinal():
        return  # the job waited until another day, which has a message of its own
    rows = late_without_letter(Dossier.objects.filter(agency_id=agency_id), now)
    told, which = _late(agency_id, rows), _which(rows)
    leaders = [seat.id for seat in acting_posts({agency_id}, (Role.APPROVER,))]
    keepers = [seat.id for seat in acting_posts({agency_id}, (Role.KEEPER,))] or keeper_posts()
    for post_id in (leaders or keepers) if told else ():
        page = DESK if leaders else KEEPERS
        key = f"without_letter:{agency_id}:{day}:{which}:post:{post_id}"
        send(ToPost(post_id), LATE, told | {"link": settings.PORTAL_URL + page}, dedupe_key=key)


def _which(rows: QuerySet[Dossier]) -> str:
    """Short for which dossiers are late: the same ones are told of once, as often as it is asked."""
    newest = rows.order_by("-due_at", "-pk").values_list("pk", flat=True)[:MOST]
    return sha256(repr(sorted(newest)).encode()).hexdigest()[:16]


def _late(agency_id: int, rows: QuerySet[Dossier]) -> dict[str, str]:
    """How many there are, the first of them with where to find them; nothing when there is none."""
    count = rows[:MOST].count()
    if not count:
        return {}
    first = rows.order_by("due_at", "pk").only("code", "reference", "due_at")[:SHOWN]
    lines = [
        f"- {dossier.code or dossier.reference}, hẹn trả {localtime(dossier.due_at):%H:%M ngày %d/%m/%Y}:"
        f" {settings.PORTAL_URL}/can-bo/ho-so/{dossier.reference}/"
        for dossier in first
    ]
    if count > SHOWN:
        lines.append("- … và các hồ sơ khác trong danh sách.")
    number = f"{count} trở lên" if count >= MOST else str(count)
    return {"agency": agency_facts(agency_id).name, "number": number, "items": "\n".join(lines)}
