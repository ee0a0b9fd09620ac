"""Writing to people: queueing a message, sending the letter, reading."""

from collections.abc import Mapping
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from motcua.agencies.queries import post_contact
from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Actor
from motcua.core.errors import GiveUp, NotFound, TryLater
from motcua.core.events import publish
from motcua.core.queue import LAST_TRY
from motcua.notices import rules, seeds
from motcua.notices.actions.wording import seed_templates
from motcua.notices.events import MessageQueued
from motcua.notices.models import Delivery, Message, Template
from motcua.notices.ports import mailer
from motcua.notices.queries import inbox_of, unsent, unsent_letters
from motcua.notices.types import (
    Channel,
    DeliveryStatus,
    Inbox,
    Letter,
    Recipient,
    ToAddress,
    ToPost,
    UnsentLetter,
)
from motcua.people.queries import person_facts


@transaction.atomic
def send(
    to: Recipient, template_code: str, context: Mapping[str, object], *, dedupe_key: str
) -> None:
    """Gửi thông báo: put a message in the inbox, if there is one, and queue the e-mail, if there is
    an address.

    The same `dedupe_key` twice is once.
    """
    name, email = _contact(to)
    values = {"name": name, **_of_the_house(), **context}
    link = _own_link(str(context.get("link") or ""))
    if not isinstance(to, ToAddress):
        _write(to, Channel.INBOX, template_code, values, link, dedupe_key)
    if not email:
        return
    letter = _write(to, Channel.EMAIL, template_code, values, link, dedupe_key)
    if letter is not None:
        Delivery.objects.create(message=letter, to=email[:254], at=clock.now())
        publish(_queued(letter))


def _contact(to: Recipient) -> tuple[str, str]:
    """How the reader is called, and where a letter finds them, if anywhere."""
    if isinstance(to, ToAddress):
        return to.name, to.email
    if isinstance(to, ToPost):
        return post_contact(to.post_id)
    person = person_facts(to.person_id)
    return person.full_name, person.email or to.email


def _columns(to: Recipient) -> dict[str, object]:
    """Whom a message is for, as its row keeps it: exactly one of these."""
    if isinstance(to, ToAddress):
        return {"address": to.email[:254]}
    if isinstance(to, ToPost):
        return {"post_id": to.post_id}
    return {"recipient_id": to.person_id}


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
    """Write down how the attempt ended; True when no other is to follow.

    Somebody may have dropped the letter while it was on the wire: so it stays. What proves that
    it left all the same is kept.
    """
    delivery = _locked(Delivery.objects.filter(message_id=message_id))
    if delivery.status != DeliveryStatus.QUEUED:
        if proof:
            delivery.proof = proof[:500]
            delivery.save(update_fields=["proof"])
        return True
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
def look_at_unsent(*, keeper: Actor) -> list[UnsentLetter]:
    """Thư chưa gửi được: addresses and numbers of dossiers, so who looked is journalled."""
    letters = unsent_letters()
    if letters:
        shown = [letter.message_id for letter in letters]
        record(keeper, "notice.listed", keeper.key, at=clock.now(), shown=shown)
    return letters


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
    """Letters to one reader leave in order; the queue is not told anybody's address."""
    if letter.address:
        whose = f"address:{sha256(letter.address.lower().encode()).hexdigest()[:16]}"
    else:
        whose = f"post:{letter.post_id}" if letter.post_id else f"person:{letter.recipient_id}"
    return MessageQueued(letter.pk, subject=f"letters:{whose}")


@transaction.atomic
def read_message(*, whose: Inbox, token: str) -> None:
    """Mở thông báo: its reader has seen it."""
    inbox_of(whose).filter(read_at=None, token=token).update(read_at=clock.now())


@transaction.atomic
def read_all(*, whose: Inbox) -> int:
    """Đánh dấu đã đọc tất cả; says how many there were."""
    return inbox_of(whose).filter(read_at=None).update(read_at=clock.now())


def _write(
    to: Recipient,
    channel: Channel,
    code: str,
    values: Mapping[str, object],
    link: str,
    dedupe_key: str,
) -> Message | None:
    template = _template(code, channel)
    subject, body = _words(template, values)
    words = _columns(to) | {
        "template_code": code,
        "template_version": template.version,
        "subject": subject,
        "body": body,
        "link": link,
        "created_at": clock.now(),
    }
    message, fresh = Message.objects.get_or_create(
        dedupe_key=dedupe_key, channel=channel, defaults=words
    )
    return message if fresh else None


def _words(template: Template, values: Mapping[str, object]) -> tuple[str, str]:
    """Subject and body filled in; where nothing is left of a keeper's words, the house's own."""
    ours = seeds.words_of(template.code, template.channel)
    subject, body = (
        rules.filled(words, values) or rules.filled(first, values)
        for words, first in zip((template.subject, template.body), ours, strict=True)
    )
    return rules.header_line(subject), body


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
