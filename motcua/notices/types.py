"""What a message is on its way to a person, and in their inbox."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Channel(StrEnum):
    """How a message reaches a person."""

    INBOX = "inbox"
    EMAIL = "email"
    SMS = "sms"
    ZALO = "zalo"


class Kind(StrEnum):
    """What a notice is about, as people choose how to be told of it."""

    ACT = "act"  # the person has to do something
    RESULT = "result"
    LATE = "late"
    PROGRESS = "progress"


class DeliveryStatus(StrEnum):
    """How far a letter has come."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"  # refused for good, or tried for a day in vain
    DROPPED = "dropped"  # a keeper has looked at it and told the person in another way
    HELD = "held"  # waits for the hour
    STANDBY = "standby"  # leaves if the channel before it does not reach the person
    SPARED = "spared"  # another channel reached them


@dataclass(frozen=True)
class ToPerson:
    """A person with an account: an inbox on the portal, and a letter to the account's address.

    `email` and `phone` are what they gave with the matter at hand, for when the account has none.
    """

    person_id: int
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class ToPost:
    """An official in a post: an inbox at the desk, and a letter to the holder's address."""

    post_id: int


@dataclass(frozen=True)
class ToAddress:
    """Somebody without an account: told at the address or number they gave, and no inbox anywhere."""

    email: str
    name: str
    phone: str = ""


Inbox = ToPerson | ToPost
Recipient = ToPerson | ToPost | ToAddress


@dataclass(frozen=True)
class Contact:
    """How a reader is called, and where each channel finds them."""

    name: str
    places: dict[Channel, str]


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
class PhoneProof:
    """What became of a message to a telephone; `to` is masked."""

    channel: Channel
    to: str
    status: str
    at: datetime


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
    phones: tuple[PhoneProof, ...] = ()


@dataclass(frozen=True)
class UnsentLetter:
    """A letter or message that somebody has to look at."""

    message_id: int
    channel: Channel
    to: str
    subject: str
    at: datetime
    attempts: int
    trouble: str
    is_waiting: bool  # still queued, but nobody has tried for a day
    has_inbox: bool  # whoever has none has not been told at all


@dataclass(frozen=True)
class TemplateWords:
    """The words for one occasion on one channel, and how often they were changed."""

    code: str
    channel: Channel
    subject: str
    body: str
    version: int


@dataclass(frozen=True)
class Preview:
    """A template filled with sample facts."""

    subject: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class WaysChosen:
    """How a person is told of each kind of notice, and when their telephone rests."""

    channels: dict[Kind, tuple[Channel, ...]]
    quiet: tuple[int, int]
    offered: dict[Channel, str]  # what can be chosen, with the address it goes to, masked
    has_chosen: bool


@dataclass(frozen=True)
class UnreachedFacts:
    """Somebody whom our messages do not reach, and since when."""

    id: int
    since: datetime
    failures: int
    trouble: str
