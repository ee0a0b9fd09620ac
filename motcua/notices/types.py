"""What a message is on its way to a person, and in their inbox."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Channel(StrEnum):
    """How a message reaches a person."""

    INBOX = "inbox"
    EMAIL = "email"


class DeliveryStatus(StrEnum):
    """How far a letter has come."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True)
class Letter:
    """One letter, ready for the post."""

    message_id: str
    to: str
    subject: str
    body: str


@dataclass(frozen=True)
class InboxRow:
    """One message as the inbox lists it."""

    token: str
    subject: str
    at: datetime
    unread: bool


@dataclass(frozen=True)
class InboxPage:
    """A page of the inbox, newest first; `older` is the cursor of the next one, if any."""

    rows: tuple[InboxRow, ...]
    older: str
    unread: int


@dataclass(frozen=True)
class InboxMessage:
    """One message opened, with the link it speaks of and what became of the e-mail."""

    token: str
    subject: str
    paragraphs: tuple[str, ...]
    at: datetime
    link: str
    email_to: str
    email_status: str
    email_at: datetime | None
