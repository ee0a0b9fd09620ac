"""Reading messages: somebody's inbox, and what became of the letters."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from motcua.core import clock
from motcua.core.errors import NotFound, refuse_if
from motcua.core.text import clean
from motcua.notices import rules, seeds
from motcua.notices.models import Delivery, Message, Template
from motcua.notices.types import (
    Channel,
    DeliveryStatus,
    Inbox,
    InboxMessage,
    InboxPage,
    InboxRow,
    Preview,
    TemplateWords,
    ToPost,
    UnsentLetter,
)

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
    email = Delivery.objects.filter(
        message__dedupe_key=message.dedupe_key, message__channel=Channel.EMAIL
    ).first()
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
    )


def _status(email: Delivery) -> str:
    return DeliveryStatus.SENT if email.proof else email.status


def unsent_letters() -> list[UnsentLetter]:
    """Letters that failed, or wait although nobody has tried for a day, the oldest first."""
    rows = unsent(clock.now()).select_related("message").order_by("at")[:200]
    return [
        UnsentLetter(
            d.message_id, d.to, d.message.subject, d.at, d.attempts, d.trouble,
            is_waiting=d.status == DeliveryStatus.QUEUED, has_inbox=not d.message.address,
        )
        for d in rows
    ]  # fmt: skip


def unsent(now: datetime) -> QuerySet[Delivery]:
    """The letters that somebody has to look at, as the actions lock them."""
    forgotten = Q(status=DeliveryStatus.QUEUED, at__lt=now - LONG_WAIT)
    return Delivery.objects.filter(Q(status=DeliveryStatus.FAILED) | forgotten)


def templates() -> list[TemplateWords]:
    """Every template there is, by occasion and channel."""
    return [_words(template) for template in Template.objects.all()]


def template(code: str, channel: str) -> TemplateWords:
    """One template; `NotFound` when there is none."""
    found = Template.objects.filter(code=code, channel=channel).first()
    if found is None:
        raise NotFound
    return _words(found)


def preview(code: str, *, subject: str, body: str) -> Preview:
    """Words for this occasion as a person would read them, with sample facts.

    `Refused` when they ask for what its sender does not know.
    """
    refuse_if(rules.template_objections(subject, body, seeds.places_of(code), seeds.MAY_BE_EMPTY))
    sample = seeds.sample_of(code)
    filled = rules.header_line(rules.filled(clean(subject), sample))
    return Preview(filled, rules.paragraphs(rules.filled(clean(body), sample)))


def _words(found: Template) -> TemplateWords:
    channel = Channel(found.channel)
    return TemplateWords(found.code, channel, found.subject, found.body, found.version)


def inbox_of(whose: Inbox) -> QuerySet[Message]:
    """The rows of one inbox, as the actions mark them."""
    messages = Message.objects.filter(channel=Channel.INBOX)
    if isinstance(whose, ToPost):
        return messages.filter(post_id=whose.post_id)
    return messages.filter(recipient_id=whose.person_id)
