"""Reading messages: somebody's inbox, and what became of the letters."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.core import clock
from motcua.core.errors import NotFound, Reason, refuse_if
from motcua.core.text import clean
from motcua.notices import rules, seeds
from motcua.notices.models import Delivery, Message, Preference, Template, Unreached
from motcua.notices.types import (
    Channel,
    DeliveryStatus,
    Inbox,
    InboxMessage,
    InboxPage,
    InboxRow,
    Kind,
    PhoneProof,
    Preview,
    TemplateWords,
    ToPost,
    UnreachedFacts,
    UnsentLetter,
    WaysChosen,
)
from motcua.people.queries import person_facts

PAGE = 20
LONG_WAIT = timedelta(days=1)


def inbox(whose: Inbox, before: str | None = None) -> InboxPage:
    """The messages of a person or a post, newest first; `before` is the cursor of the last page."""
    messages = inbox_of(whose).order_by("-id")
    if before:
        edge = messages.filter(token=before).values_list("id", flat=True).first()
        messages = messages.filter(id__lt=edge) if edge else messages.none()
    found = list(messages[: PAGE + 1])
    shown = found[:PAGE]
    return InboxPage(
        rows=tuple(InboxRow(m.token, m.subject, m.created_at, m.read_at is None) for m in shown),
        older=shown[-1].token if len(found) > PAGE else "",
        unread=unread_count(whose),
    )


def unread_count(whose: Inbox) -> int:
    """How many messages have not been opened yet."""
    return inbox_of(whose).filter(read_at=None).count()


def inbox_message(whose: Inbox, token: str) -> InboxMessage:
    """One message of this reader; `NotFound` if it is absent or somebody else's."""
    message = inbox_of(whose).filter(token=token).first()
    if message is None:
        raise NotFound
    told = Delivery.objects.filter(message__dedupe_key=message.dedupe_key).select_related("message")
    by = {delivery.message.channel: delivery for delivery in told}
    email = by.get(Channel.EMAIL)
    idle = {DeliveryStatus.STANDBY, DeliveryStatus.SPARED}
    if email and email.status in idle:
        email = None
    return InboxMessage(
        token=message.token,
        subject=message.subject,
        paragraphs=rules.paragraphs(message.body),
        at=message.created_at,
        link=message.link,
        email_to=rules.masked(email.to) if email else "",
        # what is proved to have left did leave, even if somebody dropped it on its way
        email_status=_status(email) if email else "",
        email_at=email.at if email else None,
        phones=tuple(
            PhoneProof(
                channel, rules.masked_phone(by[channel].to), _status(by[channel]), by[channel].at
            )
            for channel in rules.PHONES
            if channel in by and by[channel].status not in idle
        ),
    )


def _status(email: Delivery) -> str:
    return DeliveryStatus.SENT if email.proof else email.status


def unsent_letters() -> list[UnsentLetter]:
    """Letters that failed, or wait although nobody has tried for a day, the oldest first."""
    rows = unsent(clock.now()).select_related("message").order_by("at")[:200]
    return [
        UnsentLetter(
            d.message_id, Channel(d.message.channel), d.to, d.message.subject or d.message.body,
            d.at, d.attempts, d.trouble,
            is_waiting=d.status == DeliveryStatus.QUEUED, has_inbox=not d.message.address,
        )
        for d in rows
    ]  # fmt: skip


def unsent(now: datetime) -> QuerySet[Delivery]:
    """The letters that somebody has to look at, as the actions lock them.

    Not those whose news another channel brought, or still tries to bring.
    """
    forgotten = Q(status=DeliveryStatus.QUEUED, at__lt=now - LONG_WAIT)
    other = Delivery.objects.filter(
        message__dedupe_key=OuterRef("message__dedupe_key"),
        status__in=[DeliveryStatus.SENT, DeliveryStatus.QUEUED, DeliveryStatus.HELD],
    ).exclude(pk=OuterRef("pk"))
    return Delivery.objects.filter(Q(status=DeliveryStatus.FAILED) & ~Exists(other) | forgotten)


def templates() -> list[TemplateWords]:
    """Every template there is, by occasion and channel."""
    return [_words(template) for template in Template.objects.all()]


def template(code: str, channel: str) -> TemplateWords:
    """One template; `NotFound` when there is none."""
    found = Template.objects.filter(code=code, channel=channel).first()
    if found is None:
        raise NotFound
    return _words(found)


def preview(code: str, *, subject: str, body: str, channel: str = Channel.INBOX) -> Preview:
    """Words for this occasion as a person would read them, with sample facts.

    `Refused` when they ask for what its sender does not know.
    """
    refuse_if(objections(code, channel, subject, body))
    sample = seeds.sample_of(code)
    filled = rules.filled(clean(body), sample)
    if channel == Channel.SMS:
        text = rules.plain(filled)
        return Preview(f"Tin không dấu, {len(text)} ký tự", rules.parts(text))
    first = rules.header_line(rules.filled(clean(subject), sample))
    first = "Tin Zalo" if channel == Channel.ZALO else first
    return Preview(first, rules.paragraphs(filled))


