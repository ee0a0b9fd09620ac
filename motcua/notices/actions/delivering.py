"""From the queue to the person: each attempt, what it proves, and which channel comes next."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localtime

from motcua.core import clock
from motcua.core.errors import GiveUp, NotFound, TryLater
from motcua.core.events import publish
from motcua.core.queue import LAST_TRY
from motcua.notices import rules
from motcua.notices.actions.reaching import note_arrival, note_refusal
from motcua.notices.events import MessageQueued
from motcua.notices.models import Delivery, Message, Preference
from motcua.notices.ports import ShortMessage, Unreachable, Unsure, mailer, messenger
from motcua.notices.types import Channel, DeliveryStatus, Letter

PHONE_TRIES = 5  # some minutes; then the next channel has its turn, if there is one
LOST = "Chương trình dừng giữa chừng: không rõ tin đã tới chưa, nên không gửi lại."


@dataclass(frozen=True)
class Texts:
    """A message to a telephone, in as many parts as it needs."""

    channel: Channel
    messages: tuple[ShortMessage, ...]


Ready = Letter | Texts


def start(delivery: Delivery) -> None:
    """Let a message leave now, or hold it until the hour allows it."""
    now = clock.now()
    opens = _opens_at(delivery, now)
    held = opens > now
    delivery.status = DeliveryStatus.HELD if held else DeliveryStatus.QUEUED
    delivery.not_before, delivery.at = (opens if held else None), now
    delivery.save(update_fields=["status", "not_before", "at"])
    if not held:
        publish(queued(delivery.message))


def release_held() -> int:
    """Cho đi các tin đã đến giờ: each in a transaction of its own; says how many."""
    due = Delivery.objects.filter(status=DeliveryStatus.HELD, not_before__lte=clock.now())
    return sum(_release(pk) for pk in due.order_by("not_before").values_list("pk", flat=True))


@transaction.atomic
def _release(delivery_id: int) -> bool:
    held = (
        Delivery.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("message")
        .filter(pk=delivery_id, status=DeliveryStatus.HELD)
        .first()
    )
    if held is not None:
        start(held)
    return held is not None and held.status == DeliveryStatus.QUEUED


def deliver(*, message_id: int) -> None:
    """Send one queued message; one already sent, given up or dropped is left alone.

    The outside is spoken to outside any transaction: nothing waits while it thinks. A crash in
    between sends a letter again under the same Message-ID, which is the same letter; who cannot
    tell a message that comes twice is not asked twice.
    """
    ready = _begin(message_id)
    if ready is None:
        return
    try:
        proof = _post(ready)
    except GiveUp as trouble:
        unreachable = isinstance(trouble, Unreachable)
        _end(message_id, DeliveryStatus.FAILED, trouble=str(trouble), unreachable=unreachable)
    except Exception as trouble:
        told = str(trouble) if isinstance(trouble, TryLater) else repr(trouble)
        if not _end(message_id, DeliveryStatus.QUEUED, trouble=told):
            raise
    else:
        _end(message_id, DeliveryStatus.SENT, proof=proof)


@transaction.atomic
def _begin(message_id: int) -> Ready | None:
    """Count the attempt; None when there is nothing to send any more, or not at this hour."""
    delivery = locked(Delivery.objects.filter(message_id=message_id))
    if delivery.status != DeliveryStatus.QUEUED:
        return None
    channel = Channel(delivery.message.channel)
    if delivery.is_open and channel in rules.PHONES and not messenger(channel).knows_repeats:
        _settle(delivery, DeliveryStatus.FAILED, trouble=LOST)
        return None
    now = clock.now()
    if _opens_at(delivery, now) > now:
        start(delivery)
        return None
    delivery.attempts += 1
    delivery.at, delivery.is_open = now, True
    delivery.save(update_fields=["attempts", "at", "is_open"])
    return _ready(delivery)


@transaction.atomic
def _end(
    message_id: int,
    status: DeliveryStatus,
    *,
    proof: str = "",
    trouble: str = "",
    unreachable: bool = False,
) -> bool:
    """Write down how the attempt ended; True when no other is to follow.

    Somebody may have dropped the letter while it was on the wire: so it stays. What proves that
    it left all the same is kept.
    """
    delivery = locked(Delivery.objects.filter(message_id=message_id))
    if delivery.status != DeliveryStatus.QUEUED:
        if proof:
            delivery.proof = proof[:500]
            delivery.save(update_fields=["proof"])
        return True
    is_last = status == DeliveryStatus.QUEUED and delivery.attempts >= _tries(delivery)
    final = DeliveryStatus.FAILED if is_last else status
    _settle(delivery, final, proof=proof, trouble=trouble, unreachable=unreachable)
    return is_last


def _settle(
    delivery: Delivery,
    status: DeliveryStatus,
    *,
    proof: str = "",
    trouble: str = "",
    unreachable: bool = False,
) -> None:
    """Keep the outcome; then the next channel has its turn, or is spared it."""
    delivery.status, delivery.is_open, delivery.at = status, False, clock.now()
    delivery.proof, delivery.trouble = proof[:500], trouble[:500]
    delivery.is_unreachable = unreachable
    delivery.save(update_fields=["status", "is_open", "at", "proof", "trouble", "is_unreachable"])
    if status == DeliveryStatus.SENT:
        _standing_by(delivery).update(status=DeliveryStatus.SPARED, at=clock.now())
        note_arrival(delivery.message)
    elif status == DeliveryStatus.FAILED:
        if (second := _standing_by(delivery).order_by("turn").first()) is not None:
            start(second)
        elif unreachable:  # no way is left: a telephone without Zalo is still a telephone
            note_refusal(delivery.message, trouble)


def _standing_by(delivery: Delivery) -> QuerySet[Delivery]:
    """The other channels of the same news that have not had their turn."""
    return Delivery.objects.filter(
        message__dedupe_key=delivery.message.dedupe_key, status=DeliveryStatus.STANDBY
    )


def _tries(delivery: Delivery) -> int:
    """How often a channel is tried: a day long, but minutes when another one stands by."""
    phone = delivery.message.channel in rules.PHONES
    return PHONE_TRIES if phone and _standing_by(delivery).exists() else LAST_TRY


def locked(rows: QuerySet[Delivery]) -> Delivery:
    """The one delivery of these, locked with its message; `NotFound` when there is none."""
    found = rows.select_for_update(of=("self",)).select_related("message").first()
    if found is None:
        raise NotFound
    return found


def queued(letter: Message) -> MessageQueued:
    """Letters to one reader leave in order; the queue is not told anybody's address."""
    if letter.address:
        whose = f"address:{sha256(letter.address.lower().encode()).hexdigest()[:16]}"
    else:
        whose = f"post:{letter.post_id}" if letter.post_id else f"person:{letter.recipient_id}"
    by = f":{letter.channel}" if letter.channel in rules.PHONES else ""
    return MessageQueued(letter.pk, subject=f"letters:{whose}{by}")


