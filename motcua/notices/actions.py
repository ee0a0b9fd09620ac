"""Writing to people: queueing a message, sending the letter, reading, keeping the words."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Actor
from motcua.core.errors import GiveUp, NotFound, TryLater, refuse_if
from motcua.core.events import publish
from motcua.core.text import clean
from motcua.notices import rules, seeds
from motcua.notices.events import MessageQueued
from motcua.notices.models import Delivery, Message, Template
from motcua.notices.ports import mailer
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
        publish(MessageQueued(letter.pk))


def deliver(*, message_id: int) -> None:
    """Send one queued letter; a letter already sent, or given up, is left alone."""
    if trouble := _try_to_deliver(message_id):
        raise trouble


@transaction.atomic
def _try_to_deliver(message_id: int) -> TryLater | None:
    waiting = Delivery.objects.select_for_update(of=("self",)).select_related("message")
    delivery = waiting.filter(message_id=message_id).first()
    if delivery is None:
        raise NotFound
    if delivery.status != DeliveryStatus.QUEUED:
        return None
    delivery.attempts += 1
    later: TryLater | None = None
    try:
        delivery.proof = _post(_letter(delivery))[:500]
        delivery.status, delivery.trouble = DeliveryStatus.SENT, ""
    except TryLater as trouble:
        delivery.trouble, later = str(trouble)[:500], trouble
    except GiveUp as trouble:
        delivery.status, delivery.trouble = DeliveryStatus.FAILED, str(trouble)[:500]
    delivery.at = clock.now()
    delivery.save(update_fields=["attempts", "status", "at", "proof", "trouble"])
    return later


@transaction.atomic
def send_again(*, keeper: Actor, message_id: int) -> None:
    """Gửi lại: put a letter that failed back in the queue."""
    failed = Delivery.objects.filter(message_id=message_id, status=DeliveryStatus.FAILED)
    if not failed.update(status=DeliveryStatus.QUEUED):
        raise NotFound
    record(keeper, "notice.send_again", f"message:{message_id}", at=clock.now())
    publish(MessageQueued(message_id))


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


@transaction.atomic
def edit_template(*, keeper: Actor, code: str, channel: str, subject: str, body: str) -> int:
    """Sửa mẫu thông báo; returns the new version. Messages already sent keep their words."""
    template = (
        Template.objects.select_for_update(of=("self",)).filter(code=code, channel=channel).first()
    )
    if template is None:
        raise NotFound
    refuse_if(rules.template_objections(subject, body, seeds.PLACES))
    template.subject, template.body = rules.header_line(subject), clean(body)
    template.version += 1
    template.save(update_fields=["subject", "body", "version"])
    subject_name = f"template:{code}:{channel}"
    record(keeper, "notice.edit_template", subject_name, at=clock.now(), version=template.version)
    return template.version


@transaction.atomic
def seed_templates() -> int:
    """Enter the words the house starts with; templates a keeper has edited are left alone."""
    count = 0
    for code, channel, subject, body in seeds.templates():
        template, fresh = Template.objects.get_or_create(
            code=code, channel=channel, defaults={"subject": subject, "body": body}
        )
        if not fresh and template.version == 1:
            Template.objects.filter(pk=template.pk).update(subject=subject, body=body)
        count += fresh
    return count


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
