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


class Message(models.Model):
    """One message to one person, word for word as it was sent."""

    recipient = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    token = models.CharField(max_length=32, unique=True, default=new_token)
    channel = models.CharField(max_length=10, choices=[(c, c) for c in Channel])
    template_code = models.CharField(max_length=60)
    template_version = models.PositiveIntegerField()
    subject = models.CharField(max_length=300)
    body = models.TextField()
    link = models.CharField(max_length=300, blank=True)
    dedupe_key = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dedupe_key", "channel"], name="message_sent_once")
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
        ]

    def __str__(self) -> str:
        return f"{self.template_code} → {self.recipient_id}"


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

    class Meta:
        indexes = [
            models.Index(
                fields=["at"],
                name="delivery_unsent",
                condition=~models.Q(status=DeliveryStatus.SENT),
            )
        ]

    def __str__(self) -> str:
        return f"{self.to} {self.status}"