def objections(code: str, channel: str, subject: str, body: str) -> list[Reason]:
    """What the keeper must put right before these words can be used on this channel."""
    phone = channel in rules.PHONES
    found = rules.template_objections(
        subject, body, seeds.places_of(code), seeds.MAY_BE_EMPTY, has_subject=not phone
    )
    if phone and not found:
        return rules.short_objections(clean(subject), clean(body), seeds.sample_of(code))
    return found


def known_places(email: str, phone: str) -> dict[Channel, str]:
    """Where each channel that the house has finds somebody with this address and number."""
    number = rules.phone_number(phone)
    places = {Channel.EMAIL: email, **dict.fromkeys(rules.PHONES, number)}
    return {
        channel: place
        for channel, place in places.items()
        if place and (channel is Channel.EMAIL or channel in settings.ADAPTERS)
    }


def ways_chosen(person_id: int) -> WaysChosen:
    """How this person is told of each kind of notice, and what they may choose."""
    person = person_facts(person_id)
    places = known_places(person.email, person.phone)
    found = Preference.objects.filter(person_id=person_id).first()
    channels = {
        kind: rules.ways(kind, found.channels if found else None, places, settings.NOTICE_ORDER)
        for kind in Kind
    }
    order = [Channel(name) for name in settings.NOTICE_ORDER if name in places]
    shown = {
        channel: rules.masked_phone(places[channel])
        if channel in rules.PHONES
        else rules.masked(places[channel])
        for channel in order
    }
    quiet = (found.quiet_from, found.quiet_to) if found else settings.QUIET_HOURS
    return WaysChosen(channels, quiet, shown, has_chosen=found is not None)


def unreached(person_id: int | None, *addresses: str) -> UnreachedFacts | None:
    """That our messages do not reach this person, or one of these addresses; None when they do."""
    places = {place for typed in addresses for place in (typed, rules.phone_number(typed)) if place}
    whose = Q(address__in=places)
    if person_id is not None:
        whose |= Q(person_id=person_id)
    found = Unreached.objects.filter(whose, closed_at=None).order_by("opened_at").first()
    return _unreached(found) if found else None


def lost_news(
    since: datetime, until: datetime, after: tuple[datetime, int] | None, size: int
) -> list[tuple[int, str, datetime]]:
    """News given up in this time that came on no channel and was not read: number, key, when.

    By when it was given up, from the one after `after` on.
    """
    rows = _lost().filter(at__gte=since, at__lte=until)
    if after is not None:
        rows = rows.extra(
            where=["(notices_delivery.at, notices_delivery.id) > (%s, %s)"], params=after
        )
    found = rows.order_by("at", "pk")[:size]
    return list(found.values_list("pk", "message__dedupe_key", "at"))


def still_lost(keys: Collection[str]) -> dict[str, datetime]:
    """Which of these news have reached nobody still, and when the last way was given up."""
    rows = _lost().filter(message__dedupe_key__in=keys).order_by("at")
    return dict(rows.values_list("message__dedupe_key", "at"))


def _lost() -> QuerySet[Delivery]:
    key = OuterRef("message__dedupe_key")
    alive = [
        DeliveryStatus.SENT, DeliveryStatus.QUEUED, DeliveryStatus.HELD, DeliveryStatus.STANDBY,
    ]  # fmt: skip
    other = Delivery.objects.filter(message__dedupe_key=key, status__in=alive)
    read = Message.objects.filter(dedupe_key=key, channel=Channel.INBOX, read_at__isnull=False)
    failed = Delivery.objects.filter(status=DeliveryStatus.FAILED)
    return failed.filter(~Exists(other), ~Exists(read))


def written(keys: Collection[str]) -> set[str]:
    """Under which of these keys anything was written at all."""
    rows = Message.objects.filter(dedupe_key__in=keys)
    return set(rows.values_list("dedupe_key", flat=True))


def keys_of(numbers: Collection[int]) -> dict[int, str]:
    """Under which key each of these messages was written."""
    return dict(Message.objects.filter(pk__in=numbers).values_list("pk", "dedupe_key"))


def unreached_reader(unreached_id: int) -> tuple[int | None, list[str]]:
    """Who does not get our messages, if a person, and the keys of the news that was lost.

    Nobody and nothing once a message has arrived.
    """
    found = Unreached.objects.filter(pk=unreached_id, closed_at=None).first()
    if found is None:
        return None, []
    whose = Q(message__recipient_id=found.person_id)
    if found.person_id is None:
        whose = Q(message__address=found.address)
    lost = Delivery.objects.filter(whose, status=DeliveryStatus.FAILED, is_unreachable=True)
    keys = lost.order_by("-pk").values_list("message__dedupe_key", flat=True)
    return found.person_id, list(keys[:100])


def _unreached(found: Unreached) -> UnreachedFacts:
    return UnreachedFacts(found.pk, found.opened_at, found.failures, found.trouble)


def _words(found: Template) -> TemplateWords:
    channel = Channel(found.channel)
    return TemplateWords(found.code, channel, found.subject, found.body, found.version)


def inbox_of(whose: Inbox) -> QuerySet[Message]:
    """The rows of one inbox, as the actions mark them."""
    messages = Message.objects.filter(channel=Channel.INBOX)
    if isinstance(whose, ToPost):
        return messages.filter(post_id=whose.post_id)
    return messages.filter(recipient_id=whose.person_id)
