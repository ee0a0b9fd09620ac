"""Writing to people: queueing a message, sending the letter, reading."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Actor
from motcua.core.errors import GiveUp, NotFound, TryLater
from motcua.core.events import publish
from motcua.core.queue import LAST_TRY
from motcua.notices import rules
from motcua.notices.actions.wording import seed_templates
from motcua.notices.events import MessageQueued
from motcua.notices.models import Delivery, Message, Template
from motcua.notices.ports import mailer
from motcua.notices.queries import unsent
from motcua.notices.types import Channel, DeliveryStatus, Letter
from motcua.people.queries import person_facts


@transaction.atomic
def send(
    person_id: int, template_code: str, context: Mapping[str, object], *, dedupe_key: str
) -> None:
    """Gửi thông báo: put a message in the inbox, and queue the e-mail if there is an address.

    The same `dedupe_key` twice is once.
    """
    person = person_facts(person_id)
    values = {"name": person.full_name, **_of_the_house(), **context}
    link = _own_link(str(context.get("link") or ""))
    _write(person_id, Channel.INBOX, template_code, values, link, dedupe_key)
    if not person.email:
        return
    letter = _write(person_id, Channel.EMAIL, template_code, values, link, dedupe_key)
    if letter is not None:
        Delivery.objects.create(message=letter, to=person.email[:254], at=clock.now())
        publish(_queued(letter))


def deliver(*, message_id: int) -> None:
    """Send one queued letter; a letter already sent, given up or dropped is left alone.

    The mail server is spoken to outside any transaction: nothing waits while it thinks. A crash
    in between sends the letter again under the same Message-ID, which is the same letter.
    """
    letter = _begin(message_id)
    if letter is None:
        return
    try:
        proof = _post(letter)
    except GiveUp as trouble:
        _end(message_id, DeliveryStatus.FAILED, trouble=str(trouble))
    except Exception as trouble:
        told = str(trouble) if isinstance(trouble, TryLater) else repr(trouble)
        if not _end(message_id, DeliveryStatus.QUEUED, trouble=told):
            raise
    else:
        _end(message_id, DeliveryStatus.SENT, proof=proof)


@transaction.atomic
def _begin(message_id: int) -> Letter | None:
    """Count the attempt; None when there is nothing to send any more."""
    delivery = _locked(Delivery.objects.filter(message_id=message_id))
    if delivery.status != DeliveryStatus.QUEUED:
        return None
    delivery.attempts += 1
    delivery.at = clock.now()
    delivery.save(update_fields=["attempts", "at"])
    return _letter(delivery)


@transaction.atomic
def _end(message_id: int, status: DeliveryStatus, *, proof: str = "", trouble: str = "") -> bool:
    """Write down how the attempt ended; True when it was the last one."""
    delivery = _locked(Delivery.objects.filter(message_id=message_id))
    is_last = status == DeliveryStatus.QUEUED and delivery.attempts >= LAST_TRY
    delivery.status = DeliveryStatus.FAILED if is_last else status
    delivery.at, delivery.proof, delivery.trouble = clock.now(), proof[:500], trouble[:500]
    delivery.save(update_fields=["status", "at", "proof", "trouble"])
    return is_last


def _locked(rows: QuerySet[Delivery]) -> Delivery:
    found = rows.select_for_update(of=("self",)).select_related("message").first()
    if found is None:
        raise NotFound
    return found


@transaction.atomic
def send_again(*, keeper: Actor, message_id: int) -> None:
    """Gửi lại: put a letter that failed, or was forgotten, back in the queue."""
    delivery = _locked(unsent(clock.now()).filter(message_id=message_id))
    delivery.status, delivery.attempts, delivery.at = DeliveryStatus.QUEUED, 0, clock.now()
    delivery.save(update_fields=["status", "attempts", "at"])
    record(keeper, "notice.send_again", f"message:{message_id}", at=clock.now())
    publish(_queued(delivery.message))


@transaction.atomic
def drop_letter(*, keeper: Actor, message_id: int) -> None:
    """Bỏ: somebody has looked at the letter; it is not sent and no longer listed."""
    delivery = _locked(unsent(clock.now()).filter(message_id=message_id))
    delivery.status, delivery.at = DeliveryStatus.DROPPED, clock.now()
    delivery.save(update_fields=["status", "at"])
    trouble = delivery.trouble
    record(keeper, "notice.drop", f"message:{message_id}", at=clock.now(), trouble=trouble)


def _queued(letter: Message) -> MessageQueued:
    return MessageQueued(letter.pk, subject=f"letters:person:{letter.recipient_id}")


@transaction.atomic
def read_message(*, person_id: int, token: str) -> None:
    """Mở thông báo: the person has seen it."""
    mine = Message.objects.filter(recipient_id=person_id, channel=Channel.INBOX, read_at=None)
    mine.filter(token=token).update(read_at=clock.now())


@transaction.atomic
def read_all(*, person_id: int) -> int:
    """Đánh dấu đã đọc tất cả; says how many there were."""
    mine = Message.objects.filter(recipient_id=person_id, channel=Channel.INBOX, read_at=None)
    return mine.update(read_at=clock.now())


def _write(
    person_id: int,
    channel: Channel,
    code: str,
    values: Mapping[str, object],
    link: str,
    dedupe_key: str,
) -> Message | None:
    template = _template(code, channel)
    words = {
        "recipient_id": person_id,
        "template_code": code,
        "template_version": template.version,
        "subject": rules.header_line(rules.filled(template.subject, values)),
        "body": rules.filled(template.body, values),
        "link": link,
        "created_at": clock.now(),
    }
    message, fresh = Message.objects.get_or_create(
        dedupe_key=dedupe_key, channel=channel, defaults=words
    )
    return message if fresh else None


def _template(code: str, channel: Channel) -> Template:
    wanted = Template.objects.filter(code=code, channel=channel)
    found = wanted.first()
    if found is None:  # a house that was never seeded, or a notice newer than its seed
        seed_templates()
        found = wanted.first()
    if found is None:
        raise LookupError(f"No template {code!r} for {channel}.")
    return found


def _letter(delivery: Delivery) -> Letter:
    host = urlsplit(settings.PORTAL_URL).hostname or "localhost"
    message = delivery.message
    return Letter(f"<{message.token}@{host}>", delivery.to, message.subject, message.body)


def _post(letter: Letter) -> str:
    if not rules.is_address(letter.to):
        raise GiveUp("Địa chỉ thư điện tử không hợp lệ.")
    return mailer().send(
        message_id=letter.message_id,
        to=letter.to,
        subject=rules.header_line(letter.subject),
        body=letter.body,
    )


def _own_link(link: str) -> str:
    """`link` as a path on our own portal; nothing for an address that leads elsewhere."""
    path = link.removeprefix(settings.PORTAL_URL.rstrip("/"))
    return path if path.startswith("/") and not path.startswith("//") else ""


def _of_the_house() -> dict[str, str]:
    house = settings.AUTHORITY
    return {
        "authority": house["name"],
        "portal": house["portal_name"],
        "hotline": house["hotline"],
    }
