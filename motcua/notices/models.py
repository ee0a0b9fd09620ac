"""Messages to people, the words they are made of, and the proof that they were sent."""

import secrets

from django.db import models

from motcua.notices.types import Channel, DeliveryStatus


def new_token() -> str:
    """What names a message in an address: nobody can count or guess it."""
    return secrets.token_urlsafe(12)


class Template(models.Model):
    """The words for one occasion on one channel; places to fill are written `{{name}}`."""

    code = models.CharField(max_length=60)
    channel = models.CharField(max_length=10, choices=[(c, c) for c in Channel])
    subject = models.CharField(max_length=300)
    body = models.TextField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("code", "channel")
        constraints = [
            models.UniqueConstraint(fields=["code", "channel"], name="template_once_per_channel")
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.channel})"


WHO = ("recipient", "post", "address")


def _only(column: str) -> models.Q:
    """That a message names its reader in this column and in no other."""
    named = {
        "recipient": models.Q(recipient__isnull=False),
        "post": models.Q(post__isnull=False),
        "address": ~models.Q(address=""),
    }
    found = models.Q()
    for name in WHO:
        found &= named[name] if name == column else ~named[name]
    return found


class Message(models.Model):
    """One message to one reader, word for word as it was sent.

    The reader is a person, an official's post, or a bare address. What went to a bare address
    belongs to nobody's inbox, whoever may later sign up under that address.
    """

    recipient = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(
        "agencies.Post", models.PROTECT, null=True, related_name="+", db_index=False
    )
    address = models.CharField(max_length=254, blank=True)
    token = models.CharField(max_length=32, unique=True, default=new_token)
    channel = models.CharField(max_length=10, choices=[(c, c) for c in Channel])
    template_code = models.CharField(max_length=60)
    template_version = models.PositiveIntegerField()
    subject = models.CharField(max_length=300)
    body = models.TextField()
    link = models.CharField(max_length=300, blank=True)
    registered = models.JSONField(default=dict)  # the carrier's number of the words, their values
    dedupe_key = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dedupe_key", "channel"], name="message_sent_once"),
            models.CheckConstraint(
                condition=_only("recipient") | _only("post") | _only("address"),
                name="message_has_one_reader",
            ),
            models.CheckConstraint(
                condition=~models.Q(channel=Channel.INBOX) | models.Q(address=""),
                name="message_inbox_is_somebodys",
            ),
        ]
        indexes = [
            models.Index(
                fields=["recipient", "-id"],
                name="message_inbox",
                condition=models.Q(channel=Channel.INBOX),
            ),
            models.Index(
                fields=["recipient"],
                name="message_unread",
                condition=models.Q(channel=Channel.INBOX, read_at=None),
            ),
            models.Index(
                fields=["post", "-id"],
                name="message_post_inbox",
                condition=models.Q(channel=Channel.INBOX, post__isnull=False),
            ),
            models.Index(
                fields=["post"],
                name="message_post_unread",
                condition=models.Q(channel=Channel.INBOX, read_at=None, post__isnull=False),
            ),
            models.Index(
                fields=["address"], name="message_address", condition=~models.Q(address="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template_code} → {self.recipient_id or self.post_id or self.address}"


class Delivery(models.Model):
    """What became of a letter: the proof that is kept (time, address, result)."""

    message = models.OneToOneField(Message, models.PROTECT, related_name="delivery")
    to = models.CharField(max_length=254)
    status = models.CharField(
        max_length=10,
        choices=[(s, s) for s in DeliveryStatus],
        default=DeliveryStatus.QUEUED,
    )
    at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    proof = models.CharField(max_length=500, blank=True)
    trouble = models.CharField(max_length=500, blank=True)
    turn = models.PositiveSmallIntegerField(default=0)  # 0 leaves first, the others stand by
    not_before = models.DateTimeField(null=True, blank=True)  # while it is held
    is_open = models.BooleanField(default=False)  # on the wire; a crash leaves it so
    is_unreachable = models.BooleanField(default=False)  # refused by the reader's own address

    class Meta:
        indexes = [
            models.Index(
                fields=["at"],
                name="delivery_unsent",
                condition=models.Q(status__in=[DeliveryStatus.QUEUED, DeliveryStatus.FAILED]),
            ),
            models.Index(
                fields=["not_before"],
                name="delivery_held",
                condition=models.Q(status=DeliveryStatus.HELD),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.to} {self.status}"


class Preference(models.Model):
    """How a person wants to be told; who has none is told as the house sees fit."""

    person = models.OneToOneField("people.Person", models.PROTECT, related_name="+")
    channels = models.JSONField()  # kind → names of channels
    quiet_from = models.PositiveSmallIntegerField()
    quiet_to = models.PositiveSmallIntegerField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"person:{self.person_id}"


class Unreached(models.Model):
    """Somebody whom message after message does not reach; closed by the first that does."""

    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=254, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField()
    trouble = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) ^ ~models.Q(address=""),
                name="unreached_is_somebody",
            ),
            models.UniqueConstraint(
                fields=["person"],
                name="unreached_person_once",
                condition=models.Q(closed_at=None, person__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["address"],
                name="unreached_address_once",
                condition=models.Q(closed_at=None) & ~models.Q(address=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id or self.address} since {self.opened_at}"