def _opens_at(delivery: Delivery, now: datetime) -> datetime:
    """When this message may leave."""
    message = delivery.message
    if message.channel not in rules.PHONES:
        return now
    rest = Preference.objects.filter(person=message.recipient).first()
    quiet = (rest.quiet_from, rest.quiet_to) if rest else settings.QUIET_HOURS
    urgent = rules.is_urgent(message.template_code)
    return rules.may_leave_at(
        localtime(now),
        Channel(message.channel),
        urgent=urgent,
        quiet=quiet,
        carriers=settings.SMS_HOURS,
    )


def _ready(delivery: Delivery) -> Ready:
    """What is sent, as its channel wants it."""
    message = delivery.message
    if message.channel not in rules.PHONES:
        host = urlsplit(settings.PORTAL_URL).hostname or "localhost"
        return Letter(f"<{message.token}@{host}>", delivery.to, message.subject, message.body)
    registered = message.registered
    template, values = str(registered.get("template", "")), registered.get("values", [])
    filled = tuple((str(name), str(value)) for name, value in values)
    # A carrier knows a request by digits: the day, so that no other database ever said the same.
    number = f"{localtime(message.created_at):%y%m%d}{message.pk}"
    channel = Channel(message.channel)
    if channel is Channel.ZALO or (template and messenger(channel).uses_templates):
        whole = ShortMessage(f"{number}0", delivery.to, message.body, template, filled)
        return Texts(channel, (whole,))  # 0: no part of another message has this number
    parts = enumerate(rules.parts(message.body), 1)
    return Texts(
        channel, tuple(ShortMessage(f"{number}{n}", delivery.to, part) for n, part in parts)
    )


def _post(ready: Ready) -> str:
    """Hand it over; what proves that it was taken."""
    if isinstance(ready, Letter):
        if not rules.is_address(ready.to):
            raise Unreachable("Địa chỉ thư điện tử không hợp lệ.")
        subject = rules.header_line(ready.subject)
        return mailer().send(
            message_id=ready.message_id, to=ready.to, subject=subject, body=ready.body
        )
    by, proofs = messenger(ready.channel), []
    for message in ready.messages:
        try:
            proofs.append(by.send(message))
        except TryLater as error:
            if proofs and not by.knows_repeats:  # the first part would come twice
                raise Unsure(str(error)) from error
            raise
    return ", ".join(proofs)
