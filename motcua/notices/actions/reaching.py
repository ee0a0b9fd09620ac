"""Whether people can be reached at all: noticed after message upon message, ended by one arrival."""

from hashlib import sha256

from django.conf import settings
from django.db.models import Q, QuerySet

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Actor, Role
from motcua.core.events import publish
from motcua.notices import rules
from motcua.notices.events import PersonUnreached
from motcua.notices.models import Delivery, Message, Unreached
from motcua.notices.types import DeliveryStatus

POST_OFFICE = Actor(Role.SYSTEM, "system:notices", "Hệ thống gửi thông báo")


def note_refusal(message: Message, trouble: str) -> None:
    """A reader's own address turned a message away: after some in a row, the desk is told to phone."""
    if message.post_id is not None:
        return
    failures = _failures_since_arrival(message)
    found = _open(message)
    if found is not None:
        found.failures, found.trouble = failures, trouble[:500]
        found.save(update_fields=["failures", "trouble"])
        return
    if not rules.is_unreachable(failures, settings.UNREACHABLE_AFTER):
        return
    now = clock.now()
    opened, fresh = Unreached.objects.get_or_create(
        person=message.recipient, address=message.address, closed_at=None,
        defaults={"opened_at": now, "failures": failures, "trouble": trouble[:500]},
    )  # fmt: skip
    if fresh:
        record(POST_OFFICE, "notice.unreached", _subject(opened), at=now, failures=failures)
        publish(PersonUnreached(opened.pk, subject=f"unreached:{opened.pk}"))


def note_arrival(message: Message) -> None:
    """A message was taken: its reader can be reached again."""
    found = None if message.post_id is not None else _open(message)
    if found is not None:
        found.closed_at = clock.now()
        found.save(update_fields=["closed_at"])
        record(POST_OFFICE, "notice.reached", _subject(found), at=found.closed_at)


def _open(message: Message) -> Unreached | None:
    rows = Unreached.objects.select_for_update(of=("self",))
    mine = (
        Q(person__isnull=True)
        if message.recipient_id is None
        else Q(person_id=message.recipient_id)
    )
    return rows.filter(mine, address=message.address, closed_at=None).first()


def _failures_since_arrival(message: Message) -> int:
    """How many messages in a row the addresses of this reader have turned away."""
    mine = _deliveries(message)
    last = mine.filter(status=DeliveryStatus.SENT).order_by("-pk").values_list("at", flat=True)
    refused = mine.filter(status=DeliveryStatus.FAILED, is_unreachable=True)
    arrived_at = max(last[:20], default=None)
    return refused.filter(at__gt=arrived_at).count() if arrived_at else refused.count()


def _deliveries(message: Message) -> QuerySet[Delivery]:
    whose = Q(message__recipient_id=message.recipient_id)
    if message.recipient_id is None:
        whose = Q(message__address=message.address)
    return Delivery.objects.filter(whose)


def _subject(found: Unreached) -> str:
    """Whose record this is in the journal, without writing down anybody's address."""
    if found.person_id is not None:
        return f"person:{found.person_id}"
    return f"address:{sha256(found.address.encode()).hexdigest()[:16]}"
