"""What did not leave: a keeper looks at it, sends it again or drops it."""

from django.db import transaction

from motcua.audit.actions import record
from motcua.core import clock
from motcua.core.actors import Actor
from motcua.core.events import publish
from motcua.notices.actions.delivering import locked, queued
from motcua.notices.queries import unsent, unsent_letters
from motcua.notices.types import DeliveryStatus, UnsentLetter


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
    delivery = locked(unsent(clock.now()).filter(message_id=message_id))
    delivery.status, delivery.attempts, delivery.at = DeliveryStatus.QUEUED, 0, clock.now()
    delivery.is_open = False  # a person has decided, whatever became of the attempt before
    delivery.save(update_fields=["status", "attempts", "at", "is_open"])
    record(keeper, "notice.send_again", f"message:{message_id}", at=clock.now())
    publish(queued(delivery.message))


@transaction.atomic
def drop_letter(*, keeper: Actor, message_id: int) -> None:
    """Bỏ: somebody has looked at the letter; it is not sent and no longer listed."""
    delivery = locked(unsent(clock.now()).filter(message_id=message_id))
    delivery.status, delivery.at = DeliveryStatus.DROPPED, clock.now()
    delivery.save(update_fields=["status", "at"])
    trouble = delivery.trouble
    record(keeper, "notice.drop", f"message:{message_id}", at=clock.now(), trouble=trouble)
