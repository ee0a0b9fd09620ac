"""Reading messages: a person's inbox, and what became of the letters."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from motcua.core import clock
from motcua.core.errors import NotFound
from motcua.notices import rules
from motcua.notices.models import Delivery, Message, Template
from motcua.notices.types import (
    Channel,
    DeliveryStatus,
    InboxMessage,
    InboxPage,
    InboxRow,
    TemplateWords,
    UnsentLetter,
)

PAGE = 20
LONG_WAIT = timedelta(days=1)


def inbox(person_id: int, before: str | None = None) -> InboxPage:
    """The messages of a person, newest first; `before` is the cursor the last page gave."""
    messages = _inbox_of(person_id).order_by("-id")
    if before:
        edge = messages.filter(token=before).values_list("id", flat=True).first()
        messages = messages.filter(id__lt=edge) if edge else messages.none()
    found = list(messages[: PAGE + 1])
    shown = found[:PAGE]
    return InboxPage(
        rows=tuple(InboxRow(m.token, m.subject, m.created_at, m.read_at is None) for m in shown),
        older=shown[-1].token if len(found) > PAGE else "",
        unread=unread_count(person_id),
    )


def unread_count(person_id: int) -> int:
    """How many messages the person has not opened yet."""
    return _inbox_of(person_id).filter(read_at=None).count()


def inbox_message(person_id: int, token: str) -> InboxMessage:
    """One message of this person; `NotFound` if it is absent or somebody else's."""
    message = _inbox_of(person_id).filter(token=token).first()
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
        email_status=email.status if email else "",
        email_at=email.at if email else None,
    )


def unsent_letters() -> list[UnsentLetter]:
    """Letters that failed, or wait although nobody has tried for a day, the oldest first."""
    rows = unsent(clock.now()).select_related("message").order_by("at")[:200]
    return [
        UnsentLetter(
            d.message_id, d.to, d.message.subject, d.at, d.attempts, d.trouble,
            is_waiting=d.status == DeliveryStatus.QUEUED,
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


def _words(found: Template) -> TemplateWords:
    channel = Channel(found.channel)
    return TemplateWords(found.code, channel, found.subject, found.body, found.version)


def _inbox_of(person_id: int) -> QuerySet[Message]:
    return Message.objects.filter(recipient_id=person_id, channel=Channel.INBOX)
