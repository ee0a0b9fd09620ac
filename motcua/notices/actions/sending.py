"""Writing to people: the words on each channel, and which of them leaves first."""

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction

from motcua.agencies.queries import post_contact
from motcua.core import clock
from motcua.notices import rules, seeds
from motcua.notices.actions.delivering import start
from motcua.notices.actions.wording import seed_templates
from motcua.notices.models import Delivery, Message, Preference, Template
from motcua.notices.queries import inbox_of, known_places
from motcua.notices.types import (
    Channel,
    Contact,
    DeliveryStatus,
    Inbox,
    Recipient,
    ToAddress,
    ToPerson,
    ToPost,
)
from motcua.people.queries import person_facts


@transaction.atomic
def send(
    to: Recipient, template_code: str, context: Mapping[str, object], *, dedupe_key: str
) -> None:
    """Gửi thông báo: put a message in the inbox, if there is one, and write it for every channel
    on which this reader is told; the first leaves, the others stand by.

    The same `dedupe_key` twice is once.
    """
    contact = _contact(to)
    values = {"name": contact.name, **_of_the_house(), **context}
    link = _own_link(str(context.get("link") or ""))
    if not isinstance(to, ToAddress):
        _write(to, Channel.INBOX, template_code, values, link, dedupe_key)
    if Message.objects.filter(dedupe_key=dedupe_key).exclude(channel=Channel.INBOX).exists():
        return
    queued: list[Delivery] = []
    for channel, place in _ways(to, template_code, contact):
        letter = _write(to, channel, template_code, values, link, dedupe_key, place)
        if letter is None:  # somebody was quicker
            return
        queued.append(
            Delivery.objects.create(
                message=letter, to=place[:254], at=clock.now(), turn=len(queued),
                status=DeliveryStatus.STANDBY,
            )
        )  # fmt: skip
    if queued:
        start(queued[0])


def _contact(to: Recipient) -> Contact:
    """How the reader is called, and where each channel finds them."""
    if isinstance(to, ToAddress):
        return Contact(to.name, known_places(to.email, to.phone))
    if isinstance(to, ToPost):
        name, email = post_contact(to.post_id)
        return Contact(name, {Channel.EMAIL: email} if email else {})
    person = person_facts(to.person_id)
    return Contact(
        person.full_name, known_places(person.email or to.email, person.phone or to.phone)
    )


def _ways(to: Recipient, code: str, contact: Contact) -> list[tuple[Channel, str]]:
    """The channels that this reader is told on, with the place each goes to."""
    chosen = None
    if isinstance(to, ToPerson):
        found = Preference.objects.filter(person_id=to.person_id).first()
        chosen = found.channels if found else None
    kind = rules.kind_of(code)
    ways = rules.ways(kind, chosen, contact.places.keys(), settings.NOTICE_ORDER)
    return [(channel, contact.places[channel]) for channel in ways if _can_say(channel, code)]


def _can_say(channel: Channel, code: str) -> bool:
    """Zalo takes only what was registered with it."""
    if channel != Channel.ZALO:
        return True
    return Template.objects.filter(
        code=_short(code, channel), channel=channel, subject__gt=""
    ).exists()


def _short(code: str, channel: Channel) -> str:
    """The template's code: a telephone is told the same whether its owner has an account or not."""
    return code.removesuffix(seeds.NO_ACCOUNT) if channel in rules.PHONES else code


def _columns(to: Recipient, place: str) -> dict[str, object]:
    """Whom a message is for, as its row keeps it: exactly one of these."""
    if isinstance(to, ToAddress):
        return {"address": place[:254]}
    if isinstance(to, ToPost):
        return {"post_id": to.post_id}
    return {"recipient_id": to.person_id}


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
    place: str = "",
) -> Message | None:
    template = _template(_short(code, channel), channel)
    subject, body = _words(template, values)
    words = _columns(to, place) | {
        "template_code": code,
        "template_version": template.version,
        "subject": subject,
        "body": body,
        "link": link,
        "created_at": clock.now(),
    }
    if channel in rules.PHONES:
        words |= _for_a_phone(template, values, body)
    message, fresh = Message.objects.get_or_create(
        dedupe_key=dedupe_key, channel=channel, defaults=words
    )
    return message if fresh else None


def _for_a_phone(template: Template, values: Mapping[str, object], body: str) -> dict[str, object]:
    """The text as it is sent, and what the carrier fills into the words registered with it."""
    asked = rules.places_in(template.body)
    said = [(name, rules.filled("{{" + name + "}}", values)) for name in asked]
    if template.channel == Channel.SMS:
        body, said = rules.plain(body), [(name, rules.plain(value)) for name, value in said]
    return {"body": body, "registered": {"template": template.subject, "values": said}}


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
